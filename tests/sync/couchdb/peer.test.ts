// An independent peer: stock PouchDB replicates with the same server as the app, and both find what the other has made.
import 'fake-indexeddb/auto';
import PouchDB from 'pouchdb';
import memory from 'pouchdb-adapter-memory';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { aProducer, anId } from '../../support/documents.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type Device, aDeviceOn } from '../support/device.ts';

PouchDB.plugin(memory);

type Peer = PouchDB.Database<object>;

let couch: Couch;
let connection: CouchConnection;
let signedIn: Awaited<ReturnType<Couch['signedIn']>>;
let database: string;
let phone: Device;
let peer: Peer;

beforeAll(async () => {
  couch = await aCouch();
  signedIn = await couch.signedIn();
  connection = new CouchConnection(couch.url, { fetch: signedIn, now: () => '2026-11-23T01:00:00.000Z' });
});
afterAll(async () => {
  connection.close();
  await couch.close();
});
beforeEach(async () => {
  database = await couch.database();
  phone = aDeviceOn(database);
  peer = new PouchDB(`peer-${database}`, { adapter: 'memory' });
});
afterEach(() => peer.destroy());

const sync = (device = phone) => device.sync(connection.remote(new AbortController().signal), [database]);

/** The server as the peer sees it, with an officer's cookie. */
const theServer = (): Peer =>
  new PouchDB(`${couch.url}/${database}`, {
    skip_setup: true,
    fetch: async (url, init) => {
      const response = await signedIn(typeof url === 'string' ? url : url.url, init ?? {});
      // In Node, PouchDB reads attachments by what its own `fetch` has besides the standard.
      return Object.assign(response, { buffer: async () => Buffer.from(await response.arrayBuffer()) });
    }
  });
const pull = (to = peer) => to.replicate.from(theServer());
const push = async (from = peer): Promise<void> => {
  const { doc_write_failures, ok } = await from.replicate.to(theServer());
  expect({ ok, doc_write_failures }).toEqual({ ok: true, doc_write_failures: 0 });
};

async function register(name: string, device = phone): Promise<string> {
  const made = await device.store.create('producer', '22972', { name });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value._id;
}

const leaf = v.object({ ok: v.looseObject({ _id: v.string(), _rev: v.string() }) });
type Leaf = v.InferOutput<typeof leaf>['ok'];

/** All leaves of a document, deleted ones too, as a peer or the server keeps them. */
async function leavesOf(id: string, at = peer): Promise<Leaf[]> {
  const found: unknown = await at.get(id, { open_revs: 'all' });
  return v.parse(v.array(leaf), found).map(({ ok }) => ok);
}

/** The app's documents at a peer, without CouchDB's bookkeeping. */
async function documentsAt(at = peer): Promise<{ id: string; rev: string; doc: object }[]> {
  const { rows } = await at.allDocs({ include_docs: true });
  return rows.flatMap(({ id, value, ...row }) => {
    const { _rev, ...doc } = ('doc' in row && row.doc) || { _rev: '' };
    return id.startsWith('_') ? [] : [{ id, rev: value.rev, doc }];
  });
}

async function documentsOn(device = phone): Promise<{ id: string; rev: string | null; doc: object }[]> {
  const rows = await device.store.tables.docs.toArray();
  return rows.map(({ id, rev, doc }) => ({ id, rev, doc }));
}

describe('what the app pushed', () => {
  test('arrives at the peer: the same documents under the same revisions, with one leaf each', async () => {
    for (let i = 0; i < 30; i++) await register(`Cơ sở mẫu ${i}`);
    await sync();
    await pull();
    expect(await documentsAt()).toEqual(await documentsOn());
    for (const { id } of await documentsAt()) expect(await leavesOf(id)).toHaveLength(1);
  });

  test('arrives with everything that became of it: edits, a merge, a conflict that was met, soft deletions', async () => {
    const other = aDeviceOn(database, 'canbo.b');
    const [merged, contested, removed] = [
      await register('Cơ sở mẫu 01'),
      await register('Cơ sở mẫu 02'),
      await register('Cơ sở mẫu 03')
    ];
    await sync();
    await sync(other);
    const say = (device: Device, id: string, said: object) =>
      device.store.update('producer', id, (doc) => ({ ...doc, ...said }));
    await say(phone, merged, { phone: '0252000001' });
    await say(other, merged, { note: 'n' });
    await say(phone, contested, { phone: '1' });
    await say(other, contested, { phone: '2' });
    await phone.store.remove('producer', removed);
    await sync();
    await sync(other);
    await sync();
    await pull();

    expect(await documentsAt()).toEqual(await documentsOn());
    const byId = new Map((await documentsAt()).map(({ id, doc }) => [id, doc]));
    expect(byId.get(merged)).toMatchObject({ phone: '0252000001', note: 'n' });
    expect(byId.get(contested)).toMatchObject({ phone: '1' });
    expect(byId.get(removed)).toMatchObject({ deleted: true });
    // Both versions of the conflict are on the server, in a record of its own, and not as leaves beside each other.
    expect([...byId.values()]).toContainEqual(
      expect.objectContaining({
        kind: 'conflict',
        mine: expect.objectContaining({ phone: '2' }),
        theirs: expect.objectContaining({ phone: '1' })
      })
    );
    for (const { id } of await documentsAt()) expect(await leavesOf(id)).toHaveLength(1);
  });

  test('an edit whose answer was lost arrives once, as one line of revisions', async () => {
    const id = await register('Cơ sở mẫu 01');
    const remote = connection.remote(new AbortController().signal);
    await phone.sync(
      {
        ...remote,
        write: async (name, docs) => {
          await remote.write(name, docs);
          return { ok: false, error: { tag: 'offline' } };
        }
      },
      [database]
    );
    await phone.store.update('producer', id, (doc) => ({ ...doc, phone: '0252000001' }));
    await sync();
    await pull();
    const [only, ...more] = await leavesOf(id);
    expect(only).toMatchObject({ name: 'Cơ sở mẫu 01', phone: '0252000001', _rev: expect.stringMatching(/^2-/) });
    expect(more).toEqual([]);
  });
});

