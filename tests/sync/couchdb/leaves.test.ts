// Conflicts that stock PouchDB replication makes on a real server with the real rules: found, settled, closed, nothing deleted.
import 'fake-indexeddb/auto';
import PouchDB from 'pouchdb';
import memory from 'pouchdb-adapter-memory';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Producer } from '#lib/domain/document/document.ts';
import { closing } from '#lib/domain/merge/leaf.ts';
import { conflictsElsewhere } from '#lib/storage/recordedConflicts.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { communeDesign } from '#server/design/documents.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type Device, aDevice } from '../support/device.ts';

PouchDB.plugin(memory);

let couch: Couch;
let connection: CouchConnection;
let remote: Remote;
let officer: (url: string, init: RequestInit) => Promise<Response>;
let account: string;
/** A commune of this run, for the rules compare it with the name of the database. */
let commune: string;
let database: string;
let phone: Device;
let id: string;
let peers = 0;

beforeAll(async () => {
  couch = await aCouch();
  officer = await couch.signedIn();
  const session: unknown = await (await officer(`${couch.url}/_session`, {})).json();
  account = String(Object(Object(session).userCtx).name);
  connection = new CouchConnection(couch.url, { fetch: officer, now: () => '2026-11-23T01:00:00.000Z' });
  remote = connection.remote(new AbortController().signal);
  commune = String(90_000 + (process.pid % 9_000));
  database = `ocop-${commune}`;
});
afterAll(async () => {
  connection.close();
  await couch.admin(`/${database}`, { method: 'DELETE' });
  await couch.close();
});

const put = (path: string, body: unknown) => couch.admin(path, { method: 'PUT', body: JSON.stringify(body) });

beforeEach(async () => {
  await couch.admin(`/${database}`, { method: 'DELETE' });
  await couch.admin(`/${database}`, { method: 'PUT' });
  await put(`/${database}/_security`, { admins: { roles: ['_admin'] }, members: { roles: ['officer'] } });
  const { _id, ...design } = await communeDesign();
  await put(`/${database}/${_id}`, design);
  phone = aDevice(account);
  const made = await phone.store.create('producer', commune, { name: 'Cơ sở mẫu 01' });
  if (!made.ok) throw new Error(made.error.tag);
  id = made.value._id;
  await sync();
});

const sync = (device = phone) => device.sync(remote, [database]);
const change = (over: Partial<Producer>) => phone.store.update('producer', id, (doc) => ({ ...doc, ...over }));

/** The document as the server has it: the winner with the revisions beside it, and every end of its tree. */
async function onServer() {
  const path = `/${database}/${encodeURIComponent(id)}`;
  const winner = await couch.admin(`${path}?conflicts=true`);
  const ends = await couch.admin(`${path}?open_revs=all`);
  return { ...winner, ends: ends.body };
}

/** Two offices with stock PouchDB edit the same version while apart, and replicate with the server. */
async function apart(one: Partial<Producer>, other: Partial<Producer>): Promise<void> {
  const server = new PouchDB(`${couch.url}/${database}`, {
    skip_setup: true,
    fetch: (url, init) => officer(typeof url === 'string' ? url : url.url, init ?? {})
  });
  const offices = [one, other].map(() => new PouchDB(`van-phong-${++peers}`, { adapter: 'memory' }));
  for (const office of offices) await office.replicate.from(server);
  for (const [i, office] of offices.entries()) {
    const doc = await office.get(id);
    await office.put({ ...doc, ...(i === 0 ? one : other), updatedBy: account, editId: `van-phong-${i}` });
  }
  for (const office of offices) await office.replicate.to(server);
  for (const office of offices) await office.destroy();
  await server.close();
}

test('different places are merged; the leaf is closed by a tombstone that keeps its words; the document stays', async () => {
  await apart({ phone: '0252000001' }, { note: 'Gọi trước khi đến' });
  expect((await onServer()).body).toMatchObject({ _conflicts: [expect.anything()] });
  await sync();
  const { body, ends } = await onServer();
  expect(body).toMatchObject({ name: 'Cơ sở mẫu 01', phone: '0252000001', note: 'Gọi trước khi đến' });
  expect(body).not.toHaveProperty('_conflicts');
  expect(ends).toEqual(
    expect.arrayContaining([
      {
        ok: expect.objectContaining({ _deleted: true, kind: 'producer', name: 'Cơ sở mẫu 01', heir: Object(body)._rev })
      }
    ])
  );
  await sync();
  expect(await phone.store.get('producer', id)).toMatchObject({
    doc: { phone: '0252000001', note: 'Gọi trước khi đến' },
    sending: { state: 'sent' }
  });
  expect((await phone.store.tables.docs.get(id))?.clash).toBeUndefined();
});

