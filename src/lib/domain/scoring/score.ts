// Turns what was chosen on a sheet into points, ranks and an estimate.
import { type CriteriaSet, type Criterion, type CriterionRule, type MarkedStar, criteriaOf } from '../criteria/set.ts';
import type { Assessment } from '../document/document.ts';
import { type Ending, endingsOf } from './ending.ts';
import { demandedPoints, markedStars, offeredOptions } from './level.ts';
import { type Star, lowerRank, rankByMinimums, rankByPoints } from './rank.ts';

/** What scoring reads of an assessment. */
export type Answers = Pick<Assessment, 'choiceByCriterion' | 'caseByCriterion' | 'disqualified'>;

/** unseen: not looked at · notReached: looked at, no option reached · option: this one was chosen. */
export type CriterionState =
  | { readonly kind: 'unseen' }
  | { readonly kind: 'notReached' }
  | { readonly kind: 'option'; readonly index: number; readonly points: number };

/** Points of a criterion or of what holds it; `got + unseen + lost = max`. */
export interface Points {
  readonly max: number;
  readonly got: number;
  /** Still reachable at criteria that have not been looked at. */
  readonly unseen: number;
  /** Out of reach with the options chosen. */
  readonly lost: number;
}

export interface CriterionScore extends Points {
  readonly code: string;
  readonly state: CriterionState;
  /** The alternative case in force (set 26), null where there is none or none has been chosen. */
  readonly case: string | null;
  /**
   * Set where the criterion counts 0 because the one it depends on has no points (5.2: only where there is a story).
   * `settled`: that one has been looked at, so there is nothing to look at here. The choice itself is kept
   * and counts again as soon as there is a story.
   */
  readonly blocked: { readonly by: string; readonly settled: boolean } | null;
  /** The lowest star whose minimum is missed here, null where all are met or none stands. */
  readonly missed: MarkedStar | null;
  /** The highest star whose minimum and all lower ones here are met, null where there is none. */
  readonly met: MarkedStar | null;
  /** Whether it counts as progress. */
  readonly looked: boolean;
}

export interface GroupScore extends Points {
  readonly code: string;
}

export interface Score extends Points {
  readonly byCriterion: ReadonlyMap<string, CriterionScore>;
  readonly bySection: ReadonlyMap<string, GroupScore>;
  /** The middle level of sets 11 and 13. */
  readonly byParent: ReadonlyMap<string, GroupScore>;
  /** A, B, C in this order. */
  readonly parts: readonly GroupScore[];
  readonly rankByPoints: Star;
  readonly rankByMinimums: Star;
  /** The lower of the two ranks; null when something ended the assessment. */
  readonly estimate: Star | null;
  /** The disqualifiers that were ticked, in the order of the sheet. */
  readonly endings: readonly Ending[];
  /** Criteria looked at, out of all. */
  readonly progress: { readonly done: number; readonly of: number };
}

/**
 * Scores an assessment by its set. Total: codes and option numbers that the set does not know are as if absent,
 * for a merge of two devices' edits may bring them.
 * @param set the very version that the assessment was opened with
 */
export function scoreAssessment(set: CriteriaSet, answers: Answers): Score {
  const byCriterion = new Map<string, CriterionScore>();
  for (const criterion of criteriaOf(set)) {
    const blocked = blockOf(criterion, set, answers);
    byCriterion.set(criterion.code, scoreCriterion(criterion, answers, blocked));
  }
  const scored = [...byCriterion.values()];

  const bySection = new Map<string, GroupScore>();
  const byParent = new Map<string, GroupScore>();
  const parts = set.parts.map((part): GroupScore => {
    const sections = part.sections.map((section): GroupScore => {
      const inside = section.criteria.flatMap(({ code }) => byCriterion.get(code) ?? []);
      return { code: section.code, ...add(inside) };
    });
    for (const section of sections) bySection.set(section.code, section);
    return { code: part.code, ...add(sections) };
  });
  for (const { parent, code } of criteriaOf(set)) {
    const score = byCriterion.get(code);
    if (parent === undefined || score === undefined) continue;
    const before = byParent.get(parent.code);
    byParent.set(parent.code, { code: parent.code, ...add(before === undefined ? [score] : [before, score]) });
  }

  const total = add(parts);
  const byPoints = rankByPoints(total.got);
  const byMinimums = rankByMinimums(scored.map(({ missed }) => missed));
  const ticked = new Set(answers.disqualified);
  const endings = endingsOf(set).filter(({ key }) => ticked.has(key));
  return {
    ...total,
    byCriterion,
    bySection,
    byParent,
    parts,
    rankByPoints: byPoints,
    rankByMinimums: byMinimums,
    estimate: endings.length > 0 ? null : lowerRank(byPoints, byMinimums),
    endings,
    progress: { done: scored.filter(({ looked }) => looked).length, of: scored.length }
  };
}

