// What another process commits to a store before its word of it has come: no live query has heard of it.
import { databaseName } from '#lib/storage/database.ts';
import { observe } from '#lib/storage/observe.ts';
import { type Store, openStore } from '#lib/storage/store.ts';

/** An empty store of an account of its own. */
export const unheardStore = (): Store =>
  openStore({
    account: `canbo.a-${crypto.randomUUID()}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-24T02:00:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });

/** The first answer of a live query. */
export const answerOf = <T>(query: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    observe(query).subscribe({ next: resolve, error: reject });
  });

/** Puts rows into an account's tables, past Dexie. */
export async function commitUnheard(account: string, rows: Readonly<Record<string, readonly object[]>>): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(databaseName(account));
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise<void>((resolve) => {
    const transaction = db.transaction(Object.keys(rows), 'readwrite');
    for (const [table, those] of Object.entries(rows)) {
      for (const row of those) transaction.objectStore(table).put(row);
    }
    transaction.oncomplete = () => resolve();
  });
  db.close();
}
