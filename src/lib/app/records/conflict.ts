// A conflict as its screen shows it: the places that a person has to choose, the rest merged by itself.
import { type CriteriaSet } from '#lib/domain/criteria/set.ts';
import { loadSet } from '#lib/domain/criteria/load.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { type Choice, merge, resolve } from '#lib/domain/merge/merge.ts';
import type { Clash } from '#lib/domain/merge/threeWay.ts';
import { type Conflict, type Decision, conflictOf, decide } from '#lib/storage/conflicts.ts';
import type { Store } from '#lib/storage/store.ts';

export type { Choice } from '#lib/domain/merge/merge.ts';
export type { Clash } from '#lib/domain/merge/threeWay.ts';
export type { Conflict } from '#lib/storage/conflicts.ts';

export interface ConflictFile {
  readonly conflict: Conflict;
  /** The name of the producer or product that the record is, or is about. */
  readonly name: string;
  /** Both sides changed these, or nobody knows who did: a person chooses. */
  readonly open: readonly Clash[];
  /** How many places only one side changed: that side's value stands. */
  readonly merged: number;
  /** To put an assessment's places into words; null for other records, or when it is not in this build. */
  readonly set: CriteriaSet | null;
  /** The same for a survey. */
  readonly form: Form | null;
}

/** Reads a conflict; null when the record has none (any more). */
export async function readConflict(store: Store, id: string): Promise<ConflictFile | null> {
  const conflict = await conflictOf(store, id);
  if (conflict === undefined) return null;
  const { mine, theirs, base } = conflict;
  const merged = theirs === null ? null : merge(base, mine, theirs);
  const changed = merged?.tag === 'clash' ? merged.changed : { mine: [], theirs: [] };
  return {
    conflict,
    name: await nameOf(store, conflict),
    open: merged?.tag === 'clash' ? merged.clashes : [],
    merged: changed.mine.length + changed.theirs.length,
    ...(await words(conflict))
  };
}

/** Names a place in a map of choices. */
export const placeKey = ({ path }: Clash): string => path.join('/');

/**
 * Makes one record of both versions.
 * @param choices by `placeKey`; a place without a choice keeps the own value
 * @returns whether it was written; both versions are kept either way
 */
export async function mergeVersions(
  store: Store,
  { id, mine, theirs, base }: Conflict,
  choices: ReadonlyMap<string, Choice>
): Promise<boolean> {
  if (theirs === null) return false;
  const merged = merge(base, mine, theirs);
  if (merged.tag === 'mine' || merged.tag === 'theirs') return settle(store, id, merged.tag);
  const doc =
    merged.tag === 'both'
      ? merged.doc
      : resolve(merged, mine, theirs, (clash) => choices.get(placeKey(clash)) ?? 'mine');
  const parsed = parseDocument(doc);
  return parsed.ok && settle(store, id, { merged: parsed.value });
}

/** Ends a conflict with one of the two versions, or with a merged one. */
export const settle = async (store: Store, id: string, decision: Decision): Promise<boolean> =>
  (await decide(store, id, decision)).ok;

async function nameOf(store: Store, { mine }: Conflict): Promise<string> {
  switch (mine.kind) {
    case 'producer':
    case 'product':
      return mine.name;
    case 'survey':
    case 'assessment':
      return (await store.get('product', mine.productId))?.doc.name ?? '';
    case 'review':
    case 'conflict':
    case 'person':
      return '';
  }
}

async function words({ mine }: Conflict): Promise<Pick<ConflictFile, 'set' | 'form'>> {
  const set = mine.kind === 'assessment' ? await loadSet(mine.setId, mine.setVersion) : null;
  const form = mine.kind === 'survey' ? await loadForm(mine.formId, mine.formVersion) : null;
  return { set: set?.ok === true ? set.value : null, form: form?.ok === true ? form.value : null };
}
