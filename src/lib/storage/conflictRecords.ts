// The record of a conflict as it lies in IndexedDB: what is written when a conflict begins, changes or ends.
import type { Conflict, Stamp } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { type Versions, ended, metAgain, newConflict, versionsOf } from '#lib/domain/merge/conflictRecord.ts';
import { type AnyDocument, isEqual } from '#lib/domain/merge/rival.ts';
import { type Lying, type Row, type Rows, keysOf, lastSentOf } from './row.ts';

/**
 * Two versions of a document are apart.
 * @param lying the record of this conflict, when it has one already: a version of it has changed
 * @returns null when nothing is to be written: it is noted already, or was decided on another device of the same person
 */
export function opened(lying: Lying, subject: Row, versions: Versions, stamp: Stamp): Rows | null {
  const before = recordIn(lying.row);
  // A record that does not open is nobody's to write anew.
  if (before?.resolved !== undefined || lying.row?.shut === true) return null;
  const record = before === null ? newConflict(versions, subject.commune, stamp) : metAgain(before, versions, stamp);
  if (before !== null && isEqual([before.mine, before.theirs], [record.mine, record.theirs])) return null;
  return rowsOf(lying, subject.database, record);
}

/**
 * A conflict is over.
 * @param met the versions that were compared; what is not named is as the record has it
 * @param outcome the version that stands now
 * @returns null when nothing is to be written: there is no record here, or it tells of its end already
 */
export function closed(lying: Lying, met: Partial<Versions>, outcome: AnyDocument, stamp: Stamp): Rows | null {
  const before = recordIn(lying.row);
  if (before === null || lying.row === undefined || before.resolved !== undefined) return null;
  return rowsOf(lying, lying.row.database, ended(before, { ...versionsOf(before), ...met }, outcome, stamp));
}

/** The record of a conflict in a row; null where something else lies there, or nothing. */
export function recordIn(row: Row | undefined): Conflict | null {
  const parsed = parseDocument(row?.doc);
  return parsed.ok && parsed.value.kind === 'conflict' ? parsed.value : null;
}

function rowsOf({ row, waiting }: Lying, database: string, doc: Conflict): Rows {
  const { _id: id, commune, updatedAt, editId } = doc;
  const rev = row?.rev ?? null;
  const base = row === undefined || rev === null ? null : { rev, doc: row.doc };
  const { putBack: _putBack, ...unsent } = waiting ?? {};
  return {
    row: { id, database, commune, updatedAt, doc, rev, receivedAt: null, ...keysOf(doc) },
    waiting: {
      ...unsent,
      id,
      database,
      editId,
      since: waiting?.since ?? updatedAt,
      state: 'waiting',
      base: waiting === undefined ? base : waiting.base,
      ...lastSentOf({ row, waiting })
    }
  };
}
