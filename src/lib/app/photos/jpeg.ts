// Walks over a JPEG's segments: how large it is, where its EXIF lies, where its own coding begins.
import { err, ok } from '#lib/domain/result.ts';
import { EXIF_HEADER } from './exif/tags.ts';
import type { Reading } from './picture.ts';

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END = 0xd9;
/** Start of frame, but for the numbers between that mean something else (ITU-T T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isProgressive = (marker: number) => [0xc2, 0xc6, 0xca, 0xce].includes(marker);

/** @param head the first bytes of the file; its magic number was looked at */
export function readJpeg(head: Uint8Array): Reading {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let exif: Uint8Array | null = null;
  let at = 2;
  while (at + 9 <= head.length) {
    if (view.getUint8(at) !== 0xff) return err({ tag: 'broken' });
    const marker = view.getUint8(at + 1);
    // Markers may be filled up with any number of 0xff.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END) return err({ tag: 'broken' });
    const length = view.getUint16(at + 2);
    const content = head.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      if (width === 0 || height === 0) return err({ tag: 'broken' });
      return ok({ format: 'JPEG', width, height, isProgressive: isProgressive(marker), codedFrom: at, exif });
    }
    if (marker === APP1 && EXIF_HEADER.every((byte, i) => content[i] === byte)) {
      exif ??= content.subarray(EXIF_HEADER.length);
    }
    at += 2 + length;
  }
  return err({ tag: 'more' });
}
