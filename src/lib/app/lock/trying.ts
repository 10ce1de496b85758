// Tries a PIN or passphrase, at the lock or where it is to be changed: a wrong one makes the next one wait in both places.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { NO_TRIES, type Tries, failedAgain, moreOf, waitLeft } from '#lib/domain/lock/tries.ts';
import { isFull } from '#lib/storage/failure.ts';
import type { LockRow } from '#lib/storage/lock.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { changeLock, readLock } from './lockRow.ts';
import { keepSpareTries, spareTries } from './spareTries.ts';
import { keyOfSecret, unwrapKey } from './wrapping.ts';

/** `wrong`: it is not the one; `wait`: shut until the wait is over, and it was not looked at. */
export interface TryProblem {
  readonly tag: 'wrong' | 'wait';
  /** As they lie on the phone now; another tab may have tried as well. */
  readonly tries: Tries;
}

/**
 * @returns the data key, and the tries are forgotten
 * @throws what keeps the phone from looking at it, which costs no try: no memory for the key's derivation, a dead database
 */
export async function keyBySecret(account: string, secret: string): Promise<Result<DataKey, TryProblem>> {
  // Noted before it is looked at: whoever kills the app in between has tried all the same.
  const noted = await noteTry(account);
  if (noted === null) return err({ tag: 'wrong', tries: NO_TRIES });
  const { lock, before, tries } = noted;
  if (tries === before) return err({ tag: 'wait', tries });
  const key = await keyOfSecret(secret, lock.kdf)
    .then((underSecret) => unwrapKey(lock.wrapped, underSecret))
    .catch(async (thrown: unknown) => {
      await writeTries(account, (now) => (now.wrong === tries.wrong ? before : now));
      throw thrown;
    });
  if (key === null) return err({ tag: 'wrong', tries });
  await forgetTries(account);
  return ok(key);
}

/** The account is known by another way as well: who has opened it need not wait for what was tried before. */
export const forgetTries = (account: string): Promise<void> => writeTries(account, () => NO_TRIES);

/** What was tried, wherever it is noted. */
export const triesOf = (account: string, lock: LockRow): Tries => moreOf(lock.tries, spareTries(account));

interface Noted {
  readonly lock: LockRow;
  readonly before: Tries;
  /** The same as `before` where one has to wait. */
  readonly tries: Tries;
}

/** Notes a try in one transaction, so that two tabs do not try at once. @returns null where there is no lock to be read */
async function noteTry(account: string): Promise<Noted | null> {
  let noted: Noted | null = null;
  const note = (lock: LockRow): Tries => {
    const now = Date.now();
    const before = triesOf(account, lock);
    const tries = waitLeft(before, now) > 0 ? before : failedAgain(before, now);
    noted = { lock, before, tries };
    return tries;
  };
  try {
    await changeLock(account, (row) => ({ ...row, tries: note(row) }));
  } catch (thrown) {
    if (!isFull(thrown)) throw thrown;
    // A phone that is full must not shut its owner out of the only place where he can make room.
    const lock = await readLock(account);
    if (lock === null || lock === 'unreadable') return null;
    keepSpareTries(account, note(lock));
  }
  return noted;
}

async function writeTries(account: string, change: (now: Tries) => Tries): Promise<void> {
  keepSpareTries(account, change(spareTries(account)));
  try {
    await changeLock(account, (row) => ({ ...row, tries: change(row.tries) }));
  } catch (thrown) {
    // What lies there was noted while there was room, and shuts nobody out for longer than it says.
    if (!isFull(thrown)) throw thrown;
  }
}
