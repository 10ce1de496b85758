// Lets refused edits go that somebody else has taken over: a page of the server tells so (called by the replica).
import { notesIn } from '#lib/domain/handover/note.ts';
import type { Database } from './database.ts';
import type { Batch } from './replica/batch.ts';
import { type OutboxRow, type Row, fieldOf, keysOf, textOf, withoutKeys } from './row.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';

/**
 * Finds refused edits that documents of a page have taken over. Each is kept as a version; its record is again what the
 * server has. Runs inside the replica's transaction.
 * @param batch takes what has to be written so that they are off the outbox
 * @param arrived the page's documents
 * @returns their ids
 */
export async function letGo(
  db: Database,
  batch: Batch,
  arrived: readonly { readonly id: string; readonly doc: { readonly [field: string]: unknown } | null }[],
  at: string
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  const notes = arrived.flatMap(({ doc }) =>
    doc === null ? [] : notesIn(doc['handed']).map((note) => ({ ...note, by: textOf(doc, 'updatedBy') }))
  );
  for (const note of notes) {
    const [row, waiting] = await Promise.all([db.docs.get(note.id), db.outbox.get(note.id)]);
    if (row === undefined || waiting?.state !== 'refused' || waiting.editId !== note.editId) continue;
    if (done.has(note.id) || row.shut === true || waiting.shut === true) continue;
    done.add(note.id);
    batch.dequeue(note.id);
    batch.kept.push({ docId: note.id, doc: row.doc, why: 'handed', at, by: note.by });
    // The page itself brings the record.
    if (arrived.some(({ id }) => id === note.id)) continue;
    const before = standing(row, waiting);
    if (before === null) batch.remove(note.id);
    else batch.put(before);
  }
  return done;
}

/** The record as the server has it, as far as this phone knows; null when it never had it. */
function standing(row: Row, { base }: OutboxRow): Row | null {
  if (base === null) return null;
  const parsed = parseDocument(base.doc);
  const updatedAt = fieldOf(base.doc, 'updatedAt');
  return {
    ...withoutKeys(row),
    doc: base.doc,
    rev: base.rev,
    receivedAt: null,
    updatedAt: typeof updatedAt === 'string' ? updatedAt : row.updatedAt,
    ...keysOf(parsed.ok ? parsed.value : null)
  };
}
