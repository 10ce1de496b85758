// Photos on the device, from the shutter to the server's word: run in node on fake-indexeddb, and in a real browser.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboxCounts, unsentCount } from '#lib/storage/outbox.ts';
import { dropCopies, keepCopy, touchCopy } from '#lib/storage/photoCache.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { type NewPhoto, addPhoto, photoBytes, photoId, photosOf, photosWith } from '#lib/storage/photos.ts';
import { retryPhoto } from '#lib/storage/refusedPhotos.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { ServerChange } from '#lib/storage/replica/exchange.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE, aPhoto, anId } from '../support/documents.ts';
import { aNewPhoto } from '../support/new-photo.ts';
import { lyingInClear, suiteVault } from './vaults.ts';

const DATABASE = `ocop-${COMMUNE}`;
const AT = '2026-11-23T01:00:00.000Z';

let accounts = 0;
let account: string;
let store: Store;
let replica: Replica;

function portsOf(name: string) {
  let clock = Date.parse('2026-11-23T08:00:00+07:00');
  let chance = 1;
  return {
    account: name,
    device: 'device',
    now: () => new Date((clock += 1000)),
    random: (bytes: number) =>
      Uint8Array.from({ length: bytes }, () => (chance = (chance * 16_807) % 2_147_483_647) & 255)
  };
}

beforeEach(() => {
  account = `anh-${Math.random().toString(36).slice(2)}-${++accounts}`;
  const ports = portsOf(account);
  store = openStore(ports, 'strict', suiteVault());
  replica = new Replica(store.tables, ports);
});
afterEach(async () => {
  if (suiteVault() !== null) expect(await lyingInClear(account)).toEqual([]);
  await store.tables.delete();
});

/** A photo whose bytes say its number. */
function aNumberedPhoto(number = 1, over: Partial<NewPhoto> = {}): Promise<NewPhoto> {
  const photo = new Uint8Array(3000).fill(number).buffer;
  return aNewPhoto(photo, {
    bytes: { photo, thumb: new Uint8Array(300).fill(number).buffer },
    digests: { photo: `photo${number}==`, thumb: `thumb${number}==` },
    ...over
  });
}

async function added(number = 1, over: Partial<NewPhoto> = {}) {
  const photo = await addPhoto(store, await aNumberedPhoto(number, over));
  if (!photo.ok) throw new Error(photo.error.tag);
  return photo.value;
}

/** The documents that wait go out, and the server takes them. */
async function send(): Promise<void> {
  const waiting = await replica.waiting(DATABASE);
  const outgoing = await replica.outgoing(waiting.ok ? waiting.value : []);
  for (const { id, editId, doc, rev } of outgoing.ok ? outgoing.value : []) {
    const next = `${Number.parseInt(rev ?? '0', 10) + 1}-a`;
    await replica.settle([{ tag: 'receipt', id, editId, rev: next, at: AT, doc }]);
  }
}

const stubs = (number: number) => ({
  'photo.jpg': { stub: true, digest: `md5-photo${number}==`, length: 3000, content_type: 'image/jpeg', revpos: 2 },
  'thumb.jpg': { stub: true, digest: `md5-thumb${number}==`, length: 300, content_type: 'image/jpeg', revpos: 2 }
});

/** The server tells what it has of a document. */
const tell = async (id: string, rev: string, over: object): Promise<void> => {
  const [row, unsent] = await Promise.all([store.tables.docs.get(id), store.tables.outbox.get(id)]);
  const doc = unsent?.base?.doc ?? row?.doc;
  const change: ServerChange = { id, rev, isDeleted: false, doc: { ...doc, ...over, _id: id }, clash: [] };
  await replica.takeStanding(DATABASE, [change], AT);
};

const waiting = async () => {
  const found = await replica.waitingPhotos([DATABASE]);
  return found.ok ? found.value.map(({ id, rev }) => [id, rev]) : found.error.detail;
};

