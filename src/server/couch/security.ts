// Who may read, write and administer a database: `_security` and the roles of whoever asks.
import type { CouchError } from './couch-error.ts';
import { badRequest, forbidden, unauthorized } from './couch-error.ts';
import { isObject, isStringList } from './json.ts';

/** Whoever sends a request; `name` is null for nobody in particular. */
export interface Who {
  readonly name: string | null;
  readonly roles: readonly string[];
  /** How the name was proven. */
  readonly by: 'cookie' | 'default' | null;
}

export const NOBODY: Who = { name: null, roles: [], by: null };
/** The server itself, where it writes on its own account. */
export const SYSTEM: Who = { name: null, roles: ['_admin'], by: null };

interface Group {
  readonly names: readonly string[];
  readonly roles: readonly string[];
}
export interface Security {
  readonly admins: Group;
  readonly members: Group;
}

/** As in CouchDB 3: a new database is the server administrators' alone. */
export const ADMINS_ONLY: Security = {
  admins: { names: [], roles: ['_admin'] },
  members: { names: [], roles: ['_admin'] }
};

/** Everyone may read and write, which CouchDB understands from empty members. */
export const EVERYONE: Security = { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: [] } };

/** Reads a `_security` object; absent parts are empty. */
export function parseSecurity(value: unknown): Security {
  if (!isObject(value)) throw badRequest('Request body must be a JSON object');
  return { admins: parseGroup(value.admins, 'admins'), members: parseGroup(value.members, 'members') };
}

function parseGroup(value: unknown, which: string): Group {
  if (value === undefined) return { names: [], roles: [] };
  if (!isObject(value)) throw badRequest(`'${which}' must be a JSON object`);
  const { names = [], roles = [] } = value;
  if (!isStringList(names)) throw badRequest(`'names' must be a JSON array of strings`);
  if (!isStringList(roles)) throw badRequest(`'roles' must be a JSON array of strings`);
  return { names, roles };
}

export const isServerAdmin = (who: Who): boolean => who.roles.includes('_admin');

const belongs = (who: Who, group: Group): boolean =>
  (who.name !== null && group.names.includes(who.name)) || who.roles.some((role) => group.roles.includes(role));

export const isDatabaseAdmin = (who: Who, security: Security): boolean =>
  isServerAdmin(who) || belongs(who, security.admins);

/** 401 asks nobody in particular to sign in, 403 tells somebody that he may not. */
const refuse = (who: Who, reason: string): CouchError => (who.name === null ? unauthorized(reason) : forbidden(reason));

/** @throws 401 or 403 unless the asker may read and write documents */
export function requireMember(who: Who, security: Security): void {
  const { names, roles } = security.members;
  const open = names.length === 0 && roles.length === 0;
  if (open || isDatabaseAdmin(who, security) || belongs(who, security.members)) return;
  throw refuse(who, 'You are not allowed to access this db.');
}

/** @throws 401 or 403 unless the asker may change design documents and the like */
export function requireDatabaseAdmin(who: Who, security: Security): void {
  if (!isDatabaseAdmin(who, security)) throw refuse(who, 'You are not a db or server admin.');
}

/** @throws 401 or 403 unless the asker is an administrator of the whole server */
export function requireServerAdmin(who: Who): void {
  if (!isServerAdmin(who)) throw refuse(who, 'You are not a server admin.');
}
