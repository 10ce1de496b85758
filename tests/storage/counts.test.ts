// How much is unsent, while another tab or the sync worker writes what this tab has not heard of yet.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { addPhoto } from '#lib/storage/photos.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { unsentCounts } from '#lib/storage/unsentCounts.ts';
import { aNewPhoto } from '../support/new-photo.ts';
import { answerOf, commitUnheard, unheardStore } from './support/unheard.ts';

const NOTHING = { records: { waiting: 0, refused: 0, conflict: 0 }, photos: { waiting: { count: 0 } } };

test('a photo of another tab is not passed over, not for the moment until this one hears of it', async () => {
  const [store, other] = [unheardStore(), unheardStore()];
  const added = await addPhoto(other, await aNewPhoto(new ArrayBuffer(3000)));
  if (!added.ok) throw new Error(added.error.tag);
  // What a screen has read lately is what Dexie remembers.
  expect(await answerOf(() => photoCounts(store))).toMatchObject(NOTHING.photos);
  expect(await answerOf(() => unsentCounts(store))).toMatchObject(NOTHING);

  await commitUnheard(store.account, {
    docs: await other.tables.docs.toArray(),
    outbox: await other.tables.outbox.toArray(),
    photos: await other.tables.photos.toArray()
  });
  expect((await answerOf(() => unsentCounts(store))).photos.waiting).toEqual({ count: 1, bytes: 3300 });
});
