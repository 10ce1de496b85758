// Measuring a place: what is shown while the device looks for it, which of its fixes is kept, and when it is over.
import { type Fix, qualityOf } from './fix.ts';

/** Why nothing was measured: forbidden by the person or the browser · no receiver or no answer · not in the time given. */
export type PlaceFailure = 'denied' | 'unavailable' | 'timeout';

/**
 * | state     | means                                                                                          |
 * |-----------|------------------------------------------------------------------------------------------------|
 * | searching | nothing yet                                                                                    |
 * | improving | the best so far; a better one may come                                                         |
 * | found     | over: a place that is good enough to be taken (10 m at once, 100 m at the end of the time)     |
 * | poor      | over: the best is worse than 100 m, a person decides                                           |
 * | failed    | over: nothing                                                                                  |
 */
export type Measuring =
  | { readonly tag: 'searching' }
  | { readonly tag: 'improving'; readonly best: Fix; /** What came last. */ readonly latest: Fix }
  | { readonly tag: 'found' | 'poor'; readonly best: Fix }
  | { readonly tag: 'failed'; readonly why: PlaceFailure };

/** What happens during a measurement. */
export type Measured =
  | { readonly tag: 'fix'; readonly fix: Fix }
  | { readonly tag: 'failed'; readonly why: Exclude<PlaceFailure, 'timeout'> }
  | { readonly tag: 'timeUp' }
  /** The person takes what there is. */
  | { readonly tag: 'enough' };

/** The device as a screen uses it: measures until it is stopped. @returns how to stop */
export type WatchPlace = (listener: (event: Measured) => void) => () => void;

/** So long a measurement goes on at most, milliseconds: a cold receiver needs about half a minute under the sky. */
export const MEASURE_MS = 40_000;

export const SEARCHING: Measuring = { tag: 'searching' };

/** The next state. What is over stays over. */
export function afterEvent(state: Measuring, event: Measured): Measuring {
  if (state.tag !== 'searching' && state.tag !== 'improving') return state;
  const best = state.tag === 'improving' ? state.best : null;
  switch (event.tag) {
    case 'fix': {
      const better = best === null || event.fix.accuracy < best.accuracy ? event.fix : best;
      return qualityOf(better) === 'target'
        ? { tag: 'found', best: better }
        : { tag: 'improving', best: better, latest: event.fix };
    }
    case 'failed':
      // A receiver that falls silent under a roof takes nothing back.
      return best === null || event.why === 'denied' ? { tag: 'failed', why: event.why } : state;
    case 'timeUp':
      return best === null ? { tag: 'failed', why: 'timeout' } : over(best);
    case 'enough':
      return best === null ? state : over(best);
  }
}

const over = (best: Fix): Measuring => ({ tag: qualityOf(best) === 'poor' ? 'poor' : 'found', best });
