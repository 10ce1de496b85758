// What a server has lost and not everybody may bring back (law 9): under its real rules, each phone puts back its own part.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DocumentOf, Producer } from '#lib/domain/document/document.ts';
import { mergeVersions, readConflict } from '#lib/app/records/conflict.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { outboxCounts, unsentCount } from '#lib/storage/outbox.ts';
import { COMMUNE } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';
import { officeRules } from '../support/rules.ts';

const DB = communeDatabase(COMMUNE);
const OFFICER = { name: 'canbo.a', roles: ['officer'], displayName: '' };
const NOTHING = { waiting: 0, refused: 0, conflict: 0 };

let server: MemoryServer;
/** The maker, and a colleague. */
let a: Device;
let b: Device;

beforeEach(() => {
  server = new MemoryServer().create(DB);
  server.validate = officeRules;
  a = aDevice('canbo.a');
  b = aDevice('canbo.b');
});

const as = (device: Device) => server.as({ name: device === b ? 'canbo.b' : 'canbo.a', roles: ['officer'] });
const sync = (device: Device) => device.sync(as(device), [DB]);

async function everybody(): Promise<void> {
  for (const device of [a, b, a, b]) await sync(device);
}

async function survey(device = a): Promise<DocumentOf<'survey'>> {
  const made = await device.store.create('survey', COMMUNE, {
    productId: 'product:1',
    producerId: 'producer:1',
    formId: 'product-survey',
    formVersion: 1,
    status: 'draft',
    trail: [],
    answers: { q1: 1 }
  });
  if (!made.ok) throw new Error(made.error.tag);
  return made.value;
}

async function producer(device = a): Promise<Producer> {
  const made = await device.store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01' });
  if (!made.ok) throw new Error(made.error.tag);
  return made.value;
}

async function change(device: Device, id: string, over: Partial<Producer>): Promise<void> {
  const saved = await device.store.update('producer', id, (doc) => ({ ...doc, ...over }));
  if (!saved.ok) throw new Error(saved.error.tag);
}

async function answer(device: Device, id: string, answers: DocumentOf<'survey'>['answers']): Promise<void> {
  const saved = await device.store.update('survey', id, (doc) => ({ ...doc, answers }));
  if (!saved.ok) throw new Error(saved.error.tag);
}

const surveyOn = async (device: Device, id: string) => await device.store.get('survey', id);
const producerOn = async (device: Device, id: string) => await device.store.get('producer', id);

