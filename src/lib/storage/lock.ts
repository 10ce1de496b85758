// The lock of an account as it lies beside its data: how the data key is wrapped, and how the lock is meant to behave.
import type { EntityTable } from 'dexie';
import * as v from 'valibot';

const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const lockSchema = v.object({
  name: v.literal('lock'),
  version: v.literal(1),
  /** How the key of the PIN or passphrase is made. */
  kdf: v.object({ name: v.literal('argon2id'), memoryKiB: count, passes: count, salt: bytes }),
  secret: v.picklist(['pin', 'passphrase']),
  /** The data key under that key: IV, ciphertext, tag of AES-GCM. */
  wrapped: bytes,
  /** The data key under the recovery key, which lies on the server under `id`, in the account's own document. */
  recovery: v.object({ id: v.string(), wrapped: bytes }),
  /** The data key under what a fingerprint gives (WebAuthn PRF). */
  passkey: v.optional(v.object({ credentialId: bytes, salt: bytes, wrapped: bytes })),
  /** Shuts after so many minutes without a touch. */
  afterMinutes: count,
  /** While something is unsent the key stays usable for the service worker, 72 hours at most. */
  staysForSending: v.boolean(),
  /** Wrong tries since the last right one; `lastAt`: ISO instant, device clock. */
  tries: v.object({ wrong: count, lastAt: v.nullable(v.string()) }),
  /** A pass over all rows that is under way: they are being sealed, or opened for good; null: everything is sealed. */
  sealing: v.nullable(v.picklist(['on', 'off']))
});

/** One row, `lock`; never sealed itself. An account without it is unlocked, and lies in clear. */
export type LockRow = v.InferOutput<typeof lockSchema>;

interface LockTable {
  readonly lock: EntityTable<LockRow, 'name'>;
}

/**
 * | answer       | the account                                                              |
 * |--------------|--------------------------------------------------------------------------|
 * | null         | has no lock                                                              |
 * | `unreadable` | has one that this build cannot read (damaged, newer): locked all the same |
 */
export async function lockOf({ lock }: LockTable): Promise<LockRow | 'unreadable' | null> {
  const row = await lock.get('lock');
  if (row === undefined) return null;
  const parsed = v.safeParse(lockSchema, row);
  return parsed.success ? parsed.output : 'unreadable';
}

/** Writes it; strictly only through a database that is opened so. */
export async function writeLock({ lock }: LockTable, row: LockRow): Promise<void> {
  await lock.put(row);
}
