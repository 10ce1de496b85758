// A connection to IndexedDB whose process can be killed between any two operations, also in the middle of a transaction.
import type { DBCore, DBCoreTransaction } from 'dexie';
import type { Database } from '#lib/storage/database.ts';

/** The life of a process: all its connections die with it. */
export class Life {
  isOver = false;
  readonly #active = new Set<DBCoreTransaction>();
  #operationsLeft = Infinity;
  #end: () => void = () => undefined;
  /** Settles when the process is dead. */
  readonly over = new Promise<void>((resolve) => (this.#end = resolve));

  /** Ends it before the operation after so many others; 0 = at once. */
  endAfter(operations: number): void {
    if (operations === 0) this.end();
    else this.#operationsLeft = operations;
  }

  /** The browser undoes what was not committed; nothing of the process is heard of again. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const transaction of this.#active) {
      try {
        transaction.abort();
      } catch {
        // It had been committed before.
      }
    }
    this.#end();
  }

  /** Lets an operation pass, or nothing any more. */
  pass<T>(transaction: DBCoreTransaction, operation: () => Promise<T>): Promise<T> {
    this.#active.add(transaction);
    if (!this.isOver && --this.#operationsLeft <= 0) this.end();
    return this.isOver ? new Promise<never>(() => undefined) : operation();
  }
}

/** Makes a connection die with a process; before it is opened. */
export function mortal(db: Database, life: Life): Database {
  db.use({
    stack: 'dbcore',
    name: 'mortal',
    create: (core: DBCore) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => life.pass(request.trans, () => table.mutate(request)),
          get: (request) => life.pass(request.trans, () => table.get(request)),
          getMany: (request) => life.pass(request.trans, () => table.getMany(request)),
          query: (request) => life.pass(request.trans, () => table.query(request)),
          openCursor: (request) => life.pass(request.trans, () => table.openCursor(request)),
          count: (request) => life.pass(request.trans, () => table.count(request))
        };
      }
    })
  });
  return db;
}
