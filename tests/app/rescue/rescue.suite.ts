// A rescue file from phone to phone: run in node on fake-indexeddb, and in a real browser.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRescueFile } from '#lib/app/rescue/read.ts';
import { writeRescueFile } from '#lib/app/rescue/write.ts';
import type { Survey } from '#lib/domain/document/document.ts';
import { draftsOf, keepDraft } from '#lib/storage/drafts.ts';
import { unsentCount } from '#lib/storage/outbox.ts';
import { photoBytes } from '#lib/storage/photos.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import type { Store } from '#lib/storage/store.ts';
import type { Vault } from '#lib/storage/vault.ts';
import {
  AT,
  DATABASE,
  type Handset,
  PASSPHRASE,
  aHandset,
  contents,
  exported,
  imported,
  opened,
  pulls,
  quiet,
  takesPhoto
} from './handset.ts';
import pinned from './pinned-1.json';
import { COMMUNE, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { Disk } from '../../storage/support/disk.ts';
import { aVault, asItLies } from '../../storage/vaults.ts';

let account: string;
let phones: Store[];
let old: Handset;
let fresh: Handset;

function unpack(device: string, vault: Vault | null = null, disk = new Disk()): Handset {
  const handset = aHandset(account, device, vault, disk);
  phones.push(handset.store);
  return handset;
}

beforeEach(() => {
  account = `cuu-${crypto.randomUUID()}`;
  phones = [];
  old = unpack('may-cu');
  fresh = unpack('may-moi');
});
afterEach(async () => {
  for (const store of phones) await store.tables.delete();
});

/** One bit of what lies sealed in a row is another one. */
const damage = ({ store }: Handset, table: 'docs' | 'outbox' | 'facts', id: string): Promise<void> =>
  asItLies(store.tables.name.replace(/^ocop-/, ''), async (db) => {
    const row: { sealed: ArrayBuffer } = await db.table(table).get(id);
    const sealed = new Uint8Array(row.sealed.slice(0));
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    await db.table(table).put({ ...row, sealed: sealed.buffer });
  });

/** What a person fills in. */
function fieldsOf(survey: Survey) {
  const { _id, kind, commune, createdAt, createdBy, updatedAt, updatedBy, device, editId, schema, ...fields } = survey;
  void [_id, kind, commune, createdAt, createdBy, updatedAt, updatedBy, device, editId, schema];
  return fields;
}

/** A phone knows a product of the server and has surveyed it, with a photo, without a network. */
async function visited(handset = old): Promise<Survey> {
  const { store } = handset;
  await pulls(handset, [aProduct(), '1-p']);
  await store.update('product', aProduct()._id, (doc) => ({ ...doc, presentation: 'Chai 500 ml' }));
  const made = await store.create('survey', COMMUNE, fieldsOf(aSurvey()));
  if (!made.ok) throw new Error(made.error.tag);
  await takesPhoto(handset, 1);
  return made.value;
}

const answer = (handset: Handset, id: string, met: string) =>
  handset.store.update('survey', id, (doc) => ({ ...doc, answers: { ...doc.answers, met } }));

const survey = async ({ store }: Handset, id: string) => store.get('survey', id);

describe('on another phone', () => {
  test('before its first sync: everything lies there as it lay here, and waits with its base', async () => {
    const { _id } = await visited();
    const { file, records, photos } = await exported(old);
    expect([records, photos]).toEqual([2, 1]);
    const summary = await imported(fresh, file);
    expect(summary).toMatchObject({ records: { whole: 2, taken: 2 }, photos: { whole: 1, taken: 1 }, missing: [] });
    expect(await contents(fresh)).toEqual(await contents(old));
    expect(await fresh.store.tables.outbox.get(aProduct()._id)).toMatchObject({ base: { rev: '1-p' } });
    expect(await survey(fresh, _id)).toMatchObject({ sending: { state: 'local' } });
  });

  test('after its first sync: the same', async () => {
    await visited();
    await pulls(fresh, [aProduct(), '1-p']);
    expect(await imported(fresh, (await exported(old)).file)).toMatchObject({ records: { taken: 2 } });
    expect(await contents(fresh)).toEqual(await contents(old));
  });

  test('twice is once; also when it has been sent in between, and changed since', async () => {
    const { _id } = await visited();
    const { file } = await exported(old);
    await imported(fresh, file);
    const before = await contents(fresh);
    const again = { records: { taken: 0, already: 2 }, photos: { taken: 0, already: 1 } };
    expect(await imported(fresh, file)).toMatchObject(again);
    expect(await contents(fresh)).toEqual(before);

    const waiting = await fresh.replica.waiting(DATABASE);
    const out = await fresh.replica.outgoing(waiting.ok ? waiting.value : []);
    for (const { id, editId, doc, rev } of out.ok ? out.value : []) {
      await fresh.replica.settle([{ tag: 'receipt', id, editId, rev: `${rev === null ? 1 : 2}-s`, at: AT, doc }]);
    }
    await answer(fresh, _id, 'Bà chủ cơ sở');
    const after = await contents(fresh);
    expect(await imported(fresh, file)).toMatchObject(again);
    expect(await contents(fresh)).toEqual(after);
  });

  test('a file that was made later brings what was typed since, and a file that was made earlier nothing', async () => {
    const { _id } = await visited();
    const first = await exported(old);
    await answer(old, _id, 'Ông chủ cơ sở');
    const second = await exported(old);
    await imported(fresh, first.file);
    expect(await imported(fresh, second.file)).toMatchObject({ records: { taken: 1, already: 1 } });
    expect(await survey(fresh, _id)).toMatchObject({ doc: { answers: { met: 'Ông chủ cơ sở' } } });
    await imported(fresh, first.file);
    expect(await survey(fresh, _id)).toMatchObject({ doc: { answers: { met: 'Ông chủ cơ sở' } } });
  });

  test('that has its own unsent edit of the same record: both are in it; where both spoke, the newer, and the older is kept', async () => {
    await visited();
    const id = aProduct()._id;
    const { file } = await exported(old);
    await pulls(fresh, [aProduct(), '1-p']);
    await fresh.store.update('product', id, (doc) => ({ ...doc, code: '68-22972-01' }));
    expect(await imported(fresh, file)).toMatchObject({ records: { taken: 2 } });
    expect(await fresh.store.get('product', id)).toMatchObject({
      doc: { presentation: 'Chai 500 ml', code: '68-22972-01' },
      sending: { state: 'local' }
    });
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ base: { rev: '1-p' } });

    const third = unpack('may-ba');
    await pulls(third, [aProduct(), '1-p']);
    await third.store.update('product', id, (doc) => ({ ...doc, presentation: 'Can 5 lít' }));
    await imported(third, file);
    await imported(third, file);
    expect(await third.store.get('product', id)).toMatchObject({ doc: { presentation: 'Can 5 lít' } });
    expect(await third.store.tables.kept.toArray()).toMatchObject([
      { docId: id, why: 'overtaken', doc: { presentation: 'Chai 500 ml' } }
    ]);
  });

  test('that has a newer version of the server: merged with it, or a conflict, as by a pull', async () => {
    await visited();
    const id = aProduct()._id;
    const { file } = await exported(old);
    await pulls(fresh, [aProduct({ code: '68-01', editId: 'e2', device: 'khac' }), '2-p']);
    await imported(fresh, file);
    expect(await fresh.store.get('product', id)).toMatchObject({ doc: { presentation: 'Chai 500 ml', code: '68-01' } });
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ state: 'waiting', base: { rev: '2-p' } });

    const third = unpack('may-ba');
    await pulls(third, [aProduct({ presentation: 'Can', editId: 'e2', device: 'khac' }), '2-p']);
    await imported(third, file);
    expect(await third.store.tables.outbox.get(id)).toMatchObject({
      state: 'conflict',
      theirs: { rev: '2-p', doc: { presentation: 'Can' } },
      base: { rev: '1-p' }
    });
  });

  test('by a clock that is off: what is merged says so (law 15)', async () => {
    await visited();
    const { file } = await exported(old);
    await pulls(fresh, [aProduct({ code: '68-01', editId: 'e2', device: 'khac' }), '2-p']);
    Object.defineProperty(fresh.store, 'skewMs', { value: 7_200_000 });
    await imported(fresh, file);
    expect((await fresh.store.get('product', aProduct()._id))?.doc.skew).toMatchObject({ ms: 7_200_000 });
  });

  test('in the midst of its first sync: what the server tells afterwards meets it as any edit', async () => {
    const { _id } = await visited();
    const id = aProduct()._id;
    const { file } = await exported(old);
    const unfinished = { since: '1', identity: 'x', witness: null, completedAt: null, at: AT };
    await fresh.replica.apply(DATABASE, { changes: [], ...unfinished });
    await imported(fresh, file);
    await pulls(fresh, [aProduct(), '1-p']);
    expect(await fresh.store.get('product', id)).toMatchObject({ doc: { presentation: 'Chai 500 ml' } });
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ state: 'waiting', base: { rev: '1-p' } });
    await pulls(fresh, [aProduct({ code: '68-01', editId: 'e2', device: 'khac' }), '2-p']);
    expect(await fresh.store.get('product', id)).toMatchObject({ doc: { presentation: 'Chai 500 ml', code: '68-01' } });
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ state: 'waiting', base: { rev: '2-p' } });
    expect(await survey(fresh, _id)).toMatchObject({ sending: { state: 'local' } });
    expect(await unsentCount(fresh.store)).toBe(3);
  });

  test('stopped anywhere, or full at any write: what was taken stays, and the next time completes it', async () => {
    await visited();
    await takesPhoto(old, 2);
    const { file } = await exported(old);
    for (let pieces = 0; pieces < 3; pieces++) {
      const handset = unpack(`may-dung-${String(pieces)}`);
      const open = await opened(handset, file);
      const stop = new AbortController();
      let told = 0;
      // The first piece is the list of contents.
      const onProgress = () => told++ === pieces && stop.abort();
      expect(await open.take({ onProgress, signal: stop.signal })).toEqual({ ok: false, error: { tag: 'stopped' } });
      expect(await handset.store.tables.docs.count()).toBeLessThan(4);
      await imported(handset, file);
      expect(await contents(handset)).toEqual(await contents(old));
    }
    for (const table of ['docs', 'outbox', 'photos', 'photoBytes', 'facts']) {
      const disk = new Disk();
      const handset = unpack(`may-day-${table}`, null, disk);
      disk.full = [table];
      const taken = await (await opened(handset, file)).take(quiet());
      expect(taken).toEqual({ ok: false, error: { tag: 'storage', cause: 'quota' } });
      const [docs, outbox, , photos, bytes] = await contents(handset);
      expect([outbox?.length, (photos?.length ?? 0) * 2]).toEqual([docs?.length, bytes?.length]);
      disk.full = [];
      await imported(handset, file);
      expect(await contents(handset)).toEqual(await contents(old));
    }
  });

  test('that has a version of it which does not open: the one of the file takes its place', async () => {
    const { _id } = await visited();
    const { file } = await exported(old);
    const vault = aVault();
    const locked = unpack('may-khoa', vault);
    await imported(locked, file);
    await damage(locked, 'docs', _id);
    expect(await survey(locked, _id)).toBeUndefined();
    await imported(locked, file);
    // All but the bytes of the photo, which lie sealed.
    expect((await contents(locked)).slice(0, 4)).toEqual((await contents(old)).slice(0, 4));
  });

  test('that has a clean version of it which does not open: what the server had is read again with no network', async () => {
    await pulls(old, [aProduct(), '2-p']);
    const { file } = await exported(old, 'all');
    for (const [rev, fate] of [
      ['2-p', 'taken'],
      ['1-p', 'taken'],
      // The winner of two that were written on the same one.
      ['2-q', 'already'],
      ['3-p', 'already']
    ] as const) {
      const locked = unpack(`may-khoa-${rev}`, aVault());
      await pulls(locked, [aProduct(), rev]);
      await damage(locked, 'docs', aProduct()._id);
      expect(await imported(locked, file)).toMatchObject({ records: { [fate]: 1 } });
      const read = await locked.store.get('product', aProduct()._id);
      expect(read?.doc).toEqual(fate === 'taken' ? aProduct() : undefined);
      expect(await unsentCount(locked.store)).toBe(0);
    }
  });

  test('where the bytes of a photo do not open any more: those of the file take their place', async () => {
    const locked = unpack('may-khoa', aVault());
    const photo = await takesPhoto(locked, 1);
    const { file } = await exported(locked);
    const before = await photoBytes(locked.store, photo._id, 'photo');
    await locked.store.tables.photoBytes
      .where('id')
      .equals(photo._id)
      .modify((row) => {
        const bytes = new Uint8Array(row.bytes.slice(0));
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        row.bytes = bytes.buffer;
      });
    expect(await photoBytes(locked.store, photo._id, 'photo')).toBeUndefined();
    // It was found out as it was to be sent.
    const { replica } = locked;
    await replica.refusePhoto({ id: photo._id, code: 'bytesMissing', message: '', at: AT });
    expect(await imported(locked, file)).toMatchObject({ photos: { taken: 1 } });
    expect(await photoBytes(locked.store, photo._id, 'photo')).toEqual(before);
    const state = async () => (await locked.store.tables.photos.get(photo._id))?.state;
    expect(await state()).toBe('waiting');

    // Also one whose bytes have come back otherwise; a word of the server stands.
    await replica.refusePhoto({ id: photo._id, code: 'bytesMissing', message: '', at: AT });
    await imported(locked, file);
    expect(await state()).toBe('waiting');
    await replica.refusePhoto({ id: photo._id, code: 'forbidden:size', message: 'm', at: AT });
    expect(await imported(locked, file)).toMatchObject({ photos: { already: 1 } });
    expect(await state()).toBe('refused');
  });

  test('where a copy of the photo lies, which may be let go of: the file brings bytes of its own', async () => {
    const photo = await takesPhoto(old, 1);
    const { file } = await exported(old);
    const { photos: rows, photoBytes: bytes, docs } = fresh.store.tables;
    await docs.bulkPut(await old.store.tables.docs.toArray());
    await rows.bulkPut((await old.store.tables.photos.toArray()).map((row) => ({ ...row, state: 'cached' as const })));
    await bytes.bulkPut(await old.store.tables.photoBytes.toArray());
    // As soon as the file is being taken in, a full phone lets go of its copies.
    const open = await opened(fresh, file);
    const { get } = docs;
    docs.get = ((...key: Parameters<typeof get>) => {
      docs.get = get;
      return bytes.clear().then(() => get.apply(docs, key));
    }) as typeof get;
    expect((await open.take(quiet())).ok).toBe(true);
    expect(await rows.get(photo._id)).toMatchObject({ state: 'waiting' });
    expect(await photoBytes(fresh.store, photo._id, 'photo')).toEqual(await photoBytes(old.store, photo._id, 'photo'));
  });

  test('whose own note of an edit does not open: what was typed here since stays', async () => {
    const locked = unpack('may-khoa', aVault());
    await visited(locked);
    const id = aProduct()._id;
    const { file } = await exported(locked);
    await locked.store.update('product', id, (doc) => ({ ...doc, presentation: 'Can 5 lít' }));
    await damage(locked, 'outbox', id);
    await imported(locked, file);
    expect(await locked.store.get('product', id)).toMatchObject({ doc: { presentation: 'Can 5 lít' } });
  });

  test('whose clean version does not open and is newer: nothing is set back, and the file’s version is kept', async () => {
    await visited();
    const id = aProduct()._id;
    const { file } = await exported(old);
    const locked = unpack('may-khoa', aVault());
    await pulls(locked, [aProduct({ presentation: 'Can', editId: 'e3', device: 'khac' }), '3-p']);
    await damage(locked, 'docs', id);
    expect(await imported(locked, file)).toMatchObject({ records: { taken: 1, kept: 1 } });
    expect(await locked.store.tables.outbox.get(id)).toBeUndefined();
    expect(await locked.store.tables.docs.get(id)).toMatchObject({ rev: '3-p' });
    expect(await locked.store.tables.kept.toArray()).toMatchObject([{ doc: { presentation: 'Chai 500 ml' } }]);
  });

  test('that has an older version of the server than the edit builds on: nothing is set back', async () => {
    await pulls(old, [aProduct({ code: '68-01', editId: 'e2' }), '2-p']);
    const id = aProduct()._id;
    await old.store.update('product', id, (doc) => ({ ...doc, presentation: 'Chai' }));
    await pulls(fresh, [aProduct(), '1-p']);
    await imported(fresh, (await exported(old)).file);
    expect(await fresh.store.get('product', id)).toMatchObject({ doc: { presentation: 'Chai', code: '68-01' } });
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ state: 'waiting', base: { rev: '2-p' } });
  });

  test('edits without an answer, refused ones, deletions, photos sent by half', async () => {
    const { _id } = await visited();
    const id = aProduct()._id;
    const out = await old.replica.outgoing([id, _id]);
    const of = (one: string) => (out.ok ? (out.value.find((sent) => sent.id === one)?.editId ?? '') : '');
    await old.replica.settle([
      { tag: 'refused', id: _id, editId: of(_id), code: 'forbidden:owner', message: 'm', at: AT }
    ]);
    await old.store.remove('product', id);
    const photo = await takesPhoto(old, 2);
    // Its document has arrived, its bytes have not.
    const photoOut = await old.replica.outgoing([photo._id]);
    for (const { doc, editId } of photoOut.ok ? photoOut.value : [])
      await old.replica.settle([{ tag: 'receipt', id: photo._id, editId, rev: '1-b', at: AT, doc }]);
    await pulls(fresh);
    await imported(fresh, (await exported(old)).file);
    expect(await contents(fresh)).toEqual(await contents(old));
    expect(await fresh.store.tables.outbox.get(_id)).toMatchObject({ state: 'refused', reason: { message: 'm' } });
    // The server had taken the edit of which no answer came: it is recognised as our own.
    const standing = { ...aProduct(), presentation: 'Chai 500 ml', editId: of(id) };
    await fresh.replica.settle([{ tag: 'standing', id, rev: '2-q', doc: standing, at: AT }]);
    expect(await fresh.store.tables.outbox.get(id)).toMatchObject({ state: 'waiting', base: { rev: '2-q' } });
    const waiting = await fresh.replica.waitingPhotos([DATABASE]);
    expect(waiting).toMatchObject({ ok: true, value: [{ id: photo._id, rev: '1-b' }] });
  });

  test('a document of a newer app is passed on untouched', async () => {
    await pulls(old, [aProduct(), '1-p']);
    const id = anId('thing');
    const doc = { _id: id, kind: 'thing', schema: 99, commune: COMMUNE, editId: 'f1', colour: ['xanh'] };
    await old.store.tables.docs.add({
      id,
      database: DATABASE,
      commune: COMMUNE,
      updatedAt: AT,
      doc,
      foreign: true,
      rev: null,
      receivedAt: null
    });
    await old.store.tables.outbox.add({
      id,
      database: DATABASE,
      editId: 'f1',
      since: AT,
      state: 'waiting',
      base: null
    });
    await imported(fresh, (await exported(old)).file);
    expect(await fresh.store.tables.docs.get(id)).toMatchObject({ foreign: true, doc });
  });

  test('everything: what has its receipt comes along to a phone that has not pulled', async () => {
    await pulls(old, [aProduct(), '1-p'], [aSurvey(), '1-s']);
    const { file, records } = await exported(old, 'all');
    expect(records).toBe(2);
    expect(await imported(fresh, file)).toMatchObject({ records: { taken: 2 } });
    expect(await unsentCount(fresh.store)).toBe(0);
    const third = unpack('may-ba');
    await pulls(third, [aProduct(), '1-p']);
    expect(await imported(third, file)).toMatchObject({ records: { already: 1, left: 1, taken: 0 } });
  });
});