describe('keeping', () => {
  test('document, outbox row and bytes are there together, and read back', async () => {
    const photo = await added(1, { caption: 'Xưởng', target: { id: anId('assessment'), place: '1.2' } });
    expect(photo).toMatchObject({ caption: 'Xưởng', bytes: 3000, thumbBytes: 300, width: 1600 });
    const bytes = await photoBytes(store, photo._id, 'photo');
    expect(bytes?.byteLength).toBe(3000);
    expect(await store.tables.outbox.get(photo._id)).toMatchObject({ state: 'waiting', base: null });
    expect(await photosOf(store, anId('product'))).toMatchObject([
      { doc: photo, sending: { state: 'local' }, here: ['photo', 'thumb'] }
    ]);
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 1, bytes: 3300 }, sent: { count: 0 } });
  });

  test('the same photo twice is one photo; for another product it is another one', async () => {
    const first = await added(1);
    expect(await added(1)).toEqual(first);
    const other = await added(1, { productId: anId('product', 2) });
    expect(other._id).not.toBe(first._id);
    expect(await store.tables.docs.count()).toBe(2);
    expect(first._id).toBe(await photoId(first.sha256, anId('product'), account));
  });

  test('one that was deleted comes back, with its caption', async () => {
    const first = await added(1, { caption: 'Nhãn' });
    await store.remove('photo', first._id);
    // That it is deleted is still to be told; its bytes are not to go.
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 1, bytes: 0 } });
    expect(await added(1)).toMatchObject({ _id: first._id, caption: 'Nhãn' });
    expect((await store.get('photo', first._id))?.doc.deleted).toBeUndefined();
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 1, bytes: 3300 } });
  });

  test('bytes that are not what they should be are told, and nothing is kept of them', async () => {
    const photo = await aNumberedPhoto(1, { sha256: '0'.repeat(64) });
    expect(await addPhoto(store, photo)).toEqual({ ok: false, error: { tag: 'damaged' } });
    for (const table of [store.tables.docs, store.tables.outbox, store.tables.photos, store.tables.photoBytes]) {
      expect(await table.count()).toBe(0);
    }
  });

  test.each(['photo', 'thumb'] as const)('a %s that lies otherwise than it was written is told', async (size) => {
    store.tables.photoBytes.hook('creating', (_key, row) => {
      if (row.size === size) row.bytes = new Uint8Array(row.bytes.slice(0)).fill(7, -1).buffer;
    });
    expect(await addPhoto(store, await aNumberedPhoto(1))).toEqual({ ok: false, error: { tag: 'damaged' } });
    expect(await store.tables.photoBytes.count()).toBe(0);
  });

  test('a photo that the office would refuse is refused here', async () => {
    const photo = await aNumberedPhoto(1);
    const huge = { ...photo, bytes: { ...photo.bytes, photo: new ArrayBuffer(1_500_001) } };
    expect(await addPhoto(store, huge)).toMatchObject({ ok: false, error: { tag: 'malformed', path: 'bytes' } });
    expect(await store.tables.photoBytes.count()).toBe(0);
  });
});

