// Puts time and place into a JPEG as its only EXIF, so that the file alone still proves when and where.
import type { Facts, Taken } from './facts.ts';
import type { PhotoPlace } from '../outcome.ts';
import * as tags from './tags.ts';

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: readonly number[];
}

/** Seconds of arc in parts of ten thousand: 3 mm on the ground. */
const ARC_PARTS = 10_000;
const HEADER = [0x4d, 0x4d, 0, 42, ...long(8)];

/**
 * The JPEG with the facts in an APP1 segment right behind its start.
 * @param jpeg without EXIF of its own
 */
export function withFacts(jpeg: Uint8Array, facts: Facts): Uint8Array<ArrayBuffer> {
  const segment = factsSegment(facts);
  const whole = new Uint8Array(jpeg.length + segment.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(segment, 2);
  whole.set(jpeg.subarray(2), 2 + segment.length);
  return whole;
}

/** The APP1 segment with its marker; empty when there is nothing to tell. */
export function factsSegment({ taken, place }: Facts): readonly number[] {
  if (taken === null && place === null) return [];
  const below = [
    ...(taken === null ? [] : [{ tag: tags.EXIF_LIST, entries: takenEntries(taken) }]),
    ...(place === null ? [] : [{ tag: tags.GPS_LIST, entries: placeEntries(place) }])
  ];
  const rootSize = listSize(below.length);
  const lists: number[] = [];
  const root = below.map(({ tag, entries }) => {
    const offset = HEADER.length + rootSize + lists.length;
    lists.push(...list(offset, entries));
    return { tag, type: tags.LONG, count: 1, value: long(offset) };
  });
  const body = [...tags.EXIF_HEADER, ...HEADER, ...list(HEADER.length, root), ...lists];
  return [0xff, 0xe1, ...short(body.length + 2), ...body];
}

function takenEntries({ at, offsetMinutes }: Taken): Entry[] {
  const wall = new Date(at + offsetMinutes * 60_000).toISOString();
  const size = Math.abs(offsetMinutes);
  const offset = [Math.trunc(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return [
    ascii(tags.DATE_TIME_ORIGINAL, wall.slice(0, 19).replaceAll('-', ':').replace('T', ' ')),
    ascii(tags.OFFSET_TIME_ORIGINAL, `${offsetMinutes < 0 ? '-' : '+'}${offset}`)
  ];
}

function placeEntries({ lat, lon, accuracy }: PhotoPlace): Entry[] {
  return [
    ascii(tags.LATITUDE_REF, lat < 0 ? 'S' : 'N'),
    rationals(tags.LATITUDE, arc(lat)),
    ascii(tags.LONGITUDE_REF, lon < 0 ? 'W' : 'E'),
    rationals(tags.LONGITUDE, arc(lon)),
    ...(accuracy === undefined ? [] : [rationals(tags.POSITIONING_ERROR, [[Math.round(accuracy * 100), 100]])])
  ];
}

type Rational = readonly [over: number, under: number];

function arc(degrees: number): Rational[] {
  const parts = Math.round(Math.abs(degrees) * 3600 * ARC_PARTS);
  const minutes = Math.trunc(parts / (60 * ARC_PARTS));
  return [
    [Math.trunc(minutes / 60), 1],
    [minutes % 60, 1],
    [parts % (60 * ARC_PARTS), ARC_PARTS]
  ];
}

const listSize = (entries: number) => 2 + entries * 12 + 4;

/** A list at an offset, with the values that do not fit into its entries behind it. */
function list(offset: number, entries: readonly Entry[]): number[] {
  const values: number[] = [];
  const rows = entries.flatMap(({ tag, type, count, value }) => {
    const start = [...short(tag), ...short(type), ...long(count)];
    if (value.length <= 4) return [...start, ...value, ...new Array<number>(4 - value.length).fill(0)];
    const at = offset + listSize(entries.length) + values.length;
    // Values begin at even offsets.
    values.push(...value, ...(value.length % 2 === 0 ? [] : [0]));
    return [...start, ...long(at)];
  });
  return [...short(entries.length), ...rows, ...long(0), ...values];
}

function ascii(tag: number, text: string): Entry {
  const value = [...new TextEncoder().encode(text), 0];
  return { tag, type: tags.ASCII, count: value.length, value };
}

function rationals(tag: number, values: readonly Rational[]): Entry {
  return { tag, type: tags.RATIONAL, count: values.length, value: values.flatMap((value) => value.flatMap(long)) };
}

function short(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function long(value: number): number[] {
  return [...short(value >>> 16), ...short(value & 0xffff)];
}
