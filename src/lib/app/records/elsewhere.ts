// Conflicts of other devices and versions that did not stand, as lists and histories tell of them: who, when, where to read.
import type { Document, Kind } from '#lib/domain/document/document.ts';
import { mayDecide } from '#lib/domain/document/editing.ts';
import type { Account } from '#lib/domain/scope.ts';
import { type KeptVersion, conflictsElsewhere, recordedConflict } from '#lib/storage/recordedConflicts.ts';
import type { Store } from '#lib/storage/store.ts';

/** The address of a conflict's screen: by the record that is in it, or by the conflict's own record. */
export const conflictHref = (id: string): string => `/conflict/${id}`;

/** The address of a version that did not stand. */
export const keptHref = ({ no }: KeptVersion): string => `/conflict/${KEPT}${String(no)}`;
/** What the address of a kept version begins with, before its number. */
export const KEPT = 'kept.';

/** A conflict whose edit waits on another device, as lists tell of it. */
export interface ElsewhereEntry {
  /** Of the conflict's record. */
  readonly id: string;
  readonly kind: Kind | null;
  readonly name: string;
  /** User names of both sides; '' when unknown. */
  readonly by: readonly [string, string];
  readonly at: string;
  /** Whether this account may decide it. */
  readonly isFree: boolean;
}

/** The conflicts of the account's communes that wait for a person, but for those of this device. */
export async function readElsewhere(store: Store, account: Account): Promise<ElsewhereEntry[]> {
  const records = await conflictsElsewhere(store);
  const entries = records.map(async ({ _id, updatedAt }): Promise<ElsewhereEntry[]> => {
    const found = await recordedConflict(store, _id);
    if (found === undefined) return [];
    const { mine, theirs, by } = found.conflict;
    const isFree = mayDecide(theirs, mine, account);
    return [
      {
        id: _id,
        kind: mine.kind,
        name: await subjectName(store, mine),
        by: [mine.updatedBy, by],
        at: updatedAt,
        isFree
      }
    ];
  });
  return (await Promise.all(entries)).flat();
}

/** The name of the producer or product that a record is, or is about. */
export async function subjectName(store: Store, mine: Document): Promise<string> {
  switch (mine.kind) {
    case 'producer':
    case 'product':
      return mine.name;
    case 'survey':
    case 'assessment':
    case 'paper':
    case 'photo':
      return (await store.get('product', mine.productId))?.doc.name ?? '';
    case 'review':
    case 'conflict':
    case 'person':
      return '';
  }
}
