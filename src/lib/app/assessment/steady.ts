// Keeps what a tap did not change the same object, so that only the criterion tapped and the totals are drawn again.
import type { Score } from '#lib/domain/scoring/score.ts';

/**
 * The new score with every criterion, section and part that did not change taken from the one before.
 * @param before null at the first time
 */
export function steady(before: Score | null, next: Score): Score {
  if (before === null) return next;
  return {
    ...next,
    byCriterion: keep(before.byCriterion, next.byCriterion),
    bySection: keep(before.bySection, next.bySection),
    byParent: keep(before.byParent, next.byParent)
  };
}

function keep<T extends object>(before: ReadonlyMap<string, T>, next: ReadonlyMap<string, T>): Map<string, T> {
  const kept = new Map<string, T>();
  for (const [code, value] of next) {
    const old = before.get(code);
    kept.set(code, old !== undefined && isSame(old, value) ? old : value);
  }
  return kept;
}

/** Whether two scores say the same; `state` and `blocked` are small objects of their own. */
function isSame(a: object, b: object): boolean {
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => isEqual(value, right.get(key)));
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && isSame(a, b);
}