test('the same place becomes a conflict that phones show; a stock peer finds the record and no conflict of its own', async () => {
  await apart({ name: 'Tên của một' }, { name: 'Tên của hai' });
  await sync();
  await sync();
  expect((await onServer()).body).not.toHaveProperty('_conflicts');
  const [record] = await conflictsElsewhere(phone.store);
  const names = [record?.mine, record?.theirs].map((version) => Object(version).name);
  expect(names.sort()).toEqual(['Tên của hai', 'Tên của một']);
  expect(record).toMatchObject({ subjectId: id, places: ['name'], base: { name: 'Cơ sở mẫu 01' } });

  const peer = new PouchDB(`ban-la-${++peers}`, { adapter: 'memory' });
  await peer.replicate.from(
    new PouchDB(`${couch.url}/${database}`, {
      skip_setup: true,
      fetch: (url, init) => officer(typeof url === 'string' ? url : url.url, init ?? {})
    })
  );
  const found = await peer.allDocs({ include_docs: true, conflicts: true, keys: [id, record?._id ?? ''] });
  for (const row of found.rows) {
    expect(row).toMatchObject({ doc: { _id: expect.any(String) } });
    expect(row).not.toHaveProperty('doc._conflicts');
  }
  await peer.destroy();
});

test('two phones at once, and once more', async () => {
  const second = aDevice(account);
  await sync(second);
  await apart({ phone: '0252000001' }, { note: 'Gọi trước khi đến' });
  await Promise.all([sync(), sync(second)]);
  await Promise.all([sync(), sync(second)]);
  await sync();
  await sync(second);
  const { body } = await onServer();
  expect(body).toMatchObject({ phone: '0252000001', note: 'Gọi trước khi đến' });
  expect(body).not.toHaveProperty('_conflicts');
  for (const device of [phone, second]) {
    const stored = await device.store.get('producer', id);
    expect(stored).toMatchObject({
      doc: { phone: '0252000001', note: 'Gọi trước khi đến' },
      sending: { state: 'sent' }
    });
  }
});

test('the winner is deleted before the leaf is closed: the leaf is the document now, and stays', async () => {
  await apart({ phone: '0252000001' }, { phone: '0252000001', name: 'Cơ sở mẫu 01' });
  let reads = 0;
  const late: Remote = {
    ...remote,
    read: async (name, ids) => {
      if (++reads === 2) {
        const { _rev } = Object((await onServer()).body);
        await couch.admin(`/${database}/${encodeURIComponent(id)}?rev=${_rev}`, { method: 'DELETE' });
      }
      return remote.read(name, ids);
    }
  };
  await phone.sync(late, [database]);
  expect(reads).toBe(2);
  expect(await onServer()).toMatchObject({ status: 200, body: { phone: '0252000001' } });
});

test('an edit that waits here is sent first, and merged with both', async () => {
  await apart({ phone: '0252000001' }, { note: 'Gọi trước khi đến' });
  await change({ email: 'a@mau.invalid' });
  await sync();
  await sync();
  const { body } = await onServer();
  expect(body).toMatchObject({ phone: '0252000001', note: 'Gọi trước khi đến', email: 'a@mau.invalid' });
  expect(body).not.toHaveProperty('_conflicts');
});

test('the server takes no tombstone that loses a word, or names no heir, or comes from whom the version is not', async () => {
  await apart({ phone: '0252000001' }, { note: 'Gọi trước khi đến' });
  const read = await remote.read(database, [id]);
  const [rev = ''] = read.ok ? (read.value[0]?.clash ?? []) : [];
  const winner = read.ok ? (read.value[0]?.rev ?? '') : '';
  const found = await remote.versions(database, [{ id, rev }]);
  const doc = found.ok ? found.value[0]?.doc : null;
  if (doc === null || doc === undefined) throw new Error('no leaf');
  const stamp = { updatedAt: '2026-11-24T00:00:00.000Z', updatedBy: account, device: 'd', editId: 'e' };
  const whole = closing(doc, winner, stamp);
  const { name: _name, ...short } = { ...whole };
  const { heir: _heir, ...nameless } = whole;
  const bad = [
    { ...short, _id: id },
    nameless,
    { ...whole, heir: rev },
    { ...whole, updatedBy: 'nguoi.khac' },
    { _id: id, _deleted: true }
  ];
  for (const tombstone of bad) {
    const answer = await remote.write(database, [{ id, rev, doc: { ...tombstone, _id: id } }]);
    expect(answer).toMatchObject({ ok: true, value: { answers: [{ tag: 'forbidden' }] } });
  }
  const answer = await remote.write(database, [{ id, rev, doc: whole }]);
  expect(answer).toMatchObject({ ok: true, value: { answers: [{ tag: 'stored' }] } });
  expect((await onServer()).body).toMatchObject({ _rev: winner });
});
