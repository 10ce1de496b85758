// Lets refused edits go that somebody else has taken over: a page of the server tells so (called by the replica).
import { notesIn } from '#lib/domain/handover/note.ts';
import type { Database } from './database.ts';
import { type KeptRow, type OutboxRow, type Row, fieldOf, keysOf, textOf, withoutKeys } from './row.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';

/** What has to be written so that the edits are off the outbox. */
export interface LetGo {
  readonly rows: readonly Row[];
  readonly gone: readonly string[];
  readonly done: readonly string[];
  readonly kept: readonly KeptRow[];
}

/**
 * Finds refused edits that documents of a page have taken over. Each is kept as a version; its record is again what the
 * server has. Runs inside the replica's transaction.
 * @param arrived the page's documents
 */
export async function letGo(
  db: Database,
  arrived: readonly { readonly id: string; readonly doc: { readonly [field: string]: unknown } | null }[],
  at: string
): Promise<LetGo> {
  const rows: Row[] = [];
  const gone: string[] = [];
  const done: string[] = [];
  const kept: KeptRow[] = [];
  const notes = arrived.flatMap(({ doc }) =>
    doc === null ? [] : notesIn(doc['handed']).map((note) => ({ ...note, by: textOf(doc, 'updatedBy') }))
  );
  for (const note of notes) {
    const [row, waiting] = await Promise.all([db.docs.get(note.id), db.outbox.get(note.id)]);
    if (row === undefined || waiting?.state !== 'refused' || waiting.editId !== note.editId) continue;
    if (done.includes(note.id) || row.shut === true || waiting.shut === true) continue;
    done.push(note.id);
    kept.push({ docId: note.id, doc: row.doc, why: 'handed', at, by: note.by });
    // The page itself brings the record.
    if (arrived.some(({ id }) => id === note.id)) continue;
    const before = standing(row, waiting);
    if (before === null) gone.push(note.id);
    else rows.push(before);
  }
  return { rows, gone, done, kept };
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
