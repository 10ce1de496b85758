// The photos of an account on this device: made with their bytes in one strict transaction, read with where they are.
import { type Photo, SCHEMA, type Stamp } from '#lib/domain/document/document.ts';
import { PHOTO_SIZES, isHeld, type PhotoDigests, type PhotoSize } from '#lib/domain/photo/attachments.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { type SaveError, changed, made, ofKind, readable } from './edited.ts';
import { openedBytes, sealedBytes } from './photoSeals.ts';
import type { PhotoRow, Row } from './row.ts';
import { sha256Of } from './sha256.ts';
import type { Store } from './store.ts';

/** What a photo is made of: its bytes, and what the camera said. */
export interface NewPhoto extends Pick<
  Photo,
  'productId' | 'width' | 'height' | 'takenAt' | 'place' | 'target' | 'caption'
> {
  readonly commune: string;
  readonly bytes: Readonly<Record<PhotoSize, ArrayBuffer>>;
  /** SHA-256 of the photo's bytes, hexadecimal. */
  readonly sha256: string;
  readonly digests: PhotoDigests;
}

/** `damaged`: what was read back is not what was written; nothing is kept, the picture has to be taken once more. */
export type PhotoError = SaveError | { readonly tag: 'damaged' };

/**
 * The id of a photo. The same bytes for the same product, by the same account, are the same photo, on however many of his
 * devices; two officers who have been sent the same picture do not meet in one document.
 */
export const photoId = async (sha256: string, productId: string, account: string): Promise<string> =>
  `photo:${await sha256Of(new TextEncoder().encode(`${sha256} ${productId} ${account}`).buffer)}`;

/**
 * Keeps a photo: document, outbox row and bytes in one transaction, then reads the bytes back and compares their hash
 * (law 13). A photo that is there already, deleted or not, is there again and stays one.
 */
export async function addPhoto(store: Store, photo: NewPhoto): Promise<Result<Photo, PhotoError>> {
  const id = await photoId(photo.sha256, photo.productId, store.account);
  const { docs, outbox, photos, photoBytes } = store.tables;
  let isNew = false;
  const lying = await Promise.all(PHOTO_SIZES.map((size) => sealedBytes(store.tables, id, size, photo.bytes[size])));
  const added = await store.write<Photo>(
    async (stamp) => {
      const row = await docs.get(id);
      isNew = row === undefined;
      const doc = row === undefined ? newDocument(id, photo, stamp) : broughtBack(row, stamp);
      if (!doc.ok) return doc;
      const waiting = row === undefined ? undefined : await outbox.get(id);
      const isOld = row !== undefined && row.doc === doc.value;
      const known = await photos.get(id);
      const writes: PromiseLike<unknown>[] = [photoBytes.bulkPut(lying)];
      // What the server has need not go up: it came as a copy, or with its document from another device.
      const isThere = isOnServer(known) || (known === undefined && row !== undefined && isHeld(row.doc, photo.digests));
      // Whatever it was refused for, its bytes are here now: it waits again.
      const fresh = photoRow(id, photo, isThere ? 'sent' : 'waiting', stamp);
      writes.push(photos.put(known?.mayBeThere === true ? { ...fresh, mayBeThere: true } : fresh));
      if (!isOld) writes.push(store.put(row === undefined ? made(doc.value) : changed(row, waiting, doc.value)));
      await Promise.all(writes);
      return doc;
    },
    [docs, outbox, photos, photoBytes],
    'copies'
  );
  if (!added.ok || (await isWhole(store, id, photo))) return added;
  // Of a photo that was here before, the old bytes were the same ones; they are sent as they lie there, or refused.
  if (!isNew) return err({ tag: 'damaged' });
  await store.tables.transaction('rw', docs, outbox, photos, photoBytes, async () => {
    await Promise.all([
      docs.delete(id),
      outbox.delete(id),
      photos.delete(id),
      ...PHOTO_SIZES.map((size) => photoBytes.delete([id, size]))
    ]);
  });
  return err({ tag: 'damaged' });
}

/** The bytes of a size of a photo, as far as they are on this device. */
export async function photoBytes(store: Store, id: string, size: PhotoSize): Promise<ArrayBuffer | undefined> {
  const row = await store.tables.photoBytes.get([id, size]);
  return row === undefined ? undefined : openedBytes(store.tables.vault, row);
}

/** A photo as the screens know it. */
export interface StoredPhoto {
  readonly doc: Photo;
  /** Of its bytes, and not only of its document: `sent` means that the server holds both (law 12, law 13). */
  readonly sending: Sending;
  /** Which sizes lie on this device. */
  readonly here: readonly PhotoSize[];
}

