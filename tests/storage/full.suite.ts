// A phone that is full: at each kind of write nothing is lost, and it goes in once there is room. In node, and in a browser.
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Photo, Producer } from '#lib/domain/document/document.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { decide } from '#lib/storage/conflicts.ts';
import { Database, databaseName } from '#lib/storage/database.ts';
import { retry } from '#lib/storage/outbox.ts';
import { keepCopy } from '#lib/storage/photoCache.ts';
import { freeSent, freeable } from '#lib/storage/photoSpace.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { type NewPhoto, addPhoto, photoBytes, photosOf } from '#lib/storage/photos.ts';
import { retryPhoto } from '#lib/storage/refusedPhotos.ts';
import { recordUse } from '#lib/storage/recordSpace.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { ServerPage } from '#lib/storage/replica/exchange.ts';
import { RESERVE_BYTES, giveUpReserve, reserveState, takeReserve } from '#lib/storage/reserve.ts';
import { Store } from '#lib/storage/store.ts';
import { COMMUNE, aProducer, anId } from '../support/documents.ts';
import { aNewPhoto } from '../support/new-photo.ts';
import { handPorts } from '../sync/support/device.ts';
import { Disk, onDisk } from './support/disk.ts';
import { lyingInClear, suiteVault } from './vaults.ts';

const DATABASE = communeDatabase(COMMUNE);
const AT = '2026-11-23T01:00:00.000Z';
const FULL = { ok: false, error: { tag: 'write', cause: 'quota' } };
const FULL_PHONE = { ok: false, error: { tag: 'storage', cause: 'quota' } };

let account: string;
let disk: Disk;
let store: Store;
let replica: Replica;
/** The phone's clock shows this ISO instant from now on. */
let setClock: (at: string) => void;

beforeEach(() => {
  account = `day-${Math.random().toString(36).slice(2)}`;
  disk = new Disk();
  const { ports, setClockBy } = handPorts(account, 'device', 1);
  setClock = (at) => setClockBy(Date.parse(at) - ports.now().getTime());
  store = new Store(onDisk(new Database(account, 'strict', suiteVault()), disk), ports);
  replica = new Replica(store.tables, ports);
});
afterEach(async () => {
  if (suiteVault() !== null) expect(await lyingInClear(account)).toEqual([]);
  await store.tables.delete();
});

/** Everything that lies in the database. */
const everything = async (): Promise<unknown> =>
  Promise.all(store.tables.tables.map(async (table) => [table.name, await table.toArray()]));

async function created(name = 'Cơ sở mẫu'): Promise<Producer> {
  const made = await store.create('producer', COMMUNE, { name });
  if (!made.ok) throw new Error(made.error.tag);
  return made.value;
}

const named = (name: string) => (doc: Producer) => ({ ...doc, name });

/** The document waits no more: the server has this version of it. */
async function receipt(doc: Producer, rev: string) {
  return replica.settle([{ tag: 'receipt', id: doc._id, editId: doc.editId, rev, at: AT, doc: { ...doc } }]);
}

/** Somebody else has written it on the server meanwhile. */
const standing = (doc: Producer, name: string) =>
  replica.settle([
    { tag: 'standing', id: doc._id, rev: '2-b', doc: { ...doc, name, editId: 'theirs', updatedBy: 'khac' }, at: AT }
  ]);

const page = (since: string, ...docs: Producer[]): ServerPage => ({
  changes: docs.map((doc) => ({ id: doc._id, rev: '1-a', isDeleted: false, doc, clash: [] })),
  since,
  identity: 'x',
  witness: null,
  completedAt: AT,
  at: AT
});

function aLargePhoto(number: number): Promise<NewPhoto> {
  const photo = new Uint8Array(300_000).fill(number).buffer;
  return aNewPhoto(photo, {
    bytes: { photo, thumb: new ArrayBuffer(3000) },
    digests: { photo: `photo${String(number)}==`, thumb: `thumb${String(number)}==` }
  });
}

