// How far a device's clock may be off before people are told, and before it is noted on what they save (law 15).

/** Milliseconds, either way. */
const TOLERATED_MS = 5 * 60_000;

/**
 * @param skewMs server clock minus device clock; null = not known yet
 * @returns the same where it is too much, else null
 */
export const excessSkew = (skewMs: number | null): number | null =>
  skewMs !== null && Math.abs(skewMs) > TOLERATED_MS ? skewMs : null;
