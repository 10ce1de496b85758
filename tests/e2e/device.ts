// What lies in the app's database on a phone, read past the app through a connection of its own.
import * as v from 'valibot';
import { keyOfSecret, unwrapKey } from '#lib/app/lock/wrapping.ts';
import { vaultOf } from '#lib/storage/aesVault.ts';
import { databaseName } from '#lib/storage/database.ts';
import { sealsOf } from '#lib/storage/sealedRows.ts';
import type { Vault } from '#lib/storage/vault.ts';

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

const row = v.looseObject({ id: v.string() });
const rows = v.object({ docs: v.array(row), outbox: v.array(row), kept: v.number() });

/**
 * Reads everything in one transaction.
 * @param since leaves out documents made before this ISO instant
 * @param vault of an account with a lock
 * @throws when the account has no database there
 */
export async function readDevice(
  page: AskedPage,
  account: string,
  since = '',
  vault: Vault | null = null
): Promise<DeviceContents> {
  const read = await page.evaluate(
    ([name]) =>
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
            // Bytes do not come out of a page.
            const readable = ({ sealed, ...row }: { sealed?: ArrayBuffer }) =>
              sealed === undefined ? row : { ...row, sealed: Array.from(new Uint8Array(sealed)) };
            resolve({
              docs: docs.result.map(readable),
              outbox: outbox.result.map(({ id, state }: { id: string; state: string }) => ({ id, state })),
              kept: kept.result
            });
          };
          transaction.onerror = () => reject(new Error(transaction.error?.message));
        };
      }),
    [databaseName(account), since] as const
  );
  const { docs, ...rest } = v.parse(rows, read);
  const seals = sealsOf('docs');
  const opened = docs.map(({ sealed, ...row }) =>
    Array.isArray(sealed) ? seals?.open(vault, { ...row, sealed: Uint8Array.from(sealed).buffer }) : row
  );
  const held = opened.map((row) => v.parse(v.looseObject({ createdAt: v.string() }), row?.['doc']));
  return v.parse(contents, { ...rest, docs: held.filter(({ createdAt }) => createdAt >= since) });
}

const wrappedKey = v.object({
  kdf: v.object({ memoryKiB: v.number(), passes: v.number(), salt: v.array(v.number()) }),
  wrapped: v.array(v.number())
});

/** What opens the database of an account with a lock. @throws when it has none, or it is not the PIN */
export async function vaultOn(page: AskedPage, account: string, pin: string): Promise<Vault> {
  const read = await page.evaluate(
    ([name]) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('lock').objectStore('lock').get('lock');
          reading.onsuccess = () => {
            opening.result.close();
            const { kdf, wrapped }: { kdf: { salt: Uint8Array }; wrapped: Uint8Array } = reading.result;
            resolve({ kdf: { ...kdf, salt: Array.from(kdf.salt) }, wrapped: Array.from(wrapped) });
          };
        };
      }),
    [databaseName(account), pin] as const
  );
  const { kdf, wrapped } = v.parse(wrappedKey, read);
  const under = await keyOfSecret(pin, { name: 'argon2id', ...kdf, salt: Uint8Array.from(kdf.salt) });
  const key = await unwrapKey(Uint8Array.from(wrapped), under);
  if (key === null) throw new Error('The PIN does not open it.');
  return vaultOf(key);
}