/** The photos with these ids that this device knows, deleted ones too, in the order of the ids. */
export async function photosWith(store: Store, ids: readonly string[]): Promise<StoredPhoto[]> {
  const rows = await store.tables.docs.bulkGet([...ids]);
  return withBytes(
    store,
    rows.flatMap((row) => row ?? [])
  );
}

/** All photos of a product that are not deleted, the oldest first. */
export async function photosOf(store: Store, productId: string): Promise<StoredPhoto[]> {
  const rows = await store.tables.docs.where('owner').equals(productId).toArray();
  const found = await withBytes(
    store,
    rows.filter(({ live }) => live === 'photo')
  );
  return found.sort((a, b) => (a.doc.createdAt < b.doc.createdAt ? -1 : 1));
}

async function withBytes(store: Store, rows: readonly Row[]): Promise<StoredPhoto[]> {
  const found = rows.flatMap((row) => {
    const doc = readable(row, 'photo');
    return doc === undefined ? [] : [{ row, doc }];
  });
  const ids = found.map(({ doc }) => doc._id);
  const [known, sendings, keys] = await Promise.all([
    store.tables.photos.bulkGet(ids),
    store.sendings(found.map(({ row }) => row)),
    store.tables.photoBytes.where('id').anyOf(ids).primaryKeys()
  ]);
  return found.map(({ doc }, i) => ({
    doc,
    sending: sendingOfPhoto(known[i], sendings[i]),
    here: PHOTO_SIZES.filter((size) => keys.some(([id, of]) => id === doc._id && of === size))
  }));
}

/** The document's sending, but for one whose bytes are still to go. */
function sendingOfPhoto(photo: PhotoRow | undefined, sending: Sending | undefined): Sending {
  const ofDocument = sending ?? { state: 'sent', rev: '', at: null };
  if (ofDocument.state !== 'sent' || photo === undefined) return ofDocument;
  if (photo.state === 'waiting') return { state: 'local', since: photo.at };
  if (photo.state !== 'refused') return ofDocument;
  return { state: 'refused', reason: photo.reason ?? { code: 'unknown', message: '' }, at: photo.at };
}

function newDocument(id: string, photo: NewPhoto, stamp: Stamp): Result<Photo, SaveError> {
  const { commune, productId, sha256, width, height, takenAt, place, target, caption, bytes } = photo;
  return ofKind('photo', {
    _id: id,
    kind: 'photo',
    commune,
    schema: SCHEMA,
    createdAt: stamp.updatedAt,
    createdBy: stamp.updatedBy,
    productId,
    sha256,
    bytes: bytes.photo.byteLength,
    thumbBytes: bytes.thumb.byteLength,
    width,
    height,
    ...(takenAt === undefined ? {} : { takenAt }),
    ...(place === undefined ? {} : { place }),
    ...(target === undefined ? {} : { target }),
    ...(caption === undefined ? {} : { caption }),
    ...stamp
  });
}

/** The document that is there, without the mark of its deletion. */
function broughtBack(row: Row, stamp: Stamp): Result<Photo, SaveError> {
  const doc = readable(row, 'photo');
  if (doc === undefined) return err({ tag: 'missing', id: row.id });
  if (doc.deleted !== true) return ok(doc);
  const { deleted: _deleted, ...kept } = doc;
  return ofKind('photo', { ...kept, ...stamp });
}

const isOnServer = (known: PhotoRow | undefined): boolean =>
  known !== undefined && known.state !== 'waiting' && known.state !== 'refused';

const photoRow = (id: string, photo: NewPhoto, state: PhotoRow['state'], { updatedAt }: Stamp): PhotoRow => ({
  id,
  database: communeDatabase(photo.commune),
  state,
  digests: photo.digests,
  bytes: photo.bytes.photo.byteLength + photo.bytes.thumb.byteLength,
  at: updatedAt
});

async function isWhole(store: Store, id: string, { sha256, bytes }: NewPhoto): Promise<boolean> {
  const [photo, thumb] = await Promise.all([photoBytes(store, id, 'photo'), photoBytes(store, id, 'thumb')]);
  if (photo === undefined || thumb === undefined) return false;
  const [photoHash, thumbHash, givenThumbHash] = await Promise.all([photo, thumb, bytes.thumb].map(sha256Of));
  return photoHash === sha256 && thumbHash === givenThumbHash;
}
