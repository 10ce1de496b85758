// Looks at a picture's file before any of it is decoded: what it is, and whether this phone's memory bears it.
import { type Result, err } from '#lib/domain/result.ts';
import { memoryNeeded } from './decode.ts';
import type { PhotoProblem } from './outcome.ts';
import type { Picture } from './picture.ts';
import { readPicture } from './sniff.ts';

/** How much of a file is read for its size and EXIF, and how much more when that was not enough, bytes. */
const HEAD = 256 * 1024;
const LONG_HEAD = 8 * 1024 * 1024;

/** What decoding may take of each gigabyte of the phone, as Chromium allows itself, and what any phone bears, bytes. */
const SHARE_OF_GB = 32 * 1024 * 1024;
const ANY_PHONE = 64 * 1024 * 1024;
/** The most that browsers tell; those that tell nothing run on phones that have it, or close the tab in good order. */
const MOST_GB = 8;

/** @throws what the browser throws when the bytes cannot be had */
export async function pictureIn(file: Blob): Promise<Result<Picture, PhotoProblem>> {
  let reading = readPicture(await headOf(file, HEAD));
  if (!reading.ok && reading.error.tag === 'more') reading = readPicture(await headOf(file, LONG_HEAD));
  if (reading.ok) return reading;
  return err(reading.error.tag === 'more' ? { tag: 'broken' } : reading.error);
}

/** @param edge the long edge that is needed, pixels */
export const isBearable = (picture: Picture, edge: number): boolean =>
  memoryNeeded(picture, edge) <= Math.max(ANY_PHONE, SHARE_OF_GB * phoneGb());

const headOf = async (file: Blob, length: number): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, length).arrayBuffer());

/** What the phone tells of its memory, gigabytes; only Chromium does. */
function phoneGb(): number {
  const told: unknown = 'deviceMemory' in navigator ? navigator.deviceMemory : undefined;
  return typeof told === 'number' ? Math.min(told, MOST_GB) : MOST_GB;
}