async function photographed(number: number) {
  const added = await addPhoto(store, await aLargePhoto(number));
  if (!added.ok) throw new Error(added.error.tag);
  return added.value;
}

async function sentWith(number: number) {
  const photo = await photographed(number);
  await arrives(photo, number);
  return photo;
}

/** The server tells that it has the document, and the bytes beside it. */
async function arrives(photo: Photo, number: number): Promise<void> {
  const { _id: id, editId } = photo;
  await replica.settle([{ tag: 'receipt', id, editId, rev: '1-a', at: AT, doc: { ...photo } }]);
  const stub = (size: string) => ({ stub: true, digest: `md5-${size}${String(number)}==` });
  const doc = { ...photo, _attachments: { 'photo.jpg': stub('photo'), 'thumb.jpg': stub('thumb') } };
  await replica.takeStanding(DATABASE, [{ id, rev: '2-a', isDeleted: false, doc, clash: [] }], AT);
}

const copy = (number: number) => ({
  id: `photo:of-others-${String(number)}`,
  database: DATABASE,
  size: 'photo' as const,
  bytes: new ArrayBuffer(300_000),
  digests: { photo: 'a==', thumb: 'b==' }
});

describe('no room at a kind of write: nothing is lost, and it goes in once there is some', () => {
  interface Case {
    /** The tables that refuse. */
    readonly tables: readonly string[];
    /** What lies there before. @returns the write */
    prepare(): Promise<() => Promise<unknown>>;
    readonly refused: unknown;
    /** That it was written. */
    written(): Promise<void>;
  }

  let doc: Producer;
  const nameHere = async () => (await store.get('producer', doc._id))?.doc.name;

  const cases: Record<string, Case> = {
    'a new record': {
      tables: ['docs'],
      prepare: () => Promise.resolve(() => store.create('producer', COMMUNE, { name: 'Mới' })),
      refused: FULL,
      written: async () => expect(await store.tables.outbox.count()).toBe(1)
    },
    'an edit that was seen before': {
      tables: ['docs'],
      prepare: async () => {
        doc = await created();
        await store.update('producer', doc._id, named('Hai'));
        return () => store.update('producer', doc._id, named('Ba'));
      },
      refused: FULL,
      written: async () => expect(await nameHere()).toBe('Ba')
    },
    'the outbox row of an edit': {
      tables: ['outbox'],
      prepare: async () => {
        doc = await created();
        await receipt(doc, '1-a');
        return () => store.update('producer', doc._id, named('Hai'));
      },
      refused: FULL,
      written: async () => expect(await store.tables.outbox.get(doc._id)).toMatchObject({ base: { rev: '1-a' } })
    },
    'a version that an edit overwrites unseen': {
      tables: ['kept'],
      prepare: async () => {
        doc = await created();
        const shown = doc;
        await store.update('producer', doc._id, named('Của người khác'));
        return () => store.update('producer', doc._id, named('Của tôi'), shown);
      },
      refused: FULL,
      written: async () => {
        expect(await nameHere()).toBe('Của tôi');
        expect(await store.tables.kept.toArray()).toMatchObject([{ doc: { name: 'Của người khác' } }]);
      }
    },
    'a deletion': {
      tables: ['docs'],
      prepare: async () => {
        doc = await created();
        return () => store.remove('producer', doc._id);
      },
      refused: FULL,
      written: async () => expect((await store.get('producer', doc._id))?.doc.deleted).toBe(true)
    },
    'the record of a conflict': {
      tables: ['docs'],
      prepare: async () => {
        doc = await created();
        await receipt(doc, '1-a');
        await store.update('producer', doc._id, named('Của tôi'));
        return () => standing(doc, 'Của người khác');
      },
      refused: FULL_PHONE,
      written: async () => {
        expect(await nameHere()).toBe('Của tôi');
        const waiting = await store.tables.outbox.get(doc._id);
        expect(waiting).toMatchObject({ state: 'conflict', theirs: { doc: { name: 'Của người khác' } } });
        expect(await store.tables.docs.get(waiting?.record ?? '')).toBeDefined();
      }
    },
    'the decision of a conflict': {
      tables: ['kept'],
      prepare: async () => {
        doc = await created();
        await receipt(doc, '1-a');
        await store.update('producer', doc._id, named('Của tôi'));
        await standing(doc, 'Của người khác');
        return () => decide(store, doc._id, 'theirs');
      },
      refused: FULL,
      written: async () => {
        expect(await nameHere()).toBe('Của người khác');
        expect(await store.tables.kept.toArray()).toMatchObject([{ doc: { name: 'Của tôi' }, why: 'conflict' }]);
      }
    },
    'the note that an edit goes out': {
      tables: ['outbox'],
      prepare: async () => {
        doc = await created();
        return () => replica.outgoing([doc._id]);
      },
      refused: FULL_PHONE,
      written: async () => expect(await store.tables.outbox.get(doc._id)).toMatchObject({ sent: [doc.editId] })
    },
    'a receipt': {
      tables: ['docs'],
      prepare: async () => {
        doc = await created();
        return () => receipt(doc, '1-a');
      },
      refused: FULL_PHONE,
      written: async () => {
        expect((await store.get('producer', doc._id))?.sending).toMatchObject({ state: 'sent', rev: '1-a' });
        expect(await store.tables.outbox.count()).toBe(0);
      }
    },
    'a refusal': {
      tables: ['outbox'],
      prepare: async () => {
        doc = await created();
        const { _id: id, editId } = doc;
        return () => replica.settle([{ tag: 'refused', id, editId, code: 'locked', message: 'x', at: AT }]);
      },
      refused: FULL_PHONE,
      written: async () => expect(await store.tables.outbox.get(doc._id)).toMatchObject({ state: 'refused' })
    },
    'a page of changes': {
      tables: ['docs'],
      prepare: async () => {
        await replica.apply(DATABASE, page('1'));
        return () => replica.apply(DATABASE, page('2', aProducer()));
      },
      refused: FULL_PHONE,
      written: async () => expect(await store.tables.checkpoints.get(DATABASE)).toMatchObject({ since: '2' })
    },
    'the checkpoint behind a page': {
      tables: ['checkpoints'],
      prepare: async () => {
        doc = aProducer();
        await replica.apply(DATABASE, page('1'));
        return () => replica.apply(DATABASE, page('2', doc));
      },
      refused: FULL_PHONE,
      written: async () => {
        expect(await nameHere()).toBe(doc.name);
        expect(await store.tables.checkpoints.get(DATABASE)).toMatchObject({ since: '2' });
      }
    },
    'the bytes of a photo': {
      tables: ['photoBytes'],
      prepare: () => Promise.resolve(async () => addPhoto(store, await aLargePhoto(1))),
      refused: FULL,
      written: async () => expect(await photosOf(store, anId('product'))).toMatchObject([{ here: ['photo', 'thumb'] }])
    },
    'the document of a photo': {
      tables: ['docs'],
      prepare: () => Promise.resolve(async () => addPhoto(store, await aLargePhoto(1))),
      refused: FULL,
      written: async () => expect(await store.tables.photoBytes.count()).toBe(2)
    },
    'what is known of a photo': {
      tables: ['photos'],
      prepare: async () => {
        const { _id: id } = await photographed(1);
        return () => replica.refusePhoto({ id, code: 'tooLarge', message: 'x', at: AT });
      },
      refused: FULL_PHONE,
      written: async () => expect(await photoCounts(store)).toMatchObject({ refused: { count: 1 } })
    }
  };

  test.each(Object.keys(cases))('%s', async (name) => {
    const one = cases[name];
    if (one === undefined) throw new Error(name);
    const write = await one.prepare();
    const before = await everything();
    disk.full = one.tables;
    expect(await write()).toMatchObject(Object(one.refused));
    // Goes on trying, and is as full as before.
    expect(await write()).toMatchObject(Object(one.refused));
    expect(disk.refusals).toBeGreaterThan(1);
    expect(await everything()).toEqual(before);
    disk.full = [];
    expect(await write()).toMatchObject({ ok: true });
    await one.written();
  });

  test('a fact: it is told, and what was remembered before stays', async () => {
    await store.remember('draft', { name: 'Trước' });
    disk.full = ['facts'];
    await expect(store.remember('draft', { name: 'Sau' })).rejects.toThrow();
    expect(await store.fact('draft')).toEqual({ name: 'Trước' });
    disk.full = [];
    await store.remember('draft', { name: 'Sau' });
    expect(await store.fact('draft')).toEqual({ name: 'Sau' });
  });

  test('a copy of a photo: it is told, and no half of it is kept', async () => {
    disk.full = ['photos'];
    await expect(keepCopy(store, copy(1), AT)).rejects.toThrow();
    expect(await store.tables.photoBytes.count()).toBe(0);
    disk.full = [];
    await keepCopy(store, copy(1), AT);
    expect((await photoCounts(store)).cached.count).toBe(1);
  });

  test('an upgrade of the schema: the old database stays as it was, and is upgraded once there is room', async () => {
    const doc = await created();
    store.close();
    const before = store.tables.verno;
    const next = () => {
      const db = onDisk(new Database(account, 'strict', suiteVault()), disk);
      db.version(before + 1)
        .stores({})
        .upgrade((transaction) =>
          transaction
            .table('docs')
            .toCollection()
            .modify((row: { updatedAt: string }) => {
              row.updatedAt = 'upgraded';
            })
        );
      return db;
    };
    disk.full = ['docs'];
    const failing = next();
    await expect(failing.open()).rejects.toThrow();
    failing.close();

    const old = new Dexie(databaseName(account));
    await old.open();
    expect(old.verno).toBe(before);
    expect(await old.table('docs').toArray()).toMatchObject([{ id: doc._id, updatedAt: doc.updatedAt }]);
    expect(await old.table('outbox').count()).toBe(1);
    old.close();

    disk.full = [];
    const upgraded = next();
    expect(await upgraded.docs.toArray()).toMatchObject([{ id: doc._id, updatedAt: 'upgraded' }]);
    expect(await upgraded.outbox.count()).toBe(1);
    upgraded.close();
  });
});

