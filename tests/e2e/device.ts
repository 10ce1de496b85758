// What lies in the app's database on a phone, read past the app through a connection of its own.
import * as v from 'valibot';
import { databaseName } from '#lib/storage/database.ts';

const document = v.looseObject({ _id: v.string(), kind: v.string(), editId: v.string(), updatedAt: v.string() });
export type HeldDocument = v.InferOutput<typeof document>;

const contents = v.object({
  docs: v.array(document),
  outbox: v.array(v.looseObject({ id: v.string(), state: v.picklist(['waiting', 'refused', 'conflict']) })),
  /** Versions that lost: none, where nobody else has written. */
  kept: v.number()
});

/** A moment of the device: what it holds, and what of it has no receipt yet. */
export type DeviceContents = v.InferOutput<typeof contents>;

/** A page of the app's origin that runs a question, whoever drives it. */
export interface AskedPage {
  evaluate(
    question: (about: readonly [string, string]) => Promise<unknown>,
    about: readonly [string, string]
  ): Promise<unknown>;
}

const photos = v.array(
  v.object({
    id: v.string(),
    state: v.string(),
    /** Of the bytes that lie there, and not what is said of them. */
    sha256: v.string()
  })
);

/**
 * The photos that were made on this device, with the hash of their bytes.
 * @param since leaves out photos made before this ISO instant
 */
export async function readPhotos(page: AskedPage, account: string, since = ''): Promise<v.InferOutput<typeof photos>> {
  const read = await page.evaluate(
    async ([name, from]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => resolve(opening.result);
      });
      const transaction = database.transaction(['photos', 'photoBytes'], 'readonly');
      const all = <T>(table: string) =>
        new Promise<T[]>((resolve) => {
          const request = transaction.objectStore(table).getAll();
          request.onsuccess = () => resolve(request.result);
        });
      const [rows, bytes] = await Promise.all([
        all<{ id: string; state: string; at: string }>('photos'),
        all<{ id: string; size: string; bytes: ArrayBuffer }>('photoBytes')
      ]);
      database.close();
      const made = rows.filter(({ state, at }) => state !== 'cached' && at >= from);
      return Promise.all(
        made.map(async ({ id, state }) => {
          const photo = bytes.find((one) => one.id === id && one.size === 'photo');
          const hash = await crypto.subtle.digest('SHA-256', photo?.bytes ?? new ArrayBuffer(0));
          const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0'));
          return { id, state, sha256: hex.join('') };
        })
      );
    },
    [databaseName(account), since] as const
  );
  return v.parse(photos, read);
}

/**
 * Reads everything in one transaction.
 * @param since leaves out documents made before this ISO instant
 * @throws when the account has no database there
 */
export async function readDevice(page: AskedPage, account: string, since = ''): Promise<DeviceContents> {
  const read = await page.evaluate(
    ([name, from]) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        // Nothing is made where there is nothing: the app would find a database without tables.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(['docs', 'outbox', 'kept'], 'readonly');
          const docs = transaction.objectStore('docs').getAll();
          const outbox = transaction.objectStore('outbox').getAll();
          const kept = transaction.objectStore('kept').count();
          transaction.oncomplete = () => {
            database.close();
            const isYoung = ({ doc }: { doc: { createdAt: string } }) => doc.createdAt >= from;
            resolve({
              docs: docs.result.filter(isYoung).map(({ doc }: { doc: unknown }) => doc),
              outbox: outbox.result.map(({ id, state }: { id: string; state: string }) => ({ id, state })),
              kept: kept.result
            });
          };
          transaction.onerror = () => reject(new Error(transaction.error?.message));
        };
      }),
    [databaseName(account), since] as const
  );
  return v.parse(contents, read);
}
