// The laws of storage and sync that the engine keeps, one by one, on a server in memory and a network cranked by hand.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Producer } from '#lib/domain/document/document.ts';
import { type Result, err } from '#lib/domain/result.ts';
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import { conflictOf, decide } from '#lib/storage/conflicts.ts';
import { outboxCounts, retry } from '#lib/storage/outbox.ts';
import { Database } from '#lib/storage/database.ts';
import { displayNames } from '#lib/storage/people.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Change } from '#lib/sync/core/ports.ts';
import { worstProblem } from '#lib/sync/core/reach.ts';
import { COMMUNE, OTHER_COMMUNE, aPerson, aProducer, anId } from '../../support/documents.ts';
import { type Device, aDevice, handPorts } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';
import { Life, mortal } from '../support/mortal.ts';
import { Network } from '../support/network.ts';
import { suiteVault } from '../../storage/vaults.ts';

const DB = communeDatabase(COMMUNE);
const OTHER = communeDatabase(OTHER_COMMUNE);

let server: MemoryServer;
let network: Network;
let phone: Device;

beforeEach(() => {
  server = new MemoryServer().create(DB, OTHER);
  network = new Network(server);
  phone = aDevice();
});

const sync = () => phone.sync(network, [DB, OTHER]);

async function made(name = 'Cơ sở mẫu 01', commune = COMMUNE, device = phone): Promise<Producer> {
  const result = await device.store.create('producer', commune, { name });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function renamed(id: string, name: string, device = phone): Promise<Producer> {
  const result = await device.store.update('producer', id, (doc) => ({ ...doc, name }));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function change(device: Device, id: string, over: Partial<Producer>): Promise<void> {
  const saved = await device.store.update('producer', id, (doc) => ({ ...doc, ...over }));
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
}

const seen = async (id: string, device = phone) => device.store.get('producer', id);
const nameOf = async (id: string, device = phone) => (await seen(id, device))?.doc.name;
const stateOf = async (id: string, device = phone) => (await seen(id, device))?.sending.state;

describe('Law 1: saved means saved', () => {
  test('a document and its outbox row are written together or not at all', async () => {
    const { outbox } = phone.store.tables;
    const before = await made();
    outbox.hook('updating', () => {
      throw new Error('the tab dies between the two writes');
    });
    const failed = await phone.store.update('producer', before._id, (doc) => ({ ...doc, name: 'Tên mới' }));
    expect(failed.ok).toBe(false);
    expect(await nameOf(before._id)).toBe('Cơ sở mẫu 01');
  });
});

describe('Law 3: a row leaves the outbox only with the receipt for exactly its edit', () => {
  test('an edit that is made while an older one is under way stays, and goes on top of it', async () => {
    const { _id } = await made();
    network.next('write', { tag: 'meanwhile', after: () => renamed(_id, 'Tên thứ hai') });
    // Only the first request: what follows is another run's work.
    network.next('write', { tag: 'fail', problem: { tag: 'offline' } });
    await sync();
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Cơ sở mẫu 01' });
    expect(await stateOf(_id)).toBe('local');

    await sync();
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên thứ hai' });
    expect(server.revOf(DB, _id)).toMatch(/^2-/);
    expect(await stateOf(_id)).toBe('sent');
  });

  test('what is typed while the pull is under way goes out with the same run', async () => {
    network.next('changes', { tag: 'meanwhile', after: () => made('Vừa gõ') }, DB);
    await phone.sync(network, [DB]);
    expect(Object.values(server.contents(DB))).toMatchObject([{ name: 'Vừa gõ' }]);
  });

  test('a row without an answer stays, the others leave', async () => {
    const [first, second] = [await made('Một'), await made('Hai')];
    const write = server.write.bind(server);
    server.write = async (database, docs) => {
      const written = await write(database, docs);
      if (!written.ok) return written;
      return { ok: true, value: { ...written.value, answers: written.value.answers.slice(0, 1) } };
    };
    await phone.sync(network, [DB], 'push');
    expect([await stateOf(first._id), await stateOf(second._id)].sort()).toEqual(['local', 'sent']);
  });
});

describe('Law 4: nothing is doubled when an answer is lost', () => {
  test('the retry recognises its own edit', async () => {
    const { _id } = await made();
    network.next('write', { tag: 'loseAnswer' });
    const lost = await sync();
    expect(lost.problems.get(DB)).toEqual({ tag: 'offline' });
    expect(await stateOf(_id)).toBe('local');

    const found = await phone.sync(network, [DB], 'push');
    expect(found).toMatchObject({ sent: 1, conflicts: 0 });
    expect(server.revOf(DB, _id)).toMatch(/^1-/);
    expect(await stateOf(_id)).toBe('sent');
  });

  test('a newer edit goes on top of the one whose answer was lost, and is no conflict', async () => {
    const { _id } = await made();
    network.next('write', { tag: 'loseAnswer' });
    await sync();
    await renamed(_id, 'Tên thứ hai');
    const outcome = await phone.sync(network, [DB], 'push');
    expect(outcome).toMatchObject({ sent: 1, conflicts: 0 });
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên thứ hai' });
  });

  test('what a colleague writes on top of the edit whose answer was lost is merged with what is typed since', async () => {
    const { _id } = await made();
    await sync();
    await renamed(_id, 'Tên thứ hai');
    network.next('write', { tag: 'loseAnswer' });
    await sync();
    const { outbox } = phone.store.tables;
    // The document itself is the version that went out: a second copy would double what is written for each of them.
    expect(await outbox.get(_id)).not.toHaveProperty('lastSent');
    const sent = server.contents(DB)[_id];
    server.edit(DB, _id, { ...sent, _id, phone: '0252 000 009', updatedBy: 'canbo.b', editId: 'theirs' });

    await phone.store.update('producer', _id, (doc) => ({ ...doc, address: 'Thôn mẫu' }));
    expect(await outbox.get(_id)).toMatchObject({ lastSent: { name: 'Tên thứ hai' } });
    const outcome = await phone.sync(network, [DB], 'push');
    expect(outcome).toMatchObject({ conflicts: 0 });
    const merged = { name: 'Tên thứ hai', phone: '0252 000 009', address: 'Thôn mẫu' };
    expect(server.contents(DB)[_id]).toMatchObject(merged);
  });

  test('what a colleague sets back of the edit whose answer was lost is not overwritten without a question', async () => {
    const { _id } = await made();
    await sync();
    await renamed(_id, 'Tên thứ hai');
    network.next('write', { tag: 'loseAnswer' });
    await sync();
    const sent = server.contents(DB)[_id];
    const theirs = {
      ...sent,
      _id,
      name: 'Cơ sở mẫu 01',
      phone: '0252 000 009',
      updatedBy: 'canbo.b',
      editId: 'theirs'
    };
    server.edit(DB, _id, theirs);
    await phone.store.update('producer', _id, (doc) => ({ ...doc, address: 'Thôn mẫu' }));
    expect(await phone.sync(network, [DB], 'push')).toMatchObject({ conflicts: 1 });
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Cơ sở mẫu 01', phone: '0252 000 009' });
  });

  test('the own edit that comes back by pull is a receipt', async () => {
    const { _id } = await made();
    network.next('write', { tag: 'loseAnswer' });
    // The pull comes first here, because the push meets a dead network once more.
    await sync();
    network.next('write', { tag: 'fail', problem: { tag: 'broken', detail: '' } });
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(server.requests.write).toBe(1);
  });

  test('requests are bounded by bytes, and halved on 413 down to one document', async () => {
    for (let i = 0; i < 12; i++) await made(`Cơ sở ${i} ${'x'.repeat(5000)}`);
    server.limit = 11_000;
    const outcome = await sync();
    expect(outcome).toMatchObject({ sent: 12, refused: 0 });
    expect(Math.max(...phone.sendings.map((ids) => ids.length))).toBeGreaterThan(2);
    expect(Object.keys(server.contents(DB))).toHaveLength(12);
  });

  test('one document that is too large is set aside, the others arrive', async () => {
    const large = await made('x'.repeat(20_000));
    const small = [await made('Một'), await made('Hai'), await made('Ba')];
    server.limit = 11_000;
    const outcome = await sync();
    expect(outcome).toMatchObject({ sent: 3, refused: 1 });
    expect((await seen(large._id))?.sending).toMatchObject({ state: 'refused', reason: { code: 'tooLarge' } });
    for (const { _id } of small) expect(await stateOf(_id)).toBe('sent');
  });

  test.each([400, 412])('one document that fails the whole batch (%i) is set aside with the reason', async (status) => {
    const all = [];
    for (let i = 0; i < 9; i++) all.push(await made(`Cơ sở ${i}`));
    const bad = all[4]?._id;
    server.poison = (doc) => (doc._id === bad ? { tag: 'rejected', status, reason: 'Bad field' } : null);
    const outcome = await sync();
    expect(outcome).toMatchObject({ sent: 8, refused: 1 });
    expect((await seen(bad ?? ''))?.sending).toMatchObject({
      state: 'refused',
      reason: { code: 'malformed', message: 'Bad field' }
    });
  });
});

describe('one bad document among many', () => {
  test.each([400, 412, 500])('stops nobody else, wherever it stands (%i)', async (status) => {
    const all = [];
    for (let i = 0; i < 40; i++) all.push(await made(`Cơ sở ${i}`));
    const first = [...all].sort((a, b) => (a._id < b._id ? -1 : 1))[0]?._id ?? '';
    server.poison = (doc) => {
      if (doc._id !== first) return null;
      return status === 500 ? { tag: 'server', status } : { tag: 'rejected', status, reason: 'Bad field' };
    };
    await phone.sync(network, [DB], 'push');
    expect(Object.keys(server.contents(DB))).toHaveLength(39);
    expect(await stateOf(first)).toBe(status === 500 ? 'local' : 'refused');
  });
});

describe('Law 5: an edit of somebody else is never overwritten, and neither is ours', () => {
  async function bothEdited() {
    const { _id } = await made();
    await sync();
    const theirs = aProducer({ _id, name: 'Tên của họ', updatedBy: 'canbo.b', editId: 'theirs' });
    server.edit(DB, _id, theirs);
    const mine = await renamed(_id, 'Tên của tôi');
    return { _id, mine, theirs };
  }

  test('met by push: both versions are kept and shown', async () => {
    const { _id, theirs } = await bothEdited();
    const outcome = await phone.sync(network, [DB], 'push');
    expect(outcome.conflicts).toBe(1);
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên của họ' });
    expect(await nameOf(_id)).toBe('Tên của tôi');
    expect((await seen(_id))?.sending).toMatchObject({ state: 'conflict', by: 'canbo.b' });
    expect(await conflictOf(phone.store, _id)).toMatchObject({
      mine: { name: 'Tên của tôi' },
      theirs: { name: theirs.name },
      base: { name: 'Cơ sở mẫu 01' },
      by: 'canbo.b'
    });
  });

  test('met by pull: the same', async () => {
    const { _id } = await bothEdited();
    network.next('write', { tag: 'fail', problem: { tag: 'broken', detail: '' } });
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
    expect(await nameOf(_id)).toBe('Tên của tôi');
  });

  test('typing on in a conflict keeps it one, and sends nothing', async () => {
    const { _id } = await bothEdited();
    await sync();
    await renamed(_id, 'Tên nữa');
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên của họ' });
  });

  test('a third edit on the server replaces the second in the conflict', async () => {
    const { _id, theirs } = await bothEdited();
    await sync();
    server.edit(DB, _id, { ...theirs, name: 'Tên thứ ba', editId: 'third' });
    await sync();
    expect(await conflictOf(phone.store, _id)).toMatchObject({ theirs: { name: 'Tên thứ ba' } });
  });

  test.each([
    ['mine', 'Tên của tôi'],
    ['theirs', 'Tên của họ']
  ] as const)('a person decides: %s', async (decision, name) => {
    const { _id } = await bothEdited();
    await sync();
    const decided = await decide(phone.store, _id, decision);
    expect(decided).toMatchObject({ ok: true });
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(await nameOf(_id)).toBe(name);
    expect(server.contents(DB)[_id]).toMatchObject({ name });
    const kept = await phone.store.tables.kept.toArray();
    expect(kept).toMatchObject([{ docId: _id, why: 'conflict' }]);
    expect(kept[0]?.doc).not.toMatchObject({ name });
  });

  test('a person merges: the merged version arrives, both others are kept', async () => {
    const { _id, mine } = await bothEdited();
    await sync();
    await decide(phone.store, _id, { merged: { ...mine, name: 'Ghép' } });
    await sync();
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Ghép', updatedBy: 'canbo.a' });
    expect(await phone.store.tables.kept.count()).toBe(2);
  });

  test('the same content by two people is no conflict', async () => {
    const { _id } = await made();
    await sync();
    const { doc } = (await seen(_id)) ?? { doc: aProducer() };
    server.edit(DB, _id, { ...doc, phone: '0252000001', editId: 'theirs', updatedBy: 'canbo.b' });
    await phone.store.update('producer', _id, (mine) => ({ ...mine, phone: '0252000001' }));
    const outcome = await phone.sync(network, [DB], 'push');
    expect(outcome.conflicts).toBe(0);
    expect((await seen(_id))?.doc.updatedBy).toBe('canbo.b');
    expect(await stateOf(_id)).toBe('sent');
  });

  test('a deletion on the server against an edit here is a conflict; "mine" brings the document back', async () => {
    const { _id } = await made();
    await sync();
    server.edit(DB, _id, null);
    await renamed(_id, 'Tên của tôi');
    await sync();
    expect(await conflictOf(phone.store, _id)).toMatchObject({ isDeletedThere: true, theirs: null });
    await decide(phone.store, _id, 'mine');
    await sync();
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên của tôi' });
  });
});

describe('Law 5: different places of one record merge without a question', () => {
  const other = () => aDevice('canbo.b');

  async function shared(): Promise<{ _id: string; second: Device }> {
    const { _id } = await made();
    const second = other();
    await sync();
    await second.sync(network, [DB]);
    return { _id, second };
  }

  test('met by push: the merged one goes up in the same push, and both phones agree', async () => {
    const { _id, second } = await shared();
    await change(second, _id, { phone: '0252000002' });
    await change(phone, _id, { note: 'Gọi trước khi đến' });
    await second.sync(network, [DB]);
    const outcome = await phone.sync(network, [DB], 'push');
    expect(outcome).toMatchObject({ sent: 1, conflicts: 0 });
    await second.sync(network, [DB]);
    for (const device of [phone, second]) {
      expect(await seen(_id, device)).toMatchObject({
        doc: { phone: '0252000002', note: 'Gọi trước khi đến', updatedBy: 'canbo.a' },
        sending: { state: 'sent' }
      });
    }
    expect((await seen(_id, second))?.doc.merges).toMatchObject([
      {
        by: 'canbo.a',
        parts: [
          { by: 'canbo.a', places: ['note'] },
          { by: 'canbo.b', places: ['phone'] }
        ]
      }
    ]);
  });

  test('met by pull: it goes up with the same run', async () => {
    const { _id, second } = await shared();
    await change(second, _id, { phone: '0252000002' });
    await second.sync(network, [DB]);
    network.next('changes', { tag: 'meanwhile', before: () => change(phone, _id, { note: 'n' }) });
    await phone.sync(network, [DB]);
    expect(server.requests.read).toBe(0);
    expect(server.contents(DB)[_id]).toMatchObject({ phone: '0252000002', note: 'n' });
    expect(await stateOf(_id)).toBe('sent');
  });

  test('what is typed while the server is asked for its version is merged as well', async () => {
    const { _id, second } = await shared();
    await change(second, _id, { phone: '0252000002' });
    await second.sync(network, [DB]);
    await change(phone, _id, { note: 'n' });
    network.next('read', { tag: 'meanwhile', after: () => change(phone, _id, { email: 'a@mau.invalid' }) });
    await phone.sync(network, [DB], 'push');
    expect(server.contents(DB)[_id]).toMatchObject({ phone: '0252000002', note: 'n', email: 'a@mau.invalid' });
  });

  test('a merge whose answer is lost is recognised, and is not merged once more', async () => {
    const { _id, second } = await shared();
    await change(second, _id, { phone: '0252000002' });
    await second.sync(network, [DB]);
    await change(phone, _id, { note: 'n' });
    network.next('write', { tag: 'meanwhile' }).next('write', { tag: 'loseAnswer' });
    await phone.sync(network, [DB], 'push');
    expect(await stateOf(_id)).toBe('local');
    await sync();
    expect(server.revOf(DB, _id)).toMatch(/^3-/);
    expect(await stateOf(_id)).toBe('sent');
  });

  test('two phones of one officer: a survey comes together, rows of repeats too', async () => {
    const mate = aDevice();
    const survey = await phone.store.create('survey', COMMUNE, {
      ...bare,
      answers: { workers: 3, years: [{ _id: 'r1', year: 2024 }] }
    });
    if (!survey.ok) throw new Error('not made');
    const { _id } = survey.value;
    await sync();
    await mate.sync(network, [DB]);
    await phone.store.update('survey', _id, (doc) => ({
      ...doc,
      answers: {
        workers: 4,
        years: [
          { _id: 'r1', year: 2024 },
          { _id: 'r2', year: 2025 }
        ]
      }
    }));
    await mate.store.update('survey', _id, (doc) => ({
      ...doc,
      answers: { workers: 3, output: 8, years: [{ _id: 'r1', year: 2024, revenue: 10 }] }
    }));
    await sync();
    await mate.sync(network, [DB]);
    await sync();
    for (const device of [phone, mate]) {
      expect((await device.store.get('survey', _id))?.doc.answers).toEqual({
        workers: 4,
        output: 8,
        years: [
          { _id: 'r1', year: 2024, revenue: 10 },
          { _id: 'r2', year: 2025 }
        ]
      });
    }
  });

  test('a survey that was returned before its own receipt arrived is simply returned', async () => {
    const survey = await phone.store.create('survey', COMMUNE, { ...bare, answers: { workers: 3 } });
    if (!survey.ok) throw new Error('not made');
    const { _id } = survey.value;
    await sync();
    const step = { status: 'submitted' as const, at: '2026-11-23T01:00:00.000Z', by: 'canbo.a' };
    await phone.store.update('survey', _id, (doc) => ({ ...doc, status: 'submitted', trail: [step] }));
    network.next('write', { tag: 'loseAnswer' });
    await sync();
    const handedIn = server.contents(DB)[_id];
    const back = { status: 'returned', at: '2026-11-24T01:00:00.000Z', by: 'tuvan.t' };
    server.edit(DB, _id, { ...handedIn, _id, ...{ status: 'returned', trail: [step, back] }, editId: 'r' });
    const outcome = await sync();
    expect(outcome.conflicts).toBe(0);
    expect(await phone.store.get('survey', _id)).toMatchObject({
      doc: { status: 'returned' },
      sending: { state: 'sent' }
    });
  });

  test('what was handed in elsewhere is not changed behind the reviewer: a person decides', async () => {
    const survey = await phone.store.create('survey', COMMUNE, { ...bare, answers: { workers: 3 } });
    if (!survey.ok) throw new Error('not made');
    const { _id } = survey.value;
    await sync();
    const step = { status: 'submitted', at: '2026-11-23T01:00:00.000Z', by: 'canbo.a' };
    server.edit(DB, _id, { ...survey.value, status: 'submitted', trail: [step], editId: 'elsewhere' });
    await phone.store.update('survey', _id, (doc) => ({ ...doc, answers: { workers: 4 } }));
    await sync();
    expect((await phone.store.get('survey', _id))?.sending.state).toBe('conflict');
    expect(server.contents(DB)[_id]).toMatchObject({ status: 'submitted', answers: { workers: 3 } });
  });

  test('a deletion on both sides is no conflict', async () => {
    const { _id } = await made();
    await sync();
    server.edit(DB, _id, null);
    await phone.store.remove('producer', _id);
    expect((await sync()).conflicts).toBe(0);
    expect(await seen(_id)).toBeUndefined();
    expect((await outboxCounts(phone.store)).waiting).toBe(0);
  });

  test('a deletion against an edit of another field is a conflict all the same', async () => {
    const { _id, second } = await shared();
    await second.store.remove('producer', _id);
    await second.sync(network, [DB]);
    await change(phone, _id, { note: 'n' });
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
  });

  test('a conflict ends by itself when the other side takes its words back', async () => {
    const { _id, second } = await shared();
    await change(second, _id, { name: 'Tên của họ' });
    await second.sync(network, [DB]);
    await renamed(_id, 'Tên của tôi');
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
    await change(second, _id, { name: 'Cơ sở mẫu 01', phone: '0252000002' });
    await second.sync(network, [DB]);
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên của tôi', phone: '0252000002' });
  });

  test('what a restored server has lost is no edit of anybody: it is not taken over by a merge', async () => {
    const { _id } = await made();
    await sync();
    const restore = server.backup();
    await change(phone, _id, { phone: '0252000001' });
    await sync();
    restore();
    const { doc } = (await seen(_id)) ?? { doc: aProducer() };
    const { phone: _lost, ...older } = doc;
    server.edit(DB, _id, { ...older, email: 'b@mau.invalid', editId: 'colleague' });
    await change(phone, _id, { note: 'n' });
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
    expect((await seen(_id))?.doc).toMatchObject({ phone: '0252000001', note: 'n' });
  });

  test('a refused edit that is merged with what the office has written is a new try', async () => {
    const { _id, second } = await shared();
    server.validate = (doc) => (doc['phone'] === undefined ? 'content: no phone' : null);
    await change(phone, _id, { note: 'n' });
    await sync();
    expect(await stateOf(_id)).toBe('refused');
    await change(second, _id, { phone: '0252000002' });
    await second.sync(network, [DB]);
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(server.contents(DB)[_id]).toMatchObject({ phone: '0252000002', note: 'n' });
  });
});

const bare = {
  status: 'draft' as const,
  trail: [],
  productId: anId('product'),
  producerId: anId('producer'),
  formId: 'product-survey',
  formVersion: 1
};

describe('Law 5: a conflict has a record that replicates', () => {
  const inConflict = async () => {
    const { _id } = await made();
    const second = aDevice('canbo.b');
    await sync();
    await second.sync(network, [DB]);
    await renamed(_id, 'Tên của họ', second);
    await second.sync(network, [DB]);
    await renamed(_id, 'Tên của tôi');
    const outcome = await sync();
    expect(outcome).toMatchObject({ conflicts: 1, sent: 1 });
    return { _id, second };
  };
  const records = () => Object.values(server.contents(DB)).filter(({ kind }) => kind === 'conflict');
  const recordOn = async (device: Device) => {
    const rows = await device.store.tables.docs.toArray();
    return rows.map(({ doc }) => doc).filter((doc) => doc._id.startsWith('conflict:'));
  };

  test('both versions, what they started from and where they differ are on the server, and on every phone', async () => {
    const { _id, second } = await inConflict();
    const expected = {
      subjectId: _id,
      createdBy: 'canbo.a',
      base: { name: 'Cơ sở mẫu 01' },
      mine: { name: 'Tên của tôi' },
      theirs: { name: 'Tên của họ' },
      places: ['name']
    };
    expect(records()).toMatchObject([expected]);
    await second.sync(network, [DB]);
    expect(await recordOn(second)).toMatchObject([expected]);
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 0, refused: 0, conflict: 1 });
  });

  test('met again, by push or pull, it stays one; a third version on the server comes into it', async () => {
    const { _id, second } = await inConflict();
    await phone.store.tables.checkpoints.clear();
    await sync();
    await sync();
    expect(records()).toHaveLength(1);
    const { rev } = { rev: server.revOf(DB, String(records()[0]?._id)) };
    expect(rev).toMatch(/^1-/);
    await renamed(_id, 'Tên thứ ba', second);
    await second.sync(network, [DB]);
    await sync();
    expect(records()).toMatchObject([{ theirs: { name: 'Tên thứ ba' } }]);
  });

  test.each(['mine', 'theirs'] as const)(
    'decided (%s), it says who and when, and keeps what was not chosen',
    async (side) => {
      const { _id, second } = await inConflict();
      await renamed(_id, 'Tên gõ tiếp');
      await decide(phone.store, _id, side);
      await sync();
      await second.sync(network, [DB]);
      for (const found of [records(), await recordOn(second)]) {
        expect(found).toMatchObject([
          {
            mine: { name: 'Tên gõ tiếp' },
            theirs: { name: 'Tên của họ' },
            resolved: { by: 'canbo.a', editId: server.contents(DB)[_id]?.['editId'] }
          }
        ]);
      }
      expect((await outboxCounts(phone.store)).waiting).toBe(0);
    }
  );

  test('it is over, too, when the other side takes its words back', async () => {
    const { _id, second } = await inConflict();
    await renamed(_id, 'Cơ sở mẫu 01', second);
    await second.sync(network, [DB]);
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(records()).toMatchObject([{ resolved: { by: 'canbo.a' } }]);
  });

  test('two who end it at the same time: the first one has ended it, and nothing is left to ask', async () => {
    const { _id, second } = await inConflict();
    await second.sync(network, [DB]);
    const [record] = records();
    if (record === undefined) throw new Error('no record');
    const resolved = { at: '2026-11-23T02:00:00.000Z', by: 'canbo.b', editId: 'x' };
    server.edit(DB, record._id, { ...record, resolved, updatedBy: 'canbo.b', editId: 'y' });
    await decide(phone.store, _id, 'mine');
    await sync();
    await sync();
    expect(records()).toMatchObject([{ resolved: { by: 'canbo.b' } }]);
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
  });
});