describe('what the peer pushed', () => {
  test('arrives at the app: the same documents under the same revisions; and its edits of it at the peer', async () => {
    const docs = Array.from({ length: 20 }, (_, i) =>
      aProducer({ _id: anId('producer', i + 1), name: `Cơ sở mẫu ${i}` })
    );
    await peer.bulkDocs(docs);
    await push();
    await sync();
    expect(await documentsOn()).toEqual(await documentsAt());

    const [first] = docs;
    if (first === undefined) throw new Error('no documents');
    await phone.store.update('producer', first._id, (doc) => ({ ...doc, phone: '0252000001' }));
    await sync();
    await pull();
    expect(await leavesOf(first._id)).toMatchObject([{ phone: '0252000001', _rev: expect.stringMatching(/^2-/) }]);
  });

  test('a deletion takes a clean document away, and asks where there is an unsent edit', async () => {
    const [clean, edited] = [await register('Cơ sở mẫu 01'), await register('Cơ sở mẫu 02')];
    await sync();
    await pull();
    for (const id of [clean, edited]) await peer.remove(await peer.get(id));
    await push();
    await phone.store.update('producer', edited, (doc) => ({ ...doc, phone: '0252000001' }));
    await sync();
    expect(await phone.store.tables.docs.get(clean)).toBeUndefined();
    expect(await phone.store.get('producer', edited)).toMatchObject({
      doc: { phone: '0252000001' },
      sending: { state: 'conflict' }
    });
    // Made by the peer and deleted before the app has heard of it: nothing comes.
    await peer.put(aProducer({ _id: anId('producer', 9) }));
    await peer.remove(await peer.get(anId('producer', 9)));
    await push();
    await sync();
    expect(await phone.store.tables.docs.get(anId('producer', 9))).toBeUndefined();
  });

  test('an attachment outlives an edit by the app, with its digest and its bytes', async () => {
    const bytes = Buffer.from('ảnh chụp '.repeat(5000));
    const { _id: id } = aProducer();
    const photo = { content_type: 'image/jpeg', data: bytes };
    await peer.put({ ...aProducer(), _attachments: { photo } });
    await push();
    await sync();
    await phone.store.update('producer', id, (doc) => ({ ...doc, phone: '0252000001' }));
    const outcome = await sync();
    expect(outcome).toMatchObject({ sent: 1, refused: 0 });
    const digestAt = async (at: Peer): Promise<unknown> => v.parse(stubs, await at.get(id))._attachments.photo.digest;
    const before = await digestAt(peer);
    await pull();
    expect(await peer.get(id)).toMatchObject({ phone: '0252000001', _rev: expect.stringMatching(/^2-/) });
    expect(await digestAt(peer)).toBe(before);
    // A peer that has never had the bytes gets them from the server, after the app's edit.
    const fresh: Peer = new PouchDB(`fresh-${database}`, { adapter: 'memory' });
    await pull(fresh);
    const got: unknown = await fresh.getAttachment(id, 'photo');
    expect(Buffer.isBuffer(got) && got.equals(bytes)).toBe(true);
    await fresh.destroy();
  });

  test('law 17: an unknown kind and a newer schema are kept as they came, and put back as they came', async () => {
    const foreign = [
      { _id: 'voucher:1', kind: 'voucher', editId: 'tomorrow-1', commune: '22972', lines: [{ a: [1, null, 'ê'] }] },
      { ...aProducer(), schema: 99, editId: 'tomorrow-2', name: { vi: 'Tên', en: 'Name' } },
      // This build knows the kind, but not a field.
      { ...aProducer({ _id: anId('producer', 2) }), loyalty: { points: 3 } }
    ];
    await peer.bulkDocs(foreign);
    await push();
    await sync();
    expect(await documentsOn()).toEqual(await documentsAt());
    expect(await phone.store.get('producer', anId('producer'))).toBeUndefined();
    await phone.store.update('producer', anId('producer', 2), (doc) => ({ ...doc, phone: '0252000001' }));
    await sync();
    await pull();
    expect(await peer.get(anId('producer', 2))).toMatchObject({ loyalty: { points: 3 }, phone: '0252000001' });

    // The server is made anew (law 9): who has the documents brings them back.
    const before = await documentsOn();
    await recreate();
    await sync();
    await sync();
    const fresh: Peer = new PouchDB(`fresh-${database}`, { adapter: 'memory' });
    await pull(fresh);
    const contents = (all: readonly { doc: object }[]) => all.map(({ doc }) => doc);
    expect(contents(await documentsAt(fresh))).toEqual(contents(before));
    await fresh.destroy();
  });
});

