// Who depends on whom in a form: the order of evaluation, what to look at again, and cycles.
import { referencesOf } from './expression/references.ts';
import type { Expression } from './expression/syntax.ts';
import type { Dependant, Item } from './form.ts';

export interface Dependencies {
  /** See `Form.order`; incomplete when there is a cycle. */
  readonly order: readonly Item[];
  readonly dependantsByName: ReadonlyMap<string, readonly Dependant[]>;
  /** Names around a cycle of relevance and calculations, or null. */
  readonly cycle: readonly string[] | null;
}

/**
 * @param items all items of a form, parents before children
 */
export function dependencies(items: readonly Item[]): Dependencies {
  const dependantsByName = new Map<string, Dependant[]>();
  const depend = (on: string, dependant: Dependant): void => {
    const list = dependantsByName.get(on) ?? [];
    const known = list.some(
      ({ item, part, allRows }) => item === dependant.item && part === dependant.part && allRows === dependant.allRows
    );
    if (!known) list.push(dependant);
    dependantsByName.set(on, list);
  };
  for (const item of items) {
    // What is hidden hides what it holds; a repeat's children follow it in all rows.
    if (item.parent !== null) depend(item.parent.name, { item, part: 'value', allRows: item.parent.kind === 'repeat' });
    for (const [part, expression] of expressionsOf(item)) {
      for (const { name, allRows } of referencesOf(expression).questions) depend(name, { item, part, allRows });
    }
  }
  return { ...sort(items, dependantsByName), dependantsByName };
}

function expressionsOf(item: Item): ['value' | 'check', Expression][] {
  const values = [item.relevant, item.kind === 'question' ? item.calculation : null];
  const checks =
    item.kind === 'question'
      ? [item.constraint, item.warning, item.choiceFilter, typeof item.required === 'boolean' ? null : item.required]
      : [];
  const found: ['value' | 'check', Expression][] = [];
  for (const expression of values) if (expression !== null) found.push(['value', expression]);
  for (const expression of checks) if (expression !== null) found.push(['check', expression]);
  return found;
}

/** Depth first over "must come before"; a step onto the path itself is a cycle. */
function sort(
  items: readonly Item[],
  dependantsByName: ReadonlyMap<string, readonly Dependant[]>
): Pick<Dependencies, 'order' | 'cycle'> {
  const done = new Set<Item>();
  const path: Item[] = [];
  const reversed: Item[] = [];
  const visit = (item: Item): readonly string[] | null => {
    if (done.has(item)) return null;
    const start = path.indexOf(item);
    if (start >= 0) return [...path.slice(start), item].map(({ name }) => name);
    path.push(item);
    const dependants = dependantsByName.get(item.name) ?? [];
    for (let i = dependants.length - 1; i >= 0; i--) {
      const dependant = dependants[i];
      if (dependant?.part !== 'value') continue;
      const cycle = visit(dependant.item);
      if (cycle !== null) return cycle;
    }
    path.pop();
    done.add(item);
    reversed.push(item);
    return null;
  };
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    const cycle = item === undefined ? null : visit(item);
    if (cycle !== null) return { order: [], cycle };
  }
  return { order: reversed.reverse(), cycle: null };
}
