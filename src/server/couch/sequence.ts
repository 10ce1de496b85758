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

/** Knows the last change of every document: which ones are to come, and how many (`pending`). */
export class LastChanges {
  readonly #placeById = new Map<string, number>();
  /** The same places, in their order. */
  readonly #places = new Set<number>();
  #readUpTo = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(readonly pouch: Pouch) {}

  /** How many documents changed after a place. */
  async countAfter(place: number): Promise<number> {
    await this.#readNew();
    let count = 0;
    for (const last of this.#places) if (last > place) count += 1;
    return count;
  }

  /** The places of the next so many changes. */
  async after(place: number, limit: number): Promise<number[]> {
    await this.#readNew();
    const next: number[] = [];
    for (const last of this.#places) {
      if (last > place) next.push(last);
      if (next.length === limit) break;
    }
    return next;
  }

  #readNew(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#catchUp());
    return this.#reading;
  }

  async #catchUp(): Promise<void> {
    const { results } = await this.pouch.changes({ since: this.#readUpTo });
    for (const { id, seq } of results) {
      const place = Number(seq);
      const known = this.#placeById.get(id);
      if (known !== undefined) this.#places.delete(known);
      this.#placeById.set(id, place);
      this.#places.add(place);
      this.#readUpTo = Math.max(this.#readUpTo, place);
    }
  }
}
