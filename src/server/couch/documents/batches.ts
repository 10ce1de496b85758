// Many documents in one request: `_bulk_docs`, `_bulk_get`, `_revs_diff`, `_all_docs`.
import { requireUsersAdmin } from '../auth/user-documents.ts';
import { badRequest, toCouchError } from '../couch-error.ts';
import { USERS } from '../databases.ts';
import { type Reply, json } from '../http/reply.ts';
import { type JsonObject, isObject, isStringList } from '../json.ts';
import type { Asked } from './document.ts';
import { readIncoming } from './incoming.ts';
import { mixed } from './outgoing.ts';
import { isMissingStub } from './stubs.ts';
import { type Written, writeDocuments } from './write.ts';

/** Stores many documents; a replicated batch is answered only where it failed, as in CouchDB. */
export async function bulkDocs({ exchange, database, who, security }: Asked): Promise<Reply> {
  const { docs, new_edits } = await exchange.postedObject();
  if (!Array.isArray(docs)) throw badRequest('POST body must include `docs` parameter.');
  const newEdits = new_edits !== false;
  const batch = docs.map((value: unknown) => readIncoming(value));
  const written = await writeDocuments(database, batch, { who, security, newEdits });
  for (const row of written) if (!row.ok && isMissingStub(row.refusal)) throw row.refusal;
  return json(written.filter(({ ok }) => newEdits || !ok).map(toRow), 201);
}

const toRow = (row: Written): JsonObject =>
  row.ok
    ? { ok: true, id: row.id, rev: row.rev }
    : { id: row.id, error: row.refusal.error, reason: row.refusal.reason };

/** Reads many documents at once, each in a revision of its own. */
export async function bulkGet({ exchange, database, who }: Asked): Promise<Reply> {
  if (database.name === USERS) requireUsersAdmin(who);
  const { docs } = await exchange.postedObject();
  if (!Array.isArray(docs)) throw badRequest("Missing JSON list of 'docs'");
  const options = {
    revs: exchange.flag('revs'),
    latest: exchange.flag('latest'),
    attachments: exchange.flag('attachments')
  };
  const read = async (wanted: unknown): Promise<{ id: string; docs: JsonObject[] }> => {
    if (!isObject(wanted) || typeof wanted.id !== 'string') throw badRequest('Document id is missing');
    const { id, rev } = wanted;
    try {
      const found: unknown = await database.pouch.get(id, { ...options, ...(typeof rev === 'string' ? { rev } : {}) });
      return { id, docs: [{ ok: found }] };
    } catch (thrown) {
      const { error, reason } = toCouchError(thrown);
      return { id, docs: [{ error: { id, rev: typeof rev === 'string' ? rev : 'undefined', error, reason } }] };
    }
  };
  const results = await Promise.all(docs.map(read));
  const wantsParts = exchange.accepts('multipart/mixed') && !exchange.accepts('application/json');
  return wantsParts ? mixed(results.flatMap((result) => result.docs)) : json({ results });
}

/** Tells which of the named revisions are not here. */
export async function revsDiff({ exchange, database, who }: Asked): Promise<Reply> {
  if (database.name === USERS) requireUsersAdmin(who);
  const body = await exchange.postedObject();
  const asked: Record<string, string[]> = {};
  for (const [id, revs] of Object.entries(body)) {
    if (!isStringList(revs)) throw badRequest('Revisions must be a list of strings');
    asked[id] = revs;
  }
  return json(await database.pouch.revsDiff(asked));
}

/** Lists documents by id. */
export async function allDocs({ exchange, database, who }: Asked): Promise<Reply> {
  if (database.name === USERS) requireUsersAdmin(who);
  const posted = exchange.method === 'POST' ? await exchange.postedObject() : {};
  const parameter = (...names: string[]): unknown =>
    names.map((name) => posted[name] ?? exchange.jsonParameter(name)).find((value) => value !== undefined);
  const keys = parameter('keys');
  if (keys !== undefined && !isStringList(keys)) throw badRequest('`keys` must be an array of strings.');
  const options = {
    ...given('key', parameter('key')),
    ...given('startkey', parameter('startkey', 'start_key')),
    ...given('endkey', parameter('endkey', 'end_key')),
    ...given('limit', parameter('limit')),
    ...given('skip', parameter('skip')),
    ...given('inclusive_end', parameter('inclusive_end')),
    include_docs: parameter('include_docs') === true,
    descending: parameter('descending') === true,
    conflicts: parameter('conflicts') === true,
    attachments: parameter('attachments') === true
  };
  if (!keys) return json(await database.pouch.allDocs(options));
  const { include_docs, descending, conflicts, attachments } = options;
  return json(await database.pouch.allDocs({ keys, include_docs, descending, conflicts, attachments }));
}

/** A field that is left out when there is no value. */
export const given = (name: string, value: unknown): JsonObject => (value === undefined ? {} : { [name]: value });
