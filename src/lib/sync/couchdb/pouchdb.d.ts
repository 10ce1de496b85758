// What @types/pouchdb leaves out: `fetch` of a remote database (PouchDB ≥ 7).
declare namespace PouchDB {
  // The parameter has to be declared as @types/pouchdb declares it, or the two interfaces do not merge.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
  interface Database<Content extends {} = {}> {
    /** Asks for a path below the database, or below the server when it begins with a slash. */
    fetch(path: string, options?: RequestInit): Promise<Response>;
  }
}
