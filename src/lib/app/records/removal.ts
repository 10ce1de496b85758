// Deletes a record, with the way back that the screens offer.
import type { Kind } from '#lib/domain/document/document.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';

/** A record is gone; called, it comes back. False: it could not be written, and is still gone. */
export type WayBack = () => Promise<boolean>;

export async function removeRecord(store: Store, kind: Kind, id: string): Promise<Result<WayBack, SaveError>> {
  const removed = await store.remove(kind, id);
  return removed.ok ? ok(async () => (await store.restore(kind, id)).ok) : removed;
}
