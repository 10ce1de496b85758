// Makes of a file what is stored of a photo; runs in the worker, for nothing of it may hold up the screen.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import { isBearable, pictureIn } from './bearable.ts';
import { decode } from './decode.ts';
import { type Facts, NO_FACTS } from './exif/facts.ts';
import { readFacts } from './exif/read.ts';
import { withFacts } from './exif/write.ts';
import { draw, encodeWithin, shrink } from './fit.ts';
import { attachmentMd5 } from './md5.ts';
import type { PhotoProblem, PreparedPhoto } from './outcome.ts';
import type { Picture } from './picture.ts';
import { findExif } from './sniff.ts';
import { isWhole } from './whole.ts';

/** Long edges, pixels. */
const PHOTO_EDGE = 1600;
const THUMB_EDGE = 320;
/** Bytes, the facts included. */
const MAX_PHOTO = 400 * 1024;
const MAX_THUMB = 40 * 1024;
/** What the facts take at most, bytes. */
const FACTS_ROOM = 512;

/** Where WebP keeps its EXIF. */
const TAIL = 64 * 1024;

/** @returns a problem for what is no picture, or none that this phone can open; throws only for bugs */
export async function prepare(file: Blob): Promise<Result<PreparedPhoto, PhotoProblem>> {
  if (file.size === 0) return err({ tag: 'empty' });
  let looked: Result<Looked, PhotoProblem>;
  try {
    looked = await look(file);
  } catch {
    return err({ tag: 'unreadable' }); // The bytes cannot be had: what a phone says of a file that lies in a cloud.
  }
  if (!looked.ok) return looked;
  const { picture, facts } = looked.value;

  const megapixels = Math.round((picture.width * picture.height) / 1e6);
  if (!isBearable(picture, PHOTO_EDGE)) return err({ tag: 'tooLarge', megapixels });
  const decoded = await decode(file, picture, PHOTO_EDGE);
  if (decoded === null) {
    return err(picture.format === 'HEIC' ? { tag: 'unsupported', format: 'HEIC' } : { tag: 'broken' });
  }

  const canvas = draw(decoded, PHOTO_EDGE);
  const small = await encodeWithin(shrink(canvas, THUMB_EDGE), MAX_THUMB);
  const { jpeg, width, height } = await encodeWithin(canvas, MAX_PHOTO - FACTS_ROOM);
  const photo = withFacts(new Uint8Array(await jpeg.arrayBuffer()), facts).buffer;
  const thumb = await small.jpeg.arrayBuffer();
  return ok({
    photo,
    thumb,
    width,
    height,
    takenAt: facts.taken === null ? null : new Date(facts.taken.at).toISOString(),
    place: facts.place,
    sha256: await sha256Of(photo),
    photoMd5: attachmentMd5(photo),
    thumbMd5: attachmentMd5(thumb)
  });
}

interface Looked {
  readonly picture: Picture;
  readonly facts: Facts;
}

async function look(file: Blob): Promise<Result<Looked, PhotoProblem>> {
  const found = await pictureIn(file);
  if (!found.ok) return found;
  const picture = found.value;
  if (!(await isWhole(file, picture))) return err({ tag: 'broken' });
  const exif =
    picture.exif ?? (picture.format === 'WebP' ? findExif(await bytesOf(file, file.size - TAIL, TAIL)) : null);
  return ok({ picture, facts: exif === null ? NO_FACTS : readFacts(exif, zoneAt) });
}

async function bytesOf(file: Blob, from: number, count: number): Promise<Uint8Array> {
  const start = Math.max(0, from);
  return new Uint8Array(await file.slice(start, start + count).arrayBuffer());
}

/** What this phone's clock is ahead of UTC at a wall time, minutes. */
function zoneAt(wallMs: number): number {
  const wall = new Date(wallMs);
  const here = new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes()
  );
  return -here.getTimezoneOffset();
}
