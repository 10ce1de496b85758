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
 * | `reserve` | what a person has typed, and what the server has said of it: small, and nothing goes on without |
 */
export type MaySpend = 'copies' | 'reserve';

/**
 * Writes; where there is no room, makes some and writes again.
 * @param attempt opens a transaction of its own, so that nothing of it stays when it fails
 * @throws what the last attempt throws
 */
export async function withRoom<T>(db: Database, maySpend: MaySpend, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (first) {
    if (!isFull(first)) throw first;
    return afterCopies(db, maySpend, attempt, first);
  }
}

async function afterCopies<T>(db: Database, maySpend: MaySpend, attempt: () => Promise<T>, first: unknown): Promise<T> {
  let last = first;
  if ((await letGoOfCopies(db)) > 0) {
    try {
      return await attempt();
    } catch (second) {
      if (!isFull(second)) throw second;
      last = second;
    }
  }
  if (maySpend === 'copies' || !(await giveUpReserve(db))) throw last;
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
    await Promise.all([photos.put({ ...row, bytes: 0 }), photoBytes.delete([row.id, 'photo'])]);
    return;
  }
  await Promise.all([photos.delete(row.id), photoBytes.bulkDelete(PHOTO_SIZES.map((size) => [row.id, size]))]);
}
