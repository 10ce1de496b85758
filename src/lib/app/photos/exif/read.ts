// Reads time and place out of EXIF, which is what some camera has written: nothing in it is believed unchecked.
// An own reader of 1 KB gzipped: exifreader brings 39 KB, or a build of its own at every installation, for two facts.
import type { PhotoPlace } from '../outcome.ts';
import { type Facts, NO_FACTS, type Taken } from './facts.ts';
import * as tags from './tags.ts';

/** The first Exif is of 1995: a clock that says an earlier year was never set. */
const FIRST_YEAR = 1995;
/** A fix that claims to be off by more says nothing, metres. */
const MAX_ERROR = 100_000;
/** Bytes of a value by its TIFF type. */
const SIZES: Readonly<Record<number, number>> = { [tags.ASCII]: 1, [tags.LONG]: 4, [tags.RATIONAL]: 8 };
/** More entries than any camera writes: a list that claims so many is damaged. */
const MAX_ENTRIES = 512;

/**
 * The facts in a TIFF structure; what is missing, damaged or impossible is null.
 * @param tiff from its byte order mark on; may be cut off
 * @param zone what this phone's wall clock is ahead of UTC, minutes, at a wall time (given as if it were UTC): for cameras
 *   that note none
 */
export function readFacts(tiff: Uint8Array, zone: (wallMs: number) => number): Facts {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return NO_FACTS;
  const isLittle = view.getUint16(0) === 0x4949;
  if (!isLittle && view.getUint16(0) !== 0x4d4d) return NO_FACTS;
  if (view.getUint16(2, isLittle) !== 42) return NO_FACTS;
  const root = readList(view, view.getUint32(4, isLittle), isLittle);
  const below = (tag: number) => readList(view, root.long(tag), isLittle);
  return { taken: readTaken(below(tags.EXIF_LIST), zone), place: readPlace(below(tags.GPS_LIST)) };
}

function readTaken(exif: List, zone: (wallMs: number) => number): Taken | null {
  const match = /^(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(exif.text(tags.DATE_TIME_ORIGINAL));
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  const wallMs = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  // Date.UTC makes another day of an impossible one.
  const wall = new Date(wallMs);
  if (
    year < FIRST_YEAR ||
    wall.getUTCMonth() !== month - 1 ||
    wall.getUTCDate() !== day ||
    wall.getUTCHours() !== hours
  ) {
    return null;
  }
  const offset = /^([+-])(\d\d):(\d\d)/.exec(exif.text(tags.OFFSET_TIME_ORIGINAL));
  const noted = (offset?.[1] === '-' ? -1 : 1) * (Number(offset?.[2]) * 60 + Number(offset?.[3]));
  const offsetMinutes = Math.abs(noted) <= 14 * 60 ? noted : Math.round(zone(wallMs));
  return { at: wallMs - offsetMinutes * 60_000, offsetMinutes };
}

function readPlace(gps: List): PhotoPlace | null {
  const lat = degrees(gps, tags.LATITUDE, tags.LATITUDE_REF, 'S', 90);
  const lon = degrees(gps, tags.LONGITUDE, tags.LONGITUDE_REF, 'W', 180);
  // Zero and zero is what cameras write that have no fix.
  if (lat === null || lon === null || (lat === 0 && lon === 0)) return null;
  const [error = 0] = gps.rationals(tags.POSITIONING_ERROR, 1);
  const accuracy = Math.round(error * 100) / 100;
  return accuracy > 0 && accuracy <= MAX_ERROR ? { lat, lon, accuracy } : { lat, lon };
}

function degrees(gps: List, tag: number, refTag: number, negative: string, most: number): number | null {
  const [whole, minutes, seconds] = gps.rationals(tag, 3);
  if (whole === undefined || minutes === undefined || seconds === undefined) return null;
  const size = Math.round((whole + minutes / 60 + seconds / 3600) * 1e6) / 1e6;
  if (size > most) return null;
  return gps.text(refTag).toUpperCase() === negative && size > 0 ? -size : size;
}

/** The entries of one list by their tags. */
interface List {
  /** Empty when there is none. */
  text(tag: number): string;
  /** Beyond the end when there is none. */
  long(tag: number): number;
  /** None unless all of them are there and finite. */
  rationals(tag: number, count: number): number[];
}

function readList(view: DataView, offset: number, isLittle: boolean): List {
  const fits = (at: number, size: number) => at + size <= view.byteLength;
  const entries = fits(offset, 2) ? Math.min(view.getUint16(offset, isLittle), MAX_ENTRIES) : 0;

  /** Where so many values of a type lie, or null. */
  const find = (tag: number, type: number, atLeast: number): { at: number; count: number } | null => {
    for (let i = 0; i < entries; i++) {
      const entry = offset + 2 + i * 12;
      if (!fits(entry, 12)) return null;
      if (view.getUint16(entry, isLittle) !== tag || view.getUint16(entry + 2, isLittle) !== type) continue;
      const count = view.getUint32(entry + 4, isLittle);
      const size = count * (SIZES[type] ?? 0);
      const at = size <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle);
      return count >= atLeast && fits(at, size) ? { at, count } : null;
    }
    return null;
  };

  return {
    text: (tag) => {
      const found = find(tag, tags.ASCII, 1);
      if (found === null) return '';
      const bytes = new Uint8Array(view.buffer, view.byteOffset + found.at, found.count);
      return new TextDecoder('latin1')
        .decode(bytes)
        .replace(/\0[^]*$/, '')
        .trim();
    },
    long: (tag) => {
      const found = find(tag, tags.LONG, 1);
      return found === null ? view.byteLength : view.getUint32(found.at, isLittle);
    },
    rationals: (tag, count) => {
      const found = find(tag, tags.RATIONAL, count);
      if (found === null) return [];
      const values = Array.from({ length: count }, (_, i) => {
        const at = found.at + i * 8;
        return view.getUint32(at, isLittle) / view.getUint32(at + 4, isLittle);
      });
      return values.every(Number.isFinite) ? values : [];
    }
  };
}
