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
