// `/{db}/{id}/{name}`: the bytes of one attachment.
import { requireOwnUserDocument } from '../auth/user-documents.ts';
import { conflict, notAllowed, notFound } from '../couch-error.ts';
import { USERS } from '../databases.ts';
import type { Reply } from '../http/reply.ts';
import { type JsonObject, isObject } from '../json.ts';
import { type Asked, followedRevision, storeOne } from './document.ts';
import { readIncoming } from './incoming.ts';

export async function attachment(asked: Asked, id: string, name: string): Promise<Reply> {
  const { exchange, database, who } = asked;
  if (database.name === USERS) requireOwnUserDocument(id, who);
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return readAttachment(asked, id, name);
    case 'PUT':
      return putAttachment(asked, id, name);
    case 'DELETE':
      return deleteAttachment(asked, id, name);
    default:
      throw notAllowed('DELETE', 'GET', 'HEAD', 'PUT');
  }
}

async function readAttachment({ exchange, database }: Asked, id: string, name: string): Promise<Reply> {
  const rev = exchange.query.get('rev');
  const options = rev === null ? {} : { rev };
  const holder: unknown = await database.pouch.get(id, options);
  const described = isObject(holder) && isObject(holder._attachments) ? holder._attachments[name] : undefined;
  if (!isObject(described)) throw notFound('Document is missing attachment');
  const stored = await database.pouch.getAttachment(id, name, options);
  const bytes = Buffer.isBuffer(stored) ? stored : Buffer.from(await stored.arrayBuffer());
  const headers = {
    'Content-Type': String(described.content_type),
    'Cache-Control': 'must-revalidate',
    ETag: `"${String(described.digest).replace(/^md5-/, '')}"`,
    'Accept-Ranges': 'bytes'
  };
  return rangeOf(exchange.header('range'), bytes, headers);
}

/** The part that a `Range` header asks for (one range only), or all of it. */
function rangeOf(range: string | undefined, bytes: Buffer, headers: Record<string, string>): Reply {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return { kind: 'bytes', status: 200, bytes, headers };
  const last = bytes.length - 1;
  const fromEnd = match[1] === '';
  const start = fromEnd ? Math.max(0, bytes.length - Number(match[2])) : Number(match[1]);
  const end = fromEnd || match[2] === '' ? last : Math.min(last, Number(match[2]));
  if (start > end) {
    const refused = { ...headers, 'Content-Range': `bytes */${bytes.length}` };
    return { kind: 'bytes', status: 416, bytes: Buffer.alloc(0), headers: refused };
  }
  const ranged = { ...headers, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` };
  return { kind: 'bytes', status: 206, bytes: bytes.subarray(start, end + 1), headers: ranged };
}

async function putAttachment(asked: Asked, id: string, name: string): Promise<Reply> {
  const { exchange } = asked;
  const data = await exchange.body();
  const content_type = exchange.header('content-type') ?? 'application/octet-stream';
  const holder = await holderOf(asked, id, true);
  const attachments = { ...attachmentsOf(holder), [name]: { content_type, data } };
  return storeOne(asked, readIncoming({ ...holder, _attachments: attachments }, id), 201);
}

async function deleteAttachment(asked: Asked, id: string, name: string): Promise<Reply> {
  const holder = await holderOf(asked, id, false);
  const { [name]: removed, ...attachments } = attachmentsOf(holder);
  if (removed === undefined) throw notFound('Document is missing attachment');
  return storeOne(asked, readIncoming({ ...holder, _attachments: attachments }, id), 200);
}

const attachmentsOf = (holder: JsonObject): JsonObject => (isObject(holder._attachments) ? holder._attachments : {});

/** The document to change, which the request must name by its last revision; a new one where there is none. */
async function holderOf({ exchange, database }: Asked, id: string, mayBeNew: boolean): Promise<JsonObject> {
  const { _rev: rev } = followedRevision(exchange, {});
  const found: unknown = await database.pouch.get(id, rev === undefined ? {} : { rev }).catch(() => null);
  if (!isObject(found)) {
    if (mayBeNew && rev === undefined) return {};
    throw rev === undefined ? notFound() : conflict();
  }
  if (rev === undefined) throw conflict();
  return found;
}
