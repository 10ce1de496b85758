// A measurement keeps its best fix, ends early at 10 m, and never takes a poor place by itself.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fix } from '#lib/domain/place/fix.ts';
import { type Measured, type Measuring, SEARCHING, afterEvent } from '#lib/domain/place/measuring.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';

const fix = (accuracy: number): Fix => ({ lat: 11, lon: 108, accuracy });
const got = (accuracy: number): Measured => ({ tag: 'fix', fix: fix(accuracy) });
const after = (...events: Measured[]): Measuring => events.reduce(afterEvent, SEARCHING);
const UP: Measured = { tag: 'timeUp' };
const ENOUGH: Measured = { tag: 'enough' };
const fails = (why: 'denied' | 'unavailable'): Measured => ({ tag: 'failed', why });

it.each<[string, Measured[], Measuring]>([
  ['10 m end it at once', [got(35), got(10)], { tag: 'found', best: fix(10) }],
  ['a worse fix does not replace the best', [got(20), got(60)], { tag: 'improving', best: fix(20), latest: fix(60) }],
  ['at the end of the time 100 m will do', [got(100), UP], { tag: 'found', best: fix(100) }],
  ['what is worse is left to a person', [got(101), UP], { tag: 'poor', best: fix(101) }],
  ['a person may end it', [got(60), ENOUGH], { tag: 'found', best: fix(60) }],
  ['nothing is not enough', [ENOUGH], SEARCHING],
  ['nothing in the time given', [UP], { tag: 'failed', why: 'timeout' }],
  ['no receiver', [fails('unavailable')], { tag: 'failed', why: 'unavailable' }],
  ['a receiver that falls silent', [got(40), fails('unavailable'), UP], { tag: 'found', best: fix(40) }],
  ['a permission that is taken away', [got(40), fails('denied')], { tag: 'failed', why: 'denied' }],
  ['what comes too late', [UP, got(5)], { tag: 'failed', why: 'timeout' }]
])('%s', (_, events, state) => {
  expect(after(...events)).toEqual(state);
});

it('whatever comes, the best is the best of what came, and a poor place is never found', () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 11, max: 500 }).map(got) },
    { weight: 1, arbitrary: fc.constantFrom(UP, ENOUGH, fails('unavailable')) }
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let state: Measuring = SEARCHING;
      const seen: number[] = [];
      for (const one of events) {
        if (one.tag === 'fix' && (state.tag === 'searching' || state.tag === 'improving')) seen.push(one.fix.accuracy);
        state = afterEvent(state, one);
      }
      if ('best' in state) expect(state.best.accuracy).toBe(Math.min(...seen));
      if (state.tag === 'found') expect(state.best.accuracy).toBeLessThanOrEqual(100);
      if (state.tag === 'poor') expect(state.best.accuracy).toBeGreaterThan(100);
    }),
    { numRuns: RUNS }
  );
});
