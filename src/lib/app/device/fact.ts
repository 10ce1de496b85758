// One named fact of this device, kept in idb-keyval and parsed whenever it comes in.
import { del, get, update } from 'idb-keyval';
import * as v from 'valibot';
import { isFull } from '#lib/storage/failure.ts';

/** A fact that outlives the browser and belongs to the phone, whoever is signed in. */
export class Fact<T> {
  readonly #name: string;
  readonly #schema: v.GenericSchema<unknown, T>;
  readonly #initial: T;

  /**
   * @param initial what holds before anything was kept, and when what was kept cannot be read any more
   */
  constructor(name: string, schema: v.GenericSchema<unknown, T>, initial: T) {
    this.#name = name;
    this.#schema = schema;
    this.#initial = initial;
  }

  async read(): Promise<T> {
    return this.#parse(await get<unknown>(this.#name));
  }

  /**
   * Changes the fact in one transaction, so that two tabs never undo each other. On a phone that is full it holds until
   * the app is closed: the app starts there too, and lets people in and out.
   * @returns what holds now
   */
  async change(change: (current: T) => T): Promise<T> {
    let next = this.#initial;
    try {
      await update<unknown>(this.#name, (kept) => {
        next = change(this.#parse(kept));
        return next;
      });
    } catch (thrown) {
      if (!isFull(thrown)) throw thrown;
      // To forget takes no room: who has signed out is not let in again by the next start.
      if (next === this.#initial) await del(this.#name);
    }
    return next;
  }

  #parse(kept: unknown): T {
    const parsed = v.safeParse(this.#schema, kept);
    return parsed.success ? parsed.output : this.#initial;
  }
}
