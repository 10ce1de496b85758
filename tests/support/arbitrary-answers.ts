// Random sheets for property tests: any set, any choices, any cases, some disqualifiers.
import fc from 'fast-check';
import { type CriteriaSet, type Criterion, criteriaOf } from '#lib/domain/criteria/set.ts';
import { endingsOf } from '#lib/domain/scoring/ending.ts';
import type { Answers } from '#lib/domain/scoring/score.ts';

/** How many runs a property takes: few at each commit, many in `npm run test:long`. */
export const RUNS = process.env['LONG'] === undefined ? 60 : 3000;

/** What may be recorded at a criterion: nothing, no option reached, one option (with or without its case). */
export function arbitraryChoice(criterion: Criterion): fc.Arbitrary<{ option: number | null } | undefined> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant({ option: null }) },
    { weight: 4, arbitrary: fc.nat({ max: criterion.options.length - 1 }).map((option) => ({ option })) }
  );
}

/** Any way a sheet of the set may be filled in, not yet disqualified. */
export function arbitraryAnswers(set: CriteriaSet): fc.Arbitrary<Answers> {
  const criteria = criteriaOf(set);
  const choices = fc.tuple(...criteria.map(arbitraryChoice));
  const cases = fc.tuple(
    ...criteria.map(({ options }) => {
      const codes = [...new Set(options.flatMap((option) => option.case?.code ?? []))];
      return codes.length > 0 ? fc.option(fc.constantFrom(...codes), { nil: undefined }) : fc.constant(undefined);
    })
  );
  return fc.tuple(choices, cases).map(([chosen, inCase]) => ({
    choiceByCriterion: Object.fromEntries(
      criteria.flatMap(({ code }, index) => {
        const choice = chosen[index];
        return choice === undefined ? [] : [[code, choice] as const];
      })
    ),
    caseByCriterion: Object.fromEntries(
      criteria.flatMap(({ code }, index) => {
        const chosenCase = inCase[index];
        return chosenCase === undefined ? [] : [[code, chosenCase] as const];
      })
    )
  }));
}

/** Some of the set's disqualifiers, perhaps none. */
export function arbitraryDisqualified(set: CriteriaSet): fc.Arbitrary<string[]> {
  return fc.subarray(endingsOf(set).map(({ key }) => key));
}
