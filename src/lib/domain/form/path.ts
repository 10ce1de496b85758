// Addresses of answers: `workers`, and in a repeat `papers[ROWID].number`.

export interface Path {
  readonly name: string;
  /** In a row of a repeat. */
  readonly row: { readonly repeat: string; readonly id: string } | null;
}

/** The address of a question; `rowId` only for one that stands in a repeat. */
export const pathOf = (name: string, repeat: string | null, rowId: string | null): string =>
  repeat === null || rowId === null ? name : `${repeat}[${rowId}].${name}`;

/** Takes an address apart (a row id may hold anything, brackets too). */
export function parsePath(path: string): Path {
  const match = /^([^[]+)\[(.*)\]\.([^.\]]+)$/s.exec(path);
  if (!match) return { name: path, row: null };
  const [, repeat = '', id = '', name = ''] = match;
  return { name, row: { repeat, id } };
}
