// Everything that can go wrong between a device and the server, as one typed union (laws 6 and 7).

/** Why a run, or one request of it, did not succeed. `status` and `database` are there for the diagnostics. */
export type SyncProblem =
  /** No connection, no route, a dead server, an aborted socket: the browser does not tell which. */
  | { readonly tag: 'offline' }
  /** The server did not answer in time, or a gateway was not sent all of it in time (408). */
  | { readonly tag: 'timeout' }
  /** 401: the session has run out; sync pauses until a person signs in. */
  | { readonly tag: 'signedOut' }
  /** 403 on a database: the role was taken away. */
  | { readonly tag: 'noAccess'; readonly database: string }
  /** 404 on a database. */
  | { readonly tag: 'noDatabase'; readonly database: string }
  /** 425, 429 or 503, with the server's Retry-After when it gave one: it is left alone, with all its databases. */
  | { readonly tag: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  /** Any other 5xx, and what gateways say when they have lost their way (421, 444, 499): passing. */
  | { readonly tag: 'server'; readonly status: number }
  /** HTML or another stranger's answer where CouchDB's was due: a captive portal or a proxy. */
  | { readonly tag: 'notCouch' }
  /** JSON that breaks off or does not have the promised shape. */
  | { readonly tag: 'broken'; readonly detail: string }
  /** 413: the request, or one document, is too large. */
  | { readonly tag: 'tooLarge' }
  /** 400, 412 or another refusal of a whole request; see `isOfDocument`. */
  | { readonly tag: 'rejected'; readonly status: number; readonly reason: string }
  /** The local database could not be read or written. */
  | { readonly tag: 'storage'; readonly cause: 'quota' | 'other'; readonly detail: string }
  /** The run was stopped on purpose (sign-out, page going away). */
  | { readonly tag: 'aborted' };

/** Whether the content of a request is what CouchDB does not take; any other refusal says nothing about a document. */
export const isOfDocument = (problem: SyncProblem): boolean =>
  problem.tag === 'rejected' && (problem.status === 400 || problem.status === 412);
