// Which criteria that bring points are shown for by a photo or a paper, and which are not.
import type { CriteriaSet } from '../criteria/set.ts';
import type { Assessment } from '../document/document.ts';
import type { Score } from './score.ts';

/** Of the criteria of a part that bring points: how many have evidence. */
export interface PartCoverage {
  readonly code: string;
  readonly shown: number;
  readonly of: number;
}

export interface Coverage {
  /** In the order of the sheet. */
  readonly parts: readonly PartCoverage[];
  /** Codes of the criteria that bring points and have no evidence, in the order of the sheet. */
  readonly missing: readonly string[];
}

type Naming = Pick<Assessment, 'evidenceByCriterion'>;

/** Nothing is known to be deleted. */
export const NONE_GONE: ReadonlySet<string> = new Set();

/** All ids that an assessment names as evidence, each once. */
export const evidenceIds = (doc: Naming): string[] => [...new Set(Object.values(doc.evidenceByCriterion ?? {}).flat())];

/**
 * How many pieces of evidence a criterion has.
 * @param gone ids that are known to be deleted; what has not arrived here yet is no such thing, and counts
 */
export const evidenceCount = (doc: Naming, code: string, gone: ReadonlySet<string>): number =>
  doc.evidenceByCriterion?.[code]?.filter((id) => !gone.has(id)).length ?? 0;

/**
 * The evidence of an assessment. Only points need to be shown for: a criterion without any has nothing to prove, and
 * is left out.
 * @param score of the same assessment by the same set
 * @param gone see `evidenceCount`
 */
export function coverageOf(set: CriteriaSet, doc: Naming, score: Score, gone: ReadonlySet<string>): Coverage {
  const missing: string[] = [];
  const parts = set.parts.map(({ code, sections }): PartCoverage => {
    const codes = sections.flatMap(({ criteria }) => criteria.map((criterion) => criterion.code));
    const toShow = codes.filter((each) => (score.byCriterion.get(each)?.got ?? 0) > 0);
    const bare = toShow.filter((each) => evidenceCount(doc, each, gone) === 0);
    missing.push(...bare);
    return { code, shown: toShow.length - bare.length, of: toShow.length };
  });
  return { parts, missing };
}
