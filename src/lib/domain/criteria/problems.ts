// What a criteria set must satisfy beyond its shape: its points add up and its references lead somewhere.
import { type CriteriaSet, type Criterion, type CriterionRule, criteriaOf } from './set.ts';

export type SetProblem =
  | { readonly kind: 'sum'; readonly where: string; readonly printed: number; readonly counted: number }
  | { readonly kind: 'duplicateCode'; readonly where: string }
  | { readonly kind: 'zeroPrinted'; readonly where: string }
  | { readonly kind: 'danglingReference'; readonly where: string; readonly to: string };

/** Maxima of the parts in every set of annex II: 40 + 25 + 35 = 100. */
const PART_MAX: Readonly<Record<string, number>> = { A: 40, B: 25, C: 35 };

/**
 * Finds what does not add up in a well-shaped set: parts 40/25/35, a section = the sum of its criteria,
 * a middle level likewise, a criterion = its best option (in every case it offers).
 * @returns nothing when the set may be used
 */
export function problemsOf(set: CriteriaSet): SetProblem[] {
  const problems: SetProblem[] = [];
  const expect = (where: string, printed: number, counted: number) => {
    if (printed !== counted) problems.push({ kind: 'sum', where, printed, counted });
  };

  const criteria = criteriaOf(set);
  for (const part of set.parts) {
    expect(part.code, part.max, PART_MAX[part.code] ?? 0);
    expect(part.code, part.max, sum(part.sections));
    for (const section of part.sections) expect(section.code, section.max, sum(section.criteria));
  }
  for (const parent of new Map(criteria.flatMap(({ parent }) => (parent ? [[parent.code, parent]] : []))).values()) {
    expect(parent.code, parent.max, sum(criteria.filter((criterion) => criterion.parent?.code === parent.code)));
  }

  const known = new Set<string>();
  for (const criterion of criteria) {
    if (known.has(criterion.code)) problems.push({ kind: 'duplicateCode', where: criterion.code });
    known.add(criterion.code);
    for (const best of bestByCase(criterion)) expect(criterion.code, criterion.max, best);
    if (criterion.zeroPrinted !== criterion.options.some((option) => option.points === 0)) {
      problems.push({ kind: 'zeroPrinted', where: criterion.code });
    }
  }

  const independent = new Set(criteria.filter(({ rules }) => !rules?.some(isDepends)).map(({ code }) => code));
  for (const criterion of criteria) {
    for (const rule of criterion.rules?.filter(isDepends) ?? []) {
      // One level only: a chain of dependencies has no meaning in the decision.
      if (!independent.has(rule.on)) {
        problems.push({ kind: 'danglingReference', where: criterion.code, to: rule.on });
      }
    }
  }
  for (const doubt of set.doubts) {
    if (!known.has(doubt.criterion)) problems.push({ kind: 'danglingReference', where: 'doubts', to: doubt.criterion });
  }
  return problems;
}

type DependsRule = Extract<CriterionRule, { type: 'depends' }>;
const isDepends = (rule: CriterionRule): rule is DependsRule => rule.type === 'depends';

const sum = (items: readonly { max: number }[]): number => items.reduce((total, item) => total + item.max, 0);

function bestByCase(criterion: Criterion): number[] {
  const best = new Map<string, number>();
  for (const option of criterion.options) {
    const key = option.case?.code ?? '';
    best.set(key, Math.max(best.get(key) ?? 0, option.points));
  }
  return [...best.values()];
}