describe('on its way', () => {
  test('goes when its document has arrived, and is sent when the server names exactly its bytes', async () => {
    const { _id: id } = await added(1);
    expect(await waiting()).toEqual([]);
    await send();
    expect(await waiting()).toEqual([[id, '1-a']]);
    expect(await photosWith(store, [id])).toMatchObject([{ sending: { state: 'local' } }]);
    await tell(id, '2-b', { _attachments: { 'photo.jpg': stubs(1)['photo.jpg'] } });
    expect(await waiting()).toEqual([[id, '2-b']]);
    await tell(id, '3-c', { _attachments: stubs(2) });
    expect(await waiting()).toEqual([[id, '3-c']]);
    await tell(id, '4-d', { _attachments: stubs(1) });
    expect(await waiting()).toEqual([]);
    expect(await photosWith(store, [id])).toMatchObject([{ sending: { state: 'sent', rev: '4-d' } }]);
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 0 }, sent: { count: 1, bytes: 3300 } });
  });

  test('taken anew on a phone that has only its document, it need not go up where the server holds exactly its bytes', async () => {
    for (const [number, held, state] of [
      [1, 1, 'sent'],
      [2, 3, 'local']
    ] as const) {
      const photo = await added(number);
      await send();
      await tell(photo._id, '2-b', { _attachments: stubs(held) });
      // As on his second phone: the document came by pull, and no bytes with it.
      await store.tables.photos.delete(photo._id);
      await store.tables.photoBytes.where('id').equals(photo._id).delete();
      await added(number);
      expect((await photosWith(store, [photo._id]))[0]?.sending.state).toBe(state);
      expect(await waiting()).toEqual(state === 'sent' ? [] : [[photo._id, '2-b']]);
    }
  });

  test('waits again when the server has it no more', async () => {
    const { _id: id } = await added(1);
    await send();
    await tell(id, '2-b', { _attachments: stubs(1) });
    expect(await waiting()).toEqual([]);
    await tell(id, '3-c', { _attachments: undefined });
    expect(await waiting()).toEqual([[id, '3-c']]);
  });

  test('put back to a server that was made anew, it names no bytes there, and sends them again (law 9)', async () => {
    const { _id: id } = await added(1);
    await send();
    await tell(id, '2-b', { _attachments: stubs(1) });
    await replica.putBack([id]);
    const outgoing = await replica.outgoing([id]);
    expect(outgoing.ok && outgoing.value[0]?.doc).not.toHaveProperty('_attachments');
    await send();
    expect(await waiting()).toHaveLength(1);
    expect((await store.tables.docs.get(id))?.doc).not.toHaveProperty('_attachments');
  });

  test('put back with a caption that is still to go, it names no bytes there either (law 9)', async () => {
    const { _id: id } = await added(1);
    await send();
    await tell(id, '2-b', { _attachments: stubs(1) });
    await store.update('photo', id, (doc) => ({ ...doc, caption: 'Nhãn' }));
    await replica.putBack([id]);
    const outgoing = await replica.outgoing([id]);
    expect(outgoing.ok && outgoing.value[0]?.doc).toMatchObject({ caption: 'Nhãn' });
    expect(outgoing.ok && outgoing.value[0]?.doc).not.toHaveProperty('_attachments');
    await send();
    expect(await waiting()).toHaveLength(1);
  });

  test('an edit of the caption goes out with the bytes that the server has, also those that it got meanwhile', async () => {
    const { _id: id } = await added(1);
    await send();
    await store.update('photo', id, (doc) => ({ ...doc, caption: 'Nhãn' }));
    // The bytes can go beside the version that is there, whatever is written of it here.
    expect(await waiting()).toEqual([[id, '1-a']]);
    await tell(id, '2-b', { _attachments: stubs(1), caption: undefined });
    expect(await waiting()).toEqual([]);
    const outgoing = await replica.outgoing([id]);
    expect(outgoing.ok && outgoing.value).toMatchObject([
      { rev: '2-b', doc: { caption: 'Nhãn', _attachments: stubs(1) } }
    ]);
    expect(await photosWith(store, [id])).toMatchObject([{ sending: { state: 'local' } }]);
    await send();
    expect(await photosWith(store, [id])).toMatchObject([{ doc: { caption: 'Nhãn' }, sending: { state: 'sent' } }]);
  });

  test('counts as unsent until the server has its bytes, once', async () => {
    const { _id: id } = await added(1);
    expect(await unsentCount(store)).toBe(1);
    await send();
    expect(await store.tables.outbox.count()).toBe(0);
    expect(await unsentCount(store)).toBe(1);
    expect(await outboxCounts(store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    await tell(id, '2-b', { _attachments: stubs(1) });
    expect(await unsentCount(store)).toBe(0);
  });

  test('a deleted photo is not sent, and goes when it is brought back', async () => {
    const { _id: id } = await added(1);
    await send();
    await store.remove('photo', id);
    expect(await waiting()).toEqual([]);
    await store.restore('photo', id);
    expect(await waiting()).toEqual([[id, '1-a']]);
  });

  test('refused by the server it stays here with the reason, until it is asked for again', async () => {
    const { _id: id } = await added(1);
    await send();
    await replica.refusePhoto({ id, code: 'forbidden:role', message: 'role: photo', at: AT });
    expect(await waiting()).toEqual([]);
    expect(await photosWith(store, [id])).toMatchObject([
      { sending: { state: 'refused', reason: { code: 'forbidden:role' } } }
    ]);
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 0 }, refused: { count: 1 } });
    await retryPhoto(store, id);
    expect(await waiting()).toEqual([[id, '1-a']]);
  });

  test('one that was refused because its bytes were gone, and is chosen again, waits again', async () => {
    const { _id: id } = await added(1);
    await send();
    await replica.refusePhoto({ id, code: 'bytesMissing', message: '', at: AT });
    expect((await added(1))._id).toBe(id);
    expect(await waiting()).toEqual([[id, '1-a']]);
    expect(await photosWith(store, [id])).toMatchObject([{ sending: { state: 'local' } }]);
    expect(await photoCounts(store)).toMatchObject({ waiting: { count: 1 }, refused: { count: 0 } });
  });

  test('one that may be there stays so when it is chosen again, until the server names its bytes', async () => {
    const { _id: id } = await added(1);
    await send();
    const mayBeThere = async () => {
      const found = await replica.waitingPhotos([DATABASE]);
      return found.ok && found.value.map((photo) => photo.mayBeThere);
    };
    expect(await mayBeThere()).toEqual([false]);
    const bytes = await replica.bytesToUpload(id);
    expect(bytes.ok && bytes.value?.photo.byteLength).toBe(3000);
    expect(await mayBeThere()).toEqual([true]);
    await added(1);
    expect(await mayBeThere()).toEqual([true]);
    await tell(id, '2-b', { _attachments: stubs(1) });
    await added(1);
    expect(await mayBeThere()).toEqual([]);
    // The server came back without them: it is known that they are not there.
    await tell(id, '3-c', { _attachments: undefined });
    expect(await mayBeThere()).toEqual([false]);
  });

  test('the oldest goes first, each commune with its own', async () => {
    const [first, second] = [await added(1), await added(2)];
    await send();
    expect(await waiting()).toEqual([
      [first._id, '1-a'],
      [second._id, '1-a']
    ]);
    expect(await replica.waitingPhotos(['ocop-22969'])).toEqual({ ok: true, value: [] });
  });
});

