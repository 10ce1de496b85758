// How many photos are where: for Hôm nay, Đồng bộ and the storage panel, without what makes and reads photos.
import { unsentPhotoIds } from './photoSending.ts';
import type { Amount } from './photoSpace.ts';
import type { PhotoRow } from './row.ts';
import type { Store } from './store.ts';

/** How many photos are where, and how large. */
export interface PhotoCounts {
  /** Something of them is still to go: the bytes, or an edit of the document. `bytes`: to send. */
  readonly waiting: Amount;
  /** The server does not take their bytes. */
  readonly refused: Amount;
  /** Made here, and on the server; `bytes`: that may only go when a person says so. */
  readonly sent: Amount;
  /** Copies of what others have made, and of what was let go of here; `bytes`: that go by themselves. */
  readonly cached: Amount;
}

/** Counts what lies here, for Đồng bộ and the storage panel. */
export async function photoCounts({ tables }: Store): Promise<PhotoCounts> {
  const [photos, unsent, edited] = await Promise.all([
    tables.photos.toArray(),
    unsentPhotoIds(tables),
    tables.outbox
      .where('id')
      .between('photo:', 'photo;')
      .and(({ state }) => state === 'waiting')
      .primaryKeys()
  ]);
  const isUnsent = new Set(unsent);
  const of = (state: PhotoRow['state'], isCounted: (photo: PhotoRow) => boolean = () => true): Amount => {
    const counted = photos.filter((photo) => photo.state === state && isCounted(photo));
    return { count: counted.length, bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0) };
  };
  const waiting = of('waiting', ({ id }) => isUnsent.has(id));
  const [sent, freed, cached] = [of('sent'), of('freed'), of('cached')];
  const alsoEdited = edited.filter((id) => !isUnsent.has(id));
  return {
    waiting: { ...waiting, count: waiting.count + alsoEdited.length },
    refused: of('refused', ({ id }) => isUnsent.has(id)),
    sent: { ...sent, count: sent.count + freed.count },
    cached: { ...cached, bytes: cached.bytes + freed.bytes }
  };
}
