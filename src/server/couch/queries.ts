// Searching a database: `_find` with its indexes, and map/reduce views.
import { CouchError, badRequest, forbidden, notAllowed, notFound } from './couch-error.ts';
import { USERS } from './databases.ts';
import { requireUsersAdmin } from './auth/user-documents.ts';
import { given } from './documents/batches.ts';
import type { Asked } from './documents/document.ts';
import { type Reply, json } from './http/reply.ts';
import { type JsonObject, isObject } from './json.ts';
import { requireDatabaseAdmin } from './security.ts';

/** CouchDB's own default. */
const FIND_LIMIT = 25;

/** `_find`; a bookmark is the number of documents already seen. */
export async function find({ exchange, database, who }: Asked): Promise<Reply> {
  if (exchange.method !== 'POST') throw notAllowed('POST');
  if (database.name === USERS) requireUsersAdmin(who);
  const { selector, fields, sort, limit, skip, bookmark, use_index } = await exchange.postedObject();
  if (!isObject(selector)) throw badRequest('Missing required key: selector');
  const most = typeof limit === 'number' ? limit : FIND_LIMIT;
  const seen = typeof bookmark === 'string' && /^\d+$/.test(bookmark) ? Number(bookmark) : 0;
  const from = seen > 0 ? seen : typeof skip === 'number' ? skip : 0;
  const request = { selector, ...given('fields', fields), ...given('sort', sort), ...given('use_index', use_index) };
  const found = await database.pouch.find({ ...request, limit: most, skip: from }).catch((thrown: unknown) => {
    // PouchDB throws a bare error where CouchDB has a name for it.
    const reason = thrown instanceof Error ? thrown.message : '';
    throw /^Cannot sort/.test(reason) ? new CouchError(400, 'no_usable_index', reason) : thrown;
  });
  return json({ ...found, bookmark: found.docs.length === 0 ? 'nil' : String(from + found.docs.length) });
}

/** `_index`: list, create, delete. */
export async function index({ exchange, database, who, security }: Asked, rest: readonly string[]): Promise<Reply> {
  if (exchange.method === 'GET') return json(await database.pouch.getIndexes());
  requireDatabaseAdmin(who, security);
  if (exchange.method === 'POST') return createIndex(await exchange.postedObject(), database.pouch);
  const [ddoc, , name] = rest;
  if (exchange.method !== 'DELETE' || ddoc === undefined || name === undefined)
    throw notAllowed('GET', 'POST', 'DELETE');
  const { indexes } = await database.pouch.getIndexes();
  const isThere = indexes.some((known) => known.name === name && known.ddoc?.replace(/^_design\//, '') === ddoc);
  if (!isThere) throw notFound();
  return json(await database.pouch.deleteIndex({ ddoc, name }));
}

async function createIndex(body: JsonObject, pouch: Asked['database']['pouch']): Promise<Reply> {
  const { index: wanted, name, ddoc } = body;
  const fields = isObject(wanted) ? wanted.fields : undefined;
  if (!Array.isArray(fields)) throw badRequest('Missing required key: index.fields');
  const index = { fields: fields.map(toField), ...given('name', name), ...given('ddoc', ddoc) };
  const made: unknown = await pouch.createIndex({ index });
  return json(made);
}

/** A field name, or `{name: 'asc'}`. */
const toField = (field: unknown): string => (isObject(field) ? (Object.keys(field)[0] ?? '') : String(field));

/** `/_design/{name}/…`: views; shows, lists and updates are long gone from CouchDB's recommendations. */
export async function design(asked: Asked, name: string, rest: readonly string[]): Promise<Reply> {
  const { database, exchange, who } = asked;
  if (database.name === USERS) requireUsersAdmin(who);
  const [what, view] = rest;
  if (what !== '_view' || view === undefined) throw notFound();
  if (!['GET', 'POST', 'HEAD'].includes(exchange.method)) throw notAllowed('GET', 'POST', 'HEAD');
  const posted = exchange.method === 'POST' ? await exchange.postedObject() : {};
  const source: unknown = await database.pouch.get(`_design/${name}`);
  if (!isObject(source) || !isObject(source.views) || !isObject(source.views[view]))
    throw notFound('missing_named_view');
  const parameter = (key: string): JsonObject => given(key, posted[key] ?? exchange.jsonParameter(key));
  const names = ['key', 'keys', 'startkey', 'endkey', 'inclusive_end', 'limit', 'skip', 'descending'];
  const grouping = ['group', 'group_level', 'include_docs', 'conflicts'];
  const options = Object.assign({}, ...[...names, ...grouping].map(parameter));
  const hasReduce = source.views[view].reduce !== undefined;
  const reduce = hasReduce && parameter('reduce').reduce !== false;
  if (reduce && options.include_docs === true) throw forbidden('`include_docs` is invalid for reduce');
  return json(await database.pouch.query(`${name}/${view}`, { ...options, reduce }));
}
