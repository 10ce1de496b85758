// The arithmetic of looking closely: what lies under the finger stays there, and no edge comes in.
import { describe, expect, test } from 'vitest';
import { CLOSEST, WHOLE, clamped, fitted, panned, zoomedAt } from '#lib/ui/zoom.ts';

const STAGE = { width: 360, height: 480 };
const FIT = fitted({ width: 1600, height: 1200 }, STAGE);

describe('a picture on its stage', () => {
  test('fits in whole, and is never drawn larger than it is', () => {
    expect(FIT).toEqual({ width: 360, height: 270 });
    expect(fitted({ width: 1200, height: 1600 }, STAGE)).toEqual({ width: 360, height: 480 });
    expect(fitted({ width: 100, height: 50 }, STAGE)).toEqual({ width: 100, height: 50 });
  });

  test('what lies under the finger stays there', () => {
    const at = { x: 60, y: 20 };
    const view = zoomedAt(WHOLE, 4, at, FIT, STAGE);
    // The picture's own point under the finger, before and after.
    expect((at.x - view.x) / view.scale).toBeCloseTo(60, 5);
    expect((at.y - view.y) / view.scale).toBeCloseTo(20, 5);
  });

  test('comes no closer than the closest, no farther than whole', () => {
    expect(zoomedAt(WHOLE, 100, WHOLE, FIT, STAGE).scale).toBe(CLOSEST);
    expect(zoomedAt({ scale: 2, x: 50, y: 0 }, 0.1, { x: 9, y: 9 }, FIT, STAGE)).toEqual(WHOLE);
  });

  test('moves no farther than its edges, and stays in the middle where it is smaller than the stage', () => {
    const close = { scale: 2, x: 0, y: 0 };
    expect(panned(close, { x: 1000, y: 1000 }, FIT, STAGE)).toEqual({ scale: 2, x: 180, y: 30 });
    expect(panned(WHOLE, { x: 10, y: 10 }, FIT, STAGE)).toEqual(WHOLE);
    // The phone is turned.
    expect(clamped({ scale: 2, x: 180, y: 30 }, FIT, { width: 720, height: 300 })).toEqual({ scale: 2, x: 0, y: 30 });
  });
});
