// Conflicts whose edit waits on another device, or was left over on the server: read from their records, and decided here.
import type { Document, Conflict as Record } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { withDecisionNote } from '#lib/domain/merge/merge.ts';
import { editIdOf, isSameContent } from '#lib/domain/merge/rival.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { closed, recordIn } from './conflictRecords.ts';
import { type Conflict, parsed } from './conflicts.ts';
import { changed } from './edited.ts';
import { type KeptRow, textOf } from './row.ts';
import { type SaveError, type Store, openRecords } from './store.ts';

/**
 * What a conflict's record tells.
 *
 * | open   | the versions to choose from are                                                            |
 * |--------|--------------------------------------------------------------------------------------------|
 * | `true` | the edit that waits, and the document as it stands here: what a decision goes on top of    |
 * | `false`| the two that were compared when it was decided: its end is in `record.resolved`            |
 */
export interface RecordedConflict {
  readonly isOpen: boolean;
  readonly conflict: Conflict;
  readonly record: Record;
}

/**
 * The conflict of a record.
 * @returns undefined when there is no such record here, or the edit that waited is of a newer app
 */
export async function recordedConflict(store: Store, recordId: string): Promise<RecordedConflict | undefined> {
  const record = recordIn(await store.tables.docs.get(recordId));
  const mine = record === null ? null : parsed(record.mine);
  if (record === null || mine === null) return undefined;
  const isOpen = record.resolved === undefined;
  const current = isOpen ? (await store.tables.docs.get(record.subjectId))?.doc : (record.theirs ?? undefined);
  return {
    isOpen,
    record,
    conflict: {
      id: record.subjectId,
      record: record._id,
      mine,
      theirs: current === undefined ? null : parsed(current),
      isDeletedThere: current === undefined,
      base: record.base === null ? null : parsed(record.base),
      by: textOf(current, 'updatedBy'),
      at: textOf(current, 'updatedAt') || record.updatedAt
    }
  };
}

/**
 * The records of conflicts that wait for a person, and whose edit does not wait here; the newest first. In one transaction,
 * which Dexie's memory of earlier answers stays out of: that knows of what the worker commits a moment later than the
 * tables do, and a conflict of one's own would be another device's until then.
 */
export async function conflictsElsewhere(store: Store): Promise<Record[]> {
  const { tables } = store;
  return tables.transaction('r', tables.docs, tables.outbox, async () => {
    const records = await openRecords(tables);
    const conflicts = await tables.outbox.where('state').equals('conflict').toArray();
    const own = new Set(conflicts.map(({ record }) => record));
    return records.filter(({ _id }) => !own.has(_id)).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  });
}

/** A version that is kept on this device because another one stands. */
export interface KeptVersion {
  readonly no: number;
  readonly doc: Document;
  /** When it gave way. */
  readonly at: string;
}

/** What of some documents does not stand (any more): conflicts, open and ended, and versions that no record tells of. */
export interface Past {
  readonly records: readonly Record[];
  readonly kept: readonly KeptVersion[];
}

/** The past of some documents. */
export async function pastOf(store: Store, ids: readonly string[]): Promise<Past> {
  const { docs, kept } = store.tables;
  const [owned, keptRows, rows] = await Promise.all([
    docs.where('owner').anyOf(ids).toArray(),
    kept.where('docId').anyOf(ids).toArray(),
    docs.bulkGet([...ids])
  ]);
  const records = owned.flatMap((row) => (row.live === 'conflict' ? (recordIn(row) ?? []) : []));
  const told = [
    ...records.flatMap(({ mine, theirs }) => [mine, ...(theirs === null ? [] : [theirs])]),
    ...rows.flatMap((row) => row?.doc ?? [])
  ];
  return { records, kept: keptRows.flatMap((row) => keptVersion(row, told) ?? []) };
}

/** A kept version and the document as it stands; undefined when either is not here, or is of a newer app. */
export async function keptBeside(
  store: Store,
  no: number
): Promise<{ kept: KeptVersion; current: Document } | undefined> {
  const row = await store.tables.kept.get(no);
  const kept = row === undefined ? null : keptVersion(row, []);
  const current = row === undefined ? undefined : await store.tables.docs.get(row.docId);
  const doc = current === undefined ? null : parsed(current.doc);
  return kept === null || doc === null ? undefined : { kept, current: doc };
}

function keptVersion({ no, doc, at }: KeptRow, told: readonly { readonly _id: string }[]): KeptVersion | null {
  const version = parsed(doc);
  const isTold = told.some((one) => one._id === doc._id && isSameContent({ ...one }, { ...doc }));
  return version === null || no === undefined || isTold ? null : { no, doc: version, at };
}

/**
 * Ends a conflict whose edit does not wait here, in one transaction: the decision is an edit of the document, and the end
 * of the record. The device whose edit waits learns of it by pull.
 * @param seen the conflict as the person had it on the screen
 * @param decision `theirs`: the document stays as it is
 * @returns `missing` when it was decided in the meantime, when the document has changed since it was seen, or when an edit
 *   of this device is in conflict there itself, and has to be decided first
 */
export async function decideRecorded(
  store: Store,
  seen: Conflict,
  decision: 'theirs' | { readonly merged: object }
): Promise<Result<null, SaveError>> {
  return store.write(async (stamp) => {
    const { docs, outbox, kept } = store.tables;
    const recordId = seen.record ?? '';
    const [record, recordWaiting, row, waiting] = await Promise.all([
      docs.get(recordId),
      outbox.get(recordId),
      docs.get(seen.id),
      outbox.get(seen.id)
    ]);
    const before = recordIn(record);
    const isAsSeen =
      row === undefined ? seen.theirs === null : seen.theirs !== null && isSameEdit(row.doc, seen.theirs);
    if (before === null || before.resolved !== undefined || !isAsSeen || waiting?.state === 'conflict') {
      return err({ tag: 'missing', id: recordId });
    }
    const versions = { base: before.base, mine: before.mine, theirs: row?.doc ?? null };
    let outcome = row?.doc ?? { _id: seen.id, _deleted: true };
    if (decision !== 'theirs' && row !== undefined) {
      const decided = { ...decision.merged, _id: row.id, ...stamp };
      const noted = withDecisionNote(decided, { ...versions, theirs: row.doc }, recordId, stamp);
      const result = parseDocument(noted);
      if (!result.ok) return err({ tag: 'malformed', path: '', message: result.error.tag });
      outcome = result.value;
      // Somebody else may end the record first, and that end does not tell of this version.
      await kept.add({ docId: row.id, doc: row.doc, why: 'conflict', at: stamp.updatedAt });
      await store.put(changed(row, waiting, result.value));
    }
    const end = closed({ row: record, waiting: recordWaiting }, versions, outcome, stamp);
    if (end !== null) await Promise.all([docs.put(end.row), outbox.put(end.waiting)]);
    return ok(null);
  });
}

const isSameEdit = (a: Conflict['mine'] | { readonly _id: string }, b: Conflict['mine']): boolean =>
  editIdOf({ ...a }) === b.editId;
