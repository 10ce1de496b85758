// Remembers the rows of a few documents as they were read or written last: those that somebody has open.
import type { Lying } from './row.ts';

/** Rows, and what tells whether they still lie there. */
export interface Seen extends Lying {
  readonly text: string;
}

/** Open editors, and what they show beside. */
const MOST = 8;

export class SeenRows {
  readonly #byId = new Map<string, Seen>();

  get(id: string): Seen | undefined {
    return this.#byId.get(id);
  }

  note(id: string, { row, waiting }: Lying): void {
    this.#byId.delete(id);
    this.#byId.set(id, { row, waiting, text: textOf({ row, waiting }) });
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MOST && oldest !== undefined) this.#byId.delete(oldest);
  }
}

/** Whether these rows are those that were seen, to the letter: what differs in anything is to be read anew. */
export const isSeen = (seen: Seen, lying: Lying): boolean => seen.text === textOf(lying);

/** IndexedDB keeps the order of fields. */
const textOf = ({ row, waiting }: Lying): string => JSON.stringify([row, waiting]);
