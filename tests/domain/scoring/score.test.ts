// Points, ranks and endings: the countable sample, the decision's special cases, and laws over all 26 sets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CriteriaSet, type Criterion, criteriaOf } from '#lib/domain/criteria/set.ts';
import { endingsOf } from '#lib/domain/scoring/ending.ts';
import { freezeTotals } from '#lib/domain/scoring/freeze.ts';
import { nextRank, rankByMinimums, rankByPoints } from '#lib/domain/scoring/rank.ts';
import { type Answers, type Score, scoreAssessment } from '#lib/domain/scoring/score.ts';
import { RUNS, arbitraryAnswers, arbitraryChoice, arbitraryDisqualified } from '../../support/arbitrary-answers.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { allSets, setNumber } from '../../support/sets.ts';

const sets = allSets();
const fishSauce = setNumber(9);

describe('rank by points', () => {
  it.each([
    [0, 1],
    [29.99, 1],
    [30, 2],
    [49.9, 2],
    [50, 3],
    [69.9, 3],
    [70, 4],
    [89.5, 4],
    [89.99, 4],
    [90, 5],
    [100, 5]
  ])('%f points are %i stars, without rounding', (points, star) => {
    expect(rankByPoints(points)).toBe(star);
  });
});

describe('rank by minimums', () => {
  it.each([
    [[], 5],
    [[null, null], 5],
    [[5, null], 4],
    [[5, 4, 5], 3],
    [[5, 3, 4], 2]
  ] as const)('missing %j gives %i stars', (missed, star) => {
    expect(rankByMinimums(missed)).toBe(star);
  });

  it.each([
    [1, 3],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 5]
  ] as const)('from %i stars one works towards %i', (estimate, next) => {
    expect(nextRank(estimate)).toBe(next);
  });
});

describe('the countable sample', () => {
  const score = scoreAssessment(fishSauce, { choiceByCriterion: fishSauceChoices() });

  it('has A 28, B 16, C 27 = 71', () => {
    expect(score.parts.map(({ code, got, max }) => [code, got, max])).toEqual([
      ['A', 28, 40],
      ['B', 16, 25],
      ['C', 27, 35]
    ]);
    expect(score.got).toBe(71);
    expect([...score.bySection].map(([code, { got }]) => [code, got])).toEqual([
      ['1', 13],
      ['2', 7],
      ['3', 8],
      ['4', 8],
      ['5', 8],
      ['6', 15],
      ['7', 3],
      ['8', 4],
      ['9', 3],
      ['10', 2],
      ['11', 0]
    ]);
  });

  it('is 4 stars by points, 3 by minimums, estimated 3', () => {
    expect([score.rankByPoints, score.rankByMinimums, score.estimate]).toEqual([4, 3, 3]);
  });

  it('tells not looked at, nothing reached and an option apart', () => {
    expect(score.progress).toEqual({ done: 29, of: 31 });
    expect(score.byCriterion.get('3.4')).toMatchObject({ state: { kind: 'unseen' }, got: 0, unseen: 2, missed: 4 });
    expect(score.byCriterion.get('2.4')).toMatchObject({ state: { kind: 'notReached' }, got: 0, unseen: 0, lost: 1 });
    expect(score.byCriterion.get('1.4')).toMatchObject({ state: { kind: 'option', index: 1, points: 1 }, missed: 4 });
    expect(score.byCriterion.get('4.1')).toMatchObject({ got: 3, missed: 5, met: 4 });
    expect(score.unseen).toBe(5);
  });

  it('is frozen as the document keeps totals', () => {
    expect(freezeTotals(score)).toEqual({
      total: 71,
      byPart: { A: 28, B: 16, C: 27 },
      rankByPoints: 4,
      rankByMinimums: 3,
      estimate: 3
    });
  });
});

