// Which edits of others a document has taken over.
import type { HandedNote } from '../document/document.ts';

/** Whether one of a document's notes tells of this edit. @param handed the field of that name, of a document from anywhere */
export const isHanded = (handed: unknown, { id, editId }: Pick<HandedNote, 'id' | 'editId'>): boolean =>
  notesIn(handed).some((note) => note.id === id && note.editId === editId);

/** The hand-overs that a document from anywhere tells of. */
export function notesIn(handed: unknown): Pick<HandedNote, 'id' | 'editId' | 'by'>[] {
  if (!Array.isArray(handed)) return [];
  return (handed as unknown[]).flatMap((note) => {
    if (typeof note !== 'object' || note === null) return [];
    const { id, editId, by } = note as Record<string, unknown>;
    return typeof id === 'string' && typeof editId === 'string'
      ? [{ id, editId, by: typeof by === 'string' ? by : '' }]
      : [];
  });
}
