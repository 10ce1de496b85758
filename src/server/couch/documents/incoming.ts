// Reads a document out of a request and refuses what CouchDB would not take from anyone.
import { randomBytes } from 'node:crypto';
import { CouchError, badRequest } from '../couch-error.ts';
import { type JsonObject, isObject, isStringList } from '../json.ts';
import { readAttachments } from './attachment-fields.ts';

/** CouchDB's `max_document_size`. */
const MAX_DOCUMENT_BYTES = 8_000_000;
const REVISION = /^\d+-[^-]+$/;

const SPECIAL_FIELDS = new Set([
  '_id', '_rev', '_deleted', '_attachments', '_revisions', '_revs_info', '_conflicts', '_deleted_conflicts', '_local_seq'
]); // prettier-ignore
/** Fields that the server adds when reading; sent back, they are not kept. */
const READ_ONLY_FIELDS = new Set(['_revs_info', '_conflicts', '_deleted_conflicts', '_local_seq']);

/** A document to store. */
export interface Incoming {
  readonly id: string;
  /** The revision that it follows (`new_edits`), or its own (replicated). */
  readonly rev: string | null;
  /** Replicated: its own hash and its ancestors', newest first. */
  readonly ancestry: { readonly start: number; readonly ids: readonly string[] } | null;
  readonly isDeleted: boolean;
  readonly fields: JsonObject;
}

/**
 * @param value what the request holds
 * @param id the id in the address, when there is one
 * @throws 400 for what is no document, 413 for one that is too large
 */
export function readIncoming(value: unknown, id?: string): Incoming {
  if (!isObject(value)) throw badRequest('Document must be a JSON object');
  const named = id ?? value._id ?? randomBytes(16).toString('hex');
  if (typeof named !== 'string') throw new CouchError(400, 'illegal_docid', 'Document id must be a string');
  requireLegalId(named);
  const { _rev: rev, _revisions } = value;
  if (rev !== undefined && (typeof rev !== 'string' || !REVISION.test(rev))) throw badRequest('Invalid rev format');
  const fields: JsonObject = {};
  for (const [field, content] of Object.entries(value)) {
    if (field.startsWith('_') && !SPECIAL_FIELDS.has(field)) {
      throw new CouchError(400, 'doc_validation', `Bad special document member: ${field}`);
    }
    if (field === '_attachments') fields[field] = readAttachments(content);
    else if (!READ_ONLY_FIELDS.has(field)) fields[field] = content;
  }
  requireBounded(fields, named);
  return {
    id: named,
    rev: rev ?? null,
    ancestry: readAncestry(_revisions),
    isDeleted: value._deleted === true,
    fields: { ...fields, _id: named }
  };
}

export function requireLegalId(id: string): void {
  if (id === '') throw new CouchError(400, 'illegal_docid', 'Document id must not be empty');
  if (id.startsWith('_') && !/^_(design|local)\/./.test(id)) {
    throw new CouchError(400, 'illegal_docid', 'Only reserved document ids may start with underscore.');
  }
}

export const isLocalId = (id: string): boolean => id.startsWith('_local/');
export const isDesignId = (id: string): boolean => id.startsWith('_design/');

function requireBounded({ _attachments, ...fields }: JsonObject, id: string): void {
  if (Buffer.byteLength(JSON.stringify(fields)) > MAX_DOCUMENT_BYTES)
    throw new CouchError(413, 'document_too_large', id);
}

function readAncestry(value: unknown): Incoming['ancestry'] {
  if (value === undefined) return null;
  if (!isObject(value) || typeof value.start !== 'number' || !isStringList(value.ids) || value.ids.length === 0) {
    throw new CouchError(400, 'doc_validation', '_revisions must hold start and ids');
  }
  return { start: value.start, ids: value.ids };
}