describe('what gives way', () => {
  beforeEach(async () => {
    await takeReserve(store.tables);
  });

  test('copies before the reserve, and the reserve for typed text alone', async () => {
    await keepCopy(store, copy(1), AT);
    disk.room = 0;
    const doc = await created('Chữ vẫn vào');
    expect((await photoCounts(store)).cached).toEqual({ count: 0, bytes: 0 });
    expect(await reserveState(store.tables)).toBe('held');

    disk.room = 0;
    expect(await addPhoto(store, await aLargePhoto(1))).toMatchObject(FULL);
    expect(await replica.apply(DATABASE, page('2', aProducer()))).toMatchObject(FULL_PHONE);
    expect(await reserveState(store.tables)).toBe('held');

    expect(await store.update('producer', doc._id, named('Sửa'))).toMatchObject({ ok: true });
    expect(await reserveState(store.tables)).toBe('spent');
    // It lasts for more than one.
    for (let i = 0; i < 100; i++) await store.update('producer', doc._id, named(`Sửa ${String(i)}`));
    expect((await store.get('producer', doc._id))?.doc.name).toBe('Sửa 99');
  });

  test('a receipt and a draft get in as well: without them nothing could be freed', async () => {
    const doc = await created();
    disk.room = 0;
    expect(await receipt(doc, '1-a')).toMatchObject({ ok: true });
    await giveUpReserve(store.tables);
    disk.room = 1000;
    await store.remember('draft', { name: 'x' });
    expect(await store.fact('draft')).toEqual({ name: 'x' });
  });

  test.each(['record', 'photo'] as const)('the wish to send a refused %s once more gets in as well', async (what) => {
    const refusal = { code: 'forbidden', message: 'm', at: AT };
    const { _id: id, editId } = what === 'record' ? await created() : await photographed(1);
    if (what === 'record') await replica.settle([{ tag: 'refused', id, editId, ...refusal }]);
    else await replica.refusePhoto({ id, ...refusal });
    disk.room = 0;
    await (what === 'record' ? retry : retryPhoto)(store, id);
    expect(await store.tables[what === 'record' ? 'outbox' : 'photos'].get(id)).toMatchObject({ state: 'waiting' });
  });

  test('a copy that cannot be let go of keeps no text out', async () => {
    const { _id: id } = await sentWith(1);
    await freeSent(store, '2027-01-01T00:00:00.000Z');
    await keepCopy(store, { ...copy(1), id }, AT);
    disk.room = 0;
    expect((await created('Chữ vẫn vào')).name).toBe('Chữ vẫn vào');
    expect(await reserveState(store.tables)).toBe('spent');
  });

  test('a photo takes the room of copies', async () => {
    await keepCopy(store, copy(1), AT);
    await keepCopy(store, copy(2), AT);
    disk.room = 1000;
    expect(await addPhoto(store, await aLargePhoto(1))).toMatchObject({ ok: true });
    expect((await photoCounts(store)).cached.count).toBe(0);
  });

  test('what was given up is held again once there is room, and counts as no photo', async () => {
    await giveUpReserve(store.tables);
    disk.room = RESERVE_BYTES - 1;
    await expect(takeReserve(store.tables)).rejects.toThrow();
    expect(await reserveState(store.tables)).toBe('spent');
    disk.room = RESERVE_BYTES + 1000;
    await takeReserve(store.tables);
    await takeReserve(store.tables);
    expect(await reserveState(store.tables)).toBe('held');
    expect(Object.values(await photoCounts(store)).map(({ count }) => count)).toEqual([0, 0, 0, 0]);
  });

  test('two tabs that find the phone full give it up once, and both save', async () => {
    const { ports } = handPorts(account, 'device', 2);
    const other = new Store(onDisk(new Database(account, 'strict', suiteVault()), disk), ports);
    disk.room = 0;
    const saved = await Promise.all([
      store.create('producer', COMMUNE, { name: 'Một' }),
      other.create('producer', COMMUNE, { name: 'Hai' })
    ]);
    other.close();
    expect(saved).toMatchObject([{ ok: true }, { ok: true }]);
  });
});

