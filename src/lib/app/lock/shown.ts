// The lock of the open account as the settings show it.
import { type LockRow, lockOf } from '#lib/storage/lock.ts';
import type { Store } from '#lib/storage/store.ts';

export interface ShownLock extends Pick<LockRow, 'afterMinutes' | 'staysForSending' | 'secret' | 'sealing'> {
  readonly hasPasskey: boolean;
}

/** @returns null while there is no lock, or none that is on */
export async function lockShown(store: Store): Promise<ShownLock | null> {
  const lock = await lockOf(store.tables);
  if (lock === null || lock === 'unreadable') return null;
  const { afterMinutes, staysForSending, secret, sealing, passkey } = lock;
  return { afterMinutes, staysForSending, secret, sealing, hasPasskey: passkey !== undefined };
}
