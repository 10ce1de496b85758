// Upgrades of the device's database, from one that an older version of the app has filled.
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { Database, databaseName } from '#lib/storage/database.ts';
import { photosOf } from '#lib/storage/photos.ts';
import { outboxCounts } from '#lib/storage/outbox.ts';
import { Store, openRecords } from '#lib/storage/store.ts';
import { dueCertificates, plannedVisits } from '#lib/storage/today.ts';
import { COMMUNE, aConflict, aPhoto, aProducer, aProduct, aSurvey, anId } from '../support/documents.ts';
import { VERSION_1, VERSION_2, VERSION_4, VERSION_5 } from './support/shipped.ts';

const ports = { device: 'device', now: () => new Date(0), random: (bytes: number) => new Uint8Array(bytes) };

let accounts = 0;
const freshAccount = () => `nang-cap-${Math.random().toString(36).slice(2)}-${++accounts}`;

const docs = [
  aProducer({ plannedVisit: { at: '2026-11-25' } }),
  aProduct({ recognition: { stars: 3, validUntil: '2027-01-01' } }),
  aSurvey({ answers: { workers: 3, visited_on: '2026-11-19' } }),
  aConflict()
] as const;
/** Of a kind that this app does not know yet, and of one that it has learnt since version 1. */
const foreign = { _id: anId('report'), kind: 'report', commune: COMMUNE };
const photo = aPhoto();

const TABLES = { 1: VERSION_1, 2: VERSION_2, 3: VERSION_2, 4: VERSION_4, 5: VERSION_5 } as const;
type Old = keyof typeof TABLES;

/** The keys by which a version of the app found a document. */
function keysIn(version: Old, doc: (typeof docs)[number]): object {
  switch (doc.kind) {
    case 'producer':
      return version === 1 ? {} : { visit: doc.plannedVisit?.at };
    case 'product':
      return version === 1 ? {} : { owner: doc.producerId, due: doc.recognition?.validUntil };
    case 'survey':
      return { status: doc.status, owner: doc.productId };
    case 'conflict':
      return version < 3 ? {} : { status: 'open', owner: doc.subjectId };
  }
}

/** The database as a version of the app wrote it, with unsent work and a checkpoint. */
async function filledBy(version: Old, account: string): Promise<void> {
  const db = new Dexie(databaseName(account));
  db.version(version).stores(TABLES[version]);
  const place = version === 1 ? {} : { database: `ocop-${COMMUNE}` };
  const lying = (doc: { _id: string; updatedAt?: string }, keys: object) => ({
    ...{ id: doc._id, commune: COMMUNE, updatedAt: doc.updatedAt ?? '', doc, rev: '1-a', receivedAt: null },
    ...place,
    ...keys
  });
  await db.table('docs').bulkPut(docs.map((doc) => lying(doc, { live: doc.kind, ...keysIn(version, doc) })));
  const unread = version === 1 ? {} : { foreign: true };
  await db.table('docs').put(lying(foreign, unread));
  // Photos were not known before version 4.
  await db
    .table('docs')
    .put(version < 4 ? lying(photo, unread) : lying(photo, { live: 'photo', owner: photo.productId }));
  await db.table('outbox').put({
    id: anId('survey'),
    database: `ocop-${COMMUNE}`,
    editId: 'edit',
    since: '2026-11-20T02:30:00.000Z',
    state: 'waiting',
    base: null
  });
  await db.table('checkpoints').put({ database: `ocop-${COMMUNE}`, since: '7', identity: 'x', completedAt: null });
  db.close();
}

async function holdsEverything(account: string): Promise<void> {
  const store = new Store(new Database(account, 'strict', null), { account, ...ports });
  for (const doc of docs) expect((await store.get(doc.kind, doc._id))?.doc).toEqual(doc);
  expect(await outboxCounts(store)).toMatchObject({ waiting: 1 });
  expect(await store.tables.checkpoints.get(`ocop-${COMMUNE}`)).toMatchObject({ since: '7' });
  // What version 2 is for: these are found by their new keys.
  expect(await dueCertificates(store, '2026-11-23', '2027-05-22')).toHaveLength(1);
  expect(await plannedVisits(store, '2026-11-23')).toHaveLength(1);
  const rows = await store.tables.docs.toArray();
  expect(rows.map(({ database }) => database)).toEqual(rows.map(() => `ocop-${COMMUNE}`));
  expect((await store.tables.docs.get(foreign._id))?.foreign).toBe(true);
  // And version 3.
  expect(await openRecords(store.tables)).toMatchObject([{ _id: aConflict()._id }]);
  // And version 6.
  expect((await store.tables.docs.get(anId('survey')))?.visited).toBe('2026-11-19');
  // And version 4.
  expect(await photosOf(store, photo.productId)).toMatchObject([{ doc: photo, sending: { state: 'sent' }, here: [] }]);
  expect(store.tables.verno).toBe(6);
  await store.tables.delete();
}

