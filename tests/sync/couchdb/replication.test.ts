// Two phones and a real HTTP server: what one types arrives at the other.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type Device, aDevice, aDeviceOn as phoneOn } from '../support/device.ts';

let couch: Couch;
let connection: CouchConnection;
let remote: Remote;

beforeAll(async () => {
  couch = await aCouch();
  connection = new CouchConnection(couch.url, { fetch: await couch.signedIn(), now: () => '2026-11-23T01:00:00.000Z' });
  remote = connection.remote(new AbortController().signal);
});
afterAll(async () => {
  connection.close();
  await couch.close();
});

async function register(phone: Device, name: string): Promise<string> {
  const made = await phone.store.create('producer', '22972', { name });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value._id;
}

test('what one phone types, the other one shows; the edit of each crosses over', async () => {
  const database = await couch.database();
  const [a, b] = [phoneOn(database), phoneOn(database, 'canbo.b')];
  const first = await register(a, 'Cơ sở mẫu 01');
  const second = await register(b, 'Cơ sở mẫu 02');
  await a.sync(remote, [database]);
  await b.sync(remote, [database]);
  await a.sync(remote, [database]);
  expect((await b.store.get('producer', first))?.doc.name).toBe('Cơ sở mẫu 01');
  expect((await a.store.get('producer', second))?.doc.name).toBe('Cơ sở mẫu 02');

  await a.store.update('producer', second, (doc) => ({ ...doc, phone: '0252000002' }));
  await b.store.update('producer', first, (doc) => ({ ...doc, phone: '0252000001' }));
  await a.sync(remote, [database]);
  await b.sync(remote, [database]);
  await a.sync(remote, [database]);
  for (const phone of [a, b]) {
    expect(await phone.store.get('producer', first)).toMatchObject({ doc: { phone: '0252000001' } });
    expect(await phone.store.get('producer', second)).toMatchObject({ doc: { phone: '0252000002' } });
  }
});

test('two officers change different fields of one record: both survive, without a question', async () => {
  const database = await couch.database();
  const [a, b] = [phoneOn(database), phoneOn(database, 'canbo.b')];
  const id = await register(a, 'Cơ sở mẫu 01');
  await a.sync(remote, [database]);
  await b.sync(remote, [database]);
  await a.store.update('producer', id, (doc) => ({ ...doc, phone: '0252000001', representative: { name: 'A' } }));
  await b.store.update('producer', id, (doc) => ({ ...doc, note: 'n', representative: { position: 'Giám đốc' } }));
  await a.sync(remote, [database]);
  const outcome = await b.sync(remote, [database]);
  expect(outcome).toMatchObject({ conflicts: 0, sent: 1 });
  await a.sync(remote, [database]);
  const said = { phone: '0252000001', note: 'n', representative: { name: 'A', position: 'Giám đốc' } };
  for (const phone of [a, b]) {
    expect(await phone.store.get('producer', id)).toMatchObject({ doc: said, sending: { state: 'sent' } });
  }
  const { body } = await couch.admin(`/${database}/${id}?conflicts=true`);
  expect(body).toMatchObject(said);
  expect(body).not.toHaveProperty('_conflicts');
});

test('when nothing is new a sync is one request for each database, at most 1 KB each way, four at a time', async () => {
  const databases = await Promise.all(Array.from({ length: 9 }, () => couch.database()));
  const signedIn = await couch.signedIn();
  const asked: { url: string; up: number; down: number }[] = [];
  let [atOnce, most] = [0, 0];
  const counted = new CouchConnection(couch.url, {
    now: () => '2026-11-23T01:00:00.000Z',
    fetch: async (url, init) => {
      most = Math.max(most, ++atOnce);
      const response = await signedIn(url, init);
      const body = await response.clone().arrayBuffer();
      atOnce--;
      const up = new Blob([init.body instanceof Uint8Array ? new Uint8Array(init.body) : '', url]).size;
      asked.push({ url, up, down: body.byteLength });
      return response;
    }
  });
  const phone = aDevice();
  const [filled = ''] = databases;
  const writer = phoneOn(filled);
  for (let i = 0; i < 7; i++) await register(writer, `Cơ sở mẫu ${i}`);
  await writer.sync(remote, [filled]);
  const counting = counted.remote(new AbortController().signal);
  await phone.sync(counting, databases);
  expect(await phone.store.tables.docs.count()).toBe(7);
  asked.length = 0;
  most = 0;
  const outcome = await phone.sync(counting, databases);
  expect(outcome).toEqual({ sent: 0, refused: 0, conflicts: 0, pulled: 0, problems: new Map() });
  expect(asked).toHaveLength(9);
  expect(asked.map(({ url }) => new URL(url).pathname.split('/').at(-2)).sort()).toEqual([...databases].sort());
  for (const { up, down } of asked) expect(Math.max(up, down)).toBeLessThanOrEqual(1024);
  expect(most).toBe(4);
  counted.close();
});

test('a losing leaf that replication has left is news, although it comes with no new winner', async () => {
  const database = await couch.database();
  const phone = phoneOn(database);
  const id = await register(phone, 'Cơ sở mẫu 01');
  await phone.sync(remote, [database]);
  await phone.sync(remote, [database]);
  const { doc } = (await phone.store.tables.docs.get(id)) ?? { doc: {} };
  const loser = { ...doc, _id: id, _revisions: { start: 1, ids: ['0'.repeat(32)] }, _rev: `1-${'0'.repeat(32)}` };
  const docs = { docs: [loser], new_edits: false };
  await couch.admin(`/${database}/_bulk_docs`, { method: 'POST', body: JSON.stringify(docs) });
  await phone.sync(remote, [database]);
  // Whoever hears of it closes it: it says nothing that the winner does not say.
  expect((await couch.admin(`/${database}/${id}?conflicts=true`)).body).not.toHaveProperty('_conflicts');
  await phone.sync(remote, [database]);
  expect((await phone.store.tables.docs.get(id))?.clash).toBeUndefined();
});

test('an account without the role is told so, and its work stays', async () => {
  const database = await couch.database();
  await couch.admin(`/${database}/_security`, {
    method: 'PUT',
    body: JSON.stringify({ admins: { roles: ['_admin'] }, members: { roles: ['other'] } })
  });
  const phone = phoneOn(database);
  const id = await register(phone, 'Cơ sở mẫu 01');
  const outcome = await phone.sync(remote, [database]);
  expect(outcome.problems.get(database)).toEqual({ tag: 'noAccess', database });
  expect((await phone.store.get('producer', id))?.sending.state).toBe('local');
});

test('without a session every request asks to sign in', async () => {
  const database = await couch.database();
  const stranger = new CouchConnection(couch.url, { fetch, now: () => '' });
  const phone = phoneOn(database);
  await register(phone, 'Cơ sở mẫu 01');
  const outcome = await phone.sync(stranger.remote(new AbortController().signal), [database]);
  expect(outcome.problems.get(database)).toEqual({ tag: 'signedOut' });
  stranger.close();
});
