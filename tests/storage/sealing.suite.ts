// What lies sealed: every kind of row there and back, by every road of Dexie; what does not open; the passes over a whole
// database. Run in node on fake-indexeddb, and once more in a real browser.
import { Dexie } from 'dexie';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database, databaseName } from '#lib/storage/database.ts';
import { productList } from '#lib/storage/lists.ts';
import { type LockRow, lockOf, writeLock } from '#lib/storage/lock.ts';
import { observe } from '#lib/storage/observe.ts';
import { outboxEntries } from '#lib/storage/outbox.ts';
import { photoBytes } from '#lib/storage/photos.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { KeptRow, OutboxRow, Row } from '#lib/storage/row.ts';
import { sealAll, unsealAll } from '#lib/storage/sealingPass.ts';
import { Store } from '#lib/storage/store.ts';
import type { Vault } from '#lib/storage/vault.ts';
import { COMMUNE, aProducer, aProduct, anId } from '../support/documents.ts';
import { aVault, asItLies, lyingInClear } from './vaults.ts';
import { VERSION_4 } from './support/shipped.ts';

const DATABASE = `ocop-${COMMUNE}`;
const ports = {
  device: 'device',
  now: () => new Date(),
  random: (n: number) => crypto.getRandomValues(new Uint8Array(n))
};

let accounts = 0;
let account: string;
let vault: Vault;
let opened: Database[];

beforeEach(() => {
  account = `khoa-${Math.random().toString(36).slice(2)}-${++accounts}`;
  vault = aVault();
  opened = [];
});
afterEach(async () => {
  for (const db of opened) db.close();
  await Dexie.delete(databaseName(account));
});

function database(with_: Vault | null): Database {
  const db = new Database(account, 'strict', with_);
  opened.push(db);
  return db;
}
const storeWith = (with_: Vault | null) => new Store(database(with_), { account, ...ports });

const rowOf = (doc: Row['doc'], over: Partial<Row> = {}): Row => ({
  id: doc._id,
  database: DATABASE,
  commune: COMMUNE,
  updatedAt: '2026-11-20T02:30:00.000Z',
  doc,
  rev: null,
  receivedAt: null,
  ...over
});
const waitingOf = (id: string, over: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  database: DATABASE,
  editId: 'edit',
  since: '2026-11-20T02:30:00.000Z',
  state: 'waiting',
  base: null,
  ...over
});
const aLock = (over: Partial<LockRow> = {}): LockRow => ({
  name: 'lock',
  version: 1,
  kdf: { name: 'argon2id', memoryKiB: 19_456, passes: 2, salt: new Uint8Array(16) },
  secret: 'pin',
  wrapped: new Uint8Array(60),
  recovery: { id: 'r', wrapped: new Uint8Array(60) },
  afterMinutes: 5,
  staysForSending: true,
  tries: { wrong: 0, lastAt: null },
  sealing: null,
  ...over
});

describe('a vault', () => {
  test('opens at once what WebCrypto has sealed, and the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 3000 }), async (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(vault.open(await vault.sealBytes(bytes.buffer, 'x'), 'x')).toBe(text);
        expect(await vault.openLater(vault.seal(text, 'x'), 'x')).toBe(text);
      }),
      { numRuns: 30 }
    );
  });

  test('opens nothing that was changed in one bit, cut off, moved or sealed with another key', async () => {
    const sealed = vault.seal('Nguyễn Thị Mẫu', 'docs a');
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.byteLength * 8 - 1), async (bit) => {
        const damaged = new Uint8Array(sealed.slice(0));
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(vault.open(damaged.buffer, 'docs a')).toBeNull();
        expect(await vault.openLater(damaged.buffer, 'docs a')).toBeNull();
        expect(vault.open(sealed.slice(0, bit >> 3), 'docs a')).toBeNull();
        expect(await vault.openLater(sealed.slice(0, bit >> 3), 'docs a')).toBeNull();
      })
    );
    expect(vault.open(sealed, 'docs b')).toBeNull();
    expect(aVault().open(sealed, 'docs a')).toBeNull();
  });

  test('seals anew what has changed, and opens what it does not remember', () => {
    const first = vault.seal('một', 'docs a');
    expect(new Uint8Array(vault.seal('một', 'docs a'))).toEqual(new Uint8Array(first));
    const elsewhere = vault.seal('một', 'docs b');
    expect(new Uint8Array(elsewhere)).not.toEqual(new Uint8Array(first));
    const second = vault.seal('hai', 'docs a');
    const long = vault.seal('ba'.repeat(100_000), 'docs c');
    for (let other = 0; other < 20; other++) vault.seal('khác', `docs ${String(other)}`);
    expect([first, second].map((sealed) => vault.open(sealed, 'docs a'))).toEqual(['một', 'hai']);
    expect(vault.open(elsewhere, 'docs b')).toBe('một');
    expect(vault.open(long, 'docs c')).toBe('ba'.repeat(100_000));
    expect(vault.open(vault.seal('hai', 'docs a'), 'docs a')).toBe('hai');
  });
});

