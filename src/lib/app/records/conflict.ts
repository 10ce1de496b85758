// A conflict as its screen shows it: the places that a person has to choose, the rest merged by itself.
import { type CriteriaSet } from '#lib/domain/criteria/set.ts';
import { loadSet } from '#lib/domain/criteria/load.ts';
import type { Conflict as ConflictRecord, Document } from '#lib/domain/document/document.ts';
import { mayDecide } from '#lib/domain/document/editing.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { type Choice, merge, resolve } from '#lib/domain/merge/merge.ts';
import type { Clash } from '#lib/domain/merge/threeWay.ts';
import type { Account } from '#lib/domain/scope.ts';
import { type Conflict, type Decision, conflictOf, decide } from '#lib/storage/conflicts.ts';
import { type KeptVersion, decideRecorded, keptBeside, recordedConflict } from '#lib/storage/recordedConflicts.ts';
import type { Store } from '#lib/storage/store.ts';
import { KEPT, subjectName } from './elsewhere.ts';

export type { Choice } from '#lib/domain/merge/merge.ts';
export type { Clash } from '#lib/domain/merge/threeWay.ts';
export type { Conflict } from '#lib/storage/conflicts.ts';

/**
 * | role        | the conflict                                                                              |
 * |-------------|-------------------------------------------------------------------------------------------|
 * | `own`       | an edit of this device waits in it                                                        |
 * | `elsewhere` | another device's edit waits, or what replication left over; this person may decide as well |
 * | `looksOn`   | the same, but the record is not this person's to change                                   |
 * | `past`      | is over, or a version that did not stand: to be read                                      |
 */
export type Role = 'own' | 'elsewhere' | 'looksOn' | 'past';

export interface ConflictFile {
  readonly role: Role;
  readonly conflict: Conflict;
  /** The name of the producer or product that the record is, or is about. */
  readonly name: string;
  /** Both sides changed these, or nobody knows who did: a person chooses, or has chosen. */
  readonly open: readonly Clash[];
  /** How many places only one side changed: that side's value stands. */
  readonly merged: number;
  /** Who decided, when, and whose value stands at each place; null while nobody has. */
  readonly end: End | null;
  /** To put an assessment's places into words; null for other records, or when it is not in this build. */
  readonly set: CriteriaSet | null;
  /** The same for a survey. */
  readonly form: Form | null;
}

export type End = NonNullable<ConflictRecord['resolved']>;

/**
 * Reads a conflict.
 * @param id what its address says: a record in conflict on this device, the record of a conflict, or a kept version
 * @returns null when there is none (any more)
 */
export async function readConflict(store: Store, id: string, account: Account): Promise<ConflictFile | null> {
  if (id.startsWith(KEPT)) {
    const found = await keptBeside(store, Number(id.slice(KEPT.length)));
    return found === undefined ? null : fileOf(store, 'past', keptAsConflict(found.kept, found.current), null);
  }
  if (kindOfId(id) !== 'conflict') {
    const conflict = await conflictOf(store, id);
    return conflict === undefined ? null : fileOf(store, 'own', conflict, null);
  }
  const recorded = await recordedConflict(store, id);
  if (recorded === undefined) return null;
  const { isOpen, conflict, record } = recorded;
  const isFree = mayDecide(conflict.theirs, conflict.mine, account);
  return fileOf(store, isOpen ? (isFree ? 'elsewhere' : 'looksOn') : 'past', conflict, record.resolved ?? null);
}

async function fileOf(store: Store, role: Role, conflict: Conflict, end: End | null): Promise<ConflictFile> {
  const { mine, theirs, base } = conflict;
  const merged = theirs === null ? null : merge(base, mine, theirs);
  const changed = merged?.tag === 'clash' ? merged.changed : { mine: [], theirs: [] };
  return {
    role,
    conflict,
    name: await subjectName(store, mine),
    open: merged?.tag === 'clash' ? merged.clashes : [],
    merged: changed.mine.length + changed.theirs.length,
    end,
    ...(await words(conflict))
  };
}

/** A version that did not stand beside the one that does: every difference is shown. */
const keptAsConflict = ({ doc }: KeptVersion, current: Document): Conflict => ({
  id: current._id,
  record: null,
  mine: doc,
  theirs: current,
  isDeletedThere: false,
  base: null,
  by: current.updatedBy,
  at: current.updatedAt
});

/** Names a place in a map of choices. */
export const placeKey = ({ path }: Clash): string => path.join('/');

/**
 * Makes one record of both versions.
 * @param choices by `placeKey`; a place without a choice keeps the value of the edit that waits
 * @returns whether it was written; both versions are kept either way
 */
export async function mergeVersions(
  store: Store,
  conflict: Conflict,
  choices: ReadonlyMap<string, Choice>
): Promise<boolean> {
  const { mine, theirs, base } = conflict;
  if (theirs === null) return false;
  const merged = merge(base, mine, theirs);
  if (merged.tag === 'mine' || merged.tag === 'theirs') return settle(store, conflict, merged.tag);
  const doc =
    merged.tag === 'both'
      ? merged.doc
      : resolve(merged, mine, theirs, (clash) => choices.get(placeKey(clash)) ?? 'mine');
  const parsed = parseDocument(doc);
  return parsed.ok && settle(store, conflict, { merged: parsed.value });
}

/** Ends a conflict with one of the two versions, or with a merged one. */
export async function settle(store: Store, conflict: Conflict, decision: Decision): Promise<boolean> {
  if (conflict.record === null) return (await decide(store, conflict.id, decision)).ok;
  const onTop = decision === 'mine' ? { merged: conflict.mine } : decision;
  return (await decideRecorded(store, conflict, onTop)).ok;
}

async function words({ mine }: Conflict): Promise<Pick<ConflictFile, 'set' | 'form'>> {
  const set = mine.kind === 'assessment' ? await loadSet(mine.setId, mine.setVersion) : null;
  const form = mine.kind === 'survey' ? await loadForm(mine.formId, mine.formVersion) : null;
  return { set: set?.ok === true ? set.value : null, form: form?.ok === true ? form.value : null };
}
