// The estimate that a product's page shows: the newest self-assessment, scored by the set it was opened with.
import { type LoadSetError, loadSet } from '#lib/domain/criteria/load.ts';
import type { MarkedStar } from '#lib/domain/criteria/set.ts';
import type { Assessment } from '#lib/domain/document/document.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import { gapTo } from '#lib/domain/scoring/gap.ts';
import { nextRank } from '#lib/domain/scoring/rank.ts';
import { type Score, scoreAssessment } from '#lib/domain/scoring/score.ts';

export interface Estimate {
  readonly score: Score;
  /** The next rank and what it lacks; null at five stars, or when a disqualifier ended the estimate. */
  readonly next: {
    readonly star: MarkedStar;
    /** Criteria that miss a minimum. */
    readonly criteria: number;
    /** Points that lack even when all minimums are met. */
    readonly points: number;
  } | null;
}

/** Scores an assessment; fails when its set is not in this build or could not be fetched. */
export async function estimateOf(assessment: Assessment): Promise<Result<Estimate, LoadSetError>> {
  const set = await loadSet(assessment.setId, assessment.setVersion);
  if (!set.ok) return set;
  const score = scoreAssessment(set.value, assessment);
  if (score.estimate === null || score.estimate === 5) return ok({ score, next: null });
  const star = nextRank(score.estimate);
  const gap = gapTo(set.value, assessment, star);
  return ok({ score, next: { star, criteria: gap.minimums.count, points: gap.stillLacking } });
}
