// `/{db}/{id}`: one document, read, written or deleted.
import { badRequest, conflict, notAllowed, notFound } from '../couch-error.ts';
import { type Database, USERS } from '../databases.ts';
import { requireOwnUserDocument } from '../auth/user-documents.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Reply, json } from '../http/reply.ts';
import { type JsonObject, isObject, isStringList } from '../json.ts';
import type { Security, Who } from '../security.ts';
import { isLocalId, readIncoming } from './incoming.ts';
import { readRelated } from './multipart.ts';
import { mixed, related } from './outgoing.ts';
import { writeDocuments } from './write.ts';

/** Who asks for what, in which database. */
export interface Asked {
  readonly exchange: Exchange;
  readonly database: Database;
  readonly who: Who;
  readonly security: Security;
}

export async function document(asked: Asked, id: string): Promise<Reply> {
  const { exchange, database, who } = asked;
  if (database.name === USERS && !isLocalId(id)) requireOwnUserDocument(id, who);
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return exchange.query.has('open_revs') ? readOpenRevisions(asked, id) : readDocument(asked, id);
    case 'PUT':
      return putDocument(asked, id);
    case 'DELETE':
      return deleteDocument(asked, id);
    default:
      throw notAllowed('DELETE', 'GET', 'HEAD', 'PUT');
  }
}

async function readDocument({ exchange, database }: Asked, id: string): Promise<Reply> {
  const rev = exchange.query.get('rev');
  const found: unknown = await database.pouch.get(id, {
    ...(rev === null ? {} : { rev }),
    revs: exchange.flag('revs'),
    revs_info: exchange.flag('revs_info'),
    conflicts: exchange.flag('conflicts') || exchange.flag('meta'),
    latest: exchange.flag('latest'),
    attachments: exchange.flag('attachments')
  });
  if (!isObject(found)) throw notFound();
  const headers = { ETag: `"${String(found._rev)}"` };
  const wantsParts = exchange.flag('attachments') && exchange.accepts('multipart/related');
  return wantsParts && isObject(found._attachments) ? related(found, headers) : json(found, 200, headers);
}

async function readOpenRevisions({ exchange, database }: Asked, id: string): Promise<Reply> {
  const wanted: unknown = exchange.query.get('open_revs') === 'all' ? 'all' : exchange.jsonParameter('open_revs');
  if (wanted !== 'all' && !isStringList(wanted)) throw badRequest('open_revs must be all or a list of revisions');
  const options = {
    open_revs: wanted,
    revs: exchange.flag('revs'),
    latest: exchange.flag('latest'),
    attachments: exchange.flag('attachments')
  };
  const entries: unknown = await database.pouch.get(id, options);
  if (!Array.isArray(entries)) throw notFound();
  return exchange.accepts('multipart/mixed') ? mixed(entries.filter(isObject)) : json(entries);
}

async function putDocument(asked: Asked, id: string): Promise<Reply> {
  const { exchange } = asked;
  const type = exchange.header('content-type') ?? '';
  const body = type.startsWith('multipart/related')
    ? readRelated(await exchange.body(), type)
    : await exchange.jsonBody();
  const fields = isObject(body) ? { ...body, ...followedRevision(exchange, body) } : body;
  return storeOne(asked, readIncoming(fields, id), 201);
}

async function deleteDocument(asked: Asked, id: string): Promise<Reply> {
  const { exchange, database } = asked;
  const revision = followedRevision(exchange, {});
  if (revision._rev === undefined) {
    await database.pouch.get(id); // 404 comes before 409.
    throw conflict();
  }
  return storeOne(asked, readIncoming({ _deleted: true, ...revision }, id), 200);
}

/** The revision that a write names, in the document, in the address or in `If-Match`. */
export function followedRevision(exchange: Exchange, body: JsonObject): { _rev?: string } {
  const named = exchange.query.get('rev') ?? exchange.header('if-match')?.replace(/"/g, '');
  const rev = body._rev ?? named;
  return typeof rev === 'string' ? { _rev: rev } : {};
}

/** Stores one document and answers for it alone. */
export async function storeOne(
  { exchange, database, who, security }: Asked,
  incoming: ReturnType<typeof readIncoming>,
  status: number
): Promise<Reply> {
  const newEdits = exchange.flag('new_edits', true);
  const [row] = await writeDocuments(database, [incoming], { who, security, newEdits });
  if (!row) throw notFound();
  if (!row.ok) throw row.refusal;
  return json({ ok: true, id: row.id, rev: row.rev }, status, { ETag: `"${row.rev}"` });
}
