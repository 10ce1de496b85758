// What can be reached at one criterion: its levels of points, and the least that a rank demands.
import { type Criterion, MARKED_STARS, type MarkedStar } from '../criteria/set.ts';

/** One step of a criterion's ladder. */
export interface Level {
  readonly points: number;
  /** Index in the criterion's `options`; null: no option reached, where the sheet prints no 0. */
  readonly option: number | null;
}

/** Indexes of the options that may be chosen: those of the case, or all where no case has been chosen yet. */
export function offeredOptions(criterion: Criterion, chosenCase: string | null): number[] {
  return criterion.options.flatMap((option, index) =>
    chosenCase === null || option.case === undefined || option.case.code === chosenCase ? [index] : []
  );
}

/**
 * The distinct numbers of points at a criterion, from 0 upwards. Two options that print the same points
 * (a misprint in sets 7 and 23) are one level, reached by the first of them.
 */
export function levelsOf(criterion: Criterion, chosenCase: string | null): Level[] {
  const byPoints = new Map<number, Level>();
  for (const index of offeredOptions(criterion, chosenCase)) {
    const points = criterion.options[index]?.points ?? 0;
    if (!byPoints.has(points)) byPoints.set(points, { points, option: index });
  }
  if (!byPoints.has(0)) byPoints.set(0, { points: 0, option: null });
  return [...byPoints.values()].sort((a, b) => a.points - b.points);
}

/**
 * The least points that a rank demands at a criterion: its own mark and those of all lower ranks.
 * @returns 0 where nothing is demanded
 */
export function demandedPoints(criterion: Criterion, chosenCase: string | null, star: MarkedStar): number {
  return Math.max(
    0,
    ...offeredOptions(criterion, chosenCase).map((index) => {
      const option = criterion.options[index];
      return option?.minimumForStar !== undefined && option.minimumForStar <= star ? option.points : 0;
    })
  );
}

/** The ranks that have a mark at a criterion, lowest first. */
export function markedStars(criterion: Criterion, chosenCase: string | null): MarkedStar[] {
  const marks = offeredOptions(criterion, chosenCase).map((index) => criterion.options[index]?.minimumForStar);
  return MARKED_STARS.filter((star) => marks.includes(star));
}