describe('Law 6: refused is a state of the document', () => {
  const refuse = (name: string) => {
    server.validate = (doc) => (doc['name'] === name ? 'locked: accepted on 20/11' : null);
  };

  test('it keeps the reason and the document, and delays nobody', async () => {
    const good = [await made('Một'), await made('Hai')];
    const bad = await made('Không nhận');
    const after = await made('Ba');
    refuse('Không nhận');
    const outcome = await sync();
    expect(outcome).toMatchObject({ sent: 3, refused: 1 });
    expect(outcome.problems.size).toBe(0);
    for (const { _id } of [...good, after]) expect(await stateOf(_id)).toBe('sent');
    expect((await seen(bad._id))?.sending).toMatchObject({
      state: 'refused',
      reason: { code: 'forbidden:locked', message: 'locked: accepted on 20/11' },
      at: server.serverTime
    });
    expect(await nameOf(bad._id)).toBe('Không nhận');
  });

  test('it is not sent again by itself, however often sync runs', async () => {
    const bad = await made('Không nhận');
    refuse('Không nhận');
    for (let i = 0; i < 5; i++) await sync();
    expect(server.requests.write).toBe(1);
    expect(await stateOf(bad._id)).toBe('refused');
  });

  test('it is sent again when edited', async () => {
    const bad = await made('Không nhận');
    refuse('Không nhận');
    await sync();
    await renamed(bad._id, 'Đã sửa');
    expect(await stateOf(bad._id)).toBe('local');
    await sync();
    expect(await stateOf(bad._id)).toBe('sent');
  });

  test('it is sent again when asked', async () => {
    const bad = await made('Không nhận');
    refuse('Không nhận');
    await sync();
    server.validate = () => null;
    await retry(phone.store, bad._id);
    await sync();
    expect(await stateOf(bad._id)).toBe('sent');
  });

  test('a refusal that was under way does not stick to a newer edit', async () => {
    const bad = await made('Không nhận');
    refuse('Không nhận');
    network.next('write', { tag: 'meanwhile', after: () => renamed(bad._id, 'Đã sửa') });
    await sync();
    expect(await stateOf(bad._id)).toBe('sent');
    expect(server.contents(DB)[bad._id]).toMatchObject({ name: 'Đã sửa' });
  });

  test('a document that makes the server stumble (500) delays no other and goes on waiting', async () => {
    const all = [];
    for (let i = 0; i < 5; i++) all.push(await made(`Cơ sở ${i}`));
    const bad = all[2]?._id ?? '';
    server.poison = (doc) => (doc._id === bad ? { tag: 'server', status: 500 } : null);
    const outcome = await sync();
    expect(outcome.sent).toBe(4);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'server', status: 500 });
    expect(await stateOf(bad)).toBe('local');
  });

  test('a server that takes nothing (500) is asked in one run as often as it takes to know that', async () => {
    for (let i = 0; i < 2; i++) await made(`Cơ sở ${i}`);
    server.poison = () => ({ tag: 'server', status: 500 });
    const { write } = server.requests;
    await sync();
    // Both, and each of them.
    expect(server.requests.write - write).toBe(3);
    for (let i = 0; i < 60; i++) await made(`Cơ sở khác ${i}`);
    const before = server.requests.write;
    await sync();
    expect(server.requests.write - before).toBeLessThanOrEqual(13);
  });

  test('nor does it delay what is typed while that run goes on', async () => {
    const bad = await made('Cơ sở 0');
    server.poison = (doc) => (doc._id === bad._id ? { tag: 'server', status: 500 } : null);
    network.next('changes', { tag: 'meanwhile', after: () => made('Cơ sở 1') }, DB);
    const outcome = await sync();
    expect(outcome.sent).toBe(1);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'server', status: 500 });
    expect(await stateOf(bad._id)).toBe('local');
  });
});

