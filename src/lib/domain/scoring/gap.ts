// What is missing for a rank: the minimums missed, and the fewest points still needed.
import { type CriteriaSet, type Criterion, MARKED_STARS, type MarkedStar, criteriaOf } from '../criteria/set.ts';
import { type Level, demandedPoints, levelsOf } from './level.ts';
import { THRESHOLD } from './rank.ts';
import { type Answers, type CriterionScore, caseOf, dependsOn, pointsOf, scoreAssessment, stateOf } from './score.ts';

/** One criterion to raise. */
export interface GapItem {
  readonly code: string;
  /** Points there now; null: not looked at. */
  readonly from: number | null;
  readonly to: number;
  readonly gain: number;
  /** How many levels of the criterion's ladder lie between. */
  readonly steps: number;
  /** Index of the option that gives `to`. */
  readonly option: number | null;
  /** The rank whose minimum this meets (the lowest one missed); null: for points only. */
  readonly star: MarkedStar | null;
}

export interface Gap {
  readonly star: MarkedStar;
  /** The points now and those that the rank needs. */
  readonly points: number;
  readonly needed: number;
  /** How many minimums are missed, and what meeting them all adds to the total. */
  readonly minimums: { readonly count: number; readonly gain: number };
  /** Points that still lack after all minimums are met. */
  readonly stillLacking: number;
  /** Minimums missed that lie one level up, cheapest (greatest gain) first. */
  readonly oneStep: readonly GapItem[];
  readonly moreSteps: readonly GapItem[];
  /** Minimums missed at criteria that have not been looked at. */
  readonly unseen: readonly GapItem[];
  /** Raises that together give `stillLacking`: the least total that reaches the rank, by the fewest levels. */
  readonly morePoints: readonly GapItem[];
  /** The total when everything above is done. */
  readonly pointsAfter: number;
}

/**
 * What raises an assessment to a rank with the fewest points: nothing is lowered, every minimum of the rank and of
 * those below is met at its least option, then the cheapest raises are added until the points suffice. Disqualifiers
 * are left aside: they end the estimate whatever the points.
 * @returns all groups empty when the rank is reached
 */
export function gapTo(set: CriteriaSet, answers: Answers, star: MarkedStar): Gap {
  const score = scoreAssessment(set, answers);
  const rungs = criteriaOf(set).map((criterion) => rungOf(criterion, answers, score.byCriterion, star));
  const plan = cheapestPlan(clustersOf(rungs), THRESHOLD[star]);

  const minimums = rungs.flatMap((rung) => minimumItem(rung) ?? []);
  const morePoints = rungs.flatMap((rung) => extraItem(rung, plan.levels.get(rung.criterion.code)) ?? []);
  const withMinimums = totalOf(clustersOf(rungs), (rung) => rung.floor);
  const byGain = (items: readonly GapItem[]) => items.toSorted(cheapestFirst);
  return {
    star,
    points: score.got,
    needed: THRESHOLD[star],
    minimums: { count: minimums.length, gain: withMinimums - score.got },
    stillLacking: Math.max(0, THRESHOLD[star] - withMinimums),
    oneStep: byGain(minimums.filter((item) => item.from !== null && item.steps === 1)),
    moreSteps: byGain(minimums.filter((item) => item.from !== null && item.steps > 1)),
    unseen: byGain(minimums.filter((item) => item.from === null)),
    morePoints: byGain(morePoints),
    pointsAfter: plan.total
  };
}

/** A criterion on its ladder: where it stands, and where the rank wants it at least. */
interface Rung {
  readonly criterion: Criterion;
  readonly levels: readonly Level[];
  readonly seen: boolean;
  /** Index in `levels` of its own choice, whatever it depends on. */
  readonly own: number;
  /** Index in `levels` of the least that may stand: its own choice, or the rank's minimum above it. */
  readonly floor: number;
  /** Points that the rank demands here, 0 where none. */
  readonly demanded: number;
  readonly missed: MarkedStar | null;
  readonly dependsOn: string | null;
}

function rungOf(
  criterion: Criterion,
  answers: Answers,
  scores: ReadonlyMap<string, CriterionScore>,
  star: MarkedStar
): Rung {
  const chosenCase = caseOf(criterion, answers);
  const levels = levelsOf(criterion, chosenCase);
  const score = scores.get(criterion.code);
  const own = indexOfPoints(levels, pointsOf(stateOf(criterion, answers)));
  const demanded = demandedPoints(criterion, chosenCase, star);
  const missed = score?.missed ?? null;
  return {
    criterion,
    levels,
    seen: score?.looked ?? false,
    own,
    floor: Math.max(own, indexOfPoints(levels, demanded)),
    demanded,
    missed: missed !== null && missed <= star ? missed : null,
    dependsOn: dependsOn(criterion)
  };
}

