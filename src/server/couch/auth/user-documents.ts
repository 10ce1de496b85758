// The rules of `_users`: a person sees and changes only the own document, never the own roles; passwords become hashes.
import { CouchError, forbidden, notFound, unauthorized } from '../couch-error.ts';
import { type JsonObject, isStringList } from '../json.ts';
import { type Who, isServerAdmin } from '../security.ts';
import { USER_ID_PREFIX } from './accounts.ts';
import { hashPassword } from './passwords.ts';

/** @throws 404 when the document is someone else's, as if it were not there */
export function requireOwnUserDocument(id: string, who: Who): void {
  if (isServerAdmin(who) || (who.name !== null && id === USER_ID_PREFIX + who.name)) return;
  if (who.name === null) throw unauthorized('You are not authorized to access this db.');
  throw notFound();
}

/** @throws 401 or 403 for whatever shows several accounts at once */
export function requireUsersAdmin(who: Who): void {
  if (isServerAdmin(who)) return;
  throw who.name === null
    ? unauthorized('You are not authorized to access this db.')
    : forbidden('Only admins may list accounts.');
}

/**
 * Checks an update of `_users` and replaces the password by its hash (CouchDB docs, Authentication Database).
 * @returns the document to store
 * @throws 403 with CouchDB's reason
 */
export async function prepareUserDocument(document: JsonObject, old: JsonObject | null, who: Who): Promise<JsonObject> {
  const { _id, name, type, roles, password } = document;
  if (!isServerAdmin(who)) requireHarmless(document, old, who);
  if (document._deleted === true) return document;
  if (type !== 'user') throw forbidden('doc.type must be user');
  if (typeof name !== 'string' || name === '') throw forbidden('doc.name is required');
  if (_id !== USER_ID_PREFIX + name) throw forbidden('Doc ID must be of the form org.couchdb.user:name');
  if (!isStringList(roles)) throw forbidden('doc.roles must exist and be an array of strings');
  if (roles.some((role) => role.startsWith('_'))) {
    throw forbidden('No system roles (starting with underscore) in users db.');
  }
  if (typeof password !== 'string') return document;
  const rest = Object.fromEntries(Object.entries(document).filter(([field]) => field !== 'password'));
  return { ...rest, ...(await hashPassword(password)) };
}

function requireHarmless(document: JsonObject, old: JsonObject | null, who: Who): void {
  const id = typeof document._id === 'string' ? document._id : '';
  if (who.name === null || id !== USER_ID_PREFIX + who.name) {
    throw who.name === null ? unauthorized('Sign in first.') : forbidden('You may only update your own user document.');
  }
  if (!old || document._deleted === true)
    throw new CouchError(403, 'forbidden', 'Only admins may add or remove accounts.');
  if (JSON.stringify(document.roles) !== JSON.stringify(old.roles)) throw forbidden('Only _admin may edit roles');
}
