// What a thrown error means for the storage: Dexie hides the browser's own reason inside its errors.
import type { Transaction } from 'dexie';

/** The names of an error and of the errors inside it: Dexie hides a full disk inside an `AbortError`. */
export function namesOf(thrown: unknown): string[] {
  const names: string[] = [];
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < 5; depth++) {
    names.push(error.name);
    error = 'inner' in error ? error.inner : undefined;
  }
  return names;
}

/** The browser gives no more room. */
export const isFull = (thrown: unknown): boolean => namesOf(thrown).includes('QuotaExceededError');

/**
 * `UnknownError` is how WebKit says that its database process has died or let a transaction go ("Connection to Indexed
 * Database server lost", "Attempt to get records from database without an in-progress transaction"), as it does when a
 * phone comes out of its pocket; its words change from version to version.
 */
const CLOSED: readonly string[] = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'];

/**
 * Whether the connection has died under us (law 16): reopened, it may do the same once more. What was asked of it may
 * have been done all the same, so the retry must be harmless. A disk that is full is none, whatever hides it.
 */
export const isClosed = (thrown: unknown): boolean =>
  !isFull(thrown) && namesOf(thrown).some((name) => CLOSED.includes(name));

/** The work of a transaction, which tells what the browser undid it for: its requests say only that they were aborted. */
export const telling =
  <T>(work: () => Promise<T>) =>
  async ({ idbtrans }: Transaction): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw idbtrans.error ?? thrown;
    }
  };
