// When to try again by itself.
import type { SyncProblem } from './errors.ts';
import { concernsOneDatabase } from './reach.ts';

/** Between two runs while all is well: what colleagues did arrives this late at most. */
const REST_MS = 2 * 60_000;
const FIRST_MS = 5_000;
const MOST_MS = 10 * 60_000;
/** A network that is not there costs nothing to look for, and nobody tells when it comes back. */
const MOST_OFFLINE_MS = 30_000;

/**
 * How long to wait until the next run.
 * @param failures runs in a row that ended with a problem
 * @param problem of the last run; null when it went well
 * @param chance from 0 to 1: spreads the devices of an office that wake at the same moment
 * @returns milliseconds; null = only a person can help (sign in)
 */
export function waitMs(failures: number, problem: SyncProblem | null, chance: number): number | null {
  const jitter = 0.75 + chance / 2;
  if (problem === null || concernsOneDatabase(problem)) return Math.round(REST_MS * jitter);
  if (problem.tag === 'signedOut') return null;
  const most = problem.tag === 'offline' ? MOST_OFFLINE_MS : MOST_MS;
  const backOff = Math.min(most, FIRST_MS * 2 ** Math.min(20, Math.max(0, failures - 1))) * jitter;
  const asked = problem.tag === 'busy' ? (problem.retryAfterMs ?? 0) : 0;
  return Math.round(Math.max(asked, backOff));
}