const indexOfPoints = (levels: readonly Level[], points: number): number =>
  Math.max(
    0,
    levels.findIndex((level) => level.points >= points)
  );

/** The raise that meets a missed minimum. */
function minimumItem(rung: Rung): GapItem | null {
  return rung.missed === null || rung.floor === rung.own ? null : itemBetween(rung, rung.own, rung.floor, rung.missed);
}

/** The raise beyond the minimum that the plan asks for. */
function extraItem(rung: Rung, planned: number | undefined): GapItem | null {
  return planned === undefined || planned <= rung.floor ? null : itemBetween(rung, rung.floor, planned, null);
}

function itemBetween(rung: Rung, from: number, to: number, star: MarkedStar | null): GapItem {
  const before = rung.levels[from]?.points ?? 0;
  const after = rung.levels[to];
  const points = after?.points ?? 0;
  const untouched = !rung.seen && from === rung.own;
  return {
    code: rung.criterion.code,
    from: untouched ? null : before,
    to: points,
    gain: points - before,
    steps: to - from,
    option: after?.option ?? null,
    star
  };
}

/** The greater gain first, then the lower rank, then the order of the sheet (the sort is stable). */
function cheapestFirst(a: GapItem, b: GapItem): number {
  return b.gain - a.gain || (a.star ?? LAST) - (b.star ?? LAST);
}
const LAST = MARKED_STARS.length + MARKED_STARS[0];

/** Criteria that must be decided together: one, and those that count only where it has points. */
interface Cluster {
  readonly base: Rung;
  readonly dependents: readonly Rung[];
}

function clustersOf(rungs: readonly Rung[]): Cluster[] {
  return rungs
    .filter((rung) => rung.dependsOn === null)
    .map((base) => ({ base, dependents: rungs.filter((rung) => rung.dependsOn === base.criterion.code) }));
}

function totalOf(clusters: readonly Cluster[], level: (rung: Rung) => number): number {
  const points = (rung: Rung) => rung.levels[level(rung)]?.points ?? 0;
  return clusters.reduce(
    (total, { base, dependents }) =>
      total + points(base) + (points(base) > 0 ? dependents.reduce((sum, dependent) => sum + points(dependent), 0) : 0),
    0
  );
}

/** One way to leave a cluster: what it gives, how many levels it costs, which level each criterion gets. */
interface Way {
  readonly points: number;
  readonly steps: number;
  readonly levels: readonly (readonly [code: string, level: number])[];
}

/** Every way that lowers nothing and meets the minimums, cheapest per number of points. */
function waysOf({ base, dependents }: Cluster): Way[] {
  let ways = waysUp(base);
  for (const dependent of dependents) {
    ways = ways.flatMap((way) => {
      if (way.points === 0) {
        // Without the base a dependent counts 0 and is left alone, unless the rank demands something of it.
        return dependent.demanded > 0 ? [] : [way];
      }
      return waysUp(dependent).map((up) => ({
        points: way.points + up.points,
        steps: way.steps + up.steps,
        levels: [...way.levels, ...up.levels]
      }));
    });
  }
  const cheapest = new Map<number, Way>();
  for (const way of ways) {
    const known = cheapest.get(way.points);
    if (known === undefined || way.steps < known.steps) cheapest.set(way.points, way);
  }
  return [...cheapest.values()];
}

const waysUp = (rung: Rung): Way[] =>
  rung.levels.flatMap(({ points }, level) =>
    level < rung.floor ? [] : [{ points, steps: level - rung.own, levels: [[rung.criterion.code, level] as const] }]
  );

/**
 * The least total that reaches the threshold, and the fewest levels that give it: a knapsack over exact totals
 * (0–100), so that "fewest" is exact and not a greedy guess.
 */
function cheapestPlan(
  clusters: readonly Cluster[],
  threshold: number
): { total: number; levels: ReadonlyMap<string, number> } {
  interface Reached {
    readonly steps: number;
    readonly way: Way | null;
    readonly before: Reached | null;
  }
  let reached = new Map<number, Reached>([[0, { steps: 0, way: null, before: null }]]);
  for (const cluster of clusters) {
    const next = new Map<number, Reached>();
    const ways = waysOf(cluster);
    for (const [total, before] of reached) {
      for (const way of ways) {
        const steps = before.steps + way.steps;
        const known = next.get(total + way.points);
        if (known === undefined || steps < known.steps) next.set(total + way.points, { steps, way, before });
      }
    }
    reached = next;
  }

  // A set's maxima add up to 100 and its best options meet every minimum, so some total always suffices.
  const total = Math.min(...[...reached.keys()].filter((points) => points >= threshold));
  const levels = new Map<string, number>();
  for (let at = reached.get(total) ?? null; at !== null; at = at.before) {
    for (const [code, level] of at.way?.levels ?? []) levels.set(code, level);
  }
  return { total, levels };
}
