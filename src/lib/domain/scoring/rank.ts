// The ranks of one to five stars, by points and by star minimums (article 3.3 and the note under the sheets of annex II).
import { MARKED_STARS, type MarkedStar } from '../criteria/set.ts';

export const STARS = [1, 2, 3, 4, 5] as const;
export type Star = (typeof STARS)[number];

/** The least points of each rank: 5★ 90–100 · 4★ ≥ 70 · 3★ ≥ 50 · 2★ ≥ 30 · 1★ below. */
export const THRESHOLD: Readonly<Record<Star, number>> = { 1: 0, 2: 30, 3: 50, 4: 70, 5: 90 };

/**
 * The rank that a number of points gives; nothing is rounded: 89.5 is 4★.
 * @param points 0–100, the sum of a sheet or a council's average
 */
export function rankByPoints(points: number): Star {
  return STARS.findLast((star) => points >= THRESHOLD[star]) ?? 1;
}

/**
 * The highest rank whose own and all lower minimums are met. Two stars carry none, so the least is 2.
 * @param missed at each criterion the lowest star whose minimum is missed, null where all are met
 */
export function rankByMinimums(missed: readonly (MarkedStar | null)[]): Star {
  const lowest = MARKED_STARS.find((star) => missed.includes(star));
  return lowest === undefined ? 5 : BELOW[lowest];
}

const BELOW: Readonly<Record<MarkedStar, Star>> = { 3: 2, 4: 3, 5: 4 };

/** The lower of two ranks: what a sheet is estimated at. */
export function lowerRank(a: Star, b: Star): Star {
  return a < b ? a : b;
}

/** The rank to work towards from an estimate: at least 3★ (below it nothing is recognised), at most 5★. */
export function nextRank(estimate: Star): MarkedStar {
  return MARKED_STARS.find((star) => star > estimate) ?? 5;
}
