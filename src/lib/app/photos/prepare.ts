// Makes of a file what is stored of a photo; runs in the worker, for nothing of it may hold up the screen.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import { decode, memoryNeeded } from './decode.ts';
import { type Facts, NO_FACTS } from './exif/facts.ts';
import { readFacts } from './exif/read.ts';
import { withFacts } from './exif/write.ts';
import { draw, encodeWithin, shrink } from './fit.ts';
import { attachmentMd5 } from './md5.ts';
import type { PhotoProblem, PreparedPhoto } from './outcome.ts';
import type { Picture } from './picture.ts';
import { findExif, readPicture } from './sniff.ts';
import { isWhole } from './whole.ts';

/** Long edges, pixels. */
const PHOTO_EDGE = 1600;
const THUMB_EDGE = 320;
/** Bytes, the facts included. */
const MAX_PHOTO = 400 * 1024;
const MAX_THUMB = 40 * 1024;
/** What the facts take at most, bytes. */
const FACTS_ROOM = 512;

/** How much of a file is read for its size and EXIF, and how much more when that was not enough, bytes. */
const HEAD = 256 * 1024;
const LONG_HEAD = 8 * 1024 * 1024;
/** Where WebP keeps its EXIF. */
const TAIL = 64 * 1024;

/** What decoding may take of each gigabyte of the phone, as Chromium allows itself, and what any phone bears, bytes. */
const SHARE_OF_GB = 32 * 1024 * 1024;
const ANY_PHONE = 64 * 1024 * 1024;
/** The most that browsers tell; those that tell nothing run on phones that have it, or close the tab in good order. */
const MOST_GB = 8;

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
  const memory = memoryNeeded(picture, PHOTO_EDGE);
  if (memory > Math.max(ANY_PHONE, SHARE_OF_GB * phoneGb())) return err({ tag: 'tooLarge', megapixels });
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
  let reading = readPicture(await bytesOf(file, 0, HEAD));
  if (!reading.ok && reading.error.tag === 'more') reading = readPicture(await bytesOf(file, 0, LONG_HEAD));
  if (!reading.ok) return reading.error.tag === 'more' ? err({ tag: 'broken' }) : err(reading.error);
  const picture = reading.value;
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

/** What the phone tells of its memory, gigabytes; only Chromium does. */
function phoneGb(): number {
  const told: unknown = 'deviceMemory' in navigator ? navigator.deviceMemory : undefined;
  return typeof told === 'number' ? Math.min(told, MOST_GB) : MOST_GB;
}
