// An answer that ends a request early: CouchDB's status, error name and reason.
import { isObject } from './json.ts';

/**
 * The one expected failure that is thrown: a request is abandoned as a whole, from any depth, and PouchDB underneath
 * throws the same shape. Rows of a batch that are refused are values (see documents/write.ts).
 */
export class CouchError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly reason: string
  ) {
    super(`${status} ${error}: ${reason}`);
    this.name = 'CouchError';
  }
}

export const badRequest = (reason: string): CouchError => new CouchError(400, 'bad_request', reason);
export const notFound = (reason = 'missing'): CouchError => new CouchError(404, 'not_found', reason);
export const conflict = (): CouchError => new CouchError(409, 'conflict', 'Document update conflict.');
export const unauthorized = (reason: string): CouchError => new CouchError(401, 'unauthorized', reason);
export const forbidden = (reason: string): CouchError => new CouchError(403, 'forbidden', reason);
export const notAllowed = (...methods: string[]): CouchError =>
  new CouchError(405, 'method_not_allowed', `Only ${methods.join(',')} allowed`);
/** What CouchDB can do and this server leaves out. */
export const notImplemented = (what: string): CouchError =>
  new CouchError(501, 'not_implemented', `The embedded server does not do ${what}.`);

/** Anything thrown below as an answer; PouchDB's errors carry `status`, `name` and `reason`. */
export function toCouchError(thrown: unknown): CouchError {
  if (thrown instanceof CouchError) return thrown;
  if (isObject(thrown) && typeof thrown.status === 'number' && thrown.status >= 400 && thrown.status < 500) {
    const name = typeof thrown.name === 'string' ? thrown.name : 'bad_request';
    const reason = [thrown.reason, thrown.message].find((text) => typeof text === 'string' && text !== '');
    return new CouchError(thrown.status, name, typeof reason === 'string' ? reason : name);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  // The request was under way when the database was deleted.
  if (message === 'database is destroyed' || message === 'database is closed') {
    return notFound('Database does not exist.');
  }
  return new CouchError(500, 'internal_server_error', message);
}
