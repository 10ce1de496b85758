// Whether a picture's end is there: at any distance from the file's end, its own and not its thumbnail's.
import { describe, expect, test } from 'vitest';
import { readPicture } from '#lib/app/photos/sniff.ts';
import { isWhole } from '#lib/app/photos/whole.ts';
import { joined, withExif } from './exif-writer.ts';

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const zeros = (count: number) => new Uint8Array(count);

/** Baseline, 4000 × 3000. */
const HEAD = letters('\xff\xd8\xff\xc0\0\x11\x08\x0b\xb8\x0f\xa0\x03\x01\x02\x03\x04\x05\x06\x07\x08\x09');
const CODED = zeros(200_000).fill(0xd9);
const END = letters('\xff\xd9');
const PNG = joined(letters('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x0f\xa0\0\0\x0b\xb8'), CODED);
const IEND = letters('\0\0\0\0IEND\xae\x42\x60\x82');

async function whole(...parts: Uint8Array[]): Promise<boolean> {
  const bytes = joined(...parts);
  const picture = readPicture(bytes);
  if (!picture.ok) throw new Error(picture.error.tag);
  return isWhole(new Blob([bytes]), picture.value);
}

describe('a JPEG', () => {
  // 65,536 is how much is looked at in one go.
  test.each([0, 1, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 300_000])(
    'is whole with %i bytes behind its end, and is not when that is cut off',
    async (behind) => {
      expect(await whole(HEAD, CODED, END, zeros(behind))).toBe(true);
      expect(await whole(HEAD, CODED, END.slice(0, 1), zeros(behind))).toBe(false);
    }
  );

  test('is not whole by the end of the thumbnail in its EXIF', async () => {
    const thumb = joined(HEAD, zeros(3000), END);
    const full = withExif(joined(HEAD, CODED, END), { thumb });
    expect(await whole(full)).toBe(true);
    expect(await whole(full.slice(0, full.length / 2))).toBe(false);
  });
});

test.each([0, 300_000])('a PNG is whole with its last chunk, and %i bytes behind it', async (behind) => {
  expect(await whole(PNG, IEND, zeros(behind))).toBe(true);
  expect(await whole(PNG, IEND.slice(0, 7), zeros(behind))).toBe(false);
});

test('a WebP is whole when it is as long as it says', async () => {
  const webp = joined(letters('RIFF\xa0\x61\0\0WEBPVP8 '), zeros(10), letters('\xa0\x0f\xb8\x0b'), zeros(24_970));
  expect(webp.length).toBe(25_000);
  expect(await whole(webp)).toBe(true);
  expect(await whole(webp, letters('behind'))).toBe(true);
  expect(await whole(webp.slice(0, -1))).toBe(false);
});

test('of another picture its decoder tells', async () => {
  expect(await whole(letters('GIF89a\xa0\x0f\xb8\x0b'))).toBe(true);
});
