// What a file's first bytes tell: format, size, progressive or not, where the EXIF is; of any bytes, without an exception.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findExif, readPicture } from '#lib/app/photos/sniff.ts';
import { joined, tiff } from './exif-writer.ts';

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const zeros = (count: number) => new Uint8Array(count);

/** Width 4000 (0xfa0), height 3000 (0xbb8). */
const frame = (marker: number) =>
  new Uint8Array([0xff, marker, 0, 17, 8, 0x0b, 0xb8, 0x0f, 0xa0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const jpeg = (...parts: Uint8Array[]) => joined(letters('\xff\xd8'), ...parts, zeros(20));
const known = (format: string, isProgressive = false) => ({
  ok: true,
  value: expect.objectContaining({ format, width: 4000, height: 3000, isProgressive })
});

describe('the size', () => {
  test.each([
    ['a baseline JPEG', jpeg(frame(0xc0)), known('JPEG')],
    ['an extended JPEG', jpeg(frame(0xc1)), known('JPEG')],
    ['a progressive JPEG', jpeg(frame(0xc2)), known('JPEG', true)],
    [
      'a JPEG with tables in front',
      jpeg(letters('\xff\xc4\0\x05\0\0\0'), letters('\xff\xdb\0\x04\0\0'), frame(0xc0)),
      known('JPEG')
    ],
    ['a JPEG with filled markers', jpeg(letters('\xff\xff\xff'), frame(0xc0)), known('JPEG')],
    ['a PNG', joined(letters('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), letters('\0\0\x0f\xa0\0\0\x0b\xb8')), known('PNG')],
    ['a GIF', letters('GIF89a\xa0\x0f\xb8\x0b'), known('GIF')],
    ['a lossy WebP', joined(letters('RIFF\0\0\0\0WEBPVP8 '), zeros(10), letters('\xa0\x0f\xb8\x0b')), known('WebP')],
    // 14 bits each, less one: 3999 and 2999.
    [
      'a lossless WebP',
      joined(letters('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f'), letters('\x9f\xcf\xed\x02'), zeros(9)),
      known('WebP')
    ],
    [
      'an extended WebP',
      joined(letters('RIFF\0\0\0\0WEBPVP8X'), zeros(8), letters('\x9f\x0f\0\xb7\x0b\0')),
      known('WebP')
    ],
    [
      'a BMP upside down',
      joined(letters('BM\xff\xff\0\0\0\0\0\0'), zeros(8), letters('\xa0\x0f\0\0\x48\xf4\xff\xff')),
      known('BMP')
    ],
    [
      'a HEIC: its largest item',
      joined(
        letters('\0\0\0\x18ftypmif1\0\0\0\0heicmif1'),
        ...['\0\0\x01\x40\0\0\0\xf0', '\0\0\x0f\xa0\0\0\x0b\xb8', '\0\0\x02\0\0\0\x02\0'].map((size) =>
          letters(`ispe\0\0\0\0${size}`)
        )
      ),
      known('HEIC')
    ],
    ['an AVIF', letters('\0\0\0\x18ftypavif\0\0\0\0mif1miafispe\0\0\0\0\0\0\x0f\xa0\0\0\x0b\xb8'), known('AVIF')],
    ['a JPEG without a picture', jpeg(letters('\xff\xda')), { ok: false, error: { tag: 'broken' } }],
    ['a JPEG of no width', jpeg(letters('\xff\xc0\0\x11\x08\x0b\xb8\0\0')), { ok: false, error: { tag: 'broken' } }],
    ['a JPEG that goes on', jpeg(letters('\xff\xe2\xff\xff')), { ok: false, error: { tag: 'more' } }]
  ])('of %s', (_, head, expected) => {
    expect(readPicture(head)).toEqual(expected);
  });
});

test('EXIF is found behind the names that PNG, WebP and HEIC give it, not where only the name stands', () => {
  const facts = tiff({ root: { 0x010f: 'Hãng mẫu' } });
  for (const name of ['eXIf', 'EXIF\0\0\0\0', 'EXIF\0\0\0\0Exif\0\0', 'infeExif\0\0 … \0\0\0\x06Exif\0\0']) {
    expect(findExif(joined(zeros(50), letters(name), facts))).toEqual(facts);
  }
  expect(findExif(joined(letters('eXIf'), zeros(50), facts))).toBeNull();
  expect(findExif(zeros(0))).toBeNull();
});

test('any bytes give an answer', () => {
  const starts = [
    '',
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'RIFFxxxxWEBP',
    'GIF89a',
    'BM\0\0\0\0\0\0\0\0',
    '\0\0\0\x18ftypheic'
  ];
  const answers = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 80, size: 'max' }), (start, rest) => {
      const reading = readPicture(joined(letters(start), rest));
      answers.add(reading.ok ? reading.value.format : reading.error.tag);
    }),
    { numRuns: 3_000 }
  );
  expect([...answers]).toEqual(expect.arrayContaining(['WebP', 'BMP', 'broken', 'unsupported', 'notAnImage']));
});
