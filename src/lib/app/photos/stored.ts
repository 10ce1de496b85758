// The photos of the store, as far as the screens ask for them.
import { type StoredPhoto, photosWith } from '#lib/storage/photos.ts';
import { retryPhoto } from '#lib/storage/refusedPhotos.ts';
import type { Store } from '#lib/storage/store.ts';

export type { StoredPhoto } from '#lib/storage/photos.ts';

/** The photos with these ids that this device knows, deleted ones too, in the order of the ids. */
export const readPhotos = (store: Store, ids: readonly string[]): Promise<StoredPhoto[]> => photosWith(store, ids);

/** Sends a photo again that the server has refused. */
export const sendAgain = (store: Store, id: string): Promise<void> => retryPhoto(store, id);
