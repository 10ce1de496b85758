// What becomes of a photo that has been taken off a list: it is deleted when no record names it any more.
import type { Document } from '#lib/domain/document/document.ts';
import { mayEdit } from '#lib/domain/document/editing.ts';
import { photosIn } from '#lib/domain/photo/references.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { Store } from '#lib/storage/store.ts';

/**
 * Deletes a photo, softly, if it is this account's to delete and no record of its producer's products names it.
 * @returns whether it was deleted; `store.restore('photo', id)` undoes it
 */
export async function dropUnnamed(store: Store, account: Account, id: string): Promise<boolean> {
  const photo = await store.get('photo', id);
  if (photo === undefined || photo.doc.deleted === true || !mayEdit(photo.doc, account)) return false;
  const records = await recordsAround(store, photo.doc.productId);
  if (records.some((record) => photosIn(record).includes(id))) return false;
  return (await store.remove('photo', id)).ok;
}

/** A survey's first answers come from the producer's last one, of whichever product: so may its photos. */
async function recordsAround(store: Store, productId: string): Promise<Document[]> {
  const product = await store.get('product', productId);
  const siblings = product === undefined ? [] : await store.ownedBy('product', product.doc.producerId);
  const ids = new Set([productId, ...siblings.map(({ doc }) => doc._id)]);
  const owned = await Promise.all(
    [...ids].flatMap((owner) => [
      store.ownedBy('survey', owner),
      store.ownedBy('assessment', owner),
      store.ownedBy('paper', owner)
    ])
  );
  return [...(product === undefined ? [] : [product]), ...siblings, ...owned.flat()].map(({ doc }) => doc);
}
