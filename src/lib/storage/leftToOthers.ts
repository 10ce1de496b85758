// Records whose state on the server somebody else has to put right, and this account cannot: so that none of it is hidden.
import { type NamedRecord, withNames } from './outbox.ts';
import type { Store } from './store.ts';

/** Some records by name, and how many there are in all. */
export interface Left {
  readonly count: number;
  readonly first: readonly NamedRecord[];
}

/** Records that the server has lost, and that others have to bring back; each lies here as the server had it. */
export async function lostRecords(store: Store, most: number): Promise<Left> {
  const lost = () => store.tables.outbox.where('state').equals('lost');
  const [count, ids] = await Promise.all([lost().count(), lost().limit(most).primaryKeys()]);
  return { count, first: await named(store, ids) };
}

/**
 * Records of which the server holds a second version, made by replication between servers, that this account cannot close:
 * it was refused, or a newer app has to read it. Of those that are still to be tried nothing need be said.
 */
export async function secondVersions(store: Store, most: number): Promise<Left> {
  const ids = await store.tables.docs
    .where('clash')
    .above('')
    .distinct()
    .filter(({ clash = [], left, foreign }) => foreign === true || clash.some((rev) => left?.leaves.includes(rev)))
    .primaryKeys();
  return { count: ids.length, first: await named(store, ids.slice(0, most)) };
}

async function named(store: Store, ids: readonly string[]): Promise<readonly NamedRecord[]> {
  const rows = (await store.tables.docs.bulkGet([...ids])).flatMap((row) => row ?? []);
  return [...(await withNames(store, rows)).values()];
}
