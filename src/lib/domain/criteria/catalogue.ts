// The list of criteria sets, small enough to be there from the start: names without the sheets.
import entries from './catalogue.json';
import type { Bilingual } from './set.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly version: number;
  /** Number of the set in annex II, 1–26. */
  readonly number: number;
  readonly line: Bilingual & { readonly code: string };
  readonly group: Bilingual;
  readonly name: Bilingual;
  /** How many criteria the set has, for progress in lists. */
  readonly criteria: number;
}

/** All sets in the order of annex II, every version that this build knows. */
export const CATALOGUE: readonly CatalogueEntry[] = entries;

const newestById = new Map<string, CatalogueEntry>();
for (const entry of CATALOGUE) {
  const known = newestById.get(entry.id);
  if (known === undefined || known.version < entry.version) newestById.set(entry.id, entry);
}

/** The newest version of a set: what a new assessment is opened with. Undefined for an unknown id. */
export function newestSet(id: string): CatalogueEntry | undefined {
  return newestById.get(id);
}

/** One entry per set, its newest version, in the order of annex II: what a product may be assigned to. */
export function offeredSets(): readonly CatalogueEntry[] {
  return [...newestById.values()];
}
