// What a save writes: the rows of an edited document, from those that lie there.
import type { Document, DocumentOf, Kind, Stamp } from '#lib/domain/document/document.ts';
import { type ParseError, parseDocument } from '#lib/domain/document/parse.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { type Lying, type OutboxRow, type Row, type Rows, fieldOf, keysOf, lastSentOf, withoutKeys } from './row.ts';

/** Why a save did not happen; what was typed is still with the caller. */
export type SaveError =
  | { readonly tag: 'missing'; readonly id: string }
  | { readonly tag: 'malformed'; readonly path: string; readonly message: string }
  /** The browser refused the write: `quota` = storage is full. */
  | { readonly tag: 'write'; readonly cause: 'quota' | 'closed' | 'other'; readonly message: string };

/** A document after an edit; `rows` is null when the edit has changed nothing. */
export interface Edited<D extends Document> {
  readonly doc: D;
  readonly rows: Rows | null;
}

/**
 * Applies a change to a stored document.
 * @param change gives the whole new document; the same object = nothing to write
 * @returns what to write; `missing` where the row holds no readable document of that kind, `malformed` where the change
 *   has made something that is none
 */
export function edited<K extends Kind>(
  kind: K,
  id: string,
  { row, waiting }: Lying,
  change: (doc: DocumentOf<K>) => DocumentOf<K>,
  stamp: Stamp
): Result<Edited<DocumentOf<K>>, SaveError> {
  const before = row === undefined ? undefined : readable(row, kind);
  if (row === undefined || before === undefined) return err({ tag: 'missing', id });
  const after = change(before);
  if (after === before) return ok({ doc: before, rows: null });
  const parsed = ofKind(kind, { ...after, ...stamp });
  if (!parsed.ok) return parsed;
  return ok({ doc: parsed.value, rows: changed(row, waiting, parsed.value) });
}

/** The rows of a document that has changed. */
export const changed = (row: Row, waiting: OutboxRow | undefined, doc: Document): Rows => ({
  row: { ...withoutKeys(row), updatedAt: doc.updatedAt, doc, ...keysOf(doc) },
  waiting: outboxRow(doc, row, waiting)
});

/** The rows of a document that was just made. */
export function made(doc: Document): Rows {
  const { _id: id, commune, updatedAt } = doc;
  const row = { id, database: communeDatabase(commune), commune, updatedAt, doc, rev: null, receivedAt: null };
  return { row: { ...row, ...keysOf(doc) }, waiting: outboxRow(doc, null, undefined) };
}

/** Parses a document that has to be of a kind; `malformed` names the place. */
export function ofKind<K extends Kind>(kind: K, value: unknown): Result<DocumentOf<K>, SaveError> {
  const parsed = parseDocument(value);
  return parsed.ok && isKind(parsed.value, kind) ? ok(parsed.value) : err(malformed(parsed, kind));
}

/** The row's document when this build can read it and it is of that kind. */
export function readable<K extends Kind>(row: Row, kind: K): DocumentOf<K> | undefined {
  const doc = row.doc;
  return row.foreign !== true && row.shut !== true && isKind(doc, kind) ? doc : undefined;
}

function isKind<K extends Kind>(doc: Row['doc'], kind: K): doc is DocumentOf<K> {
  return fieldOf(doc, 'kind') === kind;
}

/** The outbox row for a document that has just changed; the base is what the server had before the first unsent edit. */
function outboxRow(doc: Document, before: Row | null, waiting: OutboxRow | undefined): OutboxRow {
  const base = before === null || before.rev === null ? null : { rev: before.rev, doc: before.doc };
  const row: OutboxRow = {
    id: doc._id,
    database: before?.database ?? communeDatabase(doc.commune),
    editId: doc.editId,
    since: waiting === undefined || waiting.state === 'lost' ? doc.updatedAt : waiting.since,
    // An edit is a new try after a refusal (law 6); a conflict stays one until a person has chosen.
    state: waiting?.state === 'conflict' ? 'conflict' : 'waiting',
    base: waiting === undefined ? base : waiting.base
  };
  if (waiting?.sent !== undefined) row.sent = waiting.sent;
  Object.assign(row, lastSentOf({ row: before ?? undefined, waiting }));
  if (waiting?.isLost !== undefined) row.isLost = waiting.isLost;
  if (row.state === 'conflict' && waiting?.theirs !== undefined) row.theirs = waiting.theirs;
  if (row.state === 'conflict' && waiting?.at !== undefined) row.at = waiting.at;
  if (row.state === 'conflict' && waiting?.record !== undefined) row.record = waiting.record;
  return row;
}

function malformed(parsed: Result<Document, ParseError>, kind: Kind): SaveError {
  if (parsed.ok) return { tag: 'malformed', path: 'kind', message: `not a ${kind}` };
  const { error } = parsed;
  return error.tag === 'malformed' ? error : { tag: 'malformed', path: '', message: error.tag };
}
