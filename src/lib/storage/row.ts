// How a document lies in IndexedDB: the document itself, what the server said of it, and the keys it is found by.
import type { Document } from '#lib/domain/document/document.ts';
import type { OddChange } from '#lib/domain/document/odd.ts';
import { visitOf } from '#lib/domain/document/visit.ts';
import type { PhotoDigests, PhotoSize } from '#lib/domain/photo/attachments.ts';

/** A document that this build cannot read (newer schema, unknown kind): kept and passed on untouched (law 17). */
export interface ForeignDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** A field of a document that may be one this build cannot read. */
export function fieldOf(doc: Document | ForeignDocument, name: string): unknown {
  const fields: { readonly [field: string]: unknown } = doc;
  return fields[name];
}

/** A text of a document, empty where it has none of that name, or something else there. */
export function textOf(doc: { readonly [field: string]: unknown } | undefined, name: string): string {
  const value = doc?.[name];
  return typeof value === 'string' ? value : '';
}

/** Keys computed from the document; a missing key is simply not in its index. */
export interface Keys {
  /** The kind, while the document is not deleted and can be read. */
  live?: string;
  /** The same, of what is looked up by its commune. */
  listed?: string;
  /** The document it belongs to: a product's producer, a survey's product, a review's subject. */
  owner?: string;
  /** Of surveys and assessments. */
  status?: string;
  /** Of a survey the day of its visit, `yyyy-mm-dd`; of an assessment ''. */
  visited?: string;
  /** Of a conflict's record, until it has ended: the document that it is about. */
  disputed?: string;
  /** Until when a product's certificate, or a paper, is valid, `yyyy-mm-dd`. */
  due?: string;
  /** When a visit to the producer is planned. */
  visit?: string;
}

/**
 * What people have typed lies sealed where the account has a lock, and is opened before it gets here. A row that does not
 * open (it is damaged, or the key is not here) tells only what lies beside that part: it is never shown, sent or merged.
 */
export interface Shutable {
  /** Its contents are not here: what stands in their place is none. */
  shut?: true;
}

export interface Row extends Keys, Shutable {
  id: string;
  /** Name of the CouchDB database that holds it. */
  database: string;
  commune: string;
  updatedAt: string;
  doc: Document | ForeignDocument;
  /** This build cannot read the document: kept and passed on, never shown (law 17). */
  foreign?: true;
  /** The server revision that `doc` was last equal to or is based on; null = the server never had it. */
  rev: string | null;
  /** Server time of the receipt for `rev`; null when it came by pull or was never sent. */
  receivedAt: string | null;
  /** Losing revisions that stock replication left on the server (conflict leaves), as the newest pull told them. */
  clash?: string[];
  /** Those of them that were looked at in vain while this revision won: somebody else has to close them. Device clock. */
  left?: { rev: string; leaves: string[]; at: string };
}

/**
 * A document waiting for, or stopped on, its way to the server. One row per document, gone when the receipt is here.
 *
 * | state      | the document                                                                           |
 * |------------|----------------------------------------------------------------------------------------|
 * | `waiting`  | goes out with the next run                                                             |
 * | `refused`  | is not taken by the server: `reason`, `at`                                             |
 * | `conflict` | waits for a person to choose: `theirs`                                                 |
 * | `lost`     | is clean, and the server has lost it; it is not this account's to bring back: it stays |
 * |            | here, perhaps as the last copy, and is nobody's unsent work (law 9)                    |
 */
export interface OutboxRow extends Shutable {
  id: string;
  /** Name of the CouchDB database. */
  database: string;
  /** The edit that has to arrive; when the document changes again, this changes too. */
  editId: string;
  /**
   * Edits that went out without an answer (any of them may be on the server), newest last: what a 409 must not take
   * for somebody else's (law 4).
   */
  sent?: string[];
  /** The newest version of those before the one that lies here: it may be part of what others build on. */
  lastSent?: Document | ForeignDocument;
  /**
   * The server came back without the revision that this builds on (law 9): an older version there is no rival. In a
   * conflict also: `theirs` has not come of `base`, though the server may know both.
   */
  isLost?: true;
  /** When the oldest unsent edit was made, device clock. */
  since: string;
  state: 'waiting' | 'refused' | 'conflict' | 'lost';
  /** It was clean when the server lost it: the revision under which the server had it. */
  putBack?: string;
  /** What the server last had, kept while the document differs from it (for a three-way merge); null = nothing. */
  base: { rev: string; doc: Document | ForeignDocument } | null;
  /** state refused: why, and when. */
  reason?: { code: string; message: string };
  at?: string;
  /** state conflict: the other version, as the server has it. */
  theirs?: { rev: string; doc: Document | ForeignDocument };
  /** state conflict: the id of its record, which replicates; none for a conflict that an older app has met. */
  record?: string;
}

/** A document with its outbox row, as far as they are here. */
export interface Lying {
  readonly row: Row | undefined;
  readonly waiting: OutboxRow | undefined;
}

/** Both rows, to be put in one transaction. */
export interface Rows {
  readonly row: Row;
  readonly waiting: OutboxRow;
}

/** The `lastSent` of a document that is edited now: the version that lies here, if it has gone out. */
export function lastSentOf({ row, waiting }: Lying): Pick<OutboxRow, 'lastSent'> {
  if (row === undefined || waiting === undefined) return {};
  const lastSent = waiting.sent?.at(-1) === waiting.editId ? row.doc : waiting.lastSent;
  return lastSent === undefined ? {} : { lastSent };
}

