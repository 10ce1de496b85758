// What was typed for new records before they can be made: kept for their forms, which go on with it.
import { DRAFT_KINDS, type Draft, type DraftKind, isSameDraft } from '#lib/domain/document/draft.ts';
import type { Database } from './database.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

/** The drafts of a kind, the one that its form goes on with first; `isShut`: what lies there does not open. */
export interface DraftsHere {
  readonly drafts: readonly Draft[];
  readonly isShut: boolean;
}

/** Reads the drafts of a kind. */
export async function draftsOf({ facts }: Database, kind: DraftKind): Promise<DraftsHere> {
  const row = await facts.get(nameOf(kind));
  // One alone, from before several could lie here, has no list around it.
  const values: readonly unknown[] = Array.isArray(row?.value) ? row.value : [row?.value];
  return { drafts: values.flatMap((one) => asDraft(one)), isShut: row?.shut === true };
}

/** Writes them; within a transaction over `facts`. */
export async function putDrafts({ facts }: Database, kind: DraftKind, drafts: readonly Draft[]): Promise<void> {
  await facts.put({ name: nameOf(kind), value: drafts });
}

/** How many there are. */
export const draftCount = async (store: Store): Promise<number> => countOf(await draftsOfAll(store));

/** The same without the account's key; null: what lies there does not open, and may be some or none. */
export async function knownDraftCount(store: Store): Promise<number | null> {
  const all = await draftsOfAll(store);
  return all.some(({ isShut }) => isShut) ? null : countOf(all);
}

const draftsOfAll = ({ tables }: Store): Promise<DraftsHere[]> =>
  Promise.all(DRAFT_KINDS.map((kind) => draftsOf(tables, kind)));

const countOf = (all: readonly DraftsHere[]): number => all.reduce((sum, { drafts }) => sum + drafts.length, 0);

/**
 * Keeps what a form shows, in place of what it kept before.
 * @param before what it kept or went on with last; null: nothing yet
 * @param now null: there is nothing to keep any more
 * @throws what Dexie throws
 */
export async function keepDraft(
  { tables }: Store,
  kind: DraftKind,
  before: Draft | null,
  now: Draft | null
): Promise<void> {
  await withRoom(tables, 'reserve', () =>
    tables.transaction('rw', tables.facts, async () => {
      const { drafts } = await draftsOf(tables, kind);
      const others = drafts.filter((draft) => before === null || !isSameDraft(draft, before));
      await putDrafts(tables, kind, now === null ? others : [now, ...others]);
    })
  );
}

const nameOf = (kind: DraftKind): string => `new/${kind}`;

/** One draft, or none where no text is. */
function asDraft(value: unknown): Draft[] {
  if (typeof value !== 'object' || value === null) return [];
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return texts.some(([, text]) => text !== '') ? [Object.fromEntries(texts)] : [];
}
