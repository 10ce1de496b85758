// Where the bytes of a record are: the five words of sending, each with what proves it.

/** Why the server did not take a document: a code for the sentence, and the server's own words. */
export interface Refusal {
  /** `forbidden:<rule>` from our validation function, else the kind of answer: `tooLarge`, `malformed`, … */
  readonly code: string;
  readonly message: string;
}

/**
 * | state    | means                                                              |
 * |----------|--------------------------------------------------------------------|
 * | local    | an edit waits in the outbox                                        |
 * | sending  | it is in a request that has not been answered                      |
 * | sent     | the server's receipt for exactly this content is at hand (law 12)  |
 * | refused  | the server said no to this content; it stays here (law 6)          |
 * | conflict | someone else's edit is on the server; both versions are kept (law 5). `record`: the edit that waits is |
 * |          | not this device's, and this is the id of the record that tells of it                                    |
 * | lost     | it is as the server had it, and the server has lost it; who may write it brings it back (law 9)         |
 */
export type Sending =
  | { readonly state: 'local'; readonly since: string }
  | { readonly state: 'sending' }
  | { readonly state: 'sent'; readonly rev: string; readonly at: string | null }
  | { readonly state: 'refused'; readonly reason: Refusal; readonly at: string }
  | { readonly state: 'conflict'; readonly by: string; readonly at: string; readonly record: string | null }
  | { readonly state: 'lost' };

export type SendingState = Sending['state'];
