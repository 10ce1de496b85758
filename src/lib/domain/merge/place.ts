// The places of a document: a field, an entry of a map, a cell of a repeat's row; reading and writing one by its path.
import { type AnyDocument } from './rival.ts';

/**
 * `['name']`, `['answers', 'workers']`, `['answers', 'years', '<row id>', 'revenue']`,
 * `['choiceByCriterion', '1.4', 'option']`.
 */
export type Path = readonly string[];

/** What stands at a place; undefined = nothing. */
export function valueAt(doc: AnyDocument, path: Path): unknown {
  let value: unknown = doc;
  for (const step of path) value = Array.isArray(value) ? value.find((row) => keyOf(row) === step) : own(value, step);
  return value;
}

/** The document with another value at a place; undefined takes away what stands there. */
export function withValueAt(doc: AnyDocument, path: Path, value: unknown): AnyDocument {
  return { ...mapOf(put(doc, path, value)), _id: doc._id };
}

/** A value as a map; an empty one where it is none. */
export function mapOf(value: unknown): Record<string, unknown> {
  return isMap(value) ? Object.fromEntries(Object.entries(value)) : {};
}

export function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An entry that the map itself has: a question may be called `constructor`. */
export function own(map: unknown, name: string): unknown {
  return isMap(map) && Object.hasOwn(map, name) ? Object.getOwnPropertyDescriptor(map, name)?.value : undefined;
}

/** What names a row among its list: the id of a repeat's row; who remarked what, when; '' where nothing does. */
export function keyOf(row: unknown): string {
  const id = own(row, '_id');
  if (typeof id === 'string') return id;
  const [at, by, target] = [own(row, 'at'), own(row, 'by'), own(row, 'target')];
  return typeof at === 'string' && typeof by === 'string' ? [at, by, String(target ?? '')].join(' ') : '';
}

function put(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(whole)) {
    const isThere = whole.some((row) => keyOf(row) === step);
    const rows: unknown[] = isThere ? whole : [...(whole as unknown[]), undefined];
    return rows.flatMap((row) => {
      if (row !== undefined && keyOf(row) !== step) return [row];
      const changed = put(row ?? { _id: step }, rest, value);
      return changed === undefined ? [] : [changed];
    });
  }
  const changed = put(own(whole, step), rest, value);
  if (whole === undefined && changed === undefined) return undefined;
  const map = mapOf(whole);
  if (Object.hasOwn(map, step) && changed !== undefined) {
    return Object.fromEntries(Object.entries(map).map(([name, old]) => [name, name === step ? changed : old]));
  }
  const others = Object.entries(map).filter(([name]) => name !== step);
  return Object.fromEntries(changed === undefined ? others : [...others, [step, changed]]);
}
