// The photos whose bytes the server does not take, and the wish to send one of them again.
import type { Refusal } from '#lib/domain/sending.ts';
import { unsentPhotoIds, waitingAgain } from './photoSending.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

/** A photo whose bytes the server does not take. */
export interface RefusedPhoto {
  readonly id: string;
  /** The product that it is of. */
  readonly productId: string;
  readonly reason: Refusal;
  readonly at: string;
}

/** The photos that the server does not take, the last refused first. */
export async function refusedPhotos({ tables }: Store): Promise<RefusedPhoto[]> {
  const [rows, unsent] = await Promise.all([
    tables.photos.where('state').equals('refused').toArray(),
    unsentPhotoIds(tables)
  ]);
  const docs = await tables.docs.bulkGet(rows.map(({ id }) => id));
  return rows
    .flatMap(({ id, reason = { code: 'unknown', message: '' }, at }, i): RefusedPhoto[] => {
      const productId = docs[i]?.owner;
      return productId !== undefined && unsent.includes(id) ? [{ id, productId, reason, at }] : [];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Sends a refused photo again with the next run; the reason is forgotten until the server repeats it. */
export async function retryPhoto({ tables }: Store, id: string): Promise<void> {
  await withRoom(tables, 'reserve', () =>
    tables.transaction('rw', tables.photos, async () => {
      const row = await tables.photos.get(id);
      if (row?.state === 'refused') await tables.photos.put(waitingAgain(row));
    })
  );
}
