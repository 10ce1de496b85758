// Switches an account's lock on and off and changes it, while the account is open.
import { type Result, ok } from '#lib/domain/result.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { LockRow } from '#lib/storage/lock.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { changeLock, putLock } from './lockRow.ts';
import { type NewSecret, wrapSecret } from './newSecret.ts';
import { makePasskey } from './passkey.ts';
import { keepRecoveryKey } from './recovery.ts';
import { KEY_BYTES, randomBytes, wrapKey } from './wrapping.ts';

/** What a person may choose of a lock. */
export type LockOptions = Pick<LockRow, 'afterMinutes' | 'staysForSending'>;

const AFTER_MINUTES = 5;

/**
 * Notes the lock of an account that has none; everything is sealed when it is opened for the first time. The server has to
 * be there: without the recovery key that it keeps, a forgotten PIN would be the end of what is unsent.
 * @param before called when nothing but the lock's row is left to be written
 * @throws what Dexie throws: there is no room for the row
 */
export async function switchOn(
  couchUrl: string,
  account: string,
  secret: NewSecret,
  before: () => Promise<void>
): Promise<Result<void, SyncProblem>> {
  const recovery = await keepRecoveryKey(couchUrl, account);
  if (!recovery.ok) return recovery;
  const key: DataKey = randomBytes(KEY_BYTES);
  const row: LockRow = {
    name: 'lock',
    version: 1,
    ...(await wrapSecret(secret, key)),
    recovery: { id: recovery.value.id, wrapped: await wrapKey(key, recovery.value.key) },
    afterMinutes: AFTER_MINUTES,
    staysForSending: true,
    sealing: 'on'
  };
  await before();
  await putLock(account, row);
  return ok(undefined);
}

/** Notes that the lock is to go: everything is opened for good when it is opened for the last time. */
export async function switchOff(account: string): Promise<void> {
  await changeLock(account, (row) => ({ ...row, sealing: 'off' }));
}

/** Puts another PIN or passphrase in the place of the old one. @param key what the old one has opened: `keyBySecret` @returns the lock as it is now */
export async function changeSecret(account: string, key: DataKey, secret: NewSecret): Promise<LockRow | null> {
  const wrapped = await wrapSecret(secret, key);
  return changeLock(account, (row) => ({ ...row, ...wrapped }));
}

/** A fingerprint opens the lock as well. @returns false when the person has broken off, or this phone cannot */
export async function addPasskey(account: Account, key: DataKey): Promise<boolean> {
  const passkey = await makePasskey(account, key);
  if (passkey === null) return false;
  await changeLock(account.name, (row) => ({ ...row, passkey }));
  return true;
}

export async function removePasskey(account: string): Promise<void> {
  await changeLock(account, ({ passkey: _passkey, ...row }) => row);
}

export async function choose(account: string, options: Partial<LockOptions>): Promise<void> {
  await changeLock(account, (row) => ({ ...row, ...options }));
}
