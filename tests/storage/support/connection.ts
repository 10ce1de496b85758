// A connection to IndexedDB that is lost as WebKit loses one, at the lowest level that there is under a database.
import type { DBCore, Dexie } from 'dexie';

/**
 * | how       | the next write                                                                     |
 * |-----------|------------------------------------------------------------------------------------|
 * | `request` | fails at its first request; the transaction is undone                               |
 * | `abort`   | is undone by the browser, which tells why only on the transaction                   |
 * | `answer`  | is kept, and yet whoever waits for its end hears that the connection is lost        |
 */
export type How = 'request' | 'abort' | 'answer';

export class Losing {
  /** Write transactions so far. */
  begun = 0;
  #times = 0;
  #how: How = 'request';
  #error = new DOMException('', 'UnknownError');

  /** Loses the connection in the next write, or so many of them. */
  next(how: How, error: DOMException, times = 1): void {
    this.#how = how;
    this.#error = error;
    this.#times = times;
  }

  /** What becomes of a write that begins now; null: nothing. */
  begin(): { readonly how: How; readonly error: DOMException } | null {
    this.begun++;
    return --this.#times < 0 ? null : { how: this.#how, error: this.#error };
  }
}

/** Puts a database on a connection that can be lost; before it is opened. */
export function losing<D extends Dexie>(db: D, connection: Losing): D {
  const fates = new WeakMap<object, NonNullable<ReturnType<Losing['begin']>>>();
  db.use({
    stack: 'dbcore',
    name: 'losing',
    // Below the lock.
    level: -3,
    create: (core: DBCore) => ({
      ...core,
      transaction: (stores, mode, options) => {
        const transaction = core.transaction(stores, mode, options);
        const fate = mode === 'readwrite' ? connection.begin() : null;
        if (fate === null) return transaction;
        fates.set(transaction, fate);
        if (fate.how === 'request') return transaction;
        if (fate.how === 'answer') unheard(transaction as IDBTransaction, fate.error);
        return transaction;
      },
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => {
            const fate = fates.get(request.trans);
            if (fate?.how === 'request') return Promise.reject(fate.error);
            const written = table.mutate(request);
            if (fate?.how !== 'abort') return written;
            fates.delete(request.trans);
            request.trans.abort();
            tells(request.trans, fate.error);
            return written;
          }
        };
      }
    })
  });
  return db;
}

/** Its end is told as if it had been undone. */
function unheard(transaction: IDBTransaction, error: DOMException): void {
  Object.defineProperty(transaction, 'oncomplete', { set: () => undefined });
  transaction.addEventListener('complete', (event) => {
    tells(transaction, error);
    transaction.onabort?.(event);
  });
}

const tells = (transaction: object, error: DOMException): void => {
  Object.defineProperty(transaction, 'error', { get: () => error });
};