describe('leaves that stock replication left beside each other', () => {
  /** The phone and the peer edit the same place, none knowing of the other; the peer replicates last. */
  async function apart(edits: number): Promise<string> {
    const id = await register('Cơ sở mẫu 01');
    await sync();
    await pull();
    await phone.store.update('producer', id, (doc) => ({ ...doc, phone: 'của máy' }));
    await sync();
    for (let i = 1; i <= edits; i++)
      await peer.put({ ...(await peer.get(id)), phone: `của bạn ${i}`, editId: `p${i}` });
    await push();
    return id;
  }

  /** Leaves of the server that are not deleted: the winner first. */
  async function onServer(id: string): Promise<Leaf[]> {
    const { body } = await couch.admin(`/${database}/${id}`);
    const { _rev } = v.parse(v.looseObject({ _rev: v.string() }), body);
    const leaves = (await leavesOf(id, theServer())).filter((one) => one['_deleted'] !== true);
    return leaves.sort((a, b) => Number(b._rev === _rev) - Number(a._rev === _rev));
  }

  /** At rest, the app knows of no leaf that is closed by now; the run that closes one hears of it with the next. */
  async function isAtRest(id: string): Promise<void> {
    const clash = (await phone.store.tables.docs.get(id))?.clash ?? [];
    expect((await onServer(id)).map(({ _rev }) => _rev)).toEqual(expect.arrayContaining(clash));
  }

  /** The app holds the server's winner, knows of every other leaf that is open, and nothing that anybody said is gone. */
  async function isHonest(id: string, said: readonly string[]): Promise<void> {
    const revs = (await onServer(id)).map(({ _rev }) => _rev);
    const row = await phone.store.tables.docs.get(id);
    const waiting = await phone.store.tables.outbox.get(id);
    const met = [row?.rev, waiting?.theirs?.rev];
    const clash = row?.clash ?? [];
    expect(met).toContain(revs[0]);
    expect([...met, ...clash]).toEqual(expect.arrayContaining(revs));
    const { body: records } = await couch.admin(`/${database}/_all_docs?include_docs=true`);
    const everywhere = JSON.stringify([
      await onServer(id),
      records,
      await phone.store.tables.docs.toArray(),
      await phone.store.tables.kept.toArray()
    ]);
    for (const what of said) expect(everywhere).toContain(what);
  }

  test.each([
    ['the peer’s wins', 3],
    ['one of two of the same length wins', 1]
  ])('%s', async (_name, edits) => {
    const id = await apart(edits);
    await sync();
    await isHonest(id, ['của máy', `của bạn ${edits}`]);
    await sync();
    await isHonest(id, ['của máy', `của bạn ${edits}`]);
    await isAtRest(id);
  });

  test('an edit that is made before the phone hears of it is not lost, whichever leaf it goes on', async () => {
    const id = await apart(3);
    await phone.store.update('producer', id, (doc) => ({ ...doc, note: 'thêm' }));
    await sync();
    await sync();
    await isHonest(id, ['của máy', 'của bạn 3', 'thêm']);
    await isAtRest(id);
  });

  test('when the peer closes them, the app forgets them', async () => {
    const id = await apart(3);
    await sync();
    await pull();
    const { _conflicts = [] } = await peer.get(id, { conflicts: true });
    for (const rev of _conflicts) await peer.remove(id, rev);
    await push();
    await sync();
    expect(await onServer(id)).toHaveLength(1);
    expect((await phone.store.tables.docs.get(id))?.clash).toBeUndefined();
    await isHonest(id, ['của bạn 3']);
  });
});

const stubs = v.object({ _attachments: v.object({ photo: v.object({ digest: v.string() }) }) });

/** Deletes the database and makes it anew; CouchDB tells the birth of a database to the second. */
async function recreate(): Promise<void> {
  const remote = connection.remote(new AbortController().signal);
  const before = await remote.identity(database);
  const security = await couch.admin(`/${database}/_security`);
  await expect
    .poll(
      async () => {
        await couch.admin(`/${database}`, { method: 'DELETE' });
        await couch.admin(`/${database}`, { method: 'PUT' });
        await couch.admin(`/${database}/_security`, { method: 'PUT', body: JSON.stringify(security.body) });
        return remote.identity(database);
      },
      { timeout: 5000, interval: 200 }
    )
    .not.toEqual(before);
}