describe('5.2 and the story of 5.1', () => {
  const chosen = (choices: Record<string, number | null>): Score =>
    scoreAssessment(fishSauce, {
      choiceByCriterion: Object.fromEntries(Object.entries(choices).map(([code, option]) => [code, { option }]))
    });

  it('counts where there is a story', () => {
    expect(chosen({ '5.1': 1, '5.2': 2 }).byCriterion.get('5.2')).toMatchObject({ got: 2, blocked: null });
  });

  it.each([
    ['the option "no story"', 0],
    ['no option reached', null]
  ])('counts 0 at %s, whatever is chosen, and is done with', (_, story) => {
    for (const choices of [{ '5.1': story, '5.2': 2 }, { '5.1': story }]) {
      const score = chosen(choices).byCriterion.get('5.2');
      expect(score).toMatchObject({ got: 0, unseen: 0, lost: 2, looked: true, blocked: { by: '5.1', settled: true } });
    }
  });

  it('waits while 5.1 has not been looked at: its choice is reachable, not counted', () => {
    const score = chosen({ '5.2': 1 }).byCriterion.get('5.2');
    expect(score).toMatchObject({ got: 0, unseen: 1, lost: 1, blocked: { by: '5.1', settled: false } });
  });
});

describe('the cases of set 26', () => {
  const tourism = setNumber(26);
  const at8 = (option: number | null | undefined, chosenCase?: string): unknown =>
    scoreAssessment(tourism, {
      choiceByCriterion: option === undefined ? {} : { '8': { option } },
      ...(chosenCase === undefined ? {} : { caseByCriterion: { '8': chosenCase } })
    }).byCriterion.get('8');

  it('takes the case of the option chosen', () => {
    expect(at8(1)).toMatchObject({ case: 'a', got: 3 });
    expect(at8(2)).toMatchObject({ case: 'b', got: 1 });
  });

  it('lets only one case count: an option of the other is as if not looked at', () => {
    expect(at8(1, 'a')).toMatchObject({ case: 'a', got: 3 });
    expect(at8(1, 'b')).toMatchObject({ case: 'b', got: 0, unseen: 3, state: { kind: 'unseen' } });
    expect(at8(null, 'b')).toMatchObject({ case: 'b', got: 0, state: { kind: 'notReached' } });
  });

  it('ignores a case that the set does not have', () => {
    expect(at8(3, 'z')).toMatchObject({ case: 'b', got: 3 });
  });
});

describe('disqualifiers', () => {
  it('have stable keys above the sheet and at criteria', () => {
    expect(endingsOf(fishSauce).map(({ key, kind }) => [key, kind])).toEqual([
      ['set:0', 'disqualify'],
      ['1.1:0', 'disqualify'],
      ['2.1:0', 'disqualify'],
      ['6.1:0', 'stop']
    ]);
    expect(endingsOf(setNumber(1)).find(({ key }) => key === '2.1:0')?.kind).toBe('notEligible');
  });

  it('end the estimate with the reason; points and ranks stay readable', () => {
    const score = scoreAssessment(fishSauce, { choiceByCriterion: fishSauceChoices(), disqualified: ['6.1:0'] });
    expect(score).toMatchObject({ got: 71, rankByPoints: 4, estimate: null });
    expect(score.endings.map(({ criterion, text }) => [criterion, text.vi.slice(0, 19)])).toEqual([
      ['6.1', 'Không đánh giá tiếp']
    ]);
    expect(freezeTotals(score).estimate).toBeNull();
  });

  it('that the set does not know are ignored', () => {
    expect(scoreAssessment(fishSauce, { choiceByCriterion: {}, disqualified: ['9.9:0', ''] }).estimate).toBe(1);
  });
});

describe('the third level of sets 11 and 13', () => {
  it.each([11, 13])('set %i sums its middle level', (number) => {
    const set = setNumber(number);
    const score = scoreAssessment(set, best(set));
    const max = new Map(criteriaOf(set).flatMap(({ parent }) => (parent ? [[parent.code, parent.max]] : [])));
    expect(max.size).toBe(2);
    for (const [code, points] of max) expect(score.byParent.get(code)).toMatchObject({ got: points, max: points });
  });
});

describe('what a merge may bring', () => {
  it('an unknown code or option number counts as absent', () => {
    const score = scoreAssessment(fishSauce, {
      choiceByCriterion: { '99.9': { option: 0 }, '1.1': { option: 7 }, toString: { option: 0 } }
    });
    expect(score).toMatchObject({ got: 0, progress: { done: 0, of: 31 } });
  });
});

