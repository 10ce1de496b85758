// Everything that can go wrong between a device and the server, as one typed union (laws 6 and 7).

/** Why a run, or one request of it, did not succeed. `status` and `database` are there for the diagnostics. */
export type SyncProblem =
  /** No connection, no route, a dead server, an aborted socket: the browser does not tell which. */
  | { readonly tag: 'offline' }
  /** The server did not answer in time. */
  | { readonly tag: 'timeout' }
  /** 401: the session has run out; sync pauses until a person signs in. */
  | { readonly tag: 'signedOut' }
  /** 403 on a database: the role was taken away. */
  | { readonly tag: 'noAccess'; readonly database: string }
  /** 404 on a database. */
  | { readonly tag: 'noDatabase'; readonly database: string }
  /** 429 or 503, with the server's Retry-After when it gave one. */
  | { readonly tag: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  /** Any other 5xx. */
  | { readonly tag: 'server'; readonly status: number }
  /** HTML or another stranger's answer where JSON was due: a captive portal or a proxy. */
  | { readonly tag: 'notCouch' }
  /** JSON that breaks off or does not have the promised shape. */
  | { readonly tag: 'broken'; readonly detail: string }
  /** 413: the request, or one document, is too large. */
  | { readonly tag: 'tooLarge' }
  /** 400, 412 or another refusal of a whole request. */
  | { readonly tag: 'rejected'; readonly status: number; readonly reason: string }
  /** The local database could not be read or written. */
  | { readonly tag: 'storage'; readonly cause: 'quota' | 'other'; readonly detail: string }
  /** The run was stopped on purpose (sign-out, page going away). */
  | { readonly tag: 'aborted' };
