// Bytes of a photo for the screen: from this device, or from the server when somebody looks at one that others have made.
import type { Photo } from '#lib/domain/document/document.ts';
import { type PhotoSize, digestsIn, hasAttachment } from '#lib/domain/photo/attachments.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { keepCopy, touchCopy } from '#lib/storage/photoCache.ts';
import { photoBytes } from '#lib/storage/photos.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import type { Store } from '#lib/storage/store.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { downloadPhoto } from '#lib/sync/couchdb/photo.ts';

/**
 * | tag       | the photo                                                                     |
 * |-----------|-------------------------------------------------------------------------------|
 * | `notYet`  | has not arrived at the server: it waits on its maker's phone                  |
 * | `damaged` | came, but is not the one that its document tells of                           |
 * | others    | could not be fetched, for the reason that any request has                     |
 */
export type FetchProblem = SyncProblem | { readonly tag: 'notYet' | 'damaged' };

export type FetchPhoto = (photo: Photo, size: PhotoSize) => Promise<Result<ArrayBuffer, FetchProblem>>;

/** So many at a time: as quick as CouchDB gives them, and the sync worker still gets a connection. */
const AT_ONCE = 3;

/**
 * Makes what fetches photos for an account.
 * @param couchUrl absolute or from the root of the origin, without the slash at the end
 * @returns gives a size of a photo, and keeps a copy of what came from the server as long as there is room
 */
export function photoFetcher(store: Store, couchUrl: string): FetchPhoto {
  const underWay = new Map<string, Promise<Result<ArrayBuffer, FetchProblem>>>();
  const queue: (() => void)[] = [];
  let running = 0;

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
    running++;
    try {
      return await work();
    } finally {
      running--;
      queue.shift()?.();
    }
  };

  const download = async (photo: Photo, size: PhotoSize): Promise<Result<ArrayBuffer, FetchProblem>> => {
    const { _id: id, commune } = photo;
    const database = communeDatabase(commune);
    const came = await downloadPhoto({ fetch: (url, init) => fetch(url, init) }, couchUrl, database, id, size);
    if (!came.ok) return came;
    if (came.value === null) return err({ tag: 'notYet' });
    if (!(await isPhoto(came.value, photo, size))) return err({ tag: 'damaged' });
    const copy = { id, database, size, bytes: came.value, digests: digestsIn(photo) };
    // Where there is no room it is shown all the same.
    await keepCopy(store, copy, new Date().toISOString()).catch(() => undefined);
    return ok(came.value);
  };

  return async (photo, size) => {
    const here = await photoBytes(store, photo._id, size);
    if (here !== undefined) {
      void touchCopy(store, photo._id, new Date().toISOString()).catch(() => undefined);
      return ok(here);
    }
    if (!hasAttachment(photo, size)) return err({ tag: 'notYet' });
    const key = `${photo._id} ${size}`;
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const coming = inTurn(() => download(photo, size)).finally(() => underWay.delete(key));
    underWay.set(key, coming);
    return coming;
  };
}

/** Of the photo itself its maker tells the hash; of the thumbnail the length, and the server the digest. */
async function isPhoto(bytes: ArrayBuffer, photo: Photo, size: PhotoSize): Promise<boolean> {
  if (size === 'photo') return (await sha256Of(bytes)) === photo.sha256;
  if (bytes.byteLength !== photo.thumbBytes) return false;
  const { attachmentMd5 } = await import('./md5.ts');
  return attachmentMd5(bytes) === digestsIn(photo).thumb;
}