describe('Law 7: every way to fail has its name, and clears nothing', () => {
  test('401 in the middle of a run stops all databases and keeps the work', async () => {
    const here = await made();
    const there = await made('Nơi khác', OTHER_COMMUNE);
    network.next('write', { tag: 'fail', problem: { tag: 'signedOut' } });
    network.next('write', { tag: 'fail', problem: { tag: 'signedOut' } });
    const outcome = await sync();
    expect([...outcome.problems.values()]).toContainEqual({ tag: 'signedOut' });
    expect(server.requests.changes).toBe(0);
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 2, refused: 0, conflict: 0 });

    await sync();
    expect([await stateOf(here._id), await stateOf(there._id)]).toEqual(['sent', 'sent']);
  });

  test.each([
    { tag: 'noAccess', database: DB },
    { tag: 'noDatabase', database: DB },
    { tag: 'server', status: 502 },
    { tag: 'notCouch' },
    { tag: 'broken', detail: 'Unexpected end of JSON input' },
    { tag: 'timeout' },
    { tag: 'offline' }
  ] as const)('$tag on one database does not stop the others', async (problem) => {
    await sync();
    const here = await made();
    const there = await made('Nơi khác', OTHER_COMMUNE);
    network.next('isStill', { tag: 'fail', problem }, DB);
    const outcome = await sync();
    expect(outcome.problems).toEqual(new Map([[DB, problem]]));
    expect([await stateOf(here._id), await stateOf(there._id)]).toEqual(['local', 'sent']);
  });

  describe('a server that asks for time on one database', () => {
    const many = Array.from({ length: 12 }, (_, i) => `ocop-229${i + 10}`);
    const busy = { tag: 'busy', status: 503, retryAfterMs: 60_000 } as const;
    const idIn = (database: string) => anId('producer', Number(database.slice(-2)));

    beforeEach(() => {
      server.create(...many);
      for (const database of many) {
        for (const id of [idIn(database), anId('producer', 100 + Number(database.slice(-2)))]) {
          server.edit(database, id, aProducer({ _id: id }));
        }
      }
    });

    /** Asks on, and counts what is asked after the busy answer. */
    function counting(): { remote: Network; after: () => number } {
      let isBusy = false;
      let after = 0;
      const remote = new Network(server);
      for (const method of ['identity', 'isStill', 'write', 'read', 'changes', 'newest', 'missing'] as const) {
        const ask = remote[method].bind(remote) as (...asked: unknown[]) => Promise<Result<unknown, SyncProblem>>;
        Object.assign(remote, {
          [method]: async (...asked: unknown[]) => {
            if (isBusy) after++;
            const answer = await ask(...asked);
            isBusy ||= !answer.ok && answer.error.tag === 'busy';
            return answer;
          }
        });
      }
      return { remote, after: () => after };
    }

    test.each(['identity', 'changes'] as const)(
      'is asked nothing more in this run (%s); what was applied stays',
      async (method) => {
        const { remote, after } = counting();
        phone.memory.pageSize.set('ocop-22910', 1);
        remote.next(method, { tag: 'fail', problem: busy }, 'ocop-22912');
        const outcome = await phone.sync(remote, many);
        expect(outcome.problems).toEqual(new Map([['ocop-22912', busy]]));
        // What three other lanes had under way by then.
        expect(after()).toBeLessThanOrEqual(1);
        const here = await phone.store.tables.docs.count();
        expect(here).toBeLessThan(24);
        const checkpoints = await phone.store.tables.checkpoints.toArray();
        expect(checkpoints.length).toBeLessThan(12);
        expect((await phone.sync(remote, many)).problems.size).toBe(0);
        expect(await phone.store.tables.docs.count()).toBe(24);
      }
    );

    test('is sent nothing more, and asked for no news after the push', async () => {
      await made();
      await sync();
      await made();
      server.edit(DB, anId('producer', 5), aProducer({ _id: anId('producer', 5) }));
      const { remote, after } = counting();
      remote.next('write', { tag: 'fail', problem: busy }, DB);
      const outcome = await phone.sync(remote, [DB]);
      expect(outcome.problems).toEqual(new Map([[DB, busy]]));
      expect(after()).toBe(0);
      expect((await outboxCounts(phone.store)).waiting).toBe(1);
    });

    test('is what a person hears of, and its time is kept to, though other databases met a dead line', async () => {
      const problems = new Map<string, SyncProblem>([
        ['a', { tag: 'offline' }],
        ['b', busy],
        ['c', { tag: 'timeout' }]
      ]);
      expect(worstProblem(problems)).toEqual(busy);
    });
  });

  test('many databases take turns; one that fails stops none, and comes last the next time', async () => {
    const many = Array.from({ length: 9 }, (_, i) => `ocop-2290${i}`);
    server.create(...many);
    const seen: string[] = [];
    const identity = server.identity.bind(server);
    server.identity = (database) => {
      seen.push(database);
      return identity(database);
    };
    network.next('changes', { tag: 'fail', problem: { tag: 'noAccess', database: 'ocop-22900' } }, 'ocop-22900');
    const outcome = await phone.sync(network, many);
    expect([...outcome.problems.keys()]).toEqual(['ocop-22900']);
    expect([...seen].sort()).toEqual(many);
    seen.length = 0;
    await phone.sync(network, many);
    expect(seen.at(-1)).toBe('ocop-22900');
  });

  test('when nothing answers, not every database is asked', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `ocop-229${i + 10}`);
    server.create(...many);
    network.isDown = true;
    const outcome = await phone.sync(network, many);
    expect(outcome.problems.size).toBeLessThan(10);
    expect([...outcome.problems.values()][0]).toEqual({ tag: 'offline' });
  });

  test('a stopped run stops between two requests, and the next one goes on', async () => {
    for (let i = 0; i < 3; i++) await made(`Cơ sở ${i} ${'x'.repeat(199_000)}`);
    for (let i = 3; i < 6; i++) await made(`Cơ sở ${i} ${'x'.repeat(199_000)}`);
    const stop = new AbortController();
    network.next('write', { tag: 'meanwhile', after: async () => stop.abort() });
    const outcome = await phone.sync(network, [DB], 'both', stop.signal);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'aborted' });
    expect(outcome.sent).toBe(2);
    await sync();
    expect((await outboxCounts(phone.store)).waiting).toBe(0);
  });
});