test.each([1, 2, 3, 4, 5] as const)('version %i, filled, becomes version 6 and loses nothing', async (version) => {
  const account = freshAccount();
  await filledBy(version, account);
  await holdsEverything(account);
});

test('a commune of thousands of records keeps them all, each with its keys', async () => {
  const account = freshAccount();
  await filledBy(5, account);
  const old = new Dexie(databaseName(account));
  old.version(5).stores(VERSION_5);
  const many = Array.from({ length: 2_000 }, (_, i) => aProducer({ _id: anId('producer', 1_000 + i) }));
  const visits = Array.from({ length: 2_000 }, (_, i) =>
    aSurvey({
      _id: anId('survey', 1_000 + i),
      answers: { visited_on: `2026-10-${String(1 + (i % 30)).padStart(2, '0')}` }
    })
  );
  await old.table('docs').bulkPut(
    [...many, ...visits].map((doc) => ({
      ...{ id: doc._id, database: `ocop-${COMMUNE}`, commune: COMMUNE, updatedAt: doc.updatedAt, doc },
      ...{ rev: '1-a', receivedAt: null, live: doc.kind },
      ...(doc.kind === 'survey' ? { owner: doc.productId, status: doc.status } : {})
    }))
  );
  old.close();
  const db = new Database(account, 'strict', null);
  expect(await db.docs.where('[listed+commune]').equals(['producer', COMMUNE]).count()).toBe(2_001);
  const rows = await db.docs.where('id').startsWith('survey:').toArray();
  expect(rows).toHaveLength(2_001);
  for (const { doc, visited } of rows) expect(visited).toBe(Object(doc).answers.visited_on);
  await db.delete();
});

test('an upgrade that was interrupted leaves version 1 as it was, and succeeds the next time', async () => {
  const account = freshAccount();
  await filledBy(1, account);

  const dying = new Database(account, 'strict', null);
  dying.version(2).upgrade(() => {
    throw new Error('the browser is killed');
  });
  await expect(dying.open()).rejects.toThrow();
  dying.close();

  const old = new Dexie(databaseName(account));
  await old.open();
  expect(old.verno).toBe(1);
  expect(await old.table('docs').count()).toBe(docs.length + 2);
  old.close();

  await holdsEverything(account);
});

test('version 5, locked and opened without its key, gets its new keys; what is shut stays as it lies', async () => {
  const account = freshAccount();
  const old = new Dexie(databaseName(account));
  old.version(5).stores(VERSION_5);
  const [producer, product, survey, conflict] = docs;
  const sealed = new Uint8Array([1, 2, 3]).buffer;
  const lying = (doc: (typeof docs)[number], keys: object) => ({
    id: doc._id,
    database: `ocop-${COMMUNE}`,
    commune: doc.commune,
    updatedAt: doc.updatedAt,
    doc: null,
    sealed,
    rev: '1-a',
    receivedAt: null,
    live: doc.kind,
    ...keys
  });
  const ended = aConflict({ _id: anId('conflict', 9) });
  await old
    .table('docs')
    .bulkPut([
      lying(producer, {}),
      lying(product, { owner: producer._id, due: '2027-01-01' }),
      lying(survey, { owner: product._id, status: 'draft' }),
      lying(conflict, { owner: conflict.subjectId, status: 'open' }),
      lying(ended, { owner: ended.subjectId })
    ]);
  old.close();

  const db = new Database(account, 'strict', null);
  const keys = async (index: string) => (await db.docs.orderBy(index).primaryKeys()).toSorted();
  expect(await keys('[listed+commune]')).toEqual([product._id, producer._id].toSorted());
  expect(await keys('[live+status+updatedAt+owner+visited]')).toEqual([survey._id]);
  expect((await db.docs.get(survey._id))?.visited).toBe(survey.updatedAt.slice(0, 10));
  expect(await keys('disputed')).toEqual([conflict._id]);
  db.close();
  const now = new Dexie(databaseName(account));
  await now.open();
  const rows = await now.table('docs').toArray();
  expect(rows.map((row) => [row.doc, [...new Uint8Array(row.sealed)]])).toEqual(rows.map(() => [null, [1, 2, 3]]));
  await now.delete();
});
