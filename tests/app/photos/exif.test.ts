// EXIF as cameras write it: time and place read from it, written back, and nothing believed that cannot be.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Facts, NO_FACTS } from '#lib/app/photos/exif/facts.ts';
import { readFacts } from '#lib/app/photos/exif/read.ts';
import { factsSegment, withFacts } from '#lib/app/photos/exif/write.ts';
import { attachmentMd5 } from '#lib/app/photos/md5.ts';
import { CAMERA, type Exif, GPS_HERE, HERE, type Tags, tiff } from './exif-writer.ts';
import { dump } from './exif-dump.ts';

const inVietnam = () => 420;
const read = (exif: Exif, zone: (wallMs: number) => number = inVietnam) => readFacts(tiff(exif), zone);
const instant = ({ taken }: Facts) => (taken === null ? null : new Date(taken.at).toISOString());
const at = (time: string, offset?: string): Exif => ({
  exif: { 0x9003: time, ...(offset === undefined ? {} : { 0x9011: offset }) }
});

describe('the time', () => {
  test.each([
    ['2026:11:20 08:20:05', '+07:00', '2026-11-20T01:20:05.000Z'],
    ['2026:11:20 08:20:05', '-03:30', '2026-11-20T11:50:05.000Z'],
    ['2026:11:20 08:20:05', '+00:00', '2026-11-20T08:20:05.000Z'],
    ['2026-11-20 08:20:05', '+07:00', '2026-11-20T01:20:05.000Z'],
    ['2024:02:29 23:59:59', '+07:00', '2024-02-29T16:59:59.000Z']
  ])('%s %s is %s', (time, offset, expected) => {
    expect(instant(read(at(time, offset)))).toBe(expected);
    expect(instant(read({ ...at(time, offset), isLittle: false }))).toBe(expected);
  });

  test('without an offset the phone’s own zone holds, at that wall time', () => {
    const asked: number[] = [];
    const facts = read(at('2026:11:20 08:20:05'), (wallMs) => {
      asked.push(wallMs);
      return 420;
    });
    expect(asked).toEqual([Date.UTC(2026, 10, 20, 8, 20, 5)]);
    expect(facts.taken).toEqual({ at: Date.UTC(2026, 10, 20, 1, 20, 5), offsetMinutes: 420 });
    expect(instant(read(at('2026:11:20 08:20:05', '   :  ')))).toBe('2026-11-20T01:20:05.000Z');
    expect(instant(read(at('2026:11:20 08:20:05', '+99:00')))).toBe('2026-11-20T01:20:05.000Z');
  });

  test.each([
    '0000:00:00 00:00:00',
    '1970:01:01 00:00:00',
    '2026:02:30 10:00:00',
    '2026:13:01 10:00:00',
    '    :  :   ',
    ''
  ])('a clock that says "%s" was never set', (time) => {
    expect(read(at(time, '+07:00')).taken).toBeNull();
  });

  test('when a file was changed is not when it was taken', () => {
    expect(read({ root: CAMERA, exif: { 0x9004: '2020:01:01 00:00:00' } })).toEqual(NO_FACTS);
  });
});

describe('the place', () => {
  const place = (changes: Tags = {}) => read({ gps: { ...GPS_HERE, ...changes } }).place;

  test('degrees, minutes and seconds become degrees of six decimals', () => {
    expect(place()?.lat).toBeCloseTo(HERE.lat, 6);
    expect(place()).toEqual({ lat: 11.940367, lon: 108.436633, accuracy: 8.5 });
    expect(place({ 1: 'S', 3: 'W' })).toMatchObject({ lat: -11.940367, lon: -108.436633 });
    const decimal: Tags = {
      2: {
        rationals: [
          [11_940_367, 1_000_000],
          [0, 1],
          [0, 1]
        ]
      }
    };
    expect(place(decimal)?.lat).toBe(11.940367);
  });

  test.each<[string, Tags]>([
    [
      'zero and zero',
      {
        2: {
          rationals: [
            [0, 1],
            [0, 1],
            [0, 1]
          ]
        },
        4: {
          rationals: [
            [0, 1],
            [0, 1],
            [0, 1]
          ]
        }
      }
    ],
    [
      'a division by zero',
      {
        2: {
          rationals: [
            [0, 0],
            [0, 0],
            [0, 0]
          ]
        }
      }
    ],
    [
      'beyond the pole',
      {
        2: {
          rationals: [
            [91, 1],
            [0, 1],
            [0, 1]
          ]
        }
      }
    ],
    ['a list too short', { 4: { rationals: [[108, 1]] } }],
    ['another type', { 4: { longs: [108, 26, 11] } }]
  ])('%s is no place', (_, changes) => {
    expect(place(changes)).toBeNull();
  });

  test.each([[[0, 1]], [[5, 0]], [[4_000_000_000, 1]]])('an accuracy of %j is none', (rational) => {
    expect(place({ 0x1f: { rationals: [rational] } })).toEqual({ lat: 11.940367, lon: 108.436633 });
  });
});

