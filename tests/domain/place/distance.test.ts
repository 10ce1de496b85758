// Distances and directions against known ones, and the laws that hold between any two places.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bearingDeg, directionOf, distanceM, nearestFirst } from '#lib/domain/place/distance.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';

const PHAN_THIET = { lat: 10.9289, lon: 108.1021 };
const DA_LAT = { lat: 11.9404, lon: 108.4583 };

const arbitraryPoint = fc.record({
  lat: fc.double({ min: -89.9, max: 89.9, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true })
});

it('knows the way from Phan Thiết to Đà Lạt', () => {
  // Vincenty on WGS 84 says 118,449 m and 19.12°.
  expect(distanceM(PHAN_THIET, DA_LAT) / 118_449).toBeCloseTo(1, 2);
  expect(bearingDeg(PHAN_THIET, DA_LAT)).toBeCloseTo(19, 0);
});

it('a minute of latitude is a nautical mile, and half around the earth is 20,015 km', () => {
  expect(distanceM({ lat: 11, lon: 108 }, { lat: 11 + 1 / 60, lon: 108 })).toBeCloseTo(1853.2, 0);
  expect(distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 180 }) / 1000).toBeCloseTo(20_015.1, 0);
});

it.each([
  [1, 0, 'n'],
  [1, 1, 'ne'],
  [0, 1, 'e'],
  [-1, 1, 'se'],
  [-1, 0, 's'],
  [-1, -1, 'sw'],
  [0, -1, 'w'],
  [1, -1, 'nw']
])('%i north and %i east lies %s', (north, east, direction) => {
  const middle = { lat: 0, lon: 108 };
  expect(directionOf(bearingDeg(middle, { lat: north / 1000, lon: 108 + east / 1000 }))).toBe(direction);
});

it('the way back is as long, and no way is longer than half around the earth', () => {
  fc.assert(
    fc.property(arbitraryPoint, arbitraryPoint, (a, b) => {
      expect(distanceM(a, a)).toBe(0);
      expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 5);
      expect(distanceM(a, b)).toBeLessThanOrEqual(20_015_115);
      const bearing = bearingDeg(a, b);
      expect(bearing >= 0 && bearing < 360).toBe(true);
    }),
    { numRuns: RUNS }
  );
});

// On the other side of the earth the haversine is exact to some decimetres only.
it('a detour is never shorter', () => {
  fc.assert(
    fc.property(arbitraryPoint, arbitraryPoint, arbitraryPoint, (a, b, c) => {
      expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 0.5);
    }),
    { numRuns: RUNS }
  );
});

it('puts the nearest first, those without a place last in their order, and loses none', () => {
  fc.assert(
    fc.property(fc.array(fc.option(arbitraryPoint)), (places) => {
      const things = places.map((place, number) => ({ place, number }));
      const sorted = nearestFirst(things, PHAN_THIET, ({ place }) => place);
      expect(sorted.map(({ thing }) => thing.number).sort((a, b) => a - b)).toEqual(things.map(({ number }) => number));
      const distances = sorted.map((one) => one.distanceM ?? Infinity);
      expect(distances).toEqual([...distances].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      const homeless = sorted.filter((one) => one.distanceM === null).map(({ thing }) => thing.number);
      expect(homeless).toEqual([...homeless].sort((a, b) => a - b));
    }),
    { numRuns: RUNS }
  );
});