describe('what was typed for a new record that could not be made yet', () => {
  const producer = { name: 'Cơ sở Hòn Rơm', commune: '', phone: '0252000031' };
  const product = { producerId: aProduct().producerId, name: 'Mực một nắng', setId: '' };
  const draftsOn = async ({ store }: Handset) =>
    Promise.all((['producer', 'product'] as const).map(async (kind) => (await draftsOf(store.tables, kind)).drafts));

  test('goes along, and waits in its form; also as an older version of the app has kept it; twice is once', async () => {
    await old.store.remember('new/producer', producer);
    await keepDraft(old.store, 'product', null, product);
    const { file, records, drafts } = await exported(old);
    expect([records, drafts]).toEqual([0, 2]);
    const summary = await imported(fresh, file);
    expect(summary).toMatchObject({ drafts: { whole: 2, taken: 2 }, records: { whole: 0 }, missing: [] });
    expect(await draftsOn(fresh)).toEqual([[producer], [product]]);
    expect(await imported(fresh, file)).toMatchObject({ drafts: { taken: 0, already: 2 } });
    // A record was made of it.
    await keepDraft(fresh.store, 'producer', producer, null);
    expect(await imported(fresh, file)).toMatchObject({ drafts: { taken: 0, already: 2 } });
    expect(await draftsOn(fresh)).toEqual([[], [product]]);
    expect(await imported(old, file)).toMatchObject({ drafts: { taken: 0, already: 2 } });
    expect(await draftsOn(old)).toEqual([[producer], [product]]);
  });

  test('stays behind what was typed on the other phone, and gives way to what was typed on', async () => {
    await keepDraft(old.store, 'producer', null, producer);
    const first = await exported(old);
    const own = { name: 'Cơ sở Mũi Né', commune: COMMUNE, phone: '' };
    await keepDraft(fresh.store, 'producer', null, own);
    await imported(fresh, first.file);
    expect(await draftsOn(fresh)).toEqual([[own, producer], []]);
    const more = { ...producer, commune: COMMUNE };
    await keepDraft(old.store, 'producer', producer, more);
    const second = await exported(old);
    await imported(fresh, second.file);
    await imported(fresh, first.file);
    expect(await draftsOn(fresh)).toEqual([[own, more], []]);
  });

  test('is named where the file is damaged, and counted as lacking where this phone cannot read it', async () => {
    await keepDraft(old.store, 'producer', null, producer);
    const bytes = new Uint8Array(await (await exported(old)).file.arrayBuffer());
    // Its chunk is the only one between the two lists, which are as long as each other.
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    const summary = await imported(fresh, new Blob([bytes]));
    expect(summary).toMatchObject({ drafts: { whole: 0 }, missing: [{ name: 'Cơ sở Hòn Rơm', isUnsent: true }] });
    expect(await draftsOn(fresh)).toEqual([[], []]);

    const locked = unpack('may-khoa', aVault());
    await keepDraft(locked.store, 'producer', null, producer);
    await keepDraft(locked.store, 'product', null, product);
    await damage(locked, 'facts', 'new/producer');
    const { file, drafts, lacking } = await exported(locked);
    expect([drafts, lacking]).toEqual([1, 1]);
    await imported(fresh, file);
    expect(await draftsOn(fresh)).toEqual([[], [product]]);
    // A file from before brings it back, though it has been taken from it once.
    const whole = (await exported(fresh)).file;
    await imported(locked, whole);
    await damage(locked, 'facts', 'new/product');
    await imported(locked, whole);
    expect((await draftsOn(locked))[1]).toEqual([product]);
  });
});