describe('rows', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const doc = fc.record({ _id: fc.constant('producer:1'), name: fc.string({ unit: 'grapheme' }), more: json });
  const row = fc.record(
    { foreign: fc.constant(true as const), clash: fc.array(fc.string()), due: fc.string(), doc },
    { requiredKeys: ['doc'] }
  );
  const version = fc.record({ rev: fc.string(), doc });
  const waiting = fc.record(
    {
      base: fc.option(version),
      theirs: version,
      lastSent: doc,
      reason: fc.record({ code: fc.string(), message: fc.string() }),
      sent: fc.array(fc.string())
    },
    { requiredKeys: ['base'] }
  );

  test('of every kind come back as they went in, field by field in the same order, by every road', async () => {
    const db = database(vault);
    await fc.assert(
      fc.asyncProperty(row, waiting, doc, json, async (some, unsent, lost, value) => {
        const before = rowOf(some.doc, some);
        const out = waitingOf('producer:1', unsent);
        await db.docs.put(before);
        await db.outbox.bulkPut([out, { ...out, id: 'other' }]);
        await db.facts.put({ name: 'fact', value });
        await db.photos.put({
          id: 'photo:1',
          database: DATABASE,
          state: 'refused',
          digests: { photo: 'a', thumb: 'b' },
          bytes: 1,
          at: '',
          ...(unsent.reason === undefined ? {} : { reason: unsent.reason })
        });
        const no = await db.kept.add({ docId: 'producer:1', doc: lost, why: 'conflict', at: 'now' });
        const text = JSON.stringify(before);
        expect(JSON.stringify(await db.docs.get('producer:1'))).toBe(text);
        expect(JSON.stringify(await db.docs.bulkGet(['producer:1', 'none']))).toBe(JSON.stringify([before, null]));
        expect(JSON.stringify(await db.docs.toArray())).toBe(JSON.stringify([before]));
        const byCursor: Row[] = [];
        await db.docs.each((one) => byCursor.push(one));
        expect(JSON.stringify(byCursor)).toBe(JSON.stringify([before]));
        expect(JSON.stringify(await db.docs.filter(({ doc: { _id } }) => _id === 'producer:1').first())).toBe(text);
        expect(JSON.stringify(await db.outbox.get('producer:1'))).toBe(JSON.stringify(out));
        expect((await db.facts.get('fact'))?.value).toEqual(JSON.parse(JSON.stringify(value)));
        expect((await db.photos.get('photo:1'))?.reason).toEqual(unsent.reason);
        expect(JSON.stringify((await db.kept.get(no))?.doc)).toBe(JSON.stringify(lost));
        expect(await lyingInClear(account)).toEqual([]);
      }),
      { numRuns: 40 }
    );
  });

  test('are changed in place, deleted and counted as ever; kept versions count on', async () => {
    const db = database(vault);
    await db.docs.bulkAdd([rowOf(aProducer({ name: 'A' })), rowOf(aProduct({ name: 'B' }))]);
    await db.docs.toCollection().modify((one) => {
      one.doc = { ...one.doc, name: 'C' };
    });
    await db.docs.update(anId('producer'), { rev: '2-b' });
    expect(
      (await db.docs.toArray()).map(({ doc: { _id, ...rest }, rev }) => [_id, 'name' in rest && rest.name, rev])
    ).toEqual([
      [anId('producer'), 'C', '2-b'],
      [anId('product'), 'C', null]
    ]);
    const first = await db.kept.add({ docId: 'a', doc: aProducer(), why: 'conflict', at: '' });
    await db.kept.bulkAdd([
      { docId: 'b', doc: aProducer(), why: 'conflict', at: '' },
      { docId: 'c', doc: aProducer(), why: 'conflict', at: '' }
    ]);
    expect((await db.kept.toArray()).map(({ no, docId }) => [no, docId])).toEqual([
      [first, 'a'],
      [first + 1, 'b'],
      [first + 2, 'c']
    ]);
    await db.docs.delete(anId('product'));
    expect(await db.docs.count()).toBe(1);
    expect(await lyingInClear(account)).toEqual([]);
  });

  test('that lie in clear are read with the key as well, and sealed when they are written next', async () => {
    await database(null).docs.put(rowOf(aProducer({ name: 'Trước khi khóa' })));
    const store = storeWith(vault);
    expect((await store.get('producer', anId('producer')))?.doc.name).toBe('Trước khi khóa');
    await store.update('producer', anId('producer'), (doc) => ({ ...doc, phone: '0912000111' }));
    expect(await lyingInClear(account)).toEqual([]);
  });

  test('by the hundred, read off the thread: lists are whole, live queries go on', async () => {
    const store = storeWith(vault);
    const many = Array.from({ length: 900 }, (_, i) => {
      const _id = `product:${String(i).padStart(26, '0')}`;
      return rowOf(aProduct({ _id, name: `Sản phẩm ${i}` }), { live: 'product' });
    });
    await store.tables.docs.bulkPut(many);
    const answers: number[] = [];
    const watched = observe(async () => {
      const { products } = await productList(store);
      // A read after the many: it still belongs to the query.
      const more = await store.tables.facts.get('more');
      return products.length + (more === undefined ? 0 : 10_000);
    }).subscribe({ next: (length) => answers.push(length), error: (thrown) => expect.fail(String(thrown)) });
    await expect.poll(() => answers).toEqual([900]);
    await store.create('product', COMMUNE, { name: 'Nước mắm mẫu', producerId: anId('producer'), setId: 'qd26-09' });
    await expect.poll(() => answers.at(-1)).toBe(901);
    await store.remember('more', true);
    await expect.poll(() => answers.at(-1)).toBe(10_901);
    watched.unsubscribe();
  });
});

