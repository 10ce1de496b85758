// Tries a PIN or passphrase, at the lock or where it is to be changed: a wrong one makes the next one wait in both places.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { NO_TRIES, type Tries, failedAgain, waitLeft } from '#lib/domain/lock/tries.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { changeLock } from './lockRow.ts';
import { keyOfSecret, unwrapKey } from './wrapping.ts';

/** `wrong`: it is not the one; `wait`: shut until the wait is over, and it was not looked at. */
export interface TryProblem {
  readonly tag: 'wrong' | 'wait';
  /** As they lie on the phone now; another tab may have tried as well. */
  readonly tries: Tries;
}

/** @returns the data key, and the tries are forgotten */
export async function keyBySecret(account: string, secret: string): Promise<Result<DataKey, TryProblem>> {
  let isShut = false;
  // Noted before it is looked at: whoever kills the app in between has tried all the same. In one transaction, so that
  // two tabs do not try at once.
  const lock = await changeLock(account, (row) => {
    const now = Date.now();
    isShut = waitLeft(row.tries, now) > 0;
    return isShut ? row : { ...row, tries: failedAgain(row.tries, now) };
  });
  if (lock === null) return err({ tag: 'wrong', tries: NO_TRIES });
  if (isShut) return err({ tag: 'wait', tries: lock.tries });
  const key = await unwrapKey(lock.wrapped, await keyOfSecret(secret, lock.kdf));
  if (key === null) return err({ tag: 'wrong', tries: lock.tries });
  await forgetTries(account);
  return ok(key);
}

/** The account is known by another way as well: who has opened it need not wait for what was tried before. */
export async function forgetTries(account: string): Promise<void> {
  await changeLock(account, (row) => ({ ...row, tries: NO_TRIES }));
}
