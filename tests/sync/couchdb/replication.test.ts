// Two phones and a real HTTP server: what one types arrives at the other.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type Device, aDeviceOn as phoneOn } from '../support/device.ts';

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
