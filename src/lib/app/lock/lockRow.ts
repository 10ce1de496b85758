// The lock's row of an account that need not be open: read and changed through a connection of its own.
import { Database } from '#lib/storage/database.ts';
import { type LockRow, lockOf, writeLock } from '#lib/storage/lock.ts';
import { withRoom } from '#lib/storage/room.ts';

/** What `lockOf` tells of the account. */
export const readLock = (account: string): Promise<LockRow | 'unreadable' | null> => within(account, lockOf);

/** Writes the first row of a lock. On a full phone it goes before copies and the reserve, like typed text. */
export const putLock = (account: string, row: LockRow): Promise<void> =>
  within(account, (db) => withRoom(db, 'reserve', () => writeLock(db, row)));

/**
 * Changes the row in one strict transaction; on a full phone as above.
 * @returns the row as it lies now; null where there is none that can be read, and nothing was changed
 * @throws what Dexie throws: there is no room even so
 */
export const changeLock = (account: string, change: (row: LockRow) => LockRow): Promise<LockRow | null> =>
  within(account, (db) =>
    withRoom(db, 'reserve', () =>
      db.transaction('rw', db.lock, async () => {
        const row = await lockOf(db);
        if (row === null || row === 'unreadable') return null;
        const changed = change(row);
        await writeLock(db, changed);
        return changed;
      })
    )
  );

async function within<T>(account: string, work: (db: Database) => PromiseLike<T>): Promise<T> {
  const db = new Database(account, 'strict', null);
  try {
    return await work(db);
  } finally {
    db.close();
  }
}
