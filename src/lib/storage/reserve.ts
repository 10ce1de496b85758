// Room that nobody uses, held so that typed text still gets in when the phone is full.
import type { Database } from './database.ts';
import type { PhotoBytesRow } from './row.ts';

/**
 * Two of LevelDB's write buffers, 4 MiB each: while its log becomes a table, Chromium holds the same text twice.
 * Measured in Chromium under a quota that was reached, with records of 5 KB: after 8 MiB were given up, 1,518 more saves
 * went in; after 4 MiB 808, but none where small records, and not photos, had filled the storage; after 256 KiB 48.
 */
export const RESERVE_BYTES = 8 * 1024 * 1024;

/** No photo has such an id; one value above 64 KiB lies in a file of its own, and goes from the disk as it is deleted. */
export const RESERVE_ID = 'reserve';
const RESERVE: [string, string] = [RESERVE_ID, 'photo'];
const MARK: [string, string] = [RESERVE_ID, 'thumb'];

/** Whether a row of `photoBytes` is no photo's: it says nothing, and need not be sealed. */
export const isReserve = ([id]: readonly [id: string, size: string]): boolean => id === RESERVE_ID;

/** `none`: never held yet · `held`: there · `spent`: given up, and no room for it since. */
export type ReserveState = 'none' | 'held' | 'spent';

export async function reserveState({ photoBytes }: Database): Promise<ReserveState> {
  const keys = await photoBytes.where('[id+size]').anyOf([RESERVE, MARK]).primaryKeys();
  if (keys.some(([, size]) => size === RESERVE[1])) return 'held';
  return keys.length > 0 ? 'spent' : 'none';
}

/**
 * Holds the reserve, unless it is held.
 * @throws what Dexie throws: there is no room for it
 */
export async function takeReserve(db: Database): Promise<void> {
  const { photoBytes } = db;
  await db.transaction('rw', photoBytes, async () => {
    if ((await reserveState(db)) === 'held') return;
    const rows: PhotoBytesRow[] = [
      { id: RESERVE_ID, size: 'photo', bytes: incompressible(RESERVE_BYTES) },
      // Stays when the reserve is given up: a phone that is full can write no word of it.
      { id: RESERVE_ID, size: 'thumb', bytes: new ArrayBuffer(0) }
    ];
    await photoBytes.bulkPut(rows);
  });
}

/** Gives the reserve up. @returns whether it was held */
export async function giveUpReserve(db: Database): Promise<boolean> {
  const { photoBytes } = db;
  return db.transaction('rw', photoBytes, async () => {
    if ((await reserveState(db)) !== 'held') return false;
    await photoBytes.delete(RESERVE);
    return true;
  });
}

/** Chance once in 64 KiB: no browser's compression looks back further, and a cheap phone need not throw dice so often. */
function incompressible(length: number): ArrayBuffer {
  const piece = crypto.getRandomValues(new Uint8Array(65_536));
  const all = new Uint8Array(length);
  for (let at = 0; at < length; at += piece.length) all.set(piece, at);
  return all.buffer;
}
