// Sees to it that room for text is held on this phone, as long as there is some.
import { RESERVE_BYTES, takeReserve } from '#lib/storage/reserve.ts';
import type { Store } from '#lib/storage/store.ts';
import { afterFirstScreen } from '../firstScreen.ts';
import { storageState } from './persistence.ts';

/**
 * Sees to the reserve for text once the first screen is there.
 * @returns to be called when the account closes
 */
export const keepReserve = (store: Store): (() => void) => afterFirstScreen(() => void holdReserve(store));

/** Takes the reserve, unless it is there or there is no room for it. */
export async function holdReserve(store: Store): Promise<void> {
  const { usedBytes, quotaBytes } = await storageState();
  // Where the browser tells that there is little, text gets it directly.
  if (usedBytes !== null && quotaBytes !== null && quotaBytes - usedBytes < 2 * RESERVE_BYTES) return;
  // No room: the next start, or the next photos that are freed, try again.
  await takeReserve(store.tables).catch(() => undefined);
}