describe('a commune that was taken away', () => {
  test('takes sent photos and copies with it; an unsent one stays, with its document', async () => {
    const [sent, unsent] = [await added(1), await added(2)];
    await send();
    await tell(sent._id, '2-b', { _attachments: stubs(1) });
    const theirs = aPhoto({ createdBy: 'canbo.b', updatedBy: 'canbo.b' });
    await replica.takeStanding(
      DATABASE,
      [{ id: theirs._id, rev: '1-a', isDeleted: false, doc: theirs, clash: [] }],
      AT
    );
    await keepCopy(store, copyOf(theirs._id, 10), AT);
    await replica.forget([DATABASE]);
    expect(await store.tables.docs.toCollection().primaryKeys()).toEqual([unsent._id]);
    expect(await store.tables.photos.toCollection().primaryKeys()).toEqual([unsent._id]);
    expect(await photoBytes(store, unsent._id, 'photo')).toBeDefined();
    expect(await store.tables.photoBytes.count()).toBe(2);
  });
});

const copyOf = (id: string, bytes: number) => ({
  id,
  database: DATABASE,
  size: 'photo' as const,
  bytes: new ArrayBuffer(bytes),
  digests: { photo: 'p', thumb: 't' }
});

describe('copies of the photos of others', () => {
  const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

  test('are few enough: those that were looked at longest ago go first, and never what was made here', async () => {
    const { _id: own } = await added(1);
    for (const n of [1, 2, 3]) await keepCopy(store, copyOf(`photo:${n}`, 40), later(n), 100);
    expect(await store.tables.photos.where('state').equals('cached').primaryKeys()).toEqual(['photo:2', 'photo:3']);
    await touchCopy(store, 'photo:2', later(4));
    await keepCopy(store, copyOf('photo:4', 40), later(5), 100);
    expect(await store.tables.photos.where('state').equals('cached').primaryKeys()).toEqual(['photo:2', 'photo:4']);
    expect(await photoBytes(store, own, 'photo')).toBeDefined();
    expect(await dropCopies(store)).toBe(80);
    expect(await store.tables.photoBytes.toCollection().primaryKeys()).toEqual([
      [own, 'photo'],
      [own, 'thumb']
    ]);
  });

  test('both sizes count, each once', async () => {
    await keepCopy(store, copyOf('photo:1', 40), later(1));
    await keepCopy(store, copyOf('photo:1', 40), later(2));
    await keepCopy(store, { ...copyOf('photo:1', 4), size: 'thumb' }, later(3));
    expect(await photoCounts(store)).toMatchObject({ cached: { count: 1, bytes: 44 } });
  });

  test('a copy does not take the place of what was made here', async () => {
    const { _id: own } = await added(1);
    await keepCopy(store, copyOf(own, 10), later(1));
    expect((await photoBytes(store, own, 'photo'))?.byteLength).toBe(3000);
    expect(await store.tables.photos.get(own)).toMatchObject({ state: 'waiting' });
  });
});
