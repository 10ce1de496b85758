// What the engine needs from both sides: the device's replica and the remote server, without saying what they are.
import type { OddChange } from '#lib/domain/document/odd.ts';
import type { LeftOver } from '#lib/domain/merge/leaf.ts';
import type { AnyDocument, Unsent } from '#lib/domain/merge/rival.ts';
import type { Result } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';

/** A document as it travels, without CouchDB's bookkeeping fields; nothing more is known of it here. */
export type WireDocument = AnyDocument;

/** A document of the outbox, as it is to be sent. */
export interface Outgoing extends Unsent {
  readonly id: string;
}

/** The server's word on one document, applied to the device one by one (law 3). */
export type Verdict =
  /** The server holds exactly `doc`, which is the edit `editId`. */
  | {
      readonly tag: 'receipt';
      readonly id: string;
      readonly editId: string;
      readonly rev: string;
      readonly at: string;
      readonly doc: WireDocument;
    }
  /**
   * The server would not write the edit, because this stands there now. rev null: it has never heard of the document;
   * doc null: it is deleted there.
   */
  | {
      readonly tag: 'standing';
      readonly id: string;
      readonly rev: string | null;
      readonly doc: WireDocument | null;
      readonly at: string;
    }
  /** The server does not take this edit (law 6). Holds for this `editId` only: a newer edit is a new try. */
  | {
      readonly tag: 'refused';
      readonly id: string;
      readonly editId: string;
      readonly code: string;
      readonly message: string;
      readonly at: string;
    };

/**
 * | became     | the document                                                  |
 * |------------|---------------------------------------------------------------|
 * | `sent`     | is on the server, or what it said is                          |
 * | `waiting`  | goes out (again): on top of what is there, or merged with it  |
 * | `refused`  | is kept with the server's reason (law 6)                      |
 * | `conflict` | waits for a person; both versions are kept (law 5)            |
 * | `lost`     | is left to who made it: the server has lost it (law 9)        |
 * | `unmet`    | lies as it lay: what is there cannot be reconciled with it    |
 */
export interface Settled {
  readonly id: string;
  readonly became: 'sent' | 'waiting' | 'refused' | 'conflict' | 'lost' | 'unmet';
}

/** One row of a changes feed. */
export interface Change {
  readonly id: string;
  /** The winning revision. */
  readonly rev: string;
  readonly isDeleted: boolean;
  /** null for a deletion. */
  readonly doc: WireDocument | null;
  /** Losing leaves that the server keeps beside the winner. */
  readonly clash: readonly string[];
}

/**
 * The last few changes that a device has seen of a database. A server that still tells exactly these, and none after them,
 * has neither news nor lost anything: one small question instead of two (who are you, what is new).
 */
export interface Witness {
  /** The sequence before them; null = the start. */
  readonly since: string | null;
  /** With all leaves, the winner first: another losing leaf is news as well. */
  readonly rows: readonly { readonly id: string; readonly revs: readonly string[] }[];
}

/** A page of changes and what is written with it, in one transaction (law 8). */
export interface PullPage {
  readonly changes: readonly Change[];
  /** Noted with the page; a note goes when its document comes. */
  readonly odd?: readonly OddChange[];
  /** The sequence after this page. */
  readonly since: string;
  readonly identity: string;
  readonly witness: Witness | null;
  /** Server time when this page was the last one; null while more are pending. */
  readonly completedAt: string | null;
  /** For conflicts that this page brings to light. */
  readonly at: string;
}

export interface Checkpoint {
  /** Opaque; null = from the start. */
  readonly since: string | null;
  /** Which server, and which life of the database. */
  readonly identity: string;
  /** null: the device has sent something since that it has not met in the changes yet, or the server gave none. */
  readonly witness: Witness | null;
  /** The newest receipts for what this device has sent: a server that does not know them is out of a backup. */
  readonly sent: readonly { readonly id: string; readonly rev: string }[];
  /** Server time of the last complete pull; null while the first has not ended. */
  readonly completedAt: string | null;
  /** Changes before it that could not be taken in, and have not come since. */
  readonly odd: readonly OddChange[];
}

