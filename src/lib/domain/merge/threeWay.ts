// Merges three states of a JSON value, place by place, and notes who changed what and what cannot be merged.
import { type Path, isMap, keyOf, mapOf, own } from './place.ts';
import { isEqual } from './rival.ts';

/** One place at which both sides said something of their own. */
export interface Clash {
  readonly path: Path;
  /** What both started from; undefined also when that is not known. */
  readonly base: unknown;
  /** undefined = nothing stands there (any more). */
  readonly mine: unknown;
  readonly theirs: unknown;
}

export type Side = 'mine' | 'theirs';

/** Three states of one value. */
export interface Three {
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Merges what stands at a place. */
type Rule = (path: Path, three: Three) => unknown;

/** The choice that excludes all others of its list, by the convention of the survey forms. */
const NONE = 'none';

/**
 * | value                         | both changed it since the base                                                   |
 * |-------------------------------|----------------------------------------------------------------------------------|
 * | plain                         | clash, unless they agree                                                         |
 * | map                           | entry by entry                                                                   |
 * | list of texts (a set)         | what both kept, and what either added; `none` beside anything else is a clash    |
 * | list of rows with ids         | row by row, cell by cell; a row that one side took out and the other changed: clash |
 * | anything else                 | like a plain value                                                               |
 *
 * What only one side changed is that side's. Where no base is known, every difference is a clash. The outcome does not
 * depend on which side is called mine, but for clashing places: there, `mine` stands until a person has chosen.
 */
export class ThreeWay {
  readonly clashes: Clash[] = [];
  /** Places that only this side changed, or (in sets) both did without contradiction. */
  readonly changed: Readonly<Record<Side, Path[]>> = { mine: [], theirs: [] };
  readonly #isBaseKnown: boolean;

  constructor(isBaseKnown: boolean) {
    this.#isBaseKnown = isBaseKnown;
  }

  readonly plain: Rule = (path, { base, mine, theirs }) => {
    if (isEqual(mine, theirs)) return mine;
    if (this.#isBaseKnown && isEqual(mine, base)) return this.#taken('theirs', path, theirs);
    if (this.#isBaseKnown && isEqual(theirs, base)) return this.#taken('mine', path, mine);
    this.clashes.push({ path, base, mine, theirs });
    return mine;
  };

  /** A map whose entries are merged one by one. */
  map(path: Path, three: Three, entry: Rule): unknown {
    const { base, mine, theirs } = three;
    const sides = [mine, theirs].filter((side) => side !== undefined);
    if (isEqual(mine, theirs) || !sides.every(isMap)) return this.plain(path, three);
    const names = new Set([base, mine, theirs].flatMap((side) => Object.keys(mapOf(side))));
    const merged = [...names].flatMap((name) => {
      const of = { base: own(base, name), mine: own(mine, name), theirs: own(theirs, name) };
      const value = entry([...path, name], of);
      return value === undefined ? [] : [[name, value] as const];
    });
    // An empty map and none at all say the same.
    return merged.length === 0 && sides.length < 2 ? undefined : Object.fromEntries(merged);
  }

  readonly set: Rule = (path, three) => {
    const { base, mine, theirs } = three;
    const [b, m, t] = [textsOf(base), textsOf(mine), textsOf(theirs)];
    const isOneSided = isEqual(mine, theirs) || isEqual(mine, base) || isEqual(theirs, base);
    if (!this.#isBaseKnown || isOneSided || b === null || m === null || t === null) return this.plain(path, three);
    // Added ones in an order that is the same on both sides.
    const added = [...new Set([...m, ...t])].filter((one) => !b.includes(one)).sort();
    const merged = [...b.filter((one) => m.includes(one) && t.includes(one)), ...added];
    const isContradiction = (list: readonly string[]) => list.includes(NONE) && list.length > 1;
    if (isContradiction(merged) && !isContradiction(m) && !isContradiction(t)) return this.plain(path, three);
    this.changed.mine.push(path);
    this.changed.theirs.push(path);
    return merged;
  };

  readonly rows: Rule = (path, three) => {
    const { base, mine, theirs } = three;
    const [b, m, t] = [rowsOf(base), rowsOf(mine), rowsOf(theirs)];
    if (isEqual(mine, theirs) || b === null || m === null || t === null) return this.plain(path, three);
    const added = [...new Set([...m.keys(), ...t.keys()])].filter((key) => !b.has(key)).sort();
    return [...b.keys(), ...added].flatMap((key) => {
      const row = this.#row([...path, key], { base: b.get(key), mine: m.get(key), theirs: t.get(key) });
      return row === undefined ? [] : [row];
    });
  };

  /** An answer of a survey: plain, a set of choices, or the rows of a repeat. */
  readonly answer: Rule = (path, three) => {
    const lists = [three.base, three.mine, three.theirs].filter(Array.isArray);
    if (lists.length === 0) return this.plain(path, three);
    return lists.every((list) => textsOf(list) !== null) ? this.set(path, three) : this.rows(path, three);
  };

  /** What was chosen at a criterion: the option, its note. */
  readonly choice: Rule = (path, three) => {
    if (three.mine === undefined || three.theirs === undefined) return this.plain(path, three);
    return this.map(path, three, this.plain);
  };

  #row(path: Path, three: Three): unknown {
    if (three.mine === undefined || three.theirs === undefined) return this.plain(path, three);
    return this.map(path, three, this.answer);
  }

  #taken<T>(side: Side, path: Path, value: T): T {
    this.changed[side].push(path);
    return value;
  }
}

/** A list of texts, or nothing as an empty one; null for any other value. */
function textsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}

/** Rows by what names them; null when something else stands there, or a name twice. */
function rowsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (value === undefined || value === null) return new Map();
  if (!Array.isArray(value)) return null;
  const rows = new Map(value.map((row: unknown) => [keyOf(row), row]));
  return rows.size === value.length && !rows.has('') ? rows : null;
}
