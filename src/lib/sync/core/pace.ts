// How much the next request carries: what the line brings in a few seconds, so that a cut costs little.
import type { Result } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';

/**
 * | the request took      | the next one is                                                              |
 * |-----------------------|------------------------------------------------------------------------------|
 * | less than `quickMs`   | twice as large, if this one was at least half full: a small one proves nothing; |
 * |                       | below `floor` already when it took less than `slowMs`                          |
 * | more than `slowMs`    | half, or as much less as it would have taken `slowMs`; see `floor`           |
 */
export interface Pace {
  readonly quickMs: number;
  readonly slowMs: number;
  /** On a line of which the wait is the larger part, smaller ones than this only cost more waits … */
  readonly floor: number;
  /** … but one that takes longer than `MOST_MS` is too large at any rate: down to this. */
  readonly least: number;
}

/** A unit of work takes no longer, milliseconds. */
export const MOST_MS = 20_000;

/**
 * The size of the next request after one that was answered, or cut off.
 * @param size as large as it might have been
 * @param filled how much of that it was; null: there was no answer
 * @param most the next one is not larger
 */
export function nextSize(pace: Pace, size: number, filled: number | null, tookMs: number, most: number): number {
  if (tookMs > pace.slowMs) {
    const least = tookMs > MOST_MS ? pace.least : pace.floor;
    const fitting = Math.floor(size * Math.min(0.5, pace.slowMs / tookMs));
    return Math.min(size, Math.max(least, fitting));
  }
  const isProof = filled !== null && filled * 2 >= size;
  // Once shrunk below the floor it grows again on any line that is not slow, or it would stay small on one with long waits.
  const quickMs = size < pace.floor ? pace.slowMs : pace.quickMs;
  return tookMs < quickMs && isProof ? Math.min(most, size * 2) : size;
}

/** How long a request took; one that timed out was too slow, also where a gateway has lost its patience early (408). */
export const durationOf = (answer: Result<unknown, SyncProblem>, tookMs: number, { slowMs }: Pace): number =>
  !answer.ok && answer.error.tag === 'timeout' ? Math.max(tookMs, 2 * slowMs) : tookMs;