describe('on the same phone', () => {
  test('nothing changes, whatever was typed and sent since', async () => {
    const { _id } = await visited();
    const { file } = await exported(old);
    const before = await contents(old);
    expect(await imported(old, file)).toMatchObject({ records: { taken: 0, already: 2 }, photos: { already: 1 } });
    expect(await contents(old)).toEqual(before);
  });

  test('what was typed since stays; what the file alone says is kept beside it', async () => {
    const { _id } = await visited();
    await answer(old, _id, 'Bà A');
    const { file } = await exported(old);
    await answer(old, _id, 'Bà B');
    expect(await imported(old, file)).toMatchObject({ records: { taken: 0, already: 1, kept: 1 } });
    await imported(old, file);
    expect(await survey(old, _id)).toMatchObject({ doc: { answers: { met: 'Bà B' } } });
    expect(await old.store.tables.kept.toArray()).toMatchObject([{ docId: _id, doc: { answers: { met: 'Bà A' } } }]);
  });

  test('a photo whose bytes were lost here has them again', async () => {
    await visited();
    const { file } = await exported(old);
    const [photo] = await old.store.tables.photos.toArray();
    const id = photo?.id ?? '';
    const bytes = await photoBytes(old.store, id, 'photo');
    await old.store.tables.photoBytes.clear();
    await imported(old, file);
    expect(await photoBytes(old.store, id, 'photo')).toEqual(bytes);
  });
});

