// The rows of `_changes` as they were told, kept in memory: many devices ask for the same ones.

/** All of a database together; the oldest go. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Rows by what was asked for and their place. One never becomes wrong: whatever changes of a document gives it a new place,
 * and its old one is asked for no more.
 */
export class ToldRows {
  readonly #rows = new Map<string, Buffer>();
  #bytes = 0;

  /** @returns the rows of these places in their order; null when one of them is not kept */
  at(asked: string, places: readonly number[]): Buffer[] | null {
    const rows: Buffer[] = [];
    for (const place of places) {
      const row = this.#rows.get(keyOf(asked, place));
      if (row === undefined) return null;
      rows.push(row);
    }
    return rows;
  }

  keep(asked: string, place: number, row: Buffer): void {
    const key = keyOf(asked, place);
    if (this.#rows.has(key)) return;
    this.#rows.set(key, row);
    this.#bytes += row.length;
    for (const [oldest, { length }] of this.#rows) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#rows.delete(oldest);
      this.#bytes -= length;
    }
  }
}

const keyOf = (asked: string, place: number): string => `${String(place)} ${asked}`;
