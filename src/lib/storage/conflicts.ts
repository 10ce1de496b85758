// A conflict and its end: both versions are kept until a person has chosen, and the losing one after that.
import type { Document } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { closed } from './conflictRecords.ts';
import { type ForeignDocument, type KeptRow, type OutboxRow, type Row, fieldOf, keysOf, textOf } from './row.ts';
import type { SaveError, Store } from './store.ts';

/** Both versions of a document that two people changed. */
export interface Conflict {
  readonly id: string;
  /** The edit that waits is another device's, or was left over on the server: the id of the record; null: it waits here. */
  readonly record: string | null;
  /** The edit that waits. */
  readonly mine: Document;
  /** The server's version; null when the server has deleted the document or this build cannot read it. */
  readonly theirs: Document | null;
  /** Whether the other side deleted it for good. */
  readonly isDeletedThere: boolean;
  /** What both started from, as far as this device knows it. */
  readonly base: Document | null;
  /** User name of the other side's last editor; '' when unknown. */
  readonly by: string;
  /** When the other side's version was made. */
  readonly at: string;
}

/** The conflict of a document, or undefined when it has none. */
export async function conflictOf(store: Store, id: string): Promise<Conflict | undefined> {
  const [row, waiting] = await Promise.all([store.tables.docs.get(id), store.tables.outbox.get(id)]);
  if (row === undefined || waiting?.state !== 'conflict' || waiting.theirs === undefined) return undefined;
  const mine = parsed(row.doc);
  if (mine === null) return undefined;
  const theirs = waiting.theirs.doc;
  // The other version has not come of what the server has lost.
  const base = waiting.isLost === true ? null : waiting.base;
  return {
    id,
    record: null,
    mine,
    theirs: parsed(theirs),
    isDeletedThere: isTombstone(theirs),
    base: base === null ? null : parsed(base.doc),
    by: textOf(theirs, 'updatedBy'),
    at: textOf(theirs, 'updatedAt') || (waiting.at ?? waiting.since)
  };
}

/**
 * | decision        | the document becomes | is sent | kept                 |
 * |-----------------|----------------------|---------|----------------------|
 * | `mine`          | this device's        | yes     | theirs               |
 * | `theirs`        | the server's         | no      | mine                 |
 * | `{ merged }`    | the given one        | yes     | mine and theirs      |
 */
export type Decision = 'mine' | 'theirs' | { readonly merged: Document };

/**
 * Ends a conflict as a person decided, in one transaction.
 * @returns the document as it now is, or null when the decision was to let it go with the server's deletion;
 *   `missing` when there is no such conflict (any more)
 */
export async function decide(
  store: Store,
  id: string,
  decision: Decision
): Promise<Result<Document | null, SaveError>> {
  return store.write(async (stamp) => {
    const { docs, outbox, kept } = store.tables;
    const [row, waiting] = await Promise.all([docs.get(id), outbox.get(id)]);
    const theirs = waiting?.state === 'conflict' ? waiting.theirs : undefined;
    if (row === undefined || row.shut === true || waiting === undefined || theirs === undefined)
      return err({ tag: 'missing', id });
    const losers: KeptRow[] = [];
    const keep = (doc: Row['doc']) => losers.push({ docId: id, doc, why: 'conflict', at: stamp.updatedAt });
    if (decision !== 'mine') keep(row.doc);
    if (decision !== 'theirs' && !isTombstone(theirs.doc)) keep(theirs.doc);
    await kept.bulkAdd(losers);
    if (waiting.record !== undefined) {
      const [record, recordWaiting] = await Promise.all([docs.get(waiting.record), outbox.get(waiting.record)]);
      const outcome =
        decision === 'theirs' ? theirs.doc : { ...(decision === 'mine' ? row.doc : decision.merged), ...stamp };
      const versions = { mine: row.doc, theirs: isTombstone(theirs.doc) ? null : theirs.doc };
      const end = closed({ row: record, waiting: recordWaiting }, versions, outcome, stamp);
      if (end !== null) await Promise.all([docs.put(end.row), outbox.put(end.waiting)]);
    }

    if (decision === 'theirs') {
      await outbox.delete(id);
      if (isTombstone(theirs.doc)) {
        await docs.delete(id);
        return ok(null);
      }
      await docs.put(rowOf(row, theirs.doc, theirs.rev));
      return ok(parsed(theirs.doc));
    }

    const result = parseDocument({ ...(decision === 'mine' ? row.doc : decision.merged), ...stamp });
    if (!result.ok) return err({ tag: 'malformed', path: '', message: result.error.tag });
    await docs.put(rowOf(row, result.value, theirs.rev));
    const next: OutboxRow = {
      id,
      database: waiting.database,
      editId: result.value.editId,
      since: waiting.since,
      state: 'waiting',
      base: theirs
    };
    await outbox.put(next);
    return ok(result.value);
  });
}

/** What the server's own deletion looks like in `theirs`. */
export const isTombstone = (doc: Document | ForeignDocument): boolean => fieldOf(doc, '_deleted') === true;

function rowOf(row: Row, doc: Row['doc'], rev: string): Row {
  const { id, database, commune, clash } = row;
  const updatedAt = fieldOf(doc, 'updatedAt');
  const next: Row = {
    id,
    database,
    commune,
    updatedAt: typeof updatedAt === 'string' ? updatedAt : row.updatedAt,
    doc,
    rev,
    receivedAt: null,
    ...keysOf(parsed(doc))
  };
  if (parsed(doc) === null) next.foreign = true;
  if (clash !== undefined) next.clash = clash;
  return next;
}

/** What this build makes of a version; null for one that it cannot read. */
export function parsed(doc: Document | ForeignDocument): Document | null {
  const result = parseDocument(doc);
  return result.ok ? result.value : null;
}
