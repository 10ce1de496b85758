// A write on a phone that is full: what can be fetched again goes first, then, for typed text, the reserve.
import { PHOTO_SIZES } from '#lib/domain/photo/attachments.ts';
import type { Database } from './database.ts';
import { isFull } from './failure.ts';
import { giveUpReserve } from './reserve.ts';
import type { PhotoRow } from './row.ts';

/**
 * | may spend | the write                                                                                      |
 * |-----------|------------------------------------------------------------------------------------------------|
 * | `copies`  | a photo, a page of what the server has: there is no hurry, and no end to it                     |
 * | `reserve` | what a person has typed or wants sent again, and what the server has said of it: small          |
 */
export type MaySpend = 'copies' | 'reserve';

/**
 * Writes; where there is no room, makes some and writes again.
 * @param attempt opens a transaction of its own, so that nothing of it stays when it fails
 * @throws what the last attempt throws
 */
export async function withRoom<T>(db: Database, maySpend: MaySpend, attempt: () => Promise<T>): Promise<T> {
  // Each step is followed by an attempt even when it has freed nothing: another tab may have taken it a moment before.
  const steps = [
    // To let go of a copy of what was made here is a write as well, and may find no room.
    () => letGoOfCopies(db).catch(() => 0),
    ...(maySpend === 'reserve' ? [() => giveUpReserve(db)] : [])
  ];
  for (const makeRoom of steps) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!isFull(thrown)) throw thrown;
      await makeRoom();
    }
  }
  return attempt();
}

/** Lets go of all copies. @returns the bytes that are free now */
export async function letGoOfCopies(db: Database): Promise<number> {
  const { photos, photoBytes } = db;
  return db.transaction('rw', photos, photoBytes, async () => {
    const copies = await photos
      .where('state')
      .anyOf('cached', 'freed')
      .and(({ bytes }) => bytes > 0)
      .toArray();
    for (const row of copies) await letGoOfCopy(db, row);
    return copies.reduce((sum, { bytes }) => sum + bytes, 0);
  });
}

/** Lets go of a copy; within a transaction over both tables. The thumbnail of what was made here stays. */
export async function letGoOfCopy({ photos, photoBytes }: Database, row: PhotoRow): Promise<void> {
  if (row.state === 'freed') {
    await photos.put({ ...row, bytes: 0 });
    await photoBytes.delete([row.id, 'photo']);
    return;
  }
  await Promise.all([photos.delete(row.id), photoBytes.bulkDelete(PHOTO_SIZES.map((size) => [row.id, size]))]);
}
