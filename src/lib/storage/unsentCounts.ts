// How much has not arrived, records and photos, both of one moment.
import { type OutboxCounts, outboxCounts } from './outbox.ts';
import { type PhotoCounts, photoCounts } from './photoCounts.ts';
import type { Store } from './store.ts';

export interface UnsentCounts {
  readonly records: OutboxCounts;
  readonly photos: PhotoCounts;
}

/**
 * Counts both in one transaction. Read apart, what goes from one state to the other between two readings, or is known to
 * only one of them, would be in none, and a screen would say for a moment that all is sent (law 12).
 */
export function unsentCounts(store: Store): Promise<UnsentCounts> {
  const { docs, outbox, photos } = store.tables;
  return store.tables.transaction('r', docs, outbox, photos, async () => {
    const [ofRecords, ofPhotos] = await Promise.all([outboxCounts(store), photoCounts(store)]);
    return { records: ofRecords, photos: ofPhotos };
  });
}