describe.each(sets.map((set) => [set.id, set] as const))('laws of %s', (_, set) => {
  const laws = { numRuns: RUNS };

  it('the best sheet has 100 points and 5 stars, the empty one 0 and 1', () => {
    expect(scoreAssessment(set, best(set))).toMatchObject({ got: 100, estimate: 5, unseen: 0, lost: 0 });
    expect(scoreAssessment(set, { choiceByCriterion: {} })).toMatchObject({ got: 0, estimate: 1, unseen: 100 });
  });

  it('points lie in 0–100, every level adds up, and the estimate is the lower rank', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), (answers) => {
        const score = scoreAssessment(set, answers);
        const levels = [score, ...score.parts, ...score.bySection.values(), ...score.byCriterion.values()];
        for (const { max, got, unseen, lost } of levels) {
          expect(Math.min(got, unseen, lost)).toBeGreaterThanOrEqual(0);
          expect(got + unseen + lost).toBe(max);
        }
        expect(score.max).toBe(100);
        expect(sum([...score.byCriterion.values()])).toBe(score.got);
        expect(sum([...score.bySection.values()])).toBe(score.got);
        expect(score.estimate).toBe(Math.min(score.rankByPoints, score.rankByMinimums));
      }),
      laws
    );
  });

  it('the order of the answers does not matter', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), fc.infiniteStream(fc.nat()), (answers, order) => {
        const shuffled = Object.entries(answers.choiceByCriterion)
          .map((entry) => [order.next().value as number, entry] as const)
          .sort(([a], [b]) => a - b)
          .map(([, entry]) => entry);
        const again = { ...answers, choiceByCriterion: Object.fromEntries(shuffled) };
        expect(scoreAssessment(set, again)).toEqual(scoreAssessment(set, answers));
      }),
      laws
    );
  });

  it('raising one criterion never lowers points or ranks', () => {
    const criterion = fc.constantFrom(...criteriaOf(set));
    fc.assert(
      fc.property(
        arbitraryAnswers(set),
        criterion.chain((one) => fc.tuple(fc.constant(one), arbitraryChoice(one), arbitraryChoice(one))),
        (answers, [one, first, second]) => {
          const [lower, higher] = [scoreWith(set, answers, one, first), scoreWith(set, answers, one, second)].sort(
            (a, b) => ownPoints(a, one) - ownPoints(b, one)
          ) as [Score, Score];
          expect(higher.got).toBeGreaterThanOrEqual(lower.got);
          expect(higher.rankByPoints).toBeGreaterThanOrEqual(lower.rankByPoints);
          expect(higher.rankByMinimums).toBeGreaterThanOrEqual(lower.rankByMinimums);
        }
      ),
      laws
    );
  });

  it('any disqualifier ends the estimate and changes no point', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), arbitraryDisqualified(set), (answers, disqualified) => {
        const free = scoreAssessment(set, answers);
        const ticked = scoreAssessment(set, { ...answers, disqualified });
        expect(ticked.got).toBe(free.got);
        expect(ticked.estimate === null).toBe(disqualified.length > 0);
        expect(ticked.endings.map(({ key }) => key)).toEqual(disqualified);
      }),
      laws
    );
  });
});

const sum = (items: readonly { got: number }[]): number => items.reduce((total, { got }) => total + got, 0);

/** The sheet with the best option at every criterion. */
function best(set: CriteriaSet): Answers {
  return {
    choiceByCriterion: Object.fromEntries(
      criteriaOf(set).map(({ code, max, options }) => [
        code,
        { option: options.findIndex(({ points }) => points === max) }
      ])
    )
  };
}

function scoreWith(
  set: CriteriaSet,
  answers: Answers,
  { code }: Criterion,
  choice: { option: number | null } | undefined
): Score {
  const { [code]: _before, ...others } = answers.choiceByCriterion;
  return scoreAssessment(set, {
    ...answers,
    // Without a recorded case both options may count; a case of its own is another property's matter.
    caseByCriterion: {},
    choiceByCriterion: choice === undefined ? others : { ...others, [code]: choice }
  });
}

function ownPoints(score: Score, { code }: Criterion): number {
  const state = score.byCriterion.get(code)?.state;
  return state?.kind === 'option' ? state.points : 0;
}
