// What a first pull brings before its long rest: the newest drafts with their product and producer.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { communeDatabase } from '#lib/domain/scope.ts';
import { myDrafts } from '#lib/storage/today.ts';
import { COMMUNE, OFFICER, aProducer, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';
import { Network } from '../support/network.ts';

const DB = communeDatabase(COMMUNE);
const COUNT = 1_000;

let server: MemoryServer;
let network: Network;
let phone: Device;

/** A commune whose oldest product, deep in the feed, has the newest draft. */
beforeEach(() => {
  server = new MemoryServer().create(DB);
  network = new Network(server);
  phone = aDevice();
  const put = (doc: Parameters<MemoryServer['edit']>[2] & { _id: string }) => server.edit(DB, doc._id, doc);
  for (let i = 0; i < COUNT; i++) put(aProducer({ _id: anId('producer', i), name: `Cơ sở mẫu ${i}` }));
  const [product, producer] = [anId('product', 1), anId('producer', 500)];
  put(aProduct({ _id: product, producerId: producer, name: 'Nước mắm mẫu' }));
  for (let i = COUNT; i < COUNT + 300; i++) put(aProducer({ _id: anId('producer', i), name: `Cơ sở mẫu ${i}` }));
  put(aSurvey({ _id: anId('survey', 1), productId: product, producerId: producer, createdBy: OFFICER }));
});

test('the newest draft is on the phone with its names before the second page', async () => {
  network.next('changes', { tag: 'meanwhile' }).next('changes', { tag: 'fail', problem: { tag: 'offline' } });
  await phone.sync(network, [DB]);
  expect(await myDrafts(phone.store)).toMatchObject([
    { productName: 'Nước mắm mẫu', producerName: 'Cơ sở mẫu 500', sending: { state: 'sent' } }
  ]);
});

test('it is no step of the pull: what was cut off goes on after its page, and nothing is left out', async () => {
  network.next('changes', { tag: 'meanwhile' }).next('changes', { tag: 'fail', problem: { tag: 'offline' } });
  expect(await phone.sync(network, [DB])).toMatchObject({ pulled: 200 });
  expect(await phone.sync(network, [DB])).toMatchObject({ pulled: COUNT + 302 - 200 });
  expect(await phone.store.tables.docs.count()).toBe(COUNT + 302);
});

test('a pull goes on where it cannot be had', async () => {
  network.next('newest', { tag: 'fail', problem: { tag: 'timeout' } });
  expect(await phone.sync(network, [DB])).toMatchObject({ pulled: COUNT + 302 });
  const other = aDevice();
  network.next('read', { tag: 'fail', problem: { tag: 'timeout' } });
  expect(await other.sync(network, [DB])).toMatchObject({ pulled: COUNT + 302 });
  expect(await myDrafts(other.store)).toHaveLength(1);
});

test('only a long first pull pays for it', async () => {
  await phone.sync(network, [DB]);
  server.edit(DB, anId('producer', 1), aProducer({ _id: anId('producer', 1), name: 'Sửa' }));
  await phone.sync(network, [DB]);
  expect(server.requests.newest).toBe(1);
  const small = new MemoryServer().create(DB);
  for (let i = 0; i < 300; i++) small.edit(DB, anId('producer', i), aProducer({ _id: anId('producer', i) }));
  await aDevice().sync(small, [DB]);
  expect(small.requests.newest).toBe(0);
});

test('what is edited on the phone before its page comes is merged, not overwritten', async () => {
  const edit = async () => {
    const done = await phone.store.update('survey', anId('survey', 1), (doc) => ({
      ...doc,
      answers: { ...doc.answers, remarks: 'Vừa gõ' }
    }));
    if (!done.ok) throw new Error(done.error.tag);
  };
  network.next('changes', { tag: 'meanwhile' }).next('changes', { tag: 'meanwhile' });
  network.next('changes', { tag: 'meanwhile', before: edit });
  await phone.sync(network, [DB]);
  expect((await phone.store.get('survey', anId('survey', 1)))?.doc.answers['remarks']).toBe('Vừa gõ');
  expect(server.contents(DB)[anId('survey', 1)]).toMatchObject({ answers: { remarks: 'Vừa gõ' } });
});
