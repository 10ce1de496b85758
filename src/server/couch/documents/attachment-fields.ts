// Reads the `_attachments` of an incoming document: each either a stub or bytes, and nothing else.
import { createHash } from 'node:crypto';
import { CouchError, badRequest } from '../couch-error.ts';
import { type JsonObject, isObject } from '../json.ts';

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * @returns stubs as they are, everything else with its bytes; PouchDB must never get them in another form, for it
 * would take the whole process down
 * @throws 400 for what is neither
 */
export function readAttachments(value: unknown): JsonObject {
  if (!isObject(value)) throw badRequest('_attachments must be an object');
  const attachments: JsonObject = {};
  for (const [name, attachment] of Object.entries(value)) {
    if (name === '' || name.startsWith('_')) throw badRequest('Attachment name must not be empty or start with _');
    if (!isObject(attachment)) throw badRequest(`Attachment ${name} must be an object`);
    attachments[name] = attachment.stub === true ? { stub: true } : withBytes(name, attachment);
  }
  return attachments;
}

function withBytes(name: string, { content_type, data, digest }: JsonObject): JsonObject {
  const type = typeof content_type === 'string' ? content_type : 'application/octet-stream';
  if (Buffer.isBuffer(data)) {
    requireDigest(data, digest);
    // As in CouchDB, a validation function hears the digest of bytes that follow, and of no others.
    return { content_type: type, data, ...(digest === undefined ? {} : { digest }) };
  }
  if (typeof data !== 'string' || !BASE64.test(data)) throw badRequest(`Attachment ${name} is not valid base64`);
  return { content_type: type, data: Buffer.from(data, 'base64') };
}

/** Bytes that a multipart body brings with their digest are compared with it. */
function requireDigest(data: Buffer, digest: unknown): void {
  if (typeof digest !== 'string' || !digest.startsWith('md5-')) return;
  if (createHash('md5').update(data).digest('base64') !== digest.slice('md5-'.length)) {
    throw new CouchError(400, 'content_md5_mismatch', 'Possible message corruption.');
  }
}
