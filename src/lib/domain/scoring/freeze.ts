// What of a score is written into the assessment when it is submitted, so that the figures filed never change.
import type { Assessment } from '../document/document.ts';
import type { Score } from './score.ts';

export type Totals = NonNullable<Assessment['totals']>;

/** The totals of a score in the shape of the document; the estimate is null where a disqualifier was ticked. */
export function freezeTotals(score: Score): Totals {
  return {
    total: score.got,
    byPart: Object.fromEntries(score.parts.map(({ code, got }) => [code, got])),
    rankByPoints: score.rankByPoints,
    rankByMinimums: score.rankByMinimums,
    estimate: score.estimate
  };
}