const someFacts: fc.Arbitrary<Facts> = fc.record({
  taken: fc.option(
    fc.record({
      at: fc.integer({ min: Date.UTC(1996, 0) / 1000, max: Date.UTC(2100, 0) / 1000 }).map((seconds) => seconds * 1000),
      offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 })
    })
  ),
  place: fc.option(
    fc
      .record(
        {
          lat: fc.integer({ min: -90e6, max: 90e6 }).map((micro) => micro / 1e6),
          lon: fc.integer({ min: -180e6, max: 180e6 }).map((micro) => micro / 1e6),
          accuracy: fc.integer({ min: 1, max: 10_000_000 }).map((centimetres) => centimetres / 100)
        },
        { requiredKeys: ['lat', 'lon'] }
      )
      .filter(({ lat, lon }) => lat !== 0 || lon !== 0)
  )
});

test('what is written is read back, to the second and to the decimetre', () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      const segment = new Uint8Array(factsSegment(facts));
      if (segment.length === 0) expect(facts).toEqual(NO_FACTS);
      else expect(readFacts(segment.subarray(10), () => NaN)).toEqual(facts);
      expect(segment.length).toBeLessThanOrEqual(512);
    })
  );
});

test('damaged EXIF gives facts or none, and never an exception', () => {
  const whole = tiff({ root: CAMERA, ...at('2026:11:20 08:20:05', '+07:00'), gps: GPS_HERE });
  let read = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
      fc.nat(whole.length),
      (strokes, length) => {
        const damaged = whole.slice(0, length);
        for (const [where, byte] of strokes) if (where < length) damaged[where] = byte;
        const { taken, place } = readFacts(damaged, inVietnam);
        if (taken !== null || place !== null) read++;
        if (taken !== null) expect(new Date(taken.at).toISOString()).toMatch(/^\d{4}-/);
        if (place !== null) expect(Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180).toBe(true);
      }
    ),
    { numRuns: 2_000 }
  );
  expect(read).toBeGreaterThan(20);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      expect(readFacts(new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, ...noise]), inVietnam)).toBeDefined();
    })
  );
});

test('the segment holds time and place and nothing else', () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9]);
  const facts: Facts = {
    taken: { at: Date.UTC(2026, 10, 20, 1, 20, 5), offsetMinutes: 420 },
    place: { lat: -11.940367, lon: 108.436633, accuracy: 8.5 }
  };
  const { segments, tags } = dump(withFacts(jpeg, facts).buffer);
  expect(segments).toEqual(['E1 Exif']);
  expect(tags).toEqual({
    '0/8769': [expect.any(Number)],
    '8769/9003': '2026:11:20 08:20:05',
    '8769/9011': '+07:00',
    '0/8825': [expect.any(Number)],
    '8825/1': 'S',
    '8825/2': [11, 1, 56, 1, 253_212, 10_000],
    '8825/3': 'E',
    '8825/4': [108, 1, 26, 1, 118_788, 10_000],
    '8825/1f': [850, 100]
  });
  expect(withFacts(jpeg, NO_FACTS)).toEqual(jpeg);
});

test('the digest is the one that CouchDB gives: MD5 in base64', () => {
  for (const size of [0, 1, 63, 64, 65, 400_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) & 0xff);
    expect(attachmentMd5(bytes.buffer)).toBe(createHash('md5').update(bytes).digest('base64'));
  }
});
