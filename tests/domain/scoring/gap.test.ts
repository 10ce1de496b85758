// What is missing for a rank: the countable sample, and "meeting it gives it, with the fewest points" over all sets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CriteriaSet, MARKED_STARS, type MarkedStar, criteriaOf } from '#lib/domain/criteria/set.ts';
import { type Gap, type GapItem, gapTo } from '#lib/domain/scoring/gap.ts';
import { THRESHOLD } from '#lib/domain/scoring/rank.ts';
import { type Answers, scoreAssessment } from '#lib/domain/scoring/score.ts';
import { RUNS, arbitraryAnswers } from '../../support/arbitrary-answers.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { allSets, setNumber } from '../../support/sets.ts';

const fishSauce = setNumber(9);
const sample: Answers = { choiceByCriterion: fishSauceChoices() };
const codes = (items: readonly GapItem[]): string[] => items.map(({ code }) => code);

describe('the countable sample', () => {
  it('lacks for 4 stars: 5.1, 1.4, 2.3, 3.5 by one level each, then 3.4 that was not looked at', () => {
    const gap = gapTo(fishSauce, sample, 4);
    expect(gap).toMatchObject({ points: 71, needed: 70, stillLacking: 0, minimums: { count: 5, gain: 7 } });
    expect(codes(gap.oneStep)).toEqual(['5.1', '1.4', '2.3', '3.5']);
    expect(codes(gap.moreSteps)).toEqual([]);
    expect(codes(gap.unseen)).toEqual(['3.4']);
    expect(codes(gap.morePoints)).toEqual([]);
    expect(gap.oneStep[0]).toEqual({ code: '5.1', from: 3, to: 5, gain: 2, steps: 1, option: 4, star: 4 });
    expect(gap.unseen[0]).toMatchObject({ code: '3.4', from: null, to: 2, gain: 2 });
  });

  it('lacks for 5 stars 19 points: 7 minimums give 12, 7 more are wanted', () => {
    const gap = gapTo(fishSauce, sample, 5);
    expect(gap).toMatchObject({ points: 71, needed: 90, stillLacking: 7, minimums: { count: 7, gain: 12 } });
    expect(codes(gap.oneStep)).toEqual(['5.1', '4.1', '7', '2.3', '3.5']);
    expect(gap.moreSteps).toMatchObject([{ code: '1.4', from: 1, to: 3, steps: 2 }]);
    expect(codes(gap.unseen)).toEqual(['3.4']);
    expect(gap.morePoints.reduce((sum, { gain }) => sum + gain, 0)).toBe(7);
    expect(gap.pointsAfter).toBe(90);
  });

  it('lacks nothing for 3 stars', () => {
    expect(gapTo(fishSauce, sample, 3)).toEqual({
      star: 3,
      points: 71,
      needed: 50,
      minimums: { count: 0, gain: 0 },
      stillLacking: 0,
      oneStep: [],
      moreSteps: [],
      unseen: [],
      morePoints: [],
      pointsAfter: 71
    });
  });

  it('a story that wakes up 5.2 brings its points along', () => {
    const choices = { ...fishSauceChoices(), '5.1': { option: 0 } };
    const gap = gapTo(fishSauce, { choiceByCriterion: choices }, 4);
    expect(gap.points).toBe(66);
    expect(gap.moreSteps).toMatchObject([{ code: '5.1', from: 0, to: 5, gain: 5, steps: 4 }]);
    // 5.1 five, 5.2's kept choice two, and the other four minimums five.
    expect(gap.minimums).toEqual({ count: 5, gain: 12 });
  });

  it('a disqualifier leaves what is missing as it is', () => {
    expect(gapTo(fishSauce, { ...sample, disqualified: ['set:0'] }, 4)).toEqual(gapTo(fishSauce, sample, 4));
  });
});

