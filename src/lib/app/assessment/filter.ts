// Which criteria the editor shows and counts: not looked at, missing a minimum, without evidence.
import type { MarkedStar } from '#lib/domain/criteria/set.ts';
import type { Assessment } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { lowerRank, nextRank } from '#lib/domain/scoring/rank.ts';
import { evidenceCount } from '#lib/domain/scoring/coverage.ts';
import type { CriterionScore, Score } from '#lib/domain/scoring/score.ts';

export const FILTERS = ['all', 'unseen', 'missed', 'noEvidence'] as const;
export type Filter = (typeof FILTERS)[number];

/** The rank that the screen speaks of: the next one above the estimate, a disqualifier left aside. */
export function targetOf(score: Score): MarkedStar {
  return nextRank(lowerRank(score.rankByPoints, score.rankByMinimums));
}

/** The star whose minimum is missed on the way to the target, null where none is. */
export function missedFor(score: CriterionScore, target: MarkedStar): MarkedStar | null {
  return score.missed !== null && score.missed <= target ? score.missed : null;
}

/** Ids of the papers among them, in their order. */
export const papersAt = (doc: Assessment, code: string): string[] =>
  (doc.evidenceByCriterion?.[code] ?? []).filter((id) => kindOfId(id) === 'paper');

/**
 * The codes that a filter lets through, in the order of the sheet.
 * @param gone evidence that is known to be deleted
 */
export function codesIn(filter: Filter, doc: Assessment, score: Score, gone: ReadonlySet<string>): string[] {
  const target = targetOf(score);
  const passes: Record<Filter, (criterion: CriterionScore) => boolean> = {
    all: () => true,
    unseen: (criterion) => !criterion.looked,
    missed: (criterion) => missedFor(criterion, target) !== null,
    // Only points need to be shown for: nothing reached has nothing to prove.
    noEvidence: (criterion) => criterion.got > 0 && evidenceCount(doc, criterion.code, gone) === 0
  };
  return [...score.byCriterion.values()].filter(passes[filter]).map(({ code }) => code);
}
