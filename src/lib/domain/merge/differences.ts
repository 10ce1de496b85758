// Where two versions of one document differ, place by place, and how choices make one document of them again.
import { type AnyDocument, STAMP_FIELDS, isEqual } from './rival.ts';

/** One place at which two versions differ. */
export interface Difference {
  /** `['name']`, or two steps: `['answers', 'workers']`, `['choiceByCriterion', '1.4']`. */
  readonly path: readonly [string] | readonly [string, string];
  /** undefined = nothing stands there. */
  readonly mine: unknown;
  readonly theirs: unknown;
  /** What both started from; undefined also when the base is not known. */
  readonly base: unknown;
  /** The side that alone has changed the place since the base; null = both did, or the base is not known. */
  readonly changedBy: 'mine' | 'theirs' | null;
}

/** What a person chose for one place. */
export type Choice = 'mine' | 'theirs' | { readonly value: unknown };

/** Maps whose entries are chosen one by one: by question, by criterion, by fact of a person. */
const MAPS: ReadonlySet<string> = new Set([
  'answers',
  'overrides',
  'choiceByCriterion',
  'noteByCriterion',
  'caseByCriterion',
  'representative'
]);

/** Fields that mean something only together with another one, and go the way that one goes. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = { status: ['trail', 'totals'] };

/** Fields that follow from others, or say who saved: nothing for a person to choose. */
const SILENT: ReadonlySet<string> = new Set([...STAMP_FIELDS, 'progress', ...Object.values(COMPANIONS).flat()]);

/**
 * The places at which two versions differ, in the order of the fields of the own one.
 * @param base what both started from; null when it is not known
 */
export function differences(mine: AnyDocument, theirs: AnyDocument, base: AnyDocument | null): Difference[] {
  const found: Difference[] = [];
  for (const field of namesOf(mine, theirs)) {
    if (SILENT.has(field)) continue;
    if (!MAPS.has(field)) {
      const isMoved = (COMPANIONS[field] ?? []).some((name) => !isEqual(mine[name], theirs[name]));
      const one = compare([field], mine[field], theirs[field], base?.[field], base !== null);
      if (one !== null) found.push(one);
      else if (isMoved) found.push({ ...same([field], mine[field]), base: base?.[field], changedBy: null });
      continue;
    }
    const [left, right, origin] = [mapOf(mine[field]), mapOf(theirs[field]), mapOf(base?.[field])];
    for (const entry of namesOf(left, right)) {
      const one = compare([field, entry], own(left, entry), own(right, entry), own(origin, entry), base !== null);
      if (one !== null) found.push(one);
    }
  }
  return found;
}

/**
 * Makes one document of two versions.
 * @param choose the choice for each difference, see `differences`; stamps are the caller's (storage sets them)
 */
export function applyChoices(
  mine: AnyDocument,
  theirs: AnyDocument,
  base: AnyDocument | null,
  choose: (difference: Difference) => Choice
): AnyDocument {
  const merged: { _id: string; [field: string]: unknown } = { ...mine };
  for (const difference of differences(mine, theirs, base)) {
    const choice = choose(difference);
    if (choice === 'mine') continue;
    const value = choice === 'theirs' ? difference.theirs : choice.value;
    const [field, entry] = difference.path;
    if (entry !== undefined) {
      merged[field] = withEntry(mapOf(merged[field]), entry, value);
      continue;
    }
    put(merged, field, value);
    if (choice === 'theirs') for (const name of COMPANIONS[field] ?? []) put(merged, name, theirs[name]);
  }
  return merged;
}

function compare(
  path: Difference['path'],
  mine: unknown,
  theirs: unknown,
  base: unknown,
  isBaseKnown: boolean
): Difference | null {
  if (isEqual(mine, theirs)) return null;
  const changedBy = !isBaseKnown ? null : isEqual(mine, base) ? 'theirs' : isEqual(theirs, base) ? 'mine' : null;
  return { path, mine, theirs, base, changedBy };
}

const same = (path: Difference['path'], value: unknown) => ({ path, mine: value, theirs: value });

/** A question may be called `constructor`. */
const own = (map: Record<string, unknown>, name: string): unknown => (Object.hasOwn(map, name) ? map[name] : undefined);

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function withEntry(map: Record<string, unknown>, entry: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([
    ...Object.entries(map).filter(([name]) => name !== entry),
    ...(value === undefined ? [] : [[entry, value]])
  ]);
}

function put(doc: { [field: string]: unknown }, field: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(doc, field);
  else doc[field] = value;
}