describe('a colleague’s draft', () => {
  test('is no refusal on a phone that has no part in it: it stays, and all of its own is sent', async () => {
    const { _id } = await survey();
    await everybody();
    server.recreate(DB);
    const outcome = await sync(b);
    expect(outcome.refused).toBe(0);
    expect(await outboxCounts(b.store)).toEqual(NOTHING);
    expect(await unsentCount(b.store)).toBe(0);
    expect(await surveyOn(b, _id)).toMatchObject({ doc: { answers: { q1: 1 } }, sending: { state: 'lost' } });
    await sync(a);
    await sync(b);
    expect(server.contents(DB)[_id]).toMatchObject({ answers: { q1: 1 } });
    for (const device of [a, b]) expect((await surveyOn(device, _id))?.sending.state).toBe('sent');
    expect(await b.store.tables.outbox.count()).toBe(0);
    expect(await b.store.tables.kept.count()).toBe(0);
  });

  test('stays through later pulls, other restores and a day of rest, while nobody brings it', async () => {
    const { _id } = await survey();
    const empty = server.backup();
    await everybody();
    for (let i = 0; i < 3; i++) {
      if (i === 1) server.recreate(DB);
      else empty();
      await producer(b);
      await sync(b);
      server.serverTime = new Date(Date.parse(server.serverTime) + 25 * 3_600_000).toISOString();
      await sync(b);
    }
    expect(await surveyOn(b, _id)).toMatchObject({ doc: { answers: { q1: 1 } }, sending: { state: 'lost' } });
    expect(await outboxCounts(b.store)).toEqual(NOTHING);
  });

  test('is not set back by the older version out of the backup, and comes home from its maker', async () => {
    const { _id } = await survey();
    await everybody();
    const restore = server.backup();
    await answer(a, _id, { q1: 2 });
    await everybody();
    restore();
    for (let i = 0; i < 2; i++) await sync(b);
    expect(server.contents(DB)[_id]).toMatchObject({ answers: { q1: 1 } });
    expect(await surveyOn(b, _id)).toMatchObject({ doc: { answers: { q1: 2 } }, sending: { state: 'lost' } });
    expect(await outboxCounts(b.store)).toEqual(NOTHING);
    await everybody();
    expect(server.contents(DB)[_id]).toMatchObject({ answers: { q1: 2 } });
    expect(await surveyOn(b, _id)).toMatchObject({ doc: { answers: { q1: 2 } }, sending: { state: 'sent' } });
  });

  test('gives way, without a question, to what its maker has gone on with; what it said is kept', async () => {
    const { _id } = await survey();
    await everybody();
    server.recreate(DB);
    await sync(b);
    await sync(a);
    await answer(a, _id, { q1: 3 });
    await sync(a);
    const outcome = await sync(b);
    expect(outcome.conflicts).toBe(0);
    expect(await surveyOn(b, _id)).toMatchObject({ doc: { answers: { q1: 3 } }, sending: { state: 'sent' } });
    expect(await b.store.tables.kept.toArray()).toMatchObject([{ docId: _id, doc: { answers: { q1: 1 } } }]);
  });

  test('and is forgotten with its commune, as all that is clean', async () => {
    const { _id } = await survey();
    const own = await producer(b);
    await everybody();
    server.recreate(DB);
    await sync(b);
    await change(b, own._id, { note: 'chưa gửi' });
    await b.replica.forget([DB]);
    expect(await surveyOn(b, _id)).toBeUndefined();
    expect(await b.store.tables.outbox.toCollection().primaryKeys()).toEqual([own._id]);
  });
});

describe('what is the commune’s', () => {
  test('written last by a colleague, is brought back by its maker under his own name, who wrote it is noted', async () => {
    const { _id } = await producer(a);
    await everybody();
    await change(b, _id, { phone: '0252000002' });
    await everybody();
    server.recreate(DB);
    // The server takes a document that it does not know from its maker only.
    await sync(b);
    expect(await outboxCounts(b.store)).toEqual(NOTHING);
    expect((await producerOn(b, _id))?.sending.state).toBe('lost');
    await everybody();
    expect(server.contents(DB)[_id]).toMatchObject({
      phone: '0252000002',
      createdBy: 'canbo.a',
      updatedBy: 'canbo.a',
      merges: [{ by: 'canbo.a', parts: [{ by: 'canbo.b', places: [] }] }]
    });
    for (const device of [a, b]) {
      expect(await producerOn(device, _id)).toMatchObject({ doc: { phone: '0252000002' }, sending: { state: 'sent' } });
      expect(await outboxCounts(device.store)).toEqual(NOTHING);
    }
  });

  test('an own edit of it goes out as soon as its maker has brought the rest, also where he has never heard of it', async () => {
    const { _id } = await producer(a);
    await sync(a);
    await sync(b);
    await change(b, _id, { phone: '0252000002' });
    await sync(b);
    server.recreate(DB);
    await sync(b);
    await everybody();
    await everybody();
    expect(server.contents(DB)[_id]).toMatchObject({ phone: '0252000002', updatedBy: 'canbo.b' });
    for (const device of [a, b]) {
      expect(await producerOn(device, _id)).toMatchObject({ doc: { phone: '0252000002' }, sending: { state: 'sent' } });
      expect(await outboxCounts(device.store)).toEqual(NOTHING);
    }
  });

  test('typed in while it is missing, it is this person’s work from then on', async () => {
    const { _id } = await producer(a);
    await everybody();
    server.recreate(DB);
    await sync(b);
    await change(b, _id, { note: 'Sửa khi máy chủ thiếu' });
    expect(await outboxCounts(b.store)).toMatchObject({ waiting: 1 });
    await sync(a);
    await everybody();
    expect(server.contents(DB)[_id]).toMatchObject({ note: 'Sửa khi máy chủ thiếu' });
    expect(await outboxCounts(b.store)).toEqual(NOTHING);
  });
});

