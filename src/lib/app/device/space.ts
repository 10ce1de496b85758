// The room on this phone: what takes it, and what may go.
import { dropCopies } from '#lib/storage/photoCache.ts';
import { type Amount, freeSent, freeable } from '#lib/storage/photoSpace.ts';
import { unsentRecordCount } from '#lib/storage/outbox.ts';
import { type PhotoCounts, photoCounts } from '#lib/storage/photoCounts.ts';
import { recordUse } from '#lib/storage/recordSpace.ts';
import { RESERVE_BYTES, type ReserveState, reserveState } from '#lib/storage/reserve.ts';
import type { Store } from '#lib/storage/store.ts';
import { holdReserve } from './reserve.ts';

export type { Amount } from '#lib/storage/photoSpace.ts';

/** Less than this is left for the app, bytes: new photos may not be stored any more. */
export const LOW_BYTES = 50 * 1024 * 1024;

/** After so many days sent photos may be let go of: a week of field work, a month, an assessment's quarter. */
export const FREE_AFTER_DAYS = [7, 30, 90] as const;
export type FreeAfterDays = (typeof FREE_AFTER_DAYS)[number];

/** What of the phone's room is taken by what. */
export interface SpaceUse {
  /** `bytes`: roughly. */
  readonly records: Amount;
  readonly unsentRecords: number;
  readonly photos: PhotoCounts;
  /** Held for text, bytes. */
  readonly reserveBytes: number;
  readonly reserve: ReserveState;
}

/** Reads it (a live query). */
export async function spaceUse(store: Store): Promise<SpaceUse> {
  const [records, unsentRecords, photos, reserve] = await Promise.all([
    recordUse(store),
    unsentRecordCount(store),
    photoCounts(store),
    reserveState(store.tables)
  ]);
  return { records, unsentRecords, photos, reserve, reserveBytes: reserve === 'held' ? RESERVE_BYTES : 0 };
}

/** Sent photos that may be let go of (a live query). @param days since the server has acknowledged them */
export const freeableAfter = (store: Store, days: FreeAfterDays): Promise<Amount> => freeable(store, daysAgo(days));

/**
 * Lets go of the large size of sent photos; records and thumbnails stay.
 * @returns null when the phone has not written it; what was freed until then is free
 */
export async function freeAfter(store: Store, days: FreeAfterDays): Promise<Amount | null> {
  const freed = await freeSent(store, daysAgo(days)).catch(() => null);
  await holdReserve(store);
  return freed;
}

/** Lets go of all copies. @returns the bytes that are free now; null when the phone has not written it */
export async function freeCopies(store: Store): Promise<number | null> {
  const freed = await dropCopies(store).catch(() => null);
  await holdReserve(store);
  return freed;
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
