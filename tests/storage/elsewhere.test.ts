// Conflicts of other devices, while this one's sync worker writes down a conflict of its own.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { conflictsElsewhere } from '#lib/storage/recordedConflicts.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aConflict, aProducer } from '../support/documents.ts';
import { arrive } from '../support/reviewed.ts';
import { answerOf, commitUnheard, unheardStore } from './support/unheard.ts';

test('a conflict of one’s own is never another device’s, not for the moment until a tab hears of it', async () => {
  const [store, source] = [unheardStore(), unheardStore()];
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
  expect(await answerOf(() => ofOutbox.toArray())).toEqual([]);

  await commitUnheard(store.account, { docs: [row], outbox: [{ ...waiting, state: 'conflict', record: row.id }] });
  expect(await answerOf(() => conflictsElsewhere(store))).toEqual([]);

  await store.tables.outbox.update(waiting.id, { state: 'waiting' });
  expect(await answerOf(() => conflictsElsewhere(store))).toHaveLength(1);
});
