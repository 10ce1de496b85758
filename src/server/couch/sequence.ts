// Places in a database's order of changes: opaque tokens outside, numbers inside.
import type { Pouch } from './pouch.ts';

/** The token of a place: a number that sorts, and the database's instance, as opaque as CouchDB's. */
export const sequenceToken = (place: number, instance: string): string => `${place}-${instance}`;

/**
 * Reads a token back.
 * @returns 0 for a token of another instance: as in CouchDB, a database that was re-created is read from its start;
 * null when it is no token at all
 */
export function readSequence(token: string, instance: string): number | null {
  const match = /^"?(\d+)(?:-([0-9a-f]+))?"?$/.exec(token);
  if (!match) return null;
  return match[2] !== undefined && match[2] !== instance ? 0 : Number(match[1]);
}

/** Knows the last change of every document, for the count of changes still to come (`pending`). */
export class LastChanges {
  readonly #placeById = new Map<string, number>();
  #readUpTo = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(readonly pouch: Pouch) {}

  /** How many documents changed after a place. */
  async countAfter(place: number): Promise<number> {
    this.#reading = this.#reading.then(() => this.#catchUp());
    await this.#reading;
    let count = 0;
    for (const last of this.#placeById.values()) if (last > place) count += 1;
    return count;
  }

  async #catchUp(): Promise<void> {
    const { results } = await this.pouch.changes({ since: this.#readUpTo });
    for (const { id, seq } of results) {
      this.#placeById.set(id, Number(seq));
      this.#readUpTo = Math.max(this.#readUpTo, Number(seq));
    }
  }
}
