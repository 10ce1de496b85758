// How long one waits after wrong tries: longer each time, whatever the clock does, and never for ever.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_TRIES, type Tries, anchored, failedAgain, waitAfter, waitLeft } from '#lib/domain/lock/tries.ts';

const NOW = Date.parse('2026-11-26T02:00:00.000Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;
const instant = fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY });
const wrongs = fc.integer({ min: 0, max: 200 });

const after = (wrong: number, at = NOW): Tries => ({ wrong, lastAt: new Date(at).toISOString() });

describe('wrong tries', () => {
  test('the first three cost nothing, then half a minute, a minute, five, fifteen, and an hour from there on', () => {
    let tries = NO_TRIES;
    const waits = Array.from({ length: 10 }, () => {
      tries = failedAgain(tries, NOW);
      return waitLeft(tries, NOW) / 1_000;
    });
    expect(waits).toEqual([0, 0, 30, 60, 300, 900, 3_600, 3_600, 3_600, 3_600]);
  });

  test('each makes the next wait at least as long, and never longer than an hour', () => {
    fc.assert(
      fc.property(wrongs, (wrong) => {
        expect(waitAfter(wrong + 1)).toBeGreaterThanOrEqual(waitAfter(wrong));
        expect(waitAfter(wrong)).toBeLessThanOrEqual(HOUR);
      })
    );
  });

  test('are counted, each at its instant, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.array(instant), (instants) => {
        const tries = instants.reduce<Tries>((so, at) => failedAgain(so, at), NO_TRIES);
        expect(tries.wrong).toBe(instants.length);
      })
    );
  });
});

describe('the wait', () => {
  test('is over exactly when it is', () => {
    expect(waitLeft(after(3), NOW + 29_999)).toBe(1);
    expect(waitLeft(after(3), NOW + 30_000)).toBe(0);
    expect(waitLeft(NO_TRIES, NOW)).toBe(0);
  });

  test('is no shorter after a clock that steps back', () => {
    fc.assert(
      fc.property(
        wrongs,
        instant,
        fc.integer({ min: 0, max: 2 * HOUR }),
        fc.nat(400 * DAY),
        (wrong, at, gone, back) => {
          const tries = after(wrong, at);
          const before = waitLeft(tries, at + gone);
          const set = waitLeft(tries, at + gone - back);
          expect(set).toBeGreaterThanOrEqual(before);
          // Nor does the phone that settles it when it is opened next.
          expect(waitLeft(anchored(tries, at + gone - back), at + gone - back)).toBeGreaterThanOrEqual(before);
        }
      )
    );
  });

  test('ends after an hour of a clock that runs, though it had been ahead by years', () => {
    fc.assert(
      fc.property(wrongs, instant, instant, (wrong, last, now) => {
        const settled = anchored(after(wrong, last), now);
        expect(settled.wrong).toBe(wrong);
        expect(waitLeft(settled, now + HOUR)).toBe(0);
        expect(waitLeft(settled, now)).toBe(waitLeft(after(wrong, last), now));
      })
    );
  });

  test('is for a moment only, never a number that is none', () => {
    fc.assert(
      fc.property(wrongs, instant, instant, (wrong, last, now) => {
        const left = waitLeft(after(wrong, last), now);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(HOUR);
      })
    );
  });
});