describe('a row that does not open', () => {
  const ids = ['a', 'b', 'c'].map((one) => `producer:${one.repeat(26)}`);
  const middle = ids[1] ?? '';

  /** Three edited producers; the contents of the middle one are damaged in one bit. */
  async function damaged(): Promise<void> {
    const db = database(vault);
    await db.docs.bulkPut(
      ids.map((_id) => rowOf(aProducer({ _id, name: `Cơ sở ${_id}` }), { live: 'producer', rev: '1-a' }))
    );
    await db.outbox.bulkPut(ids.map((id) => waitingOf(id)));
    await asItLies(account, async (raw) => {
      const table = raw.table<{ sealed: ArrayBuffer }, string>('docs');
      const row = await table.get(middle);
      if (row === undefined) throw new Error('not there');
      const bytes = new Uint8Array(row.sealed);
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      await table.put({ ...row, sealed: bytes.buffer });
    });
  }
  const lying = () => asItLies(account, (raw) => raw.table('docs').get(middle));

  test('leaves lists whole, is not sent, not merged and not written over', async () => {
    await damaged();
    const before = await lying();
    const store = storeWith(vault);
    const replica = new Replica(store.tables, { account, ...ports });
    expect((await productList(store)).producers.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect((await outboxEntries(store)).map(({ id, name }) => [id, name])).toContainEqual([middle, '']);
    expect(await store.get('producer', middle)).toBeUndefined();
    expect(await store.update('producer', middle, (doc) => ({ ...doc, name: 'Khác' }))).toMatchObject({
      ok: false,
      error: { tag: 'missing' }
    });
    const outgoing = await replica.outgoing(ids);
    expect(outgoing.ok && outgoing.value.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    const news = aProducer({ _id: middle, name: 'Từ máy chủ' });
    await replica.takeStanding(DATABASE, [{ id: news._id, rev: '2-b', isDeleted: false, doc: news, clash: [] }], 'now');
    const verdict = { tag: 'receipt', id: news._id, editId: 'edit', rev: '2-b', at: 'now', doc: news } as const;
    await replica.settle([verdict]);
    await replica.putBack([news._id]);
    expect(await lying()).toEqual(before);
    expect(await store.tables.outbox.get(news._id)).toMatchObject({ state: 'waiting', editId: 'edit' });
  });

  test('and is no unsent work comes anew from the server', async () => {
    await damaged();
    const store = storeWith(vault);
    await store.tables.outbox.clear();
    const news = aProducer({ _id: middle, name: 'Từ máy chủ' });
    await new Replica(store.tables, { account, ...ports }).takeStanding(
      DATABASE,
      [{ id: news._id, rev: '1-a', isDeleted: false, doc: news, clash: [] }],
      'now'
    );
    expect((await store.get('producer', news._id))?.doc.name).toBe('Từ máy chủ');
  });

  test('is written back as it lay when something beside its contents changes', async () => {
    await damaged();
    const db = database(vault);
    const before: unknown = await lying();
    await db.docs.toCollection().modify((one) => {
      one.receivedAt = 'now';
    });
    expect(await lying()).toEqual({ ...Object(before), receivedAt: 'now' });
    expect((await db.docs.get(ids[0] ?? ''))?.doc).toMatchObject({ name: `Cơ sở ${ids[0]}` });
  });

  test('because the key is not here tells what lies in clear, and survives', async () => {
    await damaged();
    const store = storeWith(null);
    expect((await productList(store)).producers).toEqual([]);
    expect(await store.tables.outbox.where('state').equals('waiting').count()).toBe(3);
    const outgoing = await new Replica(store.tables, { account, ...ports }).outgoing(ids);
    expect(outgoing).toEqual({ ok: true, value: [] });
    const again = storeWith(vault);
    expect((await again.get('producer', ids[0] ?? ''))?.doc.name).toBe(`Cơ sở ${ids[0]}`);
  });
});

describe('a pass', () => {
  /** As version 4 of the app left it: in clear, and filled. */
  async function versionFour(): Promise<void> {
    const old = new Dexie(databaseName(account));
    old.version(4).stores(VERSION_4);
    const docs = Array.from({ length: 230 }, (_, i) => {
      const _id = `producer:${String(i).padStart(26, '0')}`;
      return rowOf(aProducer({ _id, name: `Cơ sở mẫu ${i}` }), { live: 'producer', rev: '1-a' });
    });
    await old.table('docs').bulkPut(docs);
    await old
      .table('outbox')
      .bulkPut(docs.slice(0, 60).map(({ id, doc }) => waitingOf(id, { base: { rev: '1-a', doc } })));
    await old
      .table<KeptRow>('kept')
      .bulkAdd(docs.slice(0, 120).map(({ id, doc }) => ({ docId: id, doc, why: 'conflict', at: '' })));
    await old.table('facts').put({ name: 'draft', value: { name: 'Hộ ông Mẫu' } });
    for (const id of ['photo:1', 'photo:2', 'photo:3']) {
      await old.table('photos').put({ id, database: DATABASE, state: 'waiting', digests: {}, bytes: 4000, at: '' });
      await old.table('photoBytes').put({ id, size: 'photo', bytes: new Uint8Array(4000).fill(7).buffer });
    }
    old.close();
  }

  const snapshot = async (with_: Vault | null): Promise<string> => {
    const store = storeWith(with_);
    const { docs, outbox, kept, facts } = store.tables;
    const rows = await Promise.all([docs.toArray(), outbox.toArray(), kept.toArray(), facts.toArray()]);
    const photos = await Promise.all(['photo:1', 'photo:2', 'photo:3'].map((id) => photoBytes(store, id, 'photo')));
    const bytes = photos.map((one) => (one === undefined ? null : Array.from(new Uint8Array(one))));
    store.close();
    return JSON.stringify([rows, bytes]);
  };

  const begun = async (sealing: 'on' | 'off') => {
    const db = database(null);
    await writeLock(db, aLock({ sealing }));
    db.close();
  };

  test('seals a filled database of the version before, tells how far it is, and opens it again', async () => {
    await versionFour();
    const before = await snapshot(null);
    await begun('on');
    const told: number[] = [];
    const of = new Set<number>();
    const sealed = await sealAll(account, vault, (progress) => {
      told.push(progress.done / progress.of);
      of.add(progress.of);
    });
    expect(sealed).toEqual({ ok: true, value: { shut: 0 } });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(of.size).toBe(1);
    expect(await lyingInClear(account)).toEqual([]);
    expect(await snapshot(vault)).toBe(before);
    const db = database(null);
    expect(await lockOf(db)).toMatchObject({ sealing: null });
    db.close();

    await begun('off');
    expect(await unsealAll(account, vault)).toEqual({ ok: true, value: { shut: 0 } });
    expect(await snapshot(null)).toBe(before);
    expect(await lockOf(database(null))).toBeNull();
  });

  test.each(['on', 'off'] as const)('killed anywhere on its way %s, loses nothing and goes on', async (direction) => {
    await versionFour();
    const before = await snapshot(null);
    await begun('on');
    if (direction === 'off') {
      await sealAll(account, vault);
      await begun('off');
    }
    const run = direction === 'on' ? sealAll : unsealAll;
    for (let killedAfter = 1; ; killedAfter += 2) {
      let steps = 0;
      const end = await run(account, vault, () => {
        if (++steps === killedAfter) throw new Error('killed');
      });
      expect(await snapshot(vault)).toBe(before);
      const db = database(null);
      const lock = await lockOf(db);
      db.close();
      if (end.ok) break;
      expect(lock).toMatchObject({ sealing: direction });
    }
    expect(await snapshot(direction === 'on' ? vault : null)).toBe(before);
    if (direction === 'on') expect(await lyingInClear(account)).toEqual([]);
  });

  test('with another key writes nothing', async () => {
    await versionFour();
    await begun('on');
    await sealAll(account, vault);
    await begun('off');
    const before = await snapshot(vault);
    expect(await unsealAll(account, aVault())).toEqual({ ok: false, error: { tag: 'wrongKey' } });
    expect(await sealAll(account, aVault())).toEqual({ ok: false, error: { tag: 'wrongKey' } });
    expect(await snapshot(vault)).toBe(before);
    expect(await lockOf(database(null))).toMatchObject({ sealing: 'off' });
  });

  test('leaves a damaged row as it lies, and says how many', async () => {
    await versionFour();
    await begun('on');
    await sealAll(account, vault);
    await asItLies(account, (raw) =>
      raw.table('docs').update('producer:00000000000000000000000003', { sealed: new ArrayBuffer(40) })
    );
    await begun('off');
    expect(await unsealAll(account, vault)).toEqual({ ok: true, value: { shut: 1 } });
    expect(await database(null).docs.get('producer:00000000000000000000000003')).toMatchObject({ shut: true });
  });
});

test('the row of the lock is no one else’s to write: one that cannot be read is a lock all the same', async () => {
  const db = database(null);
  expect(await lockOf(db)).toBeNull();
  await writeLock(db, aLock());
  expect(await lockOf(db)).toEqual(aLock());
  await asItLies(account, (raw) => raw.table('lock').put({ name: 'lock', version: 2 }));
  expect(await lockOf(db)).toBe('unreadable');
});
