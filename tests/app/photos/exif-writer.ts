// Writes EXIF as cameras do, for pictures of the tests: either byte order, any tags, orientation in front.

/** One value of a list: ASCII text, shorts, longs, or rationals. */
export type Value =
  string | { readonly shorts: number[] } | { readonly longs: number[] } | { readonly rationals: number[][] };
export type Tags = Readonly<Record<number, Value>>;

export interface Exif {
  readonly root?: Tags;
  readonly exif?: Tags;
  readonly gps?: Tags;
  readonly isLittle?: boolean;
  /** A small JPEG that lies in the same segment, behind the tags, as cameras put it there. */
  readonly thumb?: Uint8Array;
}

/** The TIFF structure, from its byte order mark on. */
export function tiff({ root = {}, exif, gps, isLittle = true }: Exif): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(60_000));
  let end = 8;
  bytes.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  bytes.setUint16(2, 42, isLittle);
  bytes.setUint32(4, 8, isLittle);

  const place = (tags: Tags): number => {
    const start = end;
    const entries = Object.entries(tags);
    end += 2 + entries.length * 12 + 4;
    bytes.setUint16(start, entries.length, isLittle);
    entries.forEach(([tag, value], i) => {
      const at = start + 2 + i * 12;
      const { type, count, size, write } = shape(value);
      bytes.setUint16(at, Number(tag), isLittle);
      bytes.setUint16(at + 2, type, isLittle);
      bytes.setUint32(at + 4, count, isLittle);
      if (size <= 4) write(at + 8);
      else {
        bytes.setUint32(at + 8, end, isLittle);
        write(end);
        end += size + (size % 2);
      }
    });
    return start;
  };

  const shape = (value: Value) => {
    if (typeof value === 'string') {
      const text = new TextEncoder().encode(`${value}\0`);
      const write = (at: number) => text.forEach((byte, i) => bytes.setUint8(at + i, byte));
      return { type: 2, count: text.length, size: text.length, write };
    }
    if ('shorts' in value) {
      const write = (at: number) => value.shorts.forEach((short, i) => bytes.setUint16(at + i * 2, short, isLittle));
      return { type: 3, count: value.shorts.length, size: value.shorts.length * 2, write };
    }
    const longs = 'longs' in value ? value.longs : value.rationals.flat();
    const write = (at: number) => longs.forEach((long, i) => bytes.setUint32(at + i * 4, long, isLittle));
    return 'longs' in value
      ? { type: 4, count: longs.length, size: longs.length * 4, write }
      : { type: 5, count: longs.length / 2, size: longs.length * 4, write };
  };

  const links = { ...(exif && { 0x8769: { longs: [0] } }), ...(gps && { 0x8825: { longs: [0] } }) };
  const all = { ...root, ...links };
  place(all);
  const link = (tag: number, offset: number) => {
    bytes.setUint32(8 + 2 + Object.keys(all).indexOf(String(tag)) * 12 + 8, offset, isLittle);
  };
  if (exif) link(0x8769, place(exif));
  if (gps) link(0x8825, place(gps));
  return new Uint8Array(bytes.buffer.slice(0, end));
}

/** What a phone's camera notes besides time and place. */
export const CAMERA: Tags = {
  0x010f: 'Hãng mẫu',
  0x0110: 'Máy mẫu 1',
  0x0131: 'Phần mềm mẫu',
  0x0132: '2020:01:01 00:00:00'
};

/** Degrees, minutes, seconds. */
export const GPS_HERE: Tags = {
  1: 'N',
  2: {
    rationals: [
      [11, 1],
      [56, 1],
      [2532, 100]
    ]
  },
  3: 'E',
  4: {
    rationals: [
      [108, 1],
      [26, 1],
      [1188, 100]
    ]
  },
  0x1f: { rationals: [[85, 10]] }
};
export const HERE = { lat: 11.9403667, lon: 108.4366333, accuracy: 8.5 };

/** A JPEG with an EXIF segment behind its start. */
export function withExif(jpeg: Uint8Array<ArrayBuffer>, exif: Exif): Uint8Array<ArrayBuffer> {
  const body = joined(tiff(exif), exif.thumb ?? new Uint8Array(0));
  const length = body.length + 8;
  return joined(
    jpeg.subarray(0, 2),
    new Uint8Array([0xff, 0xe1, length >> 8, length & 0xff, 0x45, 0x78, 0x69, 0x66, 0, 0]),
    body,
    jpeg.subarray(2)
  );
}

export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
