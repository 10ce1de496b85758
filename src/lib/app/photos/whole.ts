// Whether a picture's end is there: one that was cut off in copying shows grey where the rest should be, and not every browser refuses it.
import type { Picture } from './picture.ts';

const STRIDE = 64 * 1024;
const JPEG_END = [0xff, 0xd9] as const;
/** The name of a PNG's last chunk. */
const PNG_END = [0x49, 0x45, 0x4e, 0x44] as const;

/** True also for a format whose end is not known here: its decoder tells. */
export async function isWhole(file: Blob, { format, codedFrom }: Picture): Promise<boolean> {
  if (format === 'JPEG') return isFound(file, JPEG_END, codedFrom);
  if (format === 'PNG') return isFound(file, PNG_END, codedFrom);
  if (format === 'WebP') return (await riffLength(file)) <= file.size;
  return true;
}

/**
 * Looks for the mark of the end backwards, because a camera may append something after it (a film, a second picture), and
 * down to where the picture's own coding begins: its EXIF may hold a thumbnail with an end of its own.
 */
async function isFound(file: Blob, mark: readonly number[], from: number): Promise<boolean> {
  const [first = 0] = mark;
  for (let end = file.size; end > from; end -= STRIDE) {
    const start = Math.max(from, end - STRIDE - mark.length + 1);
    const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
    for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
      if (mark.every((byte, i) => bytes[at + i] === byte)) return true;
    }
  }
  return false;
}

/** How long the file says it is: https://developers.google.com/speed/webp/docs/riff_container. */
async function riffLength(file: Blob): Promise<number> {
  const head = new DataView(await file.slice(0, 8).arrayBuffer());
  return head.getUint32(4, true) + 8;
}