/** A local failure: the device's disk is full, or its database is gone. */
export type LocalProblem = Extract<SyncProblem, { tag: 'storage' }>;

/** The device's side. Each method is one transaction. */
export interface LocalReplica {
  /** Ids of the documents of a database that wait to be sent, in the order in which it is best to send them. */
  waiting(database: string): Promise<Result<readonly string[], LocalProblem>>;
  /** Those of the documents that still wait, ready to be sent, each noted as sent before it leaves. */
  outgoing(ids: readonly string[]): Promise<Result<readonly Outgoing[], LocalProblem>>;
  /**
   * Writes down what the server said. What it has instead of an unsent edit is compared, and merged, with the document as
   * it is now: it may have been edited since it was sent. Gives what became of each that is still here.
   */
  settle(verdicts: readonly Verdict[]): Promise<Result<readonly Settled[], LocalProblem>>;
  checkpoint(database: string): Promise<Result<Checkpoint | null, LocalProblem>>;
  /** Never overwrites a document that has an unsent edit: merges with it, or keeps both. Applying a page again changes nothing. */
  apply(database: string, page: PullPage): Promise<Result<void, LocalProblem>>;
  /**
   * Takes in documents that were noted as odd and can be read now.
   * @param gone noted ones that the server has never heard of (any more)
   */
  retake(
    database: string,
    standing: readonly Change[],
    gone: readonly string[],
    at: string
  ): Promise<Result<void, LocalProblem>>;
  /** The server revisions that the device holds, or has built unsent edits on. */
  held(database: string): Promise<Result<readonly { readonly id: string; readonly rev: string }[], LocalProblem>>;
  /** Everything of the database has been compared with the server: what was sent to it before tells nothing any more. */
  compared(database: string): Promise<Result<void, LocalProblem>>;
  /**
   * Puts documents that the server has lost back into the outbox, as far as they are this account's to bring back; the
   * others stay as they are, and are nobody's unsent work. Unsent edits of them are marked.
   */
  putBack(ids: readonly string[]): Promise<Result<void, LocalProblem>>;
  /** Documents with losing leaves that are still to be tried, and with no unsent edit; `most` of them. */
  clashing(
    database: string,
    most: number
  ): Promise<Result<readonly { readonly id: string; readonly revs: readonly string[] }[], LocalProblem>>;
  /** These were looked at in vain: they are not to be tried again before their documents have changed, or for long. */
  leaveLeaves(leaves: readonly { readonly id: string; readonly rev: string }[]): Promise<Result<void, LocalProblem>>;
  /** What is to be done with losing leaves; of those that are to stay, nothing. Writes nothing. */
  planLeaves(leaves: readonly Leaf[]): Promise<Result<readonly LeafPlan[], LocalProblem>>;
}

/** A version that replication between servers left over, with what it is compared with. */
export interface Leaf extends LeftOver {
  readonly id: string;
}

/** What is to be done with a losing leaf. */
export interface LeafPlan {
  readonly leaf: { readonly id: string; readonly rev: string };
  /** What has to be on the server before the leaf goes; null: it is. */
  readonly first: Writing | null;
  /** What closes it, but for the name of what stands instead. */
  readonly tombstone: WireDocument;
}

/** What is written, and on top of which revision; null: it is new. */
export type Writing = Pick<Outgoing, 'id' | 'rev' | 'doc'>;

/** What a server says of one document of a batch. */
export type WriteAnswer =
  | { readonly tag: 'stored'; readonly id: string; readonly rev: string }
  | { readonly tag: 'conflict'; readonly id: string }
  | { readonly tag: 'forbidden'; readonly id: string; readonly reason: string }
  /** Any other error of this row, which says nothing about the document. */
  | { readonly tag: 'failed'; readonly id: string };

