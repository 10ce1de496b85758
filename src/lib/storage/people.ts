// What people are called: the persons that the reference database tells of.
import { NO_COMMUNE, REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import { readable } from './edited.ts';
import type { Store } from './store.ts';

/** The names of all people on this device (some dozens), by account. */
export async function displayNames(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store.tables.docs.where('[listed+commune]').equals(['person', NO_COMMUNE]).toArray();
  // A name counts only where nobody but an administrator can have written it.
  const people = rows.flatMap((row) => (row.database === REFERENCE_DATABASE ? (readable(row, 'person') ?? []) : []));
  return new Map(people.map(({ account, displayName }) => [account, displayName]));
}
