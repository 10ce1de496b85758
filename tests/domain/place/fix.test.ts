// A place is written as XLSForm's geopoint and read back; what proves no place is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LONGEST_NOTE,
  NO_PLACE_REASONS,
  type PlaceAnswer,
  placeToText,
  textToPlace
} from '#lib/domain/place/answer.ts';
import { type Fix, fixToText, qualityOf, textToFix } from '#lib/domain/place/fix.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';

const arbitraryFix: fc.Arbitrary<Fix> = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  altitude: fc.double({ min: -500, max: 9000, noNaN: true }),
  accuracy: fc.double({ min: 0, max: 100_000, noNaN: true })
});

it('writes latitude, longitude, altitude and accuracy', () => {
  expect(fixToText({ lat: 10.98043219876, lon: 108.2614, altitude: 12.34, accuracy: 8 })).toBe(
    '10.9804322 108.2614 12.3 8'
  );
  expect(fixToText({ lat: -0.00000001, lon: 0, accuracy: 120.06 })).toBe('0 0 0 120.1');
});

it('reads back what it has written, to a centimetre', () => {
  fc.assert(
    fc.property(arbitraryFix, (fix) => {
      const read = textToFix(fixToText(fix));
      expect(read?.lat).toBeCloseTo(fix.lat, 6);
      expect(read?.lon).toBeCloseTo(fix.lon, 6);
      expect(read?.altitude).toBeCloseTo(fix.altitude ?? 0, 0);
      expect(Math.abs((read?.accuracy ?? NaN) - fix.accuracy)).toBeLessThanOrEqual(0.051);
      expect(fixToText(read ?? fix)).toBe(fixToText(fix));
    }),
    { numRuns: RUNS }
  );
});

it.each([
  '',
  '10.98 108.26',
  '10.98 108.26 0',
  '90.1 108.26 0 8',
  '10.98 180.1 0 8',
  '10.98 108.26 0 -8',
  '10,98 108,26 0 8',
  '1e1 108 0 8',
  '10.98 108.26 0 8 9',
  'NaN 108 0 8',
  '0x10 108 0 8'
])('refuses “%s”', (text) => {
  expect(textToFix(text)).toBeNull();
});

it('is good to 10 m, taken with a warning to 100 m, and poor beyond', () => {
  expect([0, 10, 10.1, 100, 100.1].map((accuracy) => qualityOf({ accuracy }))).toEqual([
    'target',
    'target',
    'accepted',
    'accepted',
    'poor'
  ]);
});

describe('no GPS', () => {
  it('says why, with a note or without', () => {
    expect(placeToText({ tag: 'none', reason: 'indoors', note: '' })).toBe('no-gps indoors');
    expect(placeToText({ tag: 'none', reason: 'other', note: '  Hầm  chượp\n' })).toBe('no-gps other Hầm chượp');
  });

  it('is read back as it was written', () => {
    const arbitrary: fc.Arbitrary<PlaceAnswer> = fc.record({
      tag: fc.constant('none' as const),
      reason: fc.constantFrom(...NO_PLACE_REASONS),
      note: fc.string({ unit: 'grapheme', maxLength: 900 })
    });
    fc.assert(
      fc.property(arbitrary, (answer) => {
        const text = placeToText(answer);
        const read = textToPlace(text);
        expect(read).toMatchObject({ tag: 'none', reason: answer.tag === 'none' ? answer.reason : '' });
        expect(read === null ? '' : placeToText(read)).toBe(text);
      }),
      { numRuns: RUNS }
    );
  });

  it.each(['no-gps', 'no-gps tired', 'indoors', `no-gps other ${'x'.repeat(LONGEST_NOTE + 1)}`])(
    'refuses “%s”',
    (text) => {
      expect(textToPlace(text)).toBeNull();
    }
  );
});