/** Fields that something here reads. */
const FIELDS = [
  ...[
    'kind',
    'commune',
    'schema',
    'createdAt',
    'updatedAt',
    'updatedBy',
    'device',
    'editId',
    'skew',
    'deleted',
    'merges'
  ],
  ...[
    'handed',
    'name',
    'note',
    'trail',
    'status',
    'answers',
    'photos',
    'remarks',
    'mine',
    'theirs',
    'base',
    'resolved'
  ],
  ...['subjectId', 'places', '_attachments', 'recognition', 'plannedVisit', 'representative', 'toString']
];

describe('Law 8: a page and its checkpoint are one', () => {
  const fill = (count: number) => {
    for (let i = 1; i <= count; i++) {
      server.edit(DB, anId('producer', i), aProducer({ _id: anId('producer', i), name: `Cơ sở ${i}` }));
    }
  };

  test('everything arrives, in several pages', async () => {
    fill(450);
    const outcome = await sync();
    expect(outcome.pulled).toBe(450);
    expect(await phone.store.tables.docs.count()).toBe(450);
    expect(server.requests.changes).toBeGreaterThan(2);
  });

  test('when the second page fails, the checkpoint stands after the first, and nothing is fetched twice', async () => {
    fill(450);
    network.next('changes', { tag: 'meanwhile' }).next('changes', { tag: 'fail', problem: { tag: 'offline' } });
    const cut = await sync();
    expect(cut.pulled).toBe(200);
    expect(await phone.store.tables.docs.count()).toBe(200);
    const rest = await sync();
    expect(rest.pulled).toBe(250);
  });

  test('when the page cannot be written, the checkpoint does not move', async () => {
    fill(3);
    phone.store.tables.checkpoints.hook('creating', () => {
      throw new Error('the tab dies between the documents and the checkpoint');
    });
    const outcome = await sync();
    expect(outcome.problems.get(DB)).toMatchObject({ tag: 'storage' });
    expect(await phone.store.tables.docs.count()).toBe(0);
    expect(await phone.store.tables.checkpoints.count()).toBe(0);
  });

  test('a page applied twice changes nothing', async () => {
    fill(5);
    const { _id } = await made();
    await sync();
    const before = await phone.store.tables.docs.toArray();
    const page = await server.changes(DB, null, 100);
    if (!page.ok) throw new Error('no page');
    const identity = await server.identity(DB);
    for (let i = 0; i < 2; i++) {
      await phone.replica.apply(DB, {
        changes: page.value.changes,
        since: page.value.lastSeq,
        identity: identity.ok ? identity.value : '',
        witness: page.value.witness,
        completedAt: server.serverTime,
        at: server.serverTime
      });
    }
    expect(await phone.store.tables.docs.toArray()).toEqual(before);
    expect((await seen(_id))?.sending).toEqual({
      state: 'sent',
      rev: server.revOf(DB, _id),
      at: server.serverTime
    });
  });

  test('an unsent edit is not overwritten by what it builds on', async () => {
    const { _id } = await made();
    await sync();
    await renamed(_id, 'Chưa gửi');
    await phone.store.tables.checkpoints.clear();
    network.next('write', { tag: 'fail', problem: { tag: 'broken', detail: '' } });
    await sync();
    expect(await nameOf(_id)).toBe('Chưa gửi');
    expect(await stateOf(_id)).toBe('local');
  });

  test('a deletion takes a clean document away', async () => {
    const { _id } = await made();
    await sync();
    server.edit(DB, _id, null);
    await sync();
    expect(await seen(_id)).toBeUndefined();
  });

  test('losing revisions on the server are noted; what a newer app has to read stays as it is', async () => {
    const { _id } = await made();
    await sync();
    const loser = server.clash(DB, _id, { ...aProducer({ _id }), schema: 2 });
    await sync();
    await sync();
    expect((await phone.store.tables.docs.get(_id))?.clash).toEqual([loser]);
    expect((await seen(_id))?.sending).toMatchObject({ state: 'sent', at: server.serverTime });
  });

  test('design documents stay on the server', async () => {
    server.edit(DB, '_design/ocop', { _id: '_design/ocop', validate_doc_update: 'function () {}' });
    const outcome = await sync();
    expect(outcome.pulled).toBe(0);
    expect(await phone.store.tables.docs.count()).toBe(0);
  });

  describe('a document that nobody can read', () => {
    const odd = anId('producer', 2);
    const notes = async () => (await phone.store.tables.checkpoints.get(DB))?.odd ?? [];
    const come = () => server.odd.delete(odd);

    beforeEach(() => {
      fill(3);
      server.odd.set(odd, 'absent');
    });

    test('is noted with the page, and holds up none of the others', async () => {
      expect(await sync()).toMatchObject({ pulled: 2 });
      expect(await nameOf(anId('producer', 3))).toBe('Cơ sở 3');
      expect(await notes()).toEqual([{ id: odd, why: 'absent' }]);
    });

    test('is noted with the page or not at all', async () => {
      phone.store.tables.checkpoints.hook('creating', () => {
        throw new Error('the tab dies between the documents and the checkpoint');
      });
      await sync();
      expect(await notes()).toEqual([]);
      expect(await phone.store.tables.docs.count()).toBe(0);
    });

    test('is asked about less and less often, also when nothing else is new', async () => {
      await sync();
      const asked: boolean[] = [];
      for (let run = 0; run < 20; run++) {
        const { read } = server.requests;
        expect((await phone.sync(network, [DB])).problems.size).toBe(0);
        asked.push(server.requests.read > read);
      }
      expect(asked.flatMap((is, run) => (is ? [run] : []))).toEqual([0, 2, 5, 10, 19]);
    });

    test('comes when it can be read, and is noted no longer; nothing is asked any more', async () => {
      await sync();
      await sync();
      come();
      await sync();
      await sync();
      expect(await nameOf(odd)).toBe('Cơ sở 2');
      expect(await notes()).toEqual([]);
      const { read } = server.requests;
      await sync();
      expect(server.requests.read).toBe(read);
    });

    test('stays noted by what is written down otherwise: a receipt, a page, a comparison', async () => {
      await sync();
      await made();
      await sync();
      server.edit(DB, anId('producer', 9), aProducer({ _id: anId('producer', 9) }));
      await sync();
      server.recreate(DB);
      server.edit(DB, odd, aProducer({ _id: odd }));
      await sync();
      expect(await notes()).toEqual([{ id: odd, why: 'absent' }]);
    });

    test('when the question about it fails, that is told, and it stays noted', async () => {
      await sync();
      network.next('read', { tag: 'fail', problem: { tag: 'timeout' } }, DB);
      expect((await phone.sync(network, [DB])).problems.get(DB)).toEqual({ tag: 'timeout' });
      expect(await notes()).toHaveLength(1);
    });

    test('overtakes no edit as if it were deleted: the edit waits, and somebody hears of it', async () => {
      come();
      await sync();
      await renamed(odd, 'Của tôi');
      server.edit(DB, odd, aProducer({ _id: odd, name: 'Của họ', updatedBy: 'canbo.b', editId: 'theirs' }));
      server.odd.set(odd, 'shape');
      expect((await phone.sync(network, [DB], 'push')).problems.get(DB)).toMatchObject({ tag: 'broken' });
      await sync();
      expect(await nameOf(odd)).toBe('Của tôi');
      expect(await stateOf(odd)).toBe('local');
      come();
      for (let run = 0; run < 3; run++) await sync();
      expect(await stateOf(odd)).toBe('conflict');
      expect(await notes()).toEqual([]);
    });
  });

  describe('a document of any shape', () => {
    const deep = () => JSON.parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`) as unknown;

    test('that is nested deeper than a phone can hold is noted, and the others are here', async () => {
      fill(1);
      server.changes = async (database, since, limit) => {
        const page = await MemoryServer.prototype.changes.call(server, database, since, limit);
        if (!page.ok || page.value.changes.length === 0) return page;
        const _id = anId('producer', 7);
        const strange = { id: _id, rev: '1-a', isDeleted: false, doc: { _id, note: deep() }, clash: [] };
        return { ok: true, value: { ...page.value, changes: [strange, ...page.value.changes] } };
      };
      expect((await phone.sync(network, [DB])).problems.size).toBe(0);
      expect(await nameOf(anId('producer', 1))).toBe('Cơ sở 1');
      expect((await phone.store.tables.checkpoints.get(DB))?.odd).toEqual([{ id: anId('producer', 7), why: 'unfit' }]);
    });

    /** From now on a document is nested that deep on the server. */
    const deepen = (id: string) => {
      server.read = async (database, ids) => {
        const found = await MemoryServer.prototype.read.call(server, database, ids);
        if (!found.ok) return found;
        return {
          ok: true,
          value: found.value.map((one) =>
            one.id === id && one.doc !== null ? { ...one, doc: { ...one.doc, note: deep() } } : one
          )
        };
      };
    };

    test('that deep, meets an unsent edit: it waits, the others go, and somebody hears of it', async () => {
      fill(2);
      await phone.sync(network, [DB]);
      const [met, other] = [anId('producer', 1), anId('producer', 2)];
      await renamed(met, 'Của tôi');
      await renamed(other, 'Cũng của tôi');
      server.edit(DB, met, aProducer({ _id: met, name: 'Của họ', updatedBy: 'canbo.b', editId: 'theirs' }));
      deepen(met);
      const requests = server.requests.write;
      expect((await phone.sync(network, [DB], 'push')).problems.get(DB)).toMatchObject({ tag: 'broken' });
      expect(server.contents(DB)[other]).toMatchObject({ name: 'Cũng của tôi' });
      expect(await stateOf(other)).toBe('sent');
      expect([await nameOf(met), await stateOf(met)]).toEqual(['Của tôi', 'local']);
      // Once in this push, and not again and again.
      expect(server.requests.write - requests).toBeLessThanOrEqual(2);
    });

    test('that deep, is read again and again without a word, and the run goes on', async () => {
      fill(2);
      const strange = anId('producer', 1);
      server.odd.set(strange, 'absent');
      await phone.sync(network, [DB]);
      server.odd.clear();
      deepen(strange);
      for (let run = 0; run < 4; run++) expect((await phone.sync(network, [DB])).problems.size).toBe(0);
      expect((await phone.store.tables.checkpoints.get(DB))?.odd).toMatchObject([{ id: strange }]);
      expect(await nameOf(anId('producer', 2))).toBe('Cơ sở 2');
    });

    test('meets clean documents, unsent and refused edits and conflicts, and never stops the page', async () => {
      const kinds = ['producer', 'product', 'survey', 'photo', 'conflict', 'review', 'person', 'paper'] as const;
      let met = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...kinds),
          fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 }),
          fc.constantFrom('clean', 'waiting', 'refused', 'conflict'),
          fc.array(fc.string(), { maxLength: 2 }),
          async (kind, over, state, clash) => {
            const device = aDevice();
            const id = anId(kind, 1);
            const mine = aProducer({ _id: anId('producer', 1), name: 'Của tôi', editId: 'mine' });
            const page = (changes: Change[], since: string) =>
              device.replica.apply(DB, {
                changes,
                since,
                identity: 'x',
                witness: null,
                completedAt: null,
                at: server.serverTime
              });
            const good = aProducer({ _id: anId('producer', 2) });
            await page([{ id, rev: '1-a', isDeleted: false, doc: { ...mine, _id: id, kind }, clash: [] }], '1');
            if (state !== 'clean') {
              const { docs, outbox } = device.store.tables;
              const base = { rev: '1-a', doc: { ...mine, _id: id, kind } as Producer };
              const theirs = state === 'conflict' ? { theirs: { rev: '2-b', doc: { ...base.doc, name: 'b' } } } : {};
              await docs.update(id, { doc: { ...base.doc, note: 'sửa' } });
              await outbox.put({ id, database: DB, editId: 'mine2', since: mine.updatedAt, state, base, ...theirs });
              met++;
            }
            const strange = { ...mine, editId: 'odd', kind, ...over, _id: id };
            const applied = await page(
              [
                { id, rev: '3-c', isDeleted: false, doc: strange, clash },
                { id: good._id, rev: '1-a', isDeleted: false, doc: good, clash: [] }
              ],
              '2'
            );
            expect(applied).toEqual({ ok: true, value: undefined });
            expect(await nameOf(good._id, device)).toBe(good.name);
            const { outbox, docs, checkpoints } = device.store.tables;
            const isThere = (await docs.get(id)) !== undefined || (await outbox.get(id)) !== undefined;
            expect(isThere).toBe(true);
            expect((await checkpoints.get(DB))?.since).toBe('2');
            await device.store.tables.delete();
          }
        ),
        { numRuns: process.env['LONG'] === undefined ? 60 : 2_000 }
      );
      expect(met).toBeGreaterThan(10);
    });
  });

  test('when nothing is new, one request looks back and nothing else is asked, read or written', async () => {
    await made();
    await sync();
    await sync();
    const before = { ...server.requests };
    const asked = phone.authorised.length;
    const checkpoint = await phone.store.tables.checkpoints.get(DB);
    await phone.sync(network, [DB]);
    expect(server.requests).toEqual({ ...before, isStill: before.isStill + 1 });
    expect(phone.authorised).toHaveLength(asked);
    expect(await phone.store.tables.checkpoints.get(DB)).toEqual(checkpoint);
  });

  test('one new document costs one page, and no empty one after it', async () => {
    await made();
    await sync();
    await sync();
    const before = { ...server.requests };
    server.edit(DB, anId('producer', 5), aProducer({ _id: anId('producer', 5) }));
    await phone.sync(network, [DB]);
    expect(server.requests).toEqual({
      ...before,
      isStill: before.isStill + 1,
      changes: before.changes + 1,
      identity: before.identity + 1,
      missing: before.missing + 1
    });
  });
});

describe('Law 9: a server that was restored or re-created', () => {
  test('gets back what it has lost, and nothing local is wiped', async () => {
    const kept = await made('Cũ');
    await sync();
    const restore = server.backup();
    const lost = await made('Mới');
    await renamed(kept._id, 'Cũ, sửa sau khi sao lưu');
    await sync();
    restore();
    const outcome = await sync();
    expect(outcome.conflicts).toBe(0);
    expect(server.contents(DB)).toMatchObject({
      [kept._id]: { name: 'Cũ, sửa sau khi sao lưu' },
      [lost._id]: { name: 'Mới' }
    });
    expect([await stateOf(kept._id), await stateOf(lost._id)]).toEqual(['sent', 'sent']);
  });

  test('gets everything back when it comes up empty', async () => {
    const names = ['Một', 'Hai', 'Ba'];
    for (const name of names) await made(name);
    await sync();
    server.recreate(DB);
    await sync();
    expect(
      Object.values(server.contents(DB))
        .map(({ name }) => name)
        .sort()
    ).toEqual([...names].sort());
    expect(await phone.store.tables.docs.count()).toBe(3);
  });

  test('is read from its beginning: the old sequence means nothing there', async () => {
    for (const name of ['Một', 'Hai', 'Ba']) await made(name);
    await sync();
    server.recreate(DB);
    server.edit(DB, anId('producer', 77), aProducer({ _id: anId('producer', 77), name: 'Của đồng nghiệp' }));
    await sync();
    expect(await nameOf(anId('producer', 77))).toBe('Của đồng nghiệp');
  });

  test.each(['before', 'after'] as const)(
    'a conflict ends when the server has lost the other version, which is kept (backup %s what both build on)',
    async (when) => {
      const older = server.backup();
      const { _id } = await made();
      await sync();
      const newer = server.backup();
      server.edit(DB, _id, aProducer({ _id, name: 'Tên của họ', updatedBy: 'canbo.b', editId: 'theirs' }));
      await renamed(_id, 'Tên của tôi');
      await sync();
      expect(await stateOf(_id)).toBe('conflict');
      if (when === 'before') older();
      else newer();
      await sync();
      expect(await stateOf(_id)).toBe('sent');
      expect(server.contents(DB)[_id]).toMatchObject({ name: 'Tên của tôi' });
      expect(await phone.store.tables.kept.toArray()).toMatchObject([
        { docId: _id, doc: { name: 'Tên của họ' }, why: 'restored' }
      ]);
    }
  );

  test('restored in the middle of a run, it overwrites nothing that it has lost', async () => {
    const _id = anId('producer', 5);
    server.edit(DB, _id, aProducer({ _id, name: 'Cũ' }));
    await sync();
    const restore = server.backup();
    await renamed(_id, 'Tên của tôi');
    network.next('changes', {
      tag: 'meanwhile',
      before: async () => {
        restore();
        server.edit(DB, _id, aProducer({ _id, name: 'Tên của họ', updatedBy: 'canbo.b', editId: 'theirs' }));
        server.edit(DB, anId('producer', 6), aProducer({ _id: anId('producer', 6) }));
        server.edit(DB, _id, aProducer({ _id, name: 'Tên của họ', updatedBy: 'canbo.b', editId: 'theirs 2' }));
      }
    });
    await phone.sync(network, [DB]);
    await sync();
    expect(await nameOf(_id)).toBe('Tên của tôi');
    expect(await conflictOf(phone.store, _id)).toMatchObject({ theirs: { name: 'Tên của họ' } });
  });

  test('a conflict ends when what it builds on is the newest again: another phone has put it back', async () => {
    const _id = anId('producer', 5);
    // By a clock that was ahead: so it might be somebody's work of after the restore, and is asked about.
    server.edit(DB, _id, aProducer({ _id, name: 'Cũ', updatedAt: '2030-01-01T00:00:00.000Z' }));
    await sync();
    const restore = server.backup();
    await renamed(_id, 'Một');
    await sync();
    const lost = server.contents(DB)[_id];
    restore();
    await renamed(_id, 'Hai');
    await phone.sync(network, [DB], 'push');
    expect(await stateOf(_id)).toBe('conflict');
    // The same edit of the same revision is the same revision, whoever brings it.
    server.edit(DB, _id, lost ?? null);
    await sync();
    expect(await stateOf(_id)).toBe('sent');
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Hai' });
    expect(await phone.store.tables.kept.toArray()).toMatchObject([{ docId: _id, doc: { name: 'Cũ' } }]);
  });

  test('whose files were put back is the same by its own word, and is recognised by what it does not know', async () => {
    await made('Cũ');
    await sync();
    const restore = server.backup();
    const { _id } = await made('Mới');
    await sync();
    await sync();
    restore('sameLife');
    expect(server.contents(DB)).not.toHaveProperty([_id]);
    await sync();
    expect(server.contents(DB)).toMatchObject({ [_id]: { name: 'Mới' } });
  });

  test('the same when it has gone on since, further than it had been', async () => {
    await made('Cũ');
    await sync();
    const restore = server.backup();
    const { _id } = await made('Mới');
    await sync();
    await sync();
    restore('sameLife');
    const others = [6, 7, 8].map((no) => anId('producer', no));
    for (const id of others) server.edit(DB, id, aProducer({ _id: id, name: 'Của đồng nghiệp' }));
    await sync();
    expect(Object.keys(server.contents(DB)).sort()).toEqual(
      (await phone.store.tables.docs.toCollection().keys()).sort()
    );
    expect(Object.keys(server.contents(DB))).toEqual(expect.arrayContaining([_id, ...others]));
  });

  test('a comparison that was cut short is begun anew: what was put back hides that the rest was not read', async () => {
    await made('Cũ');
    await sync();
    const restore = server.backup();
    await made('Mới');
    for (const no of [3, 4, 5]) server.edit(DB, anId('producer', no), aProducer({ _id: anId('producer', no) }));
    await sync();
    await sync();
    restore('sameLife');
    const theirs = anId('producer', 9);
    server.edit(DB, theirs, aProducer({ _id: theirs, name: 'Của đồng nghiệp' }));
    network.next('changes', { tag: 'meanwhile' }, DB).next('changes', { tag: 'fail', problem: { tag: 'offline' } }, DB);
    await phone.sync(network, [DB]);
    await sync();
    expect(await nameOf(theirs)).toBe('Của đồng nghiệp');
  });

  test('what was sent and has not come back with the changes is missed all the same', async () => {
    await made('Cũ');
    await sync();
    await sync();
    const restore = server.backup();
    const { _id } = await made('Mới');
    await phone.sync(network, [DB], 'push');
    expect(await stateOf(_id)).toBe('sent');
    restore();
    await sync();
    expect(server.contents(DB)).toMatchObject({ [_id]: { name: 'Mới' } });
  });

  test('what was sent just before its files were put back is missed, though nothing else has been seen since', async () => {
    await made('Cũ');
    await sync();
    await sync();
    const restore = server.backup();
    const { _id } = await made('Mới');
    await phone.sync(network, [DB], 'push');
    expect(await stateOf(_id)).toBe('sent');
    restore('sameLife');
    await sync();
    await sync();
    expect(server.contents(DB)).toMatchObject({ [_id]: { name: 'Mới' } });
  });

  test.each(['push', 'both'] as const)(
    'what it has lost is no edit of anybody, also where it is met by a %s',
    async (work) => {
      const { _id } = await made();
      await change(phone, _id, { phone: '0252000001' });
      await sync();
      await sync();
      const restore = server.backup();
      await change(phone, _id, { phone: '0252000002' });
      await sync();
      restore('sameLife');
      await change(phone, _id, { note: 'n' });
      await phone.sync(network, [DB], work);
      await sync();
      expect((await seen(_id))?.doc).toMatchObject({ phone: '0252000002', note: 'n' });
      expect(server.contents(DB)[_id]).toMatchObject({ phone: '0252000002', note: 'n' });
    }
  );

  test('what somebody has written on it since is asked about, and not written over', async () => {
    const { _id } = await made();
    await sync();
    const restore = server.backup();
    for (const number of ['0252000001', '0252000002', '0252000003']) {
      await change(phone, _id, { phone: number });
      await sync();
    }
    const old = server.contents(DB)[_id];
    restore();
    const later = new Date(Date.parse((await seen(_id))?.doc.updatedAt ?? '') + 60_000).toISOString();
    const { phone: _lost, ...older } = { ...old };
    server.edit(DB, _id, { ...older, _id, note: 'của đồng nghiệp', editId: 'colleague', updatedAt: later });
    await sync();
    await sync();
    expect(await stateOf(_id)).toBe('conflict');
    expect(server.contents(DB)[_id]).toMatchObject({ note: 'của đồng nghiệp' });
  });

  test('an unsent edit on top of what the server has lost is no question to anybody', async () => {
    const { _id } = await made('Một');
    await sync();
    const restore = server.backup();
    await renamed(_id, 'Hai');
    await sync();
    await sync();
    restore();
    await renamed(_id, 'Ba');
    expect((await sync()).conflicts).toBe(0);
    expect(server.contents(DB)[_id]).toMatchObject({ name: 'Ba' });
  });

  test('which server it is, is asked once a day where nothing happens', async () => {
    await made();
    await sync();
    await sync();
    const { identity } = server.requests;
    server.serverTime = '2026-11-24T00:59:59.000Z';
    await phone.sync(network, [DB]);
    expect(server.requests.identity).toBe(identity);
    server.serverTime = '2026-11-24T01:00:01.000Z';
    await phone.sync(network, [DB]);
    await phone.sync(network, [DB]);
    expect(server.requests.identity).toBe(identity + 1);
  });

  test('is not sent reference data: phones only read them, and a refusal would stand in every outbox', async () => {
    server.create(REFERENCE_DATABASE);
    server.edit(REFERENCE_DATABASE, 'person:tuvan.t', aPerson());
    const pull = () => phone.sync(network, [REFERENCE_DATABASE]);
    await pull();
    server.recreate(REFERENCE_DATABASE);
    await pull();
    expect(server.contents(REFERENCE_DATABASE)).toEqual({});
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    expect(await displayNames(phone.store)).toEqual(new Map([['tuvan.t', 'Cán bộ mẫu T']]));
    server.edit(REFERENCE_DATABASE, 'person:tuvan.t', aPerson({ displayName: 'Cán bộ mẫu U' }));
    await pull();
    expect(await displayNames(phone.store)).toEqual(new Map([['tuvan.t', 'Cán bộ mẫu U']]));
  });
});

describe('Law 10: a commune that was taken away', () => {
  const rows = async () => new Set(await phone.store.tables.docs.toCollection().primaryKeys());
  const forget = async (replica = phone.replica) => {
    const done = await replica.forget([DB]);
    if (!done.ok) throw new Error(done.error.detail);
  };

  test('is forgotten but for what is unsent: waiting, refused and in conflict', async () => {
    const clean = await made('Sạch');
    const elsewhere = await made('Nơi khác', OTHER_COMMUNE);
    const refused = await made('Bị từ chối');
    const apart = await made('Hai bản');
    server.validate = (doc) => (doc['name'] === 'Bị từ chối, sửa' ? 'locked: accepted' : null);
    await sync();
    server.edit(DB, apart._id, aProducer({ _id: apart._id, name: 'Của họ', updatedBy: 'canbo.b', editId: 'x' }));
    await renamed(apart._id, 'Của tôi');
    await renamed(refused._id, 'Bị từ chối, sửa');
    await sync();
    const waiting = await made('Đang chờ');
    await forget();
    expect([...(await rows())].filter((id) => id.startsWith('producer')).sort()).toEqual(
      [elsewhere, refused, apart, waiting].map(({ _id }) => _id).sort()
    );
    expect(await seen(clean._id)).toBeUndefined();
    expect([await stateOf(refused._id), await stateOf(apart._id), await stateOf(waiting._id)]).toEqual([
      'refused',
      'conflict',
      'local'
    ]);
    expect(await nameOf(apart._id)).toBe('Của tôi');
    expect(await phone.replica.databasesPulled()).toMatchObject({ value: [OTHER] });
  });

  test('keeps what an unsent document belongs to: nobody could tell whose it is', async () => {
    const producer = await made('Cơ sở');
    const product = await phone.store.create('product', COMMUNE, {
      producerId: producer._id,
      name: 'Nước mắm',
      setId: 'nuoc-mam'
    });
    const other = await made('Cơ sở khác');
    await sync();
    if (!product.ok) throw new Error(JSON.stringify(product.error));
    await phone.store.update('product', product.value._id, (doc) => ({ ...doc, name: 'Nước mắm Phan Rí' }));
    await forget();
    expect(await rows()).toEqual(new Set([producer._id, product.value._id]));
    expect(await seen(other._id)).toBeUndefined();
  });

  test('comes back from the start when the role does, and what waited goes up', async () => {
    const clean = await made('Sạch');
    const edited = await made('Sửa');
    await sync();
    await renamed(edited._id, 'Sửa khi không còn quyền');
    await forget();
    await sync();
    expect(await nameOf(clean._id)).toBe('Sạch');
    expect([await stateOf(clean._id), await stateOf(edited._id)]).toEqual(['sent', 'sent']);
    expect(server.contents(DB)[edited._id]).toMatchObject({ name: 'Sửa khi không còn quyền' });
  });

  test('is forgotten whole or not at all, wherever the app dies', async () => {
    await made('Một');
    const waiting = await made('Hai');
    await sync();
    await renamed(waiting._id, 'Hai, sửa');
    const before = [await rows(), await phone.replica.databasesPulled()];
    for (let operations = 1; ; operations++) {
      const life = new Life();
      const db = mortal(new Database(phone.store.tables.name.replace('ocop-', ''), 'relaxed', suiteVault()), life);
      await db.open();
      life.endAfter(operations);
      const { ports } = handPorts('canbo.a', 'device', 1);
      const isDone = await Promise.race([new Replica(db, ports).forget([DB]).then(() => true), life.over]);
      db.close();
      if (isDone === true) break;
      expect([await rows(), await phone.replica.databasesPulled()]).toEqual(before);
      expect(operations).toBeLessThan(50);
    }
    expect(await rows()).toEqual(new Set([waiting._id]));
    expect(await phone.replica.databasesPulled()).toMatchObject({ value: [OTHER] });
  });
});

describe('Law 12: sent is shown from a receipt only', () => {
  test('the receipt carries the server’s revision and time', async () => {
    const { _id } = await made();
    expect(await stateOf(_id)).toBe('local');
    await sync();
    expect((await seen(_id))?.sending).toEqual({
      state: 'sent',
      rev: server.revOf(DB, _id),
      at: server.serverTime
    });
  });

  test('nothing counts as sent while a row is left', async () => {
    await made();
    network.isDown = true;
    await sync();
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 1, refused: 0, conflict: 0 });
    network.isDown = false;
    await sync();
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
  });
});

describe('Law 14: an outbox is sent only under its own account', () => {
  test('two officers on one phone have two stores', async () => {
    const other = aDevice('canbo.b');
    const { _id } = await made();
    const outcome = await other.sync(network, [DB, OTHER]);
    expect(outcome.sent).toBe(0);
    expect(await seen(_id, other)).toBeUndefined();
  });

  test("under somebody else's cookie nothing is sent and nothing is written down", async () => {
    const { _id } = await made();
    server.edit(DB, anId('producer', 5), aProducer({ _id: anId('producer', 5) }));
    phone.authorised.push(err({ tag: 'signedOut' }));
    for (const work of ['push', 'both'] as const) {
      const outcome = await phone.sync(network, [DB], work);
      expect(outcome.problems.get(DB)).toEqual({ tag: 'signedOut' });
    }
    expect(Object.keys(server.contents(DB))).toEqual([anId('producer', 5)]);
    expect((await phone.store.tables.docs.toArray()).map(({ id }) => id)).toEqual([_id]);
    expect(await stateOf(_id)).toBe('local');
  });

  test('the same after a good run, when nothing but the look back has been asked', async () => {
    await sync();
    const { _id } = await made();
    phone.authorised.push(err({ tag: 'signedOut' }));
    const outcome = await phone.sync(network, [DB]);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'signedOut' });
    expect(server.contents(DB)).toEqual({});
    expect(await stateOf(_id)).toBe('local');
  });

  test('a database that is shut asks for whom we are taken', async () => {
    await sync();
    phone.authorised.push(err({ tag: 'signedOut' }));
    network.next('isStill', { tag: 'fail', problem: { tag: 'noAccess', database: DB } }, DB);
    const outcome = await phone.sync(network, [DB]);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'signedOut' });
  });
});

describe('Law 17: what this build cannot read is kept and passed on', () => {
  const newer = { ...aProducer({ _id: anId('producer', 7) }), schema: 2, name: { vi: 'Tên', en: 'Name' } };
  const unknown = { _id: anId('photo', 8), kind: 'photo', schema: 1, sha256: 'abc' };
  const malformed = { _id: anId('producer', 9), kind: 'producer', schema: 1, name: 7, deleted: true };

  test('it lies in the store as it came, and is never shown', async () => {
    for (const doc of [newer, unknown, malformed]) server.edit(DB, doc._id, doc);
    const outcome = await sync();
    expect(outcome.problems.size).toBe(0);
    for (const doc of [newer, unknown, malformed]) {
      expect((await phone.store.tables.docs.get(doc._id))?.doc).toEqual(doc);
      expect(await seen(doc._id)).toBeUndefined();
    }
  });

  test('a server that lost a newer document gets it back as it was', async () => {
    server.edit(DB, newer._id, newer);
    await sync();
    server.recreate(DB);
    await sync();
    expect(server.contents(DB)[newer._id]).toEqual(newer);
  });
});
