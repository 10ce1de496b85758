// How long one waits after wrong tries: longer each time, never for ever, and nothing is ever wiped.

export interface Tries {
  /** Wrong ones since the last right one. */
  readonly wrong: number;
  /** When the last wrong one was: ISO instant, device clock; null: there was none. */
  readonly lastAt: string | null;
}

export const NO_TRIES: Tries = { wrong: 0, lastAt: null };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The first three cost nothing: fingers are wet. */
const WAITS_MS = [0, 0, 0, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/** How long the next try waits after so many wrong ones, milliseconds. */
export const waitAfter = (wrong: number): number => WAITS_MS[Math.min(wrong, WAITS_MS.length - 1)] ?? 0;

/** The more careful of what two places have noted. */
export const moreOf = (a: Tries, b: Tries): Tries => (b.wrong > a.wrong ? b : a);

/** One more wrong try. @param now milliseconds since 1970 */
export const failedAgain = ({ wrong }: Tries, now: number): Tries => ({
  wrong: wrong + 1,
  lastAt: new Date(now).toISOString()
});

/**
 * How long is still to be waited, milliseconds; 0: one may try. A clock that has been set back begins the wait anew.
 * @param now milliseconds since 1970
 */
export function waitLeft({ wrong, lastAt }: Tries, now: number): number {
  if (lastAt === null) return 0;
  const since = now - Date.parse(lastAt);
  const wait = waitAfter(wrong);
  return since < 0 ? wait : Math.max(0, wait - since);
}

/** Moves a last try that lies in the future to now, so that a clock which was ahead does not shut the phone for years. */
export const anchored = (tries: Tries, now: number): Tries =>
  tries.lastAt !== null && Date.parse(tries.lastAt) > now ? { ...tries, lastAt: new Date(now).toISOString() } : tries;