/** The case in force at a criterion: the one recorded, else the one that the chosen option belongs to. */
export function caseOf(criterion: Criterion, answers: Answers): string | null {
  const recorded = answers.caseByCriterion?.[criterion.code];
  if (recorded !== undefined && criterion.options.some((option) => option.case?.code === recorded)) return recorded;
  const chosen = answers.choiceByCriterion[criterion.code]?.option;
  return chosen === undefined || chosen === null ? null : (criterion.options[chosen]?.case?.code ?? null);
}

/** What was chosen at a criterion; an option outside the case in force is as if nothing had been chosen. */
export function stateOf(criterion: Criterion, answers: Answers): CriterionState {
  const choice = answers.choiceByCriterion[criterion.code];
  if (choice === undefined) return { kind: 'unseen' };
  if (choice.option === null) return { kind: 'notReached' };
  const option = criterion.options[choice.option];
  if (option === undefined || !offeredOptions(criterion, caseOf(criterion, answers)).includes(choice.option)) {
    return { kind: 'unseen' };
  }
  return { kind: 'option', index: choice.option, points: option.points };
}

/** The points of a state by itself, whatever it depends on. */
export function pointsOf(state: CriterionState): number {
  return state.kind === 'option' ? state.points : 0;
}

/** The code that a criterion depends on, null where it stands alone. */
export function dependsOn(criterion: Criterion): string | null {
  return criterion.rules?.find((rule): rule is DependsRule => rule.type === 'depends')?.on ?? null;
}

type DependsRule = Extract<CriterionRule, { type: 'depends' }>;

function blockOf(criterion: Criterion, set: CriteriaSet, answers: Answers): CriterionScore['blocked'] {
  const by = dependsOn(criterion);
  const base = by === null ? undefined : criteriaOf(set).find(({ code }) => code === by);
  if (base === undefined) return null;
  const state = stateOf(base, answers);
  return pointsOf(state) > 0 ? null : { by: base.code, settled: state.kind !== 'unseen' };
}

function scoreCriterion(criterion: Criterion, answers: Answers, blocked: CriterionScore['blocked']): CriterionScore {
  const state = stateOf(criterion, answers);
  const chosenCase = caseOf(criterion, answers);
  const points = spread(criterion, state, blocked);
  const marks = markedStars(criterion, chosenCase);
  const missed = marks.find((star) => points.got < demandedPoints(criterion, chosenCase, star)) ?? null;
  const met = marks.findLast((star) => missed === null || star < missed) ?? null;
  const looked = state.kind !== 'unseen' || blocked?.settled === true;
  return { code: criterion.code, ...points, state, case: chosenCase, blocked, missed, met, looked };
}

function spread({ max }: Criterion, state: CriterionState, blocked: CriterionScore['blocked']): Points {
  if (blocked?.settled) return { max, got: 0, unseen: 0, lost: max };
  const reachable = state.kind === 'unseen' ? max : pointsOf(state);
  // Waiting for the criterion it depends on: nothing is got yet, what was chosen is still reachable.
  if (blocked !== null || state.kind === 'unseen') return { max, got: 0, unseen: reachable, lost: max - reachable };
  return { max, got: reachable, unseen: 0, lost: max - reachable };
}

function add(items: readonly Points[]): Points {
  let max = 0;
  let got = 0;
  let unseen = 0;
  let lost = 0;
  for (const item of items) {
    max += item.max;
    got += item.got;
    unseen += item.unseen;
    lost += item.lost;
  }
  return { max, got, unseen, lost };
}
