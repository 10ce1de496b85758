// What Đồng bộ reads of the outbox, and how a refused record is sent again.
import { kindOfId } from '#lib/domain/document/id.ts';
import { type NamedRecord, type OutboxCounts, type OutboxEntry, outboxEntries } from '#lib/storage/outbox.ts';
import { type Left, lostRecords, secondVersions } from '#lib/storage/leftToOthers.ts';
import type { PhotoCounts } from '#lib/storage/photoCounts.ts';
import { type RefusedPhoto, refusedPhotos } from '#lib/storage/refusedPhotos.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { Store } from '#lib/storage/store.ts';
import { unsentCounts } from '#lib/storage/unsentCounts.ts';
import { type ElsewhereEntry, readElsewhere } from './elsewhere.ts';

export { oddCount } from '#lib/storage/diagnosis.ts';
export { kindOf, retry } from '#lib/storage/outbox.ts';
export { type RefusedPhoto, retryPhoto } from '#lib/storage/refusedPhotos.ts';
export type { NamedRecord, OutboxCounts, OutboxEntry } from '#lib/storage/outbox.ts';
export type { Left } from '#lib/storage/leftToOthers.ts';

/** So many records that are left to others are named; how many there are is said. */
const NAMED = 20;

export interface Outbox {
  readonly counts: OutboxCounts;
  readonly photos: PhotoCounts;
  readonly refusedPhotos: readonly RefusedPhoto[];
  /** What needs a person first. */
  readonly entries: readonly OutboxEntry[];
  /** Conflicts that wait for a person, and whose edit is not in this outbox. */
  readonly elsewhere: readonly ElsewhereEntry[];
  /** What the server has lost, and others have to bring back. */
  readonly lost: Left;
  /** What the server has a second version of, which others have to close. */
  readonly secondVersions: Left;
}

/** Reads the outbox (a live query). */
export async function readOutbox(store: Store, account: Account): Promise<Outbox> {
  const [unsent, refused, entries, elsewhere, lost, second] = await Promise.all([
    unsentCounts(store),
    refusedPhotos(store),
    outboxEntries(store),
    readElsewhere(store, account),
    lostRecords(store, NAMED),
    secondVersions(store, NAMED)
  ]);
  const { records, photos } = unsent;
  return { counts: records, photos, refusedPhotos: refused, entries, elsewhere, lost, secondVersions: second };
}

/** What an address is found by; what is not known to be deleted is not. */
type Addressed = Pick<NamedRecord, 'id' | 'productId'> & Partial<Pick<NamedRecord, 'isDeleted'>>;

/** The address of a record of the outbox; null for one that was deleted, or that this build cannot show. */
export function outboxHref({ id, productId, isDeleted = false }: Addressed): string | null {
  if (isDeleted) return null;
  const kind = kindOfId(id);
  if (kind === 'review') return productId === null ? null : `/product/${productId}`;
  return ['producer', 'product', 'survey', 'assessment', 'paper'].includes(kind) ? `/${kind}/${id}` : null;
}

/** The address at which such a record is corrected: a form of its own, or the page that is an editor itself. */
export function outboxEditHref(entry: Addressed): string | null {
  const href = outboxHref(entry);
  const kind = kindOfId(entry.id);
  return href !== null && ['producer', 'product', 'paper'].includes(kind) ? `${href}/edit` : href;
}
