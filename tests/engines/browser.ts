// What the journey asks of a browser, whichever engine is in it.

/** A place on the screen: in words for who reads a failure, and as an XPath for the engine. */
export interface Place {
  readonly words: string;
  readonly xpath: string;
}

/** A browser on a profile that outlives it. Whatever is waited for in vain fails after `PATIENCE_MS`. */
export interface Browser {
  /** Opens an address of the app ("/sync"), and resolves when the document has loaded. */
  open(path: string): Promise<void>;
  /** Waits until the place can be tapped, and taps it. */
  tap(place: Place): Promise<void>;
  /** Taps a field, and types over what stands in it, key by key. */
  type(place: Place, text: string): Promise<void>;
  /** Chooses files in a file field, which need not be in sight. @param paths absolute, on this machine */
  choose(place: Place, paths: readonly string[]): Promise<void>;
  /** Runs a function in the page, which sees nothing but its argument; what goes in and comes out is JSON. */
  evaluate<A>(question: (about: A) => unknown, about: A): Promise<unknown>;
  /** What is on the screen, as PNG. */
  picture(): Promise<Buffer>;
  /** Closes in good order. */
  close(): Promise<void>;
  /** SIGKILL of the browser with all its processes: nothing is flushed, no page is told. */
  kill(): Promise<void>;
  /** Starts on the same profile, with one empty tab. */
  start(): Promise<void>;
  /** Errors on the console, of all its lives. */
  complaints(): readonly string[];
}

/** An engine that the journey is tried in. */
export interface Engine {
  readonly name: string;
  /** Programs that it needs, and which of Debian's packages has each. */
  readonly needs: readonly { readonly file: string; readonly debian: string }[];
  /** How it is served the app: on loopback, http does for most. */
  readonly scheme: 'http' | 'https';
  /** A browser that has never been started, on an empty profile. @param origin where the app is served */
  unpack(origin: string, profile: string): Browser;
}

export const PHONE = { width: 360, height: 740 } as const;

/** How long a place may take to be there. */
export const PATIENCE_MS = 15_000;

/** A function and what it is asked about, as the text of an expression for the page. */
export const expressionOf = <A>(question: (about: A) => unknown, about: A): string =>
  `(${String(question)})(${JSON.stringify(about)})`;
