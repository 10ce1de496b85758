// Tries a PIN or passphrase, at the lock or where it is to be changed: a wrong one makes the next one wait in both places.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { NO_TRIES, failedAgain, waitLeft } from '#lib/domain/lock/tries.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { changeLock, readLock } from './lockRow.ts';
import { keyOfSecret, unwrapKey } from './wrapping.ts';

/** `wrong`: it is not the one; `wait`: shut until the wait is over, and it was not looked at. */
export type TryProblem = { readonly tag: 'wrong' | 'wait' };

/** @returns the data key, and the tries are forgotten */
export async function keyBySecret(account: string, secret: string): Promise<Result<DataKey, TryProblem>> {
  const lock = await readLock(account);
  if (lock === null || lock === 'unreadable') return err({ tag: 'wrong' });
  const now = Date.now();
  if (waitLeft(lock.tries, now) > 0) return err({ tag: 'wait' });
  // Noted before it is looked at: whoever kills the app in between has tried all the same.
  await changeLock(account, (row) => ({ ...row, tries: failedAgain(row.tries, now) }));
  const key = await unwrapKey(lock.wrapped, await keyOfSecret(secret, lock.kdf));
  if (key === null) return err({ tag: 'wrong' });
  await changeLock(account, (row) => ({ ...row, tries: NO_TRIES }));
  return ok(key);
}
