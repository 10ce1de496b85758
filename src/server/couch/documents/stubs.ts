// Attachments that a document mentions without bringing their bytes.
import { CouchError } from '../couch-error.ts';
import { type JsonObject, isObject } from '../json.ts';
import type { Incoming } from './incoming.ts';

/**
 * Replaces each stub by what the predecessor knows about the attachment of that name.
 * @returns the document's fields
 * @throws 412 for a stub that the predecessor does not have
 */
export function keepKnownAttachments(
  { id, rev, fields }: Incoming,
  old: JsonObject | null,
  newEdits: boolean
): JsonObject {
  if (!isObject(fields._attachments)) return fields;
  const known = isObject(old?._attachments) ? old._attachments : {};
  const revpos = (rev === null ? 0 : parseInt(rev, 10)) + (newEdits ? 1 : 0);
  const attachments: JsonObject = {};
  for (const [name, attachment] of Object.entries(fields._attachments)) {
    if (!isObject(attachment) || attachment.stub !== true) {
      attachments[name] = { revpos, ...(isObject(attachment) ? attachment : {}) };
      continue;
    }
    const kept = known[name];
    if (!isObject(kept)) throw missingStub(id, name);
    attachments[name] = { ...kept, stub: true };
  }
  return { ...fields, _attachments: attachments };
}

const MISSING_STUB = 'missing_stub';
const missingStub = (id: string, name: string): CouchError =>
  new CouchError(412, MISSING_STUB, `Invalid attachment stub in ${id} for ${name}`);

/** CouchDB answers the whole request with 412, although it has stored the other documents. */
export const isMissingStub = ({ error }: CouchError): boolean => error === MISSING_STUB;