describe('an acknowledged edit that the backup lacks, met by a push before anybody has asked which server this is', () => {
  /** The phone number is acknowledged and lost with the server, which has had so many edits since; then an address is typed. */
  async function typedOnTop(edits: number): Promise<string> {
    const { _id } = await producer();
    await everybody();
    const restore = server.backup();
    await change(a, _id, { phone: '0900000001' });
    await sync(a);
    restore();
    for (let i = 0; i < edits; i++) edited(_id, `lần ${i}`);
    await change(a, _id, { address: 'Thôn mẫu' });
    await a.sync(as(a), [DB], 'push');
    return _id;
  }
  const edited = (id: string, note: string) =>
    server.edit(DB, id, { ...server.contents(DB)[id], _id: id, note, editId: `colleague ${note}` });

  test.each([1, 2, 3])('is not taken for taken away after %i edits: a person is asked', async (edits) => {
    const id = await typedOnTop(edits);
    for (let i = 0; i < 2; i++) {
      expect(await a.store.tables.outbox.get(id)).toMatchObject({ state: 'conflict' });
      expect((await producerOn(a, id))?.doc).toMatchObject({ phone: '0900000001', address: 'Thôn mẫu' });
      await everybody();
    }
  });

  test('shows every difference to who is asked, and says the same to everybody else', async () => {
    const id = await typedOnTop(2);
    const file = await readConflict(a.store, id, OFFICER);
    expect(file?.open.map(({ path }) => path.join('/')).sort()).toEqual(['address', 'note', 'phone']);
    await everybody();
    const records = Object.values(server.contents(DB)).filter(({ kind }) => kind === 'conflict');
    expect(records).toMatchObject([{ base: null, places: ['address', 'phone', 'note'] }]);
    if (file === null) throw new Error('no conflict');
    expect(await mergeVersions(a.store, file.conflict, new Map([['note', 'theirs']]))).toBe(true);
    await everybody();
    expect(server.contents(DB)[id]).toMatchObject({ phone: '0900000001', address: 'Thôn mẫu', note: 'lần 1' });
  });

  test('stays a question however many edits follow over there', async () => {
    const id = await typedOnTop(1);
    for (let i = 0; i < 3; i++) {
      edited(id, `sau ${i}`);
      await everybody();
      expect(await a.store.tables.outbox.get(id)).toMatchObject({ state: 'conflict' });
      expect((await producerOn(a, id))?.doc).toMatchObject({ phone: '0900000001' });
    }
  });

  test('stays a question as well where the server knows both, as after a replication between servers', async () => {
    const { _id } = await producer();
    await everybody();
    const before = server.contents(DB)[_id];
    await change(a, _id, { phone: '0900000001' });
    await sync(a);
    await change(a, _id, { address: 'Thôn mẫu' });
    for (const generation of [2, 3, 4]) {
      const doc = { ...before, _id, note: `lần ${String(generation)}`, editId: `colleague ${String(generation)}` };
      const standing = {
        tag: 'standing',
        id: _id,
        rev: `${String(generation)}-beside`,
        doc,
        at: server.serverTime
      } as const;
      const settled = await a.replica.settle([standing]);
      expect(settled.ok && settled.value).toEqual([{ id: _id, became: 'conflict' }]);
    }
    expect((await producerOn(a, _id))?.doc).toMatchObject({ phone: '0900000001', address: 'Thôn mẫu' });
  });

  test('shows which server it is, where no receipt does any more: the next run compares everything', async () => {
    const [other, met] = [await producer(), await producer()];
    await everybody();
    const restore = server.backup();
    await change(a, other._id, { note: 'chỉ có trên máy' });
    await change(a, met._id, { phone: '0900000001' });
    await a.sync(as(a), [DB], 'push');
    restore('sameLife');
    for (let i = 0; i < 6; i++) {
      await producer();
      await a.sync(as(a), [DB], 'push');
    }
    edited(met._id, 'người khác');
    await change(a, met._id, { address: 'Thôn mẫu' });
    await a.sync(as(a), [DB], 'push');
    await sync(a);
    expect(server.contents(DB)[other._id]).toMatchObject({ note: 'chỉ có trên máy' });
  });
});

