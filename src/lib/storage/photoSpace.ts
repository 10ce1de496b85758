// The room that photos take on this phone, and which of them may be let go of because the server has them.
import { isHeld } from '#lib/domain/photo/attachments.ts';
import { readable } from './edited.ts';
import { withRoom } from './room.ts';
import type { PhotoRow } from './row.ts';
import type { Store } from './store.ts';

/** Photos, and their bytes together. */
export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

/** A transaction of so many deletes is over before a person's save notices it. */
const AT_ONCE = 20;

/**
 * The large sizes of photos that were made here, and that the server has held byte for byte, by its own word, since before
 * an instant (law 13); where that was not noted, since before they were made. One with an edit that is still to go is not among them: until then it is not settled what the server has.
 * @param before ISO instant, by the clock of this device
 */
export async function freeable(store: Store, before: string): Promise<Amount> {
  const found = await freeableRows(store, before);
  return { count: found.length, bytes: found.reduce((sum, { largeBytes }) => sum + largeBytes, 0) };
}

/**
 * Frees them: documents and thumbnails stay, and the large size is fetched again when somebody looks at it.
 * @returns what was freed
 * @throws what Dexie throws; what was freed until then stays so
 */
export async function freeSent(store: Store, before: string): Promise<Amount> {
  const { tables } = store;
  const { docs, outbox, photos, photoBytes } = tables;
  const candidates = await freeableRows(store, before);
  const freed: Freeable[] = [];
  for (let from = 0; from < candidates.length; from += AT_ONCE) {
    const ids = candidates.slice(from, from + AT_ONCE).map(({ row }) => row.id);
    // The note of it needs a little room, on a phone that may have none.
    const some = await withRoom(tables, 'reserve', () =>
      tables.transaction('rw', docs, outbox, photos, photoBytes, async () => {
        // The server may have said something else of them since.
        const still = await freeableAmong(
          store,
          (await photos.bulkGet(ids)).flatMap((row) => row ?? []),
          before
        );
        await photos.bulkPut(still.map(({ row }): PhotoRow => ({ ...row, state: 'freed', bytes: 0 })));
        await photoBytes.bulkDelete(still.map(({ row }): [string, string] => [row.id, 'photo']));
        return still;
      })
    );
    freed.push(...some);
  }
  return { count: freed.length, bytes: freed.reduce((sum, { largeBytes }) => sum + largeBytes, 0) };
}

interface Freeable {
  readonly row: PhotoRow;
  readonly largeBytes: number;
}

async function freeableRows(store: Store, before: string): Promise<Freeable[]> {
  return freeableAmong(store, await store.tables.photos.where('state').equals('sent').toArray(), before);
}

async function freeableAmong({ tables }: Store, photos: readonly PhotoRow[], before: string): Promise<Freeable[]> {
  const old = photos.filter(({ state, at, sentAt = at }) => state === 'sent' && sentAt < before);
  const ids = old.map(({ id }) => id);
  const [rows, unsent] = await Promise.all([tables.docs.bulkGet(ids), tables.outbox.bulkGet(ids)]);
  return old.flatMap((row, i): Freeable[] => {
    const stored = rows[i];
    const doc = stored === undefined ? undefined : readable(stored, 'photo');
    const isSettled = unsent[i] === undefined && stored?.rev !== null;
    return doc !== undefined && isSettled && isHeld(doc, row.digests) ? [{ row, largeBytes: doc.bytes }] : [];
  });
}
