// Conflicts of other devices, while this one's sync worker writes down a conflict of its own.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { databaseName } from '#lib/storage/database.ts';
import { type Observed, observe } from '#lib/storage/observe.ts';
import { conflictsElsewhere } from '#lib/storage/recordedConflicts.ts';
import type { OutboxRow, Row } from '#lib/storage/row.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aConflict, aProducer } from '../support/documents.ts';
import { arrive } from '../support/reviewed.ts';

function aStore(): Store {
  return openStore({
    account: `canbo.a-${crypto.randomUUID()}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-24T02:00:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
}

const answerOf = <T>(query: Observed<T>): Promise<T> =>
  new Promise((resolve) => {
    query.subscribe({ next: resolve });
  });

/** Commits as another process does whose word of it has not come yet: no live query has heard of it. */
async function commitUnheard(account: string, row: Row, waiting: OutboxRow): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(databaseName(account));
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise<void>((resolve) => {
    const transaction = db.transaction(['docs', 'outbox'], 'readwrite');
    transaction.objectStore('docs').put(row);
    transaction.objectStore('outbox').put(waiting);
    transaction.oncomplete = () => resolve();
  });
  db.close();
}

test('a conflict of one’s own is never another device’s, not for the moment until a tab hears of it', async () => {
  const [store, source] = [aStore(), aStore()];
  const database = communeDatabase(COMMUNE);
  await arrive(store, database, aProducer());
  await store.update('producer', aProducer()._id, (doc) => ({ ...doc, name: 'Của tôi' }));
  await arrive(source, database, aConflict());
  const [row, waiting] = await Promise.all([
    source.tables.docs.get(aConflict()._id),
    store.tables.outbox.get(aProducer()._id)
  ]);
  if (row === undefined || waiting === undefined) throw new Error('nothing to begin with');
  // What a screen has read lately is what Dexie remembers.
  const ofOutbox = store.tables.outbox.where('state').equals('conflict');
  expect(await answerOf(observe(() => ofOutbox.toArray()))).toEqual([]);

  await commitUnheard(store.account, row, { ...waiting, state: 'conflict', record: row.id });
  expect(await answerOf(observe(() => conflictsElsewhere(store)))).toEqual([]);

  await store.tables.outbox.update(waiting.id, { state: 'waiting' });
  expect(await answerOf(observe(() => conflictsElsewhere(store)))).toHaveLength(1);
});
