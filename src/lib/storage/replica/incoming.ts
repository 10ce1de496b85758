// What came over the wire, as it is going to lie here.
import type { Document } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import { type Row, keysOf, textOf } from '../row.ts';
import type { ServerChange } from './exchange.ts';

/** A document from the wire: as it came, and what this build makes of it. */
export interface Read {
  readonly doc: Row['doc'];
  readonly readable: Document | null;
}

/** A change, and what this build makes of its document; null for a deletion. */
export interface Incoming {
  readonly change: ServerChange;
  readonly parsed: Read | null;
}

/** Parses what a change brings: the larger half of the work, which needs no transaction. */
export const asIncoming = (change: ServerChange): Incoming => ({
  change,
  parsed: change.doc === null ? null : read(change.doc)
});

/** A document as it came, beside what this build makes of it. */
export function read(doc: AnyDocument): Read {
  const parsed = parseDocument(doc);
  // The document itself is kept as it came: parsing drops fields that only a newer build knows.
  return { doc, readable: parsed.ok ? parsed.value : null };
}

/** The row of a document that is as the server has it. */
export const rowOf = (
  database: string,
  id: string,
  rev: string,
  doc: AnyDocument,
  clash: readonly string[] = []
): Row => rowWith(database, id, rev, read(doc), clash);

/** The same, of one that was parsed before. @param clash its losing leaves */
export function rowWith(
  database: string,
  id: string,
  rev: string,
  { doc, readable }: Read,
  clash: readonly string[]
): Row {
  const row: Row = {
    id,
    database,
    commune: textOf(doc, 'commune'),
    updatedAt: textOf(doc, 'updatedAt'),
    doc,
    rev,
    receivedAt: null,
    ...keysOf(readable)
  };
  if (readable === null) row.foreign = true;
  if (clash.length > 0) row.clash = [...clash];
  return row;
}

/** Whether IndexedDB takes it: not what is nested deeper than a browser's stack. */
export function isStorable(doc: AnyDocument | null): boolean {
  try {
    structuredClone(doc);
    JSON.stringify(doc);
    return true;
  } catch {
    return false;
  }
}
