// The bytes of photos on their way: what waits, on top of which server version, and what its word makes of them (law 13).
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import { PHOTO_SIZES, type PhotoDigests, type PhotoSize, isHeld } from '#lib/domain/photo/attachments.ts';
import type { Database } from './database.ts';
import { openedBytes } from './photoSeals.ts';
import { type OutboxRow, type PhotoRow, type PhotoState, type Row, fieldOf } from './row.ts';

/** A photo whose document the server has, and whose bytes it has not. */
export interface WaitingPhoto {
  readonly id: string;
  readonly database: string;
  /** The server's version, which the bytes come to lie beside. */
  readonly rev: string;
  readonly doc: AnyDocument;
  readonly digests: PhotoDigests;
  /** Bytes to send. */
  readonly bytes: number;
  /** An upload of it was prepared before: its bytes may be there, though nobody here has heard of it. */
  readonly mayBeThere: boolean;
}

/**
 * The photos of some databases that can be sent, the oldest first: their documents have arrived (metadata first), and are
 * not deleted. One whose bytes are there already by the server's own word is not among them.
 */
export async function waitingPhotos(db: Database, databases: readonly string[]): Promise<WaitingPhoto[]> {
  const photos = await db.photos.where('state').equals('waiting').toArray();
  const ids = photos.map(({ id }) => id);
  const [rows, outbox] = await Promise.all([db.docs.bulkGet(ids), db.outbox.bulkGet(ids)]);
  const oldestFirst = photos.flatMap((photo, i): (WaitingPhoto & { readonly at: string })[] => {
    const row = rows[i];
    const standing = row === undefined ? null : standingOf(row, outbox[i]);
    if (row?.live !== 'photo' || standing === null || !databases.includes(photo.database)) return [];
    const { id, database, digests, bytes, mayBeThere = false, at } = photo;
    return [{ id, database, ...standing, digests, bytes, mayBeThere, at }];
  });
  return oldestFirst.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ at: _at, ...photo }) => photo);
}

/** Photos whose bytes have not arrived, whatever keeps them; deleted ones are not meant to. */
export const unsentPhotoIds = (db: Database): Promise<string[]> => photosIn(db, ['waiting', 'refused']);

/** Those of them that nothing keeps. */
export const waitingPhotoIds = (db: Database): Promise<string[]> => photosIn(db, ['waiting']);

async function photosIn({ photos, docs }: Database, states: readonly PhotoState[]): Promise<string[]> {
  const ids = await photos.where('state').anyOf(states).primaryKeys();
  const rows = await docs.bulkGet(ids);
  return rows.flatMap((row) => (row?.live === 'photo' ? [row.id] : []));
}

/** A photo that was refused, as it waits to be sent once more. */
export const waitingAgain = ({ reason: _reason, ...photo }: PhotoRow): PhotoRow => ({ ...photo, state: 'waiting' });

/** Both sizes of a photo; null when they are not here. */
export async function bytesOfPhoto(db: Database, id: string): Promise<Record<PhotoSize, ArrayBuffer> | null> {
  const rows = await db.photoBytes.bulkGet(PHOTO_SIZES.map((size) => [id, size]));
  const [photo, thumb] = await Promise.all(rows.map((row) => row && openedBytes(db.vault, row)));
  return photo === undefined || thumb === undefined ? null : { photo, thumb };
}

/** The bytes are about to go up: from now on they may be there, also if no answer comes. */
export async function markUpload({ photos }: Database, id: string): Promise<void> {
  await photos.update(id, (row) => {
    if (row.state === 'waiting') row.mayBeThere = true;
  });
}

/** The server does not take the bytes; within a transaction over `photos`. */
export async function markRefused(
  { photos }: Database,
  { id, at, ...reason }: { readonly id: string; readonly code: string; readonly message: string; readonly at: string }
): Promise<void> {
  const row = await photos.get(id);
  if (row?.state === 'waiting') await photos.put({ ...row, state: 'refused', reason, at });
}

/**
 * Brings what is known of photos in line with what the server has just told of their documents; within a transaction over
 * documents, outbox and `photos`. A photo is sent when the server names exactly its bytes, and waits again when it does
 * not any more: another program may have written the document without them, or the server came out of a backup.
 * @param now device clock
 */
export async function notePhotos(db: Database, ids: readonly string[], now: () => Date): Promise<void> {
  const known = (await db.photos.bulkGet([...ids])).flatMap((row) =>
    row === undefined || row.state === 'cached' || row.state === 'freed' ? [] : [row]
  );
  if (known.length === 0) return;
  const named = known.map(({ id }) => id);
  const [rows, outbox] = await Promise.all([db.docs.bulkGet(named), db.outbox.bulkGet(named)]);
  const changed = known.flatMap((photo, i): PhotoRow[] => {
    const row = rows[i];
    if (row?.shut === true || outbox[i]?.shut === true) return [];
    const standing = row === undefined ? null : standingOf(row, outbox[i]);
    const isThere = standing !== null && isHeld(standing.doc, photo.digests);
    if (isThere === (photo.state === 'sent')) return [];
    if (!isThere && photo.state !== 'sent') return [];
    const { reason: _reason, sentAt: _sentAt, mayBeThere: _mayBeThere, ...rest } = photo;
    return [isThere ? { ...rest, state: 'sent', sentAt: now().toISOString() } : { ...rest, state: 'waiting' }];
  });
  if (changed.length > 0) await db.photos.bulkPut(changed);
}

/** Forgets what lies here of photos, as far as it is not unsent work; within a transaction over both tables. */
export async function forgetPhotos({ photos, photoBytes }: Database, ids: readonly string[]): Promise<void> {
  const rows = (await photos.bulkGet([...ids])).flatMap((row) => row ?? []);
  const clean = rows.filter(({ state }) => state !== 'waiting' && state !== 'refused').map(({ id }) => id);
  await photos.bulkDelete(clean);
  await photoBytes.bulkDelete(clean.flatMap((id) => PHOTO_SIZES.map((size): [string, string] => [id, size])));
}

/** What the server has of a document, as far as this device has heard; null: nothing, a deletion, or it does not open. */
function standingOf(
  row: Row,
  waiting: OutboxRow | undefined
): { readonly rev: string; readonly doc: AnyDocument } | null {
  if (row.shut === true || waiting?.shut === true) return null;
  const standing =
    waiting === undefined
      ? row.rev === null
        ? null
        : { rev: row.rev, doc: row.doc }
      : (waiting.theirs ?? (waiting.isLost === true ? null : waiting.base));
  return standing === null || fieldOf(standing.doc, '_deleted') === true ? null : standing;
}
