// Tells from a file's first bytes what picture it is, how large, and where its EXIF lies; its name and type may lie.
import { err, ok } from '#lib/domain/result.ts';
import { EXIF_HEADER } from './exif/tags.ts';
import { readJpeg } from './jpeg.ts';
import type { Format, Reading } from './picture.ts';

const BROKEN = err({ tag: 'broken' } as const);

/** @param head the first bytes of the file, enough for its magic number: 32 */
export function readPicture(head: Uint8Array): Reading {
  const magic = String.fromCharCode(...head.subarray(0, 32));
  if (magic.startsWith('\xff\xd8\xff')) return readJpeg(head);
  if (magic.startsWith('\x89PNG\r\n\x1a\n')) {
    return sized('PNG', head, 24, (view) => [view.getUint32(16), view.getUint32(20)]);
  }
  if (/^RIFF[^]{4}WEBP/.test(magic)) return sized('WebP', head, 30, webpSize);
  if (/^GIF8[79]a/.test(magic)) {
    return sized('GIF', head, 10, (view) => [view.getUint16(6, true), view.getUint16(8, true)]);
  }
  if (/^BM[^]{4}\0{4}/.test(magic)) {
    return sized('BMP', head, 26, (view) => [view.getInt32(18, true), Math.abs(view.getInt32(22, true))]);
  }
  if (magic.slice(4, 8) === 'ftyp') return readBoxes(head, magic);
  if (/^(II\*\0|MM\0\*)/.test(magic)) return err({ tag: 'unsupported', format: 'TIFF' });
  if (magic.startsWith('\xff\x0a') || magic.startsWith('\0\0\0\x0cJXL ')) {
    return err({ tag: 'unsupported', format: 'JPEG XL' });
  }
  if (magic.startsWith('\0\0\0\x0cjP  ')) return err({ tag: 'unsupported', format: 'JPEG 2000' });
  // Some programs write a few bytes before it.
  if (magic.includes('%PDF-')) return err({ tag: 'notAnImage', found: 'pdf' });
  if (magic.startsWith('\x1aE\xdf\xa3') || /^RIFF[^]{4}AVI /.test(magic)) {
    return err({ tag: 'notAnImage', found: 'video' });
  }
  return err({ tag: 'notAnImage', found: 'other' });
}

function sized(format: Format, head: Uint8Array, atLeast: number, size: (view: DataView) => [number, number]): Reading {
  if (head.length < atLeast) return BROKEN;
  const [width, height] = size(new DataView(head.buffer, head.byteOffset, head.byteLength));
  return width > 0 && height > 0
    ? ok({ format, width, height, isProgressive: false, codedFrom: 0, exif: findExif(head) })
    : BROKEN;
}

/** https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless, extended. */
function webpSize(view: DataView): [number, number] {
  const kind = view.getUint8(15);
  const low14 = (at: number) => view.getUint16(at, true) & 0x3fff;
  if (kind === 0x20) return [low14(26), low14(28)];
  if (kind === 0x4c) {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  const low24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return [low24(24) + 1, low24(27) + 1];
}

/** Boxes of ISO/IEC 14496-12: pictures of HEIF, or a video. */
function readBoxes(head: Uint8Array, magic: string): Reading {
  const brands = magic.slice(8);
  const isAvif = /avi[fs]/.test(brands);
  if (!isAvif && !/hei[cxms]|hev[cx]|mif1|msf1/.test(brands)) return err({ tag: 'notAnImage', found: 'video' });
  // `ispe` tells the size of one item; the picture is the largest, the others are its tiles and thumbnail.
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let [width, height] = [0, 0];
  for (let at = indexOf(head, 'ispe', 0); at !== -1; at = indexOf(head, 'ispe', at + 4)) {
    if (at + 16 > head.length) break;
    const [itsWidth, itsHeight] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (itsWidth * itsHeight > width * height) [width, height] = [itsWidth, itsHeight];
  }
  const format = isAvif ? 'AVIF' : 'HEIC';
  if (width === 0 || height === 0) return err({ tag: 'unsupported', format });
  return ok({ format, width, height, isProgressive: false, codedFrom: 0, exif: findExif(head) });
}

/** The names that stand before EXIF in PNG, WebP and HEIF; WebP puts a length between, and some the JPEG's header too. */
const EXIF_NAMES = ['eXIf', 'EXIF', 'Exif'] as const;

/**
 * Looks for EXIF in bytes of a file that is no JPEG.
 * @returns from the byte order mark on
 */
export function findExif(bytes: Uint8Array): Uint8Array | null {
  for (const name of EXIF_NAMES) {
    for (let at = indexOf(bytes, name, 0); at !== -1; at = indexOf(bytes, name, at + 4)) {
      const after = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 4 + 4 + EXIF_HEADER.length + 4));
      const mark = /II\*\0|MM\0\*/.exec(after);
      if (mark !== null) return bytes.subarray(at + 4 + mark.index);
    }
  }
  return null;
}

function indexOf(bytes: Uint8Array, name: string, from: number): number {
  const first = name.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if ([...name].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))) return at;
  }
  return -1;
}
