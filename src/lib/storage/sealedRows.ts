// Which fields of which tables hold what people have typed, and how a row lies with these sealed.
import type { Vault } from './vault.ts';

/** The sealed fields of each table; what is not named lies in clear: ids, codes, days, states and revisions, for the indexes. */
const SEALED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  docs: ['doc'],
  outbox: ['base', 'theirs', 'lastSent', 'reason'],
  kept: ['doc'],
  facts: ['value'],
  // What a server says about a photo may quote it.
  photos: ['reason']
};

/** A row as Dexie's core hands it over: what is in it is known to those who asked for it. */
export type StoredRow = Record<string, unknown>;

/** Seals and opens the rows of one table. */
export interface RowSeals {
  /** Whether something of it lies in clear that must not, once there is a key. */
  isOpen(row: StoredRow): boolean;
  isSealed(row: StoredRow): boolean;
  /**
   * The row as it is to lie. One that did not open goes back as it came: its sealed part is nobody's to replace.
   * @param vault null writes what can be read in clear
   */
  seal(vault: Vault | null, row: StoredRow): StoredRow;
  /** The row as the app reads it; one that does not open is `shut`, and says so. */
  open(vault: Vault | null, row: StoredRow): StoredRow;
  /** The same with WebCrypto, for many at a time; not in a transaction that has to go on. */
  openLater(vault: Vault | null, row: StoredRow): Promise<StoredRow>;
}

/** @returns undefined for a table that holds nothing of the kind */
export function sealsOf(table: string): RowSeals | undefined {
  const fields = SEALED_FIELDS[table];
  if (fields === undefined) return undefined;
  const about = (row: StoredRow) => `${table} ${String(row['docId'] ?? row['name'] ?? row['id'])}`;
  const isOpen = (row: StoredRow) => fields.some((field) => row[field] !== undefined && row[field] !== null);
  const opened = (row: StoredRow, text: string | null): StoredRow => {
    const read = text === null ? null : objectIn(text);
    if (read === null) return shut(table, row);
    const { sealed: _sealed, ...rest } = row;
    // Into the places that the fields had: rows are compared to the letter.
    return Object.assign(rest, read);
  };
  return {
    isOpen,
    isSealed: ({ sealed }) => sealed !== undefined,
    seal(vault, row) {
      if (row['shut'] === true) return asItLay(fields, row);
      if (vault === null || !isOpen(row)) return row;
      const open: StoredRow = {};
      const closed: StoredRow = { ...row };
      for (const field of fields) {
        if (row[field] === undefined) continue;
        open[field] = row[field];
        closed[field] = null;
      }
      closed['sealed'] = vault.seal(JSON.stringify(open), about(row));
      return closed;
    },
    open(vault, row) {
      const { sealed } = row;
      if (!(sealed instanceof ArrayBuffer)) return row;
      return opened(row, vault?.open(sealed, about(row)) ?? null);
    },
    openLater(vault, row) {
      const { sealed } = row;
      if (!(sealed instanceof ArrayBuffer)) return Promise.resolve(row);
      if (vault === null) return Promise.resolve(shut(table, row));
      return vault.openLater(sealed, about(row)).then((text) => opened(row, text));
    }
  };
}

/** Stands where the contents would: nothing that anybody could take for a document. */
function shut(table: string, { base: _base, theirs: _theirs, lastSent: _last, reason: _reason, ...row }: StoredRow) {
  if (table === 'docs') return { ...row, doc: { _id: row['id'] }, shut: true };
  if (table === 'kept') return { ...row, doc: { _id: row['docId'] }, shut: true };
  if (table === 'outbox') return { ...row, base: null, shut: true };
  return { ...row, shut: true };
}

function asItLay(fields: readonly string[], { shut: _shut, ...row }: StoredRow): StoredRow {
  for (const field of fields) if (row[field] !== undefined) row[field] = null;
  return row;
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