export interface Written {
  readonly answers: readonly WriteAnswer[];
  readonly serverTime: string;
}

/** A document as the server has it now. */
export interface Current {
  readonly id: string;
  /** null: the server has never heard of it. */
  readonly rev: string | null;
  /** null: deleted, or never heard of. */
  readonly doc: WireDocument | null;
  /** Losing leaves beside it. */
  readonly clash: readonly string[];
}

/** One revision of a document, the newest or an older one. */
export interface Revision {
  readonly id: string;
  readonly rev: string;
  /** null: the server does not have it (any more), or it is a deletion. */
  readonly doc: WireDocument | null;
  /** It and all that led to it, the newest first. */
  readonly line: readonly string[];
}

export interface ChangesPage {
  readonly changes: readonly Change[];
  readonly odd: readonly OddChange[];
  readonly lastSeq: string;
  /** How many changes come after this page; null where the server does not tell. */
  readonly pending: number | null;
  /** Of the end of this page; null where the server's sequences do not allow it. */
  readonly witness: Witness | null;
  readonly serverTime: string;
}

/** The server's side: one request each. */
export interface Remote {
  /** Which server, and which life of the database: changes when it was restored or re-created. */
  identity(database: string): Promise<Result<string, SyncProblem>>;
  /** Whether the server tells what the witness saw, and nothing after it; in at most 1 KB. */
  isStill(
    database: string,
    witness: Witness
  ): Promise<Result<{ readonly isStill: boolean; readonly serverTime: string }, SyncProblem>>;
  /** Writes documents, each based on the revision it names (`_bulk_docs`, new_edits true). */
  write(database: string, docs: readonly Writing[]): Promise<Result<Written, SyncProblem>>;
  /** What is there and cannot be read is left out. */
  read(database: string, ids: readonly string[]): Promise<Result<readonly Current[], SyncProblem>>;
  /** Single revisions (`_bulk_get`), also of losing leaves; what is not there is left out, or told without its document. */
  versions(
    database: string,
    revs: readonly { readonly id: string; readonly rev: string }[]
  ): Promise<Result<readonly Revision[], SyncProblem>>;
  changes(database: string, since: string | null, limit: number): Promise<Result<ChangesPage, SyncProblem>>;
  /** The newest changes, the last one first: what is being worked on. Says nothing about how far anybody has come. */
  newest(database: string, limit: number): Promise<Result<readonly Change[], SyncProblem>>;
  /** Which of these revisions the server does not know, neither as newest nor as older ones. */
  missing(
    database: string,
    revs: readonly { readonly id: string; readonly rev: string }[]
  ): Promise<Result<readonly string[], SyncProblem>>;
}

/** Told while a run is under way, for the screen. */
export interface Watcher {
  /** These documents are in a request that has not been answered; an empty list: none any more. */
  onSending(database: string, ids: readonly string[]): void;
  /** Changes applied so far, and how many are still pending (null: unknown). */
  onPulled(database: string, done: number, pending: number | null): void;
  onContact(serverTime: string): void;
}

/** What the engine is given besides the two sides: the clock, and the wish to stop. */
export interface Conduct {
  readonly local: LocalReplica;
  readonly remote: Remote;
  readonly watcher: Watcher;
  /**
   * Whether the server takes us for the account whose replica this is (law 14): asked before anything is written, here or
   * there, and not where a run finds nothing to do. Asks the server once per run, however often it is called.
   * @param how `anew`: the server has refused something, perhaps because somebody else has signed in since; what it says
   *   now holds for the rest of the run
   */
  authorise(how?: 'anew'): Promise<Result<void, SyncProblem>>;
  /** Milliseconds, for measuring how long a request takes. */
  elapsed(): number;
  /** Whether somebody is typing on this device: each of his saves waits for the page that is being written. */
  isTyping(): boolean;
  /** The device's clock, ISO instant: only where the server has not told its own. */
  now(): string;
  readonly signal: AbortSignal;
}
