// The sketch is true in distance and direction, and its numbers can be told apart.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HALF, RING, sketchOf } from '#lib/domain/place/sketch.ts';
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
  expect(sketchOf([{ distanceM, bearingDeg: 90 }]).ringM).toBe(ringM);
});

it('north is up and east is right', () => {
  const [north, east, south, west] = sketchOf(
    [0, 90, 180, 270].map((bearingDeg) => ({ distanceM: 50, bearingDeg }))
  ).marks;
  expect([north?.x, north?.y].map(Math.round as (n?: number) => number)).toEqual([0, -RING]);
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
      const { ringM, marks } = sketchOf(places);
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
  const { marks } = sketchOf([
    { distanceM: 400, bearingDeg: 45 },
    { distanceM: 400, bearingDeg: 45 },
    { distanceM: 405, bearingDeg: 46 }
  ]);
  for (const [i, a] of marks.entries()) {
    for (const b of marks.slice(i + 1)) {
      expect(Math.abs(a.number.x - b.number.x) >= 20 || Math.abs(a.number.y - b.number.y) >= 18).toBe(true);
    }
  }
});