describe('a file', () => {
  test('of a phone that cannot read all it has: takes no damaged record for one, and says how much it lacks', async () => {
    const locked = unpack('may-khoa', aVault());
    const { _id } = await visited(locked);
    const photo = await takesPhoto(locked, 2, 'Mặt sau nhãn');
    await locked.store.tables.photoBytes.delete([photo._id, 'photo']);
    await damage(locked, 'docs', _id);
    const { file, records, photos, lacking } = await exported(locked);
    // The product, and of the second photo what was written about it.
    expect([records, photos, lacking]).toEqual([2, 1, 2]);
    expect(await imported(fresh, file)).toMatchObject({ records: { taken: 2 }, photos: { taken: 1 }, missing: [] });
    expect(await fresh.store.tables.docs.get(_id)).toBeUndefined();
    expect(await fresh.store.get('photo', photo._id)).toMatchObject({
      doc: { caption: 'Mặt sau nhãn' },
      sending: { state: 'local' }
    });

    // Its words can be read, and what they build on is asked of the server.
    await damage(locked, 'outbox', aProduct()._id);
    const again = await exported(locked);
    expect(again).toMatchObject({ records: 2, photos: 1, lacking: 2 });
    const third = unpack('may-ba');
    await imported(third, again.file);
    expect(await third.store.get('product', aProduct()._id)).toMatchObject({
      doc: { presentation: 'Chai 500 ml' },
      sending: { state: 'local' }
    });
  });

  test('is not made when nothing of what was to go in can be read', async () => {
    const locked = unpack('may-khoa', aVault());
    const survey = await locked.store.create('survey', COMMUNE, fieldsOf(aSurvey()));
    await damage(locked, 'docs', survey.ok ? survey.value._id : '');
    const wish = { scope: 'unsent', passphrase: PASSPHRASE, device: 'd', at: AT, day: '2026-11-26' } as const;
    // What it belongs to can be read, has its receipt, and would be the only thing in it.
    await pulls(locked, [aProduct(), '1-p']);
    const { signal } = new AbortController();
    const made = await writeRescueFile(locked.store, { ...wish, onProgress: () => undefined, signal });
    expect(made).toEqual({ ok: false, error: { tag: 'damaged', count: 1 } });
  });

  test('does not lack what is deleted for good while it is being made', async () => {
    const { _id } = await visited();
    const wish = { scope: 'unsent', passphrase: PASSPHRASE, device: 'd', at: AT, day: '2026-11-26' } as const;
    let isDeleted: Promise<unknown> | null = null;
    const onProgress = () => {
      const { docs, outbox, photos } = old.store.tables;
      isDeleted ??= Promise.all([docs.delete(_id), outbox.delete(_id), photos.clear()]);
    };
    const made = await writeRescueFile(old.store, { ...wish, onProgress, signal: new AbortController().signal });
    await isDeleted;
    // The product, and what is written of the photo.
    expect(made).toMatchObject({ ok: true, value: { records: 2, photos: 0, lacking: 0 } });
  });

  test('with another passphrase, of another account, that is none, that is damaged in both heads', async () => {
    await visited();
    const { file } = await exported(old);
    const open = (blob: Blob, passphrase: string, handset = fresh) =>
      openRescueFile(handset.store, blob, { ...quiet(), passphrase, device: handset.device });
    expect(await open(file, 'mưa nhỏ gió lớn')).toEqual({ ok: false, error: { tag: 'wrongPassphrase' } });
    // The same letters from another keyboard.
    expect((await open(file, PASSPHRASE.normalize('NFD'))).ok).toBe(true);
    expect(await open(new Blob(['hồ sơ']), PASSPHRASE)).toEqual({ ok: false, error: { tag: 'otherFile' } });
    expect(await open(new Blob([]), PASSPHRASE)).toEqual({ ok: false, error: { tag: 'otherFile' } });
    const whole = new Uint8Array(await file.arrayBuffer());
    whole[20] = (whole[20] ?? 0) ^ 1;
    whole[whole.length - 20] = (whole[whole.length - 20] ?? 0) ^ 1;
    expect(await open(new Blob([whole]), PASSPHRASE)).toEqual({ ok: false, error: { tag: 'damaged' } });
    const mine = account;
    account = `nguoi-khac-${mine}`;
    const stranger = unpack('may-khac');
    expect(await open(file, PASSPHRASE, stranger)).toEqual({
      ok: false,
      error: { tag: 'otherAccount', account: mine }
    });
    expect(await stranger.store.tables.docs.count()).toBe(0);
  });

  test('of records that are huge, or have many versions, is read as it was written', async () => {
    const megabytes = (count: number, letter: string) => letter.repeat(count * 1024 * 1024);
    const { docs, outbox, kept } = old.store.tables;
    await pulls(old, [aProduct(), '1-p']);
    const ids: string[] = [];
    for (let number = 1; number <= 4; number++) {
      const of = (text: string) => aSurvey({ _id: anId('survey', number), answers: { remarks: text } });
      const { _id: id } = of('');
      ids.push(id);
      const base = { rev: '1-s', doc: of(megabytes(1, 'b')) };
      await pulls(old, [of(''), '1-s']);
      // One of them is larger than any chunk was allowed to be.
      const size = number === 2 ? 5 : 1;
      await docs.update(id, { doc: of(megabytes(size, 'đ')) });
      const edit = { id, database: DATABASE, editId: of('').editId, since: AT, sent: ['e9'] };
      const theirs = { rev: '2-s', doc: of(megabytes(1, 't')) };
      await outbox.put({ ...edit, state: 'conflict', base, theirs, lastSent: of(megabytes(size, '"')), at: AT });
      for (let version = 1; version <= size; version++) {
        const doc = { ...of(megabytes(1, 'k')), editId: `k${String(version)}` };
        await kept.add({ docId: id, doc, why: 'overtaken', at: AT });
      }
    }
    const { file, records, lacking } = await exported(old);
    expect([records, lacking]).toEqual([5, 0]);
    expect(await imported(fresh, file)).toMatchObject({ records: { whole: 5, taken: 5 }, missing: [] });
    expect(await contents(fresh)).toEqual(await contents(old));

    // Damage takes the record with it that it falls into, and not its neighbours.
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    const { missing } = await imported(unpack('may-ba'), new Blob([bytes]));
    expect(missing).toHaveLength(1);
    // Some forty megabytes, four times over the disk and through a cipher.
  }, 120_000);

  test('that is cut off or damaged gives what is whole, and names the rest; the whole one later completes it', async () => {
    await visited();
    const photo = await takesPhoto(old, 2);
    const { file } = await exported(old);
    const bytes = new Uint8Array(await file.arrayBuffer());
    // The second photo stands before the second list and the second head.
    const cut = new Blob([bytes.slice(0, bytes.length - 4000)]);
    const summary = await imported(fresh, cut);
    expect(summary).toMatchObject({ records: { taken: 2 }, photos: { taken: 1 } });
    const [missing] = summary.missing ?? [];
    expect(summary.missing).toMatchObject([{ isPhoto: true, isUnsent: true, name: 'Nước mắm mẫu 01' }]);
    expect(await fresh.store.tables.docs.get(missing?.id ?? '')).toBeUndefined();
    expect(await imported(fresh, file)).toMatchObject({ photos: { taken: 1, already: 1 }, missing: [] });
    expect(await contents(fresh)).toEqual(await contents(old));
    expect(await photoBytes(fresh.store, photo._id, 'photo')).toEqual(await photoBytes(old.store, photo._id, 'photo'));
  });

  test('whose list is gone at both ends still gives what is whole, and does not claim that it was all', async () => {
    await visited();
    const bytes = new Uint8Array(await (await exported(old)).file.arrayBuffer());
    const damaged = bytes.slice();
    damaged[57 + 60] = (damaged[57 + 60] ?? 0) ^ 1;
    damaged[bytes.length - 57 - 20] = (damaged[bytes.length - 57 - 20] ?? 0) ^ 1;
    expect(await imported(fresh, new Blob([damaged]))).toMatchObject({
      at: null,
      records: { taken: 2 },
      photos: { taken: 1 },
      missing: null
    });
  });

  test('that an earlier version of the app has made is read for ever', async () => {
    account = pinned.account;
    const handset = unpack('may-moi-nhat');
    const file = new Blob([Uint8Array.from(atob(pinned.base64), (letter) => letter.charCodeAt(0))]);
    expect(await imported(handset, file)).toMatchObject({
      at: AT,
      records: { whole: 2, taken: 2 },
      photos: { whole: 1, taken: 1 },
      missing: []
    });
    const { docs, outbox, kept, photos } = handset.store.tables;
    const [photo] = await photos.toArray();
    expect(await outbox.orderBy('id').toArray()).toMatchObject([
      { id: photo?.id, state: 'waiting', base: null },
      { id: aProduct()._id, state: 'waiting', base: { rev: '1-p', doc: aProduct() } },
      { state: 'refused', reason: { code: 'forbidden:owner', message: 'm' }, at: AT }
    ]);
    expect((await docs.orderBy('id').toArray()).map(({ doc }) => doc)).toMatchObject([
      { kind: 'photo', width: 1600 },
      { kind: 'product', presentation: 'Chai 500 ml' },
      { kind: 'survey', answers: { met: 'Bà chủ cơ sở' } }
    ]);
    expect(await kept.toArray()).toMatchObject([{ why: 'overtaken', doc: { presentation: 'Can 5 lít' } }]);
    const bytes = await photoBytes(handset.store, photo?.id ?? '', 'photo');
    expect(await sha256Of(bytes ?? new ArrayBuffer())).toBe(
      'f088b51a6e872b7727b5d8c8e7d66b228b43e4f297e17a93fc6b4a1895935134'
    );
  });

  test('that is being made can be stopped', async () => {
    await visited();
    const stop = new AbortController();
    stop.abort();
    const wish = { scope: 'unsent', passphrase: PASSPHRASE, device: 'd', at: AT, day: '2026-11-26' } as const;
    const written = await writeRescueFile(old.store, { ...wish, onProgress: () => undefined, signal: stop.signal });
    expect(written).toEqual({ ok: false, error: { tag: 'stopped' } });
  });

  test('shows nothing of its contents without the passphrase', async () => {
    await visited();
    const text = new TextDecoder('latin1').decode(await (await exported(old)).file.arrayBuffer());
    for (const word of ['Chai 500', 'product:', 'survey:', account]) expect(text).not.toContain(word);
  });
});
