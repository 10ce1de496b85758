// Copies of photos that the server has, fetched when they are looked at: few enough to fit on a cheap phone.
import type { PhotoDigests, PhotoSize } from '#lib/domain/photo/attachments.ts';
import { bytesHeld, sealedBytes } from './photoSeals.ts';
import { letGoOfCopies, letGoOfCopy } from './room.ts';
import type { Store } from './store.ts';

/** Bytes of all copies together: some hundred photos, or thousands of thumbnails. */
export const MOST_CACHED_BYTES = 40_000_000;

/** A copy of one size of a photo, as the server gave it. */
export interface Copy {
  readonly id: string;
  readonly database: string;
  readonly size: PhotoSize;
  readonly bytes: ArrayBuffer;
  readonly digests: PhotoDigests;
}

/**
 * Keeps a copy, and lets go of those that were looked at longest ago. Never of what was made here: only the server's word
 * frees that.
 * @param at when it is looked at, ISO instant
 * @param mostBytes of all copies together
 * @throws what Dexie throws: a copy that cannot be kept is shown all the same, so the caller may let it pass
 */
export async function keepCopy(
  { tables }: Store,
  copy: Copy,
  at: string,
  mostBytes = MOST_CACHED_BYTES
): Promise<void> {
  const { id, database, size, bytes, digests } = copy;
  const { photos, photoBytes } = tables;
  const lying = await sealedBytes(tables, id, size, bytes);
  await tables.transaction('rw', photos, photoBytes, async () => {
    const known = await photos.get(id);
    const state = known?.state ?? 'cached';
    // The thumbnail of what was made here is here.
    if ((state !== 'cached' && state !== 'freed') || (state === 'freed' && size === 'thumb')) return;
    const before = await photoBytes.get([id, size]);
    await photoBytes.put(lying);
    const held = (known?.bytes ?? 0) - (before === undefined ? 0 : bytesHeld(before)) + bytes.byteLength;
    await photos.put({ id, database, state, digests, bytes: held, at });
    const copies = await photos.where('state').anyOf('cached', 'freed').toArray();
    const oldestFirst = copies.filter((row) => row.bytes > 0).sort((a, b) => (a.at < b.at ? -1 : 1));
    let sum = oldestFirst.reduce((total, row) => total + row.bytes, 0);
    for (const row of oldestFirst) {
      if (sum <= mostBytes || row.id === id) break;
      sum -= row.bytes;
      await letGoOfCopy(tables, row);
    }
  });
}

/** Lets go of all copies. @returns the bytes that are free now */
export const dropCopies = ({ tables }: Store): Promise<number> => letGoOfCopies(tables);

/** A copy that is looked at again is not the next one to go. */
export async function touchCopy({ tables }: Store, id: string, at: string): Promise<void> {
  await tables.photos
    .where('id')
    .equals(id)
    .and(({ state }) => state === 'cached' || state === 'freed')
    .modify({ at });
}
