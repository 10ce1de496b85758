// Documents on their way out, as JSON or with their attachments beside them.
import type { Reply } from '../http/reply.ts';
import { type JsonObject, isObject } from '../json.ts';
import { type Outgoing, joinParts } from './multipart.ts';

/** A document with attachments in base64 as `multipart/related`: JSON first, then the bytes. */
export function related(document: JsonObject, headers: Readonly<Record<string, string>>): Reply {
  const { bytes, boundary } = relatedBody(document);
  return {
    kind: 'bytes',
    status: 200,
    bytes,
    headers: { ...headers, 'Content-Type': contentType('related', boundary) }
  };
}

/** Several revisions, or the news that they are missing, as `multipart/mixed`. */
export function mixed(entries: readonly JsonObject[]): Reply {
  const parts = entries.map((entry): Outgoing => {
    if (!isObject(entry.ok)) {
      return {
        headers: { 'Content-Type': 'application/json; error="true"' },
        bytes: Buffer.from(JSON.stringify(entry))
      };
    }
    if (!isObject(entry.ok._attachments)) {
      return { headers: { 'Content-Type': 'application/json' }, bytes: Buffer.from(JSON.stringify(entry.ok)) };
    }
    const { bytes, boundary } = relatedBody(entry.ok);
    return { headers: { 'Content-Type': contentType('related', boundary) }, bytes };
  });
  const { bytes, boundary } = joinParts(parts);
  return { kind: 'bytes', status: 200, bytes, headers: { 'Content-Type': contentType('mixed', boundary) } };
}

const contentType = (kind: 'related' | 'mixed', boundary: string): string =>
  `multipart/${kind}; boundary="${boundary}"`;

function relatedBody(document: JsonObject): { bytes: Buffer; boundary: string } {
  const following: Outgoing[] = [];
  const attachments = Object.entries(isObject(document._attachments) ? document._attachments : {}).map(
    ([name, attachment]) => {
      if (!isObject(attachment) || typeof attachment.data !== 'string') return [name, attachment];
      const { data: _data, ...described } = attachment;
      const bytes = Buffer.from(attachment.data, 'base64');
      const type = String(attachment.content_type);
      const disposition = `attachment; filename="${name}"`;
      following.push({
        headers: { 'Content-Disposition': disposition, 'Content-Type': type, 'Content-Length': String(bytes.length) },
        bytes
      });
      return [name, { ...described, follows: true, length: bytes.length }];
    }
  );
  const json = JSON.stringify({ ...document, _attachments: Object.fromEntries(attachments) });
  return joinParts([{ headers: { 'Content-Type': 'application/json' }, bytes: Buffer.from(json) }, ...following]);
}