/** A revision that the server has given to what was sent. */
export interface Receipt {
  readonly id: string;
  readonly rev: string;
}

/** How far a database has been pulled. */
export interface CheckpointRow {
  database: string;
  /** Opaque CouchDB sequence; null = from the start. */
  since: string | null;
  /** Server `uuid` and the database's `instance_start_time`: another identity means a restored or re-created server. */
  identity: string;
  /** The last changes of it, by which the server is recognised; none when something was sent since, or by an older app. */
  witness?: { readonly since: string | null; readonly rows: readonly { id: string; revs: readonly string[] }[] };
  /** The newest receipts: what the server says that it holds. None by an older app. */
  sent?: readonly Receipt[];
  /** Server time of the last complete pull; null while the first one has not finished. */
  completedAt: string | null;
  /** Changes before `since` that could not be taken in; none by an older app. */
  odd?: readonly OddChange[];
}

/** A version that lost, kept so that nothing typed vanishes. */
export interface KeptRow extends Shutable {
  no?: number;
  docId: string;
  doc: Document | ForeignDocument;
  /**
   * conflict: a person chose the other one; restored: the server came back from a backup with this older one; overtaken:
   * it came while the same place was being typed in; handed: another officer has taken it over, `by` whom.
   */
  why: 'conflict' | 'restored' | 'overtaken' | 'handed';
  at: string;
  by?: string;
}

/**
 * | state       | the photo                                                                            |
 * |-------------|--------------------------------------------------------------------------------------|
 * | `waiting`   | was made here, and the server has not acknowledged its bytes                         |
 * | `refused`   | the same, and the server does not take them: `reason`, `at`                          |
 * | `sent`      | was made here, and the server holds exactly these bytes (law 13)                     |
 * | `freed`     | the same, but of the large size there is at most a copy; the thumbnail is not counted |
 * | `cached`    | is a copy of what the server has, and may be let go of                               |
 */
export type PhotoState = 'waiting' | 'refused' | 'sent' | 'freed' | 'cached';

/** What this device knows of the bytes of a photo; its document lies in `docs`. */
export interface PhotoRow {
  id: string;
  /** Name of the CouchDB database. */
  database: string;
  state: PhotoState;
  /** MD5 in base64 by which the server acknowledges the bytes; of a copy, those that it told. */
  digests: PhotoDigests;
  /** Bytes that lie here, photo and thumbnail together; of one that was freed, those of the copy of the large size. */
  bytes: number;
  /** When it was made here, or looked at last: device clock. */
  at: string;
  /** state sent or freed: when the server acknowledged the bytes, device clock; older apps have not noted it. */
  sentAt?: string;
  /** state refused: why. */
  reason?: { code: string; message: string };
  /** An upload of it has been prepared since the server last named its bytes: they may be there, whatever was answered. */
  mayBeThere?: true;
}

/** The bytes of one size of a photo: an ArrayBuffer, for a Blob in IndexedDB can fail in WebKit. */
export interface PhotoBytesRow {
  id: string;
  size: PhotoSize;
  bytes: ArrayBuffer;
  /** The bytes are sealed. */
  isSealed?: true;
}

/** Small facts of this account on this device, by name. */
export interface FactRow extends Shutable {
  name: string;
  value: unknown;
}

/** Kinds that are looked up by their commune. */
export const LISTED: readonly string[] = ['producer', 'product', 'person'];

/**
 * The index keys of a document.
 * @param doc a document that parsed; pass null for one that did not
 */
export function keysOf(doc: Document | null): Keys {
  if (doc === null || doc.deleted) return doc === null ? {} : ownerOf(doc);
  const keys: Keys = { live: doc.kind, ...ownerOf(doc) };
  if (LISTED.includes(doc.kind)) keys.listed = doc.kind;
  if (doc.kind === 'survey' || doc.kind === 'assessment') {
    keys.status = doc.status;
    keys.visited = doc.kind === 'survey' ? visitOf(doc) : '';
  }
  if (doc.kind === 'conflict' && doc.resolved === undefined) keys.disputed = doc.subjectId;
  if (doc.kind === 'product' && doc.recognition?.validUntil !== undefined) keys.due = doc.recognition.validUntil;
  if (doc.kind === 'paper' && doc.validUntil !== undefined) keys.due = doc.validUntil;
  if (doc.kind === 'producer' && doc.plannedVisit !== undefined) keys.visit = doc.plannedVisit.at;
  return keys;
}

/** A row without the keys of its document, for another one to take its place. */
export function withoutKeys<R extends Keys>(row: R): Omit<R, keyof Keys> {
  const { live: _1, listed: _2, owner: _3, status: _4, visited: _5, disputed: _6, due: _7, visit: _8, ...rest } = row;
  return rest;
}

function ownerOf(doc: Document): Keys {
  switch (doc.kind) {
    case 'product':
      return { owner: doc.producerId };
    case 'survey':
    case 'assessment':
    case 'paper':
    case 'photo':
      return { owner: doc.productId };
    case 'review':
    case 'conflict':
      return { owner: doc.subjectId };
    case 'producer':
    case 'person':
      return {};
  }
}