describe('freeing sent photos', () => {
  const later = '2027-01-01T00:00:00.000Z';

  test('only those with the server’s word for exactly these bytes, and only old ones', async () => {
    const sent = await sentWith(1);
    const waiting = await photographed(2);
    const refused = await photographed(3);
    await replica.refusePhoto({ id: refused._id, code: 'tooLarge', message: 'x', at: AT });
    const edited = await sentWith(4);
    await store.update('photo', edited._id, (photo) => ({ ...photo, caption: 'Chưa gửi' }));
    await keepCopy(store, copy(5), AT);

    expect(await freeable(store, sent.updatedAt)).toEqual({ count: 0, bytes: 0 });
    expect(await freeable(store, later)).toEqual({ count: 1, bytes: 300_000 });
    expect(await freeSent(store, later)).toEqual({ count: 1, bytes: 300_000 });
    expect(await freeSent(store, later)).toEqual({ count: 0, bytes: 0 });

    const here = Object.fromEntries(
      (await photosOf(store, anId('product'))).map(({ doc, here: sizes, sending }) => [doc._id, [sizes, sending.state]])
    );
    expect(here).toEqual({
      [sent._id]: [['thumb'], 'sent'],
      [waiting._id]: [['photo', 'thumb'], 'local'],
      [refused._id]: [['photo', 'thumb'], expect.any(String)],
      [edited._id]: [['photo', 'thumb'], 'local']
    });
    expect(await store.get('photo', sent._id)).toMatchObject({ doc: { sha256: sent.sha256 } });
    expect((await photoCounts(store)).sent.count).toBe(2);
  });

  test('how long ago is told by the receipt, not by when it was taken; of one from before that was noted, by the latter', async () => {
    const photo = await photographed(1);
    const { _id: id } = photo;
    const day = (number: number) => `2026-12-${String(number).padStart(2, '0')}T00:00:00.000Z`;
    setClock(day(20));
    await arrives(photo, 1);
    expect(await freeable(store, day(10))).toMatchObject({ count: 0 });
    expect(await freeSent(store, day(10))).toMatchObject({ count: 0 });
    expect(await freeable(store, day(21))).toMatchObject({ count: 1 });
    // The server has lost its bytes, and takes them again.
    await replica.takeStanding(DATABASE, [{ id, rev: '3-a', isDeleted: false, doc: { ...photo }, clash: [] }], AT);
    setClock(day(25));
    await arrives(photo, 1);
    expect(await freeable(store, day(21))).toMatchObject({ count: 0 });
    expect(await freeable(store, day(26))).toMatchObject({ count: 1 });

    await store.tables.photos
      .where('id')
      .equals(id)
      .modify(({ sentAt: _sentAt, ...row }, ref) => {
        ref.value = row;
      });
    expect(await freeable(store, day(10))).toMatchObject({ count: 1 });
  });

  test('one that was freed comes back as a copy, and its thumbnail stays when the copy goes', async () => {
    const { _id: id } = await sentWith(1);
    await freeSent(store, later);
    await keepCopy(store, { ...copy(1), id }, AT);
    expect((await photoBytes(store, id, 'photo'))?.byteLength).toBe(300_000);
    await keepCopy(store, copy(2), later, 300_000);
    expect(await photoBytes(store, id, 'photo')).toBeUndefined();
    expect((await photoBytes(store, id, 'thumb'))?.byteLength).toBe(3000);
  });

  test('one that was freed and is taken once more is whole again, and not sent twice', async () => {
    const { _id: id } = await sentWith(1);
    await freeSent(store, later);
    await photographed(1);
    expect((await photoBytes(store, id, 'photo'))?.byteLength).toBe(300_000);
    expect((await photoCounts(store)).waiting.count).toBe(0);
  });

  test('on a phone with no room at all: the reserve pays for the note, and is held again', async () => {
    await takeReserve(store.tables);
    await sentWith(1);
    disk.room = 0;
    expect(await freeSent(store, later)).toEqual({ count: 1, bytes: 300_000 });
    await takeReserve(store.tables);
    expect(await reserveState(store.tables)).toBe('held');
  });

  test('a fault in the midst of it frees whole photos, and the next time the rest', async () => {
    for (let number = 1; number <= 30; number++) await sentWith(number);
    const before = await everything();
    disk.full = ['photos'];
    await expect(freeSent(store, later)).rejects.toThrow();
    expect(await everything()).toEqual(before);
    disk.full = [];
    expect((await freeSent(store, later)).count).toBe(30);
  });
});

test('records are measured by a sample, near to what they take', async () => {
  expect(await recordUse(store)).toEqual({ count: 0, bytes: 0 });
  const docs = Array.from({ length: 300 }, (_none, i) => aProducer({ _id: anId('producer', i + 1) }));
  await replica.apply(DATABASE, page('1', ...docs));
  const rows = await store.tables.docs.toArray();
  const exact = rows.reduce((sum, row) => sum + new TextEncoder().encode(JSON.stringify(row)).byteLength, 0);
  const { count, bytes } = await recordUse(store);
  expect(count).toBe(300);
  expect(Math.abs(bytes - exact) / exact).toBeLessThan(0.05);
});