describe('an edit of a document with attachments, whose conflict ends because the other version is gone', () => {
  const STUB = { 'photo.jpg': { stub: true, digest: 'md5-x' } };

  async function withAttachments(): Promise<string> {
    const { _id } = await producer();
    await sync(a);
    server.edit(DB, _id, { ...server.contents(DB)[_id], _id, _attachments: STUB, editId: 'bytes' });
    await sync(a);
    await change(a, _id, { phone: '0900000001' });
    return _id;
  }
  const other = (id: string) => ({ ...server.contents(DB)[id], _id: id, phone: '0900000009', editId: 'colleague' });

  test('with a backup: it goes on top of what it was made from, and names them', async () => {
    const id = await withAttachments();
    const restore = server.backup();
    server.edit(DB, id, other(id));
    await sync(a);
    expect(await a.store.tables.outbox.get(id)).toMatchObject({ state: 'conflict' });
    restore();
    for (let i = 0; i < 2; i++) await sync(a);
    expect(server.contents(DB)[id]).toMatchObject({ phone: '0900000001', _attachments: STUB });
  });

  test('as a losing version of replication may be: the same', async () => {
    const id = await withAttachments();
    const rev = server.revOf(DB, id) ?? '';
    const beside = `${String(Number.parseInt(rev, 10))}-beside`;
    const at = server.serverTime;
    await a.replica.settle([{ tag: 'standing', id, rev: beside, doc: other(id), at }]);
    expect(await a.store.tables.outbox.get(id)).toMatchObject({ state: 'conflict' });
    await a.replica.settle([{ tag: 'standing', id, rev, doc: { ...server.contents(DB)[id], _id: id }, at }]);
    await a.sync(as(a), [DB], 'push');
    expect(server.contents(DB)[id]).toMatchObject({ phone: '0900000001', _attachments: STUB });
  });
});

test('what its maker has said meanwhile gives way to the newer version of a colleague, and is kept', async () => {
  const { _id } = await producer();
  await everybody();
  for (const phone of ['0900000002', '0900000003', '0900000004']) await change(b, _id, { phone });
  await sync(b);
  // Has heard nothing of it, and wrote before it.
  await change(a, _id, { deleted: true });
  server.recreate(DB);
  await sync(b);
  await sync(a);
  await sync(b);
  expect(server.contents(DB)[_id]).toMatchObject({ phone: '0900000004' });
  expect(await b.store.tables.kept.toArray()).toMatchObject([{ docId: _id, why: 'restored', doc: { deleted: true } }]);
});

test('an own document that the server takes no more is refused as before: it is this person’s to know', async () => {
  const { _id } = await survey();
  await everybody();
  const { validate } = server;
  server.recreate(DB);
  server.validate = (doc, ...rest) => (doc._id === _id ? 'role: survey in draft' : validate(doc, ...rest));
  await sync(a);
  expect((await surveyOn(a, _id))?.sending.state).toBe('refused');
  expect(await outboxCounts(a.store)).toMatchObject({ refused: 1 });
});
