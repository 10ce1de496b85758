// The sketch is true in distance and direction, and its numbers can be told apart.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HALF, RING, narrowerRing, ringAround, sketchOf, widerRing } from '#lib/domain/place/sketch.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';

it.each([
  [0, 50],
  [50, 50],
  [51, 100],
  [120, 200],
  [1000, 1000],
  [3400, 5000],
  [7200, 10_000]
])('places within %i m stand in a ring of %i m', (distanceM, ringM) => {
  expect(ringAround([distanceM, 90_000], 1)).toBe(ringM);
});

it('the first ring holds as many as are asked for, whatever lies beyond', () => {
  expect(ringAround([57_000, 490, 720, 790, 78_000], 3)).toBe(1000);
  expect(ringAround([490], 3)).toBe(500);
  expect(ringAround([], 3)).toBe(50);
});

it('rings grow and shrink by one step', () => {
  const wider = [50, 100, 200, 500, 1000, 2000, 5000];
  for (const [index, ringM] of wider.entries()) {
    if (index > 0) expect(narrowerRing(ringM)).toBe(wider[index - 1]);
    if (index < wider.length - 1) expect(widerRing(ringM)).toBe(wider[index + 1]);
  }
  expect(narrowerRing(50)).toBe(50);
});

it('north is up and east is right', () => {
  const quarters = [0, 90, 180, 270].map((bearingDeg) => ({ distanceM: 50, bearingDeg }));
  const [north, east, south, west] = sketchOf(quarters, 50).marks;
  expect(north?.x).toBeCloseTo(0);
  expect(north?.y).toBeCloseTo(-RING);
  expect(east?.x).toBeCloseTo(RING);
  expect(south?.y).toBeCloseTo(RING);
  expect(west?.x).toBeCloseTo(-RING);
});

const arbitrarySeen = fc.record({
  distanceM: fc.double({ min: 0, max: 60_000, noNaN: true }),
  bearingDeg: fc.double({ min: 0, max: 359.9, noNaN: true })
});

it('every dot lies as far out as its distance says, and every number on the paper', () => {
  fc.assert(
    fc.property(fc.array(arbitrarySeen, { maxLength: 12 }), (places) => {
      const ringM = ringAround(
        places.map(({ distanceM }) => distanceM),
        12
      );
      const { marks } = sketchOf(places, ringM);
      expect(marks).toHaveLength(places.length);
      marks.forEach(({ x, y, number }, index) => {
        expect(Math.hypot(x, y)).toBeCloseTo(((places[index]?.distanceM ?? 0) / ringM) * RING, 6);
        expect(Math.hypot(x, y)).toBeLessThanOrEqual(RING + 1e-6);
        expect(Math.max(Math.abs(number.x), Math.abs(number.y))).toBeLessThanOrEqual(HALF);
      });
    }),
    { numRuns: RUNS }
  );
});

it('numbers of two neighbours in one house do not cover each other', () => {
  const { marks } = sketchOf(
    [
      { distanceM: 400, bearingDeg: 45 },
      { distanceM: 400, bearingDeg: 45 },
      { distanceM: 405, bearingDeg: 46 }
    ],
    500
  );
  for (const [i, a] of marks.entries()) {
    for (const b of marks.slice(i + 1)) {
      expect(Math.abs(a.number.x - b.number.x) >= 20 || Math.abs(a.number.y - b.number.y) >= 18).toBe(true);
    }
  }
});