describe.each(allSets().map((set) => [set.id, set] as const))('laws of %s', (_, set) => {
  const star = fc.constantFrom(...MARKED_STARS);

  it('meeting what is missing for N stars gives N, and the total it promised', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), star, (answers, wanted) => {
        const gap = gapTo(set, answers, wanted);
        const after = scoreAssessment(set, meet(set, answers, gap));
        expect(after.rankByPoints).toBeGreaterThanOrEqual(wanted);
        expect(after.rankByMinimums).toBeGreaterThanOrEqual(wanted);
        expect(after.got).toBe(gap.pointsAfter);
      }),
      { numRuns: RUNS }
    );
  });

  it('the minimums alone add what is said; what still lacks is what the extra raises give at least', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), star, (answers, wanted) => {
        const gap = gapTo(set, answers, wanted);
        const after = scoreAssessment(set, meet(set, answers, { ...gap, morePoints: [] }));
        expect(after.got).toBe(gap.points + gap.minimums.gain);
        expect(after.rankByMinimums).toBeGreaterThanOrEqual(wanted);
        expect(gap.stillLacking).toBe(Math.max(0, THRESHOLD[wanted] - after.got));
        expect(gap.morePoints.length > 0).toBe(gap.stillLacking > 0);
      }),
      { numRuns: RUNS }
    );
  });

  it('nothing is missing exactly where the rank is reached', () => {
    fc.assert(
      fc.property(arbitraryAnswers(set), star, (answers, wanted) => {
        const gap = gapTo(set, answers, wanted);
        const { rankByPoints, rankByMinimums } = scoreAssessment(set, answers);
        expect(itemsOf(gap).length === 0).toBe(Math.min(rankByPoints, rankByMinimums) >= wanted);
      }),
      { numRuns: RUNS }
    );
  });

  it('no way up to the rank has fewer points: every way is tried, with six criteria open', () => {
    const open = [
      '5.1',
      '5.2',
      ...criteriaOf(set).flatMap(({ code, max }) => (max >= 3 && code !== '5.1' ? [code] : []))
    ];
    const some = fc.subarray(open, { minLength: 4, maxLength: 6 });
    fc.assert(
      fc.property(arbitraryAnswers(set), some, star, (answers, left, wanted) => {
        const sheet = fillBut(set, answers, left);
        expect(gapTo(set, sheet, wanted).pointsAfter).toBe(fewestPoints(set, sheet, left, wanted));
      }),
      { numRuns: RUNS }
    );
  });
});

const itemsOf = (gap: Gap): GapItem[] => [...gap.oneStep, ...gap.moreSteps, ...gap.unseen, ...gap.morePoints];

/** The sheet after everything a gap lists has been done. */
function meet(set: CriteriaSet, answers: Answers, gap: Gap): Answers {
  const choiceByCriterion = { ...answers.choiceByCriterion };
  const caseByCriterion = { ...answers.caseByCriterion };
  for (const { code, option } of itemsOf(gap)) {
    choiceByCriterion[code] = { option };
    const chosenCase = option === null ? undefined : optionAt(set, code, option)?.case?.code;
    if (chosenCase !== undefined) caseByCriterion[code] = chosenCase;
  }
  return { ...answers, choiceByCriterion, caseByCriterion };
}

const optionAt = (set: CriteriaSet, code: string, option: number) =>
  criteriaOf(set).find((criterion) => criterion.code === code)?.options[option];

/** The sheet with its best option at every criterion but those left open, where it stays as it is. */
function fillBut(set: CriteriaSet, answers: Answers, open: readonly string[]): Answers {
  return {
    choiceByCriterion: Object.fromEntries(
      criteriaOf(set).flatMap(({ code, max, options }) => {
        const before = answers.choiceByCriterion[code];
        if (!open.includes(code)) return [[code, { option: options.findIndex(({ points }) => points === max) }]];
        return before === undefined ? [] : [[code, before]];
      })
    )
  };
}

/** The least total that reaches the rank with nothing lowered, by trying every combination of the open criteria. */
function fewestPoints(set: CriteriaSet, sheet: Answers, open: readonly string[], wanted: MarkedStar): number {
  const ladders = criteriaOf(set).map(({ code, options }) => {
    const chosen = sheet.choiceByCriterion[code]?.option ?? null;
    const own = chosen === null ? 0 : (options[chosen]?.points ?? 0);
    const demanded = Math.max(0, ...options.map((each) => ((each.minimumForStar ?? 9) <= wanted ? each.points : 0)));
    const levels = [...new Set([0, ...options.map(({ points }) => points)])];
    return {
      code,
      levels: open.includes(code) ? levels.filter((points) => points >= own && points >= demanded) : [own]
    };
  });
  let fewest = Infinity;
  const climb = (index: number, total: number, hasStory: boolean): void => {
    const ladder = ladders[index];
    if (ladder === undefined) {
      if (total >= THRESHOLD[wanted]) fewest = Math.min(fewest, total);
      return;
    }
    for (const points of ladder.levels) {
      const counts = ladder.code !== '5.2' || hasStory || set.number === 26;
      climb(index + 1, total + (counts ? points : 0), ladder.code === '5.1' ? points > 0 : hasStory);
    }
  };
  climb(0, 0, false);
  return fewest;
}
