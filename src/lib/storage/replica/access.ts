// How the replica reaches its tables: a transaction, room on a full disk, a connection that has died.
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Database } from '../database.ts';
import { isClosed, isFull, telling } from '../failure.ts';
import { type MaySpend, withRoom } from '../room.ts';

/** The disk is full, or the database is gone. */
export interface ReplicaProblem {
  readonly tag: 'storage';
  readonly cause: 'quota' | 'other';
  readonly detail: string;
}

/** What a call of the replica ends in; it never throws. */
export type Done<T> = Promise<Result<T, ReplicaProblem>>;

/** Every read and write of the replica goes through here. */
export class Access {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Reads, in no transaction of its own. */
  read<T>(work: () => Promise<T>): Done<T> {
    return this.attempt(work);
  }

  /** Does all of it in one transaction, or none. @param maySpend what may give way on a full phone */
  write<T>(work: () => Promise<T>, maySpend: MaySpend = 'reserve'): Done<T> {
    const { docs, outbox, checkpoints, kept, photos } = this.#db;
    return this.attempt(() =>
      withRoom(this.#db, maySpend, () =>
        this.#db.transaction('rw', docs, outbox, checkpoints, kept, photos, telling(work))
      )
    );
  }

  /** A connection that died under us is reopened and the work done once more (law 16). */
  async attempt<T>(work: () => Promise<T>): Done<T> {
    try {
      return ok(await work());
    } catch (first) {
      if (!isClosed(first)) return err(problemOf(first));
      try {
        this.#db.close({ disableAutoOpen: false });
        return ok(await work());
      } catch (second) {
        return err(problemOf(second));
      }
    }
  }
}

function problemOf(thrown: unknown): ReplicaProblem {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { tag: 'storage', cause: isFull(thrown) ? 'quota' : 'other', detail };
}
