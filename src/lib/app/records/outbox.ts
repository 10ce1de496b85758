// What Đồng bộ reads of the outbox, and how a refused record is sent again.
import { kindOfId } from '#lib/domain/document/id.ts';
import { type OutboxCounts, type OutboxEntry, outboxCounts, outboxEntries } from '#lib/storage/outbox.ts';
import type { Store } from '#lib/storage/store.ts';

export { retry } from '#lib/storage/outbox.ts';
export type { OutboxCounts, OutboxEntry } from '#lib/storage/outbox.ts';

export interface Outbox {
  readonly counts: OutboxCounts;
  /** What needs a person first. */
  readonly entries: readonly OutboxEntry[];
}

/** Reads the outbox (a live query). */
export async function readOutbox(store: Store): Promise<Outbox> {
  const [counts, entries] = await Promise.all([outboxCounts(store), outboxEntries(store)]);
  return { counts, entries };
}

/** The address of a record of the outbox; null for one that this build cannot show. */
export function outboxHref({ id, productId }: Pick<OutboxEntry, 'id' | 'productId'>): string | null {
  const kind = kindOfId(id);
  if (kind === 'review') return productId === null ? null : `/product/${productId}`;
  return ['producer', 'product', 'survey', 'assessment'].includes(kind) ? `/${kind}/${id}` : null;
}

/** The address at which such a record is corrected: a form of its own, or the page that is an editor itself. */
export function outboxEditHref(entry: Pick<OutboxEntry, 'id' | 'productId'>): string | null {
  const href = outboxHref(entry);
  const kind = kindOfId(entry.id);
  return href !== null && (kind === 'producer' || kind === 'product') ? `${href}/edit` : href;
}
