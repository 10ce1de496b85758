// Choices of a fictional self-assessment: the options that exist in the set, reached to a given height.
import type { Assessment } from '#lib/domain/document/document.ts';
import { type Criterion, type CriteriaSet, type MarkedStar, criteriaOf } from '#lib/domain/criteria/set.ts';
import { demandedPoints, levelsOf } from '#lib/domain/scoring/level.ts';

type Chosen = Pick<Assessment, 'choiceByCriterion' | 'caseByCriterion'>;

/**
 * @param reach 0 … 1: which of the levels of each criterion is reached
 * @param count how many criteria have been looked at, from the top of the sheet
 * @param star whose minimums are met everywhere; null for none
 */
export function choicesReaching(set: CriteriaSet, reach: number, count: number, star: MarkedStar | null): Chosen {
  const criteria = criteriaOf(set).slice(0, count);
  const cases = criteria.flatMap((criterion) => {
    const first = firstCase(criterion);
    return first === null ? [] : [[criterion.code, first] as const];
  });
  const choices = criteria.map((criterion) => {
    const chosenCase = firstCase(criterion);
    const levels = levelsOf(criterion, chosenCase);
    const reached = levels[Math.round(reach * (levels.length - 1))]?.points ?? 0;
    const demanded = star === null ? 0 : demandedPoints(criterion, chosenCase, star);
    const level = levels.find(({ points }) => points >= Math.max(reached, demanded));
    return [criterion.code, { option: level?.option ?? null }] as const;
  });
  return {
    choiceByCriterion: Object.fromEntries(choices),
    ...(cases.length > 0 ? { caseByCriterion: Object.fromEntries(cases) } : {})
  };
}

/** @param points per criterion; null where no option is reached */
export function choicesOfPoints(set: CriteriaSet, points: Readonly<Record<string, number | null>>): Chosen {
  const choices = criteriaOf(set).flatMap((criterion) => {
    const wanted = points[criterion.code];
    if (wanted === undefined) return [];
    const option = criterion.options.findIndex((candidate) => candidate.points === wanted);
    return [[criterion.code, { option: option < 0 ? null : option }] as const];
  });
  return { choiceByCriterion: Object.fromEntries(choices) };
}

const firstCase = (criterion: Criterion): string | null =>
  criterion.options.find((option) => option.case !== undefined)?.case?.code ?? null;
