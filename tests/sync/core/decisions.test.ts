// Law 5 between devices: a conflict is shown and decided where its edit does not wait, and nobody loses a word by it.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Producer } from '#lib/domain/document/document.ts';
import { merge, resolve } from '#lib/domain/merge/merge.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { conflictOf, decide } from '#lib/storage/conflicts.ts';
import { conflictsElsewhere, decideRecorded, recordedConflict } from '#lib/storage/recordedConflicts.ts';
import { outboxCounts } from '#lib/storage/outbox.ts';
import { COMMUNE, aProducer } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';
import { Network } from '../support/network.ts';

const DB = communeDatabase(COMMUNE);

let server: MemoryServer;
let network: Network;
/** The phone whose edit waits, the one that was quicker, and one that looks on. */
let waiting: Device;
let quicker: Device;
let third: Device;
let id: string;

const sync = (...devices: Device[]) =>
  devices.reduce(
    (before, device) => before.then(() => device.sync(network, [DB])).then(() => undefined),
    Promise.resolve()
  );
const everybody = () => sync(waiting, quicker, third, waiting, quicker, third);

async function change(device: Device, over: Partial<Producer>): Promise<void> {
  const saved = await device.store.update('producer', id, (doc) => ({ ...doc, ...over }));
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
}

const seen = async (device: Device) => device.store.get('producer', id);
const textsOf = async (device: Device) => (await device.store.tables.kept.toArray()).map(({ doc }) => doc);
const records = () => Object.values(server.contents(DB)).filter(({ kind }) => kind === 'conflict');

/** What the Conflict screen reads on a device that looks on. */
async function shownOn(device: Device) {
  const [record] = await conflictsElsewhere(device.store);
  const shown = record === undefined ? undefined : await recordedConflict(device.store, record._id);
  if (shown === undefined) throw new Error('no conflict to be seen');
  return shown;
}

/** A person at a device that looks on chooses a name. */
async function decideOn(device: Device, choice: 'mine' | 'theirs' | { value: string }) {
  const { conflict } = await shownOn(device);
  const { base, mine, theirs } = conflict;
  if (theirs === null) throw new Error('it is deleted');
  if (choice === 'theirs') return decideRecorded(device.store, conflict, 'theirs');
  const merged = merge(base, mine, theirs);
  if (merged.tag !== 'clash') throw new Error(merged.tag);
  return decideRecorded(device.store, conflict, { merged: resolve(merged, mine, theirs, () => choice) });
}

beforeEach(async () => {
  server = new MemoryServer().create(DB);
  network = new Network(server);
  waiting = aDevice('canbo.a');
  quicker = aDevice('canbo.b');
  third = aDevice('canbo.c');
  const made = await waiting.store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01' });
  if (!made.ok) throw new Error(made.error.tag);
  id = made.value._id;
  await everybody();
  await change(quicker, { name: 'Tên của b', phone: '0252000002' });
  await sync(quicker);
  await change(waiting, { name: 'Tên của a', note: 'Ghi chú của a' });
  await sync(waiting, third, quicker);
});

describe('the record of a conflict whose other side changes, on a page', () => {
  const waitingIn = async () => {
    const [record] = records();
    const { docs, outbox } = waiting.store.tables;
    return [await docs.get(record?._id ?? ''), await outbox.get(record?._id ?? '')];
  };

  test('with its deletion by an administrator is written anew', async () => {
    const [record] = records();
    if (record === undefined) throw new Error('no record');
    server.edit(DB, record._id, null);
    await change(quicker, { name: 'Tên mới của b' });
    await sync(quicker, waiting);
    expect(records()).toMatchObject([{ theirs: { name: 'Tên mới của b' } }]);
    expect(await waitingIn()).toMatchObject([{ doc: { theirs: { name: 'Tên mới của b' } } }, undefined]);
  });

  test('with what this phone had sent of it without an answer goes out once more', async () => {
    await change(quicker, { name: 'Tên mới của b' });
    await sync(quicker);
    network.next('write', { tag: 'loseAnswer' });
    await sync(waiting);
    expect(records()).toMatchObject([{ theirs: { name: 'Tên mới của b' } }]);
    await change(quicker, { name: 'Tên sau cùng của b' });
    await sync(quicker);
    // Nothing is asked about the lost answer before the page is there.
    network.next('write', { tag: 'fail', problem: { tag: 'broken', detail: '' } });
    await sync(waiting);
    expect(await waitingIn()).toMatchObject([
      { doc: { theirs: { name: 'Tên sau cùng của b' } } },
      { state: 'waiting' }
    ]);
    await sync(waiting);
    expect(records()).toMatchObject([{ theirs: { name: 'Tên sau cùng của b' } }]);
  });
});

test('every device of the commune shows it: who, when, and both versions', async () => {
  for (const device of [third, quicker]) {
    const { conflict, record } = await shownOn(device);
    expect(conflict).toMatchObject({
      id,
      base: { name: 'Cơ sở mẫu 01' },
      mine: { name: 'Tên của a', updatedBy: 'canbo.a' },
      theirs: { name: 'Tên của b' },
      by: 'canbo.b'
    });
    expect((await seen(device))?.sending).toMatchObject({ state: 'conflict', by: 'canbo.a', record: record._id });
  }
  expect(await conflictsElsewhere(waiting.store)).toEqual([]);
  expect((await seen(waiting))?.sending).toMatchObject({ state: 'conflict', by: 'canbo.b', record: null });
});

describe('decided on a third device', () => {
  test.each([
    ['mine', 'Tên của a', 'mine', 'Ghi chú của a'],
    ['theirs', 'Tên của b', 'theirs', undefined],
    [{ value: 'Tên mới' }, 'Tên mới', 'neither', 'Ghi chú của a'],
    [{ value: 'Cơ sở mẫu 01' }, 'Cơ sở mẫu 01', 'neither', 'Ghi chú của a']
  ] as const)(
    '%o: one record again everywhere, and the loser is known everywhere',
    async (choice, name, stands, note) => {
      expect(await decideOn(third, choice)).toMatchObject({ ok: true });
      await sync(third);
      await everybody();
      for (const device of [waiting, quicker, third]) {
        expect(await seen(device)).toMatchObject({ doc: { name, phone: '0252000002' }, sending: { state: 'sent' } });
        expect((await seen(device))?.doc.note).toBe(note);
        expect(await outboxCounts(device.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
        expect(await conflictsElsewhere(device.store)).toEqual([]);
        expect((await device.store.tables.docs.get(records()[0]?._id ?? ''))?.doc).toMatchObject({
          mine: { name: 'Tên của a' },
          theirs: { name: 'Tên của b' },
          resolved: { by: 'canbo.c', stands: { name: stands } }
        });
      }
      expect(records()).toHaveLength(1);
      expect(await textsOf(waiting)).toMatchObject([{ name: 'Tên của a', note: 'Ghi chú của a' }]);
      expect(await conflictOf(waiting.store, id)).toBeUndefined();
    }
  );

  test.each(['the edit', 'the record'] as const)('%s comes first, a page before the other', async (first) => {
    await decideOn(third, { value: 'Cơ sở mẫu 01' });
    const ids = first === 'the edit' ? ['producer', 'conflict'] : ['conflict', 'producer'];
    waiting.memory.pageSize.set(DB, 1);
    for (const kind of ids) {
      const { outbox } = third.store.tables;
      const rows = await outbox.toArray();
      const held = rows.filter((row) => !row.id.startsWith(kind));
      await outbox.bulkDelete(held.map((row) => row.id));
      await third.sync(network, [DB], 'push');
      await outbox.bulkPut(held.filter((row) => row.id !== undefined));
      await sync(waiting);
    }
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({ doc: { name: 'Cơ sở mẫu 01' }, sending: { state: 'sent' } });
    }
  });

  test('with no network: it goes up with the next run', async () => {
    network.isDown = true;
    await decideOn(third, 'mine');
    await sync(third);
    expect(await conflictsElsewhere(third.store)).toEqual([]);
    network.isDown = false;
    await everybody();
    expect(await seen(waiting)).toMatchObject({ doc: { name: 'Tên của a' }, sending: { state: 'sent' } });
  });

  test('the decision and the end of the record are one transaction', async () => {
    const { outbox } = third.store.tables;
    const fail = () => {
      throw new Error('the tab dies between the two writes');
    };
    const recordId = records()[0]?._id;
    outbox.hook('creating', (key) => {
      if (key === recordId) fail();
    });
    expect(await decideOn(third, 'mine')).toMatchObject({ ok: false });
    expect(await seen(third)).toMatchObject({ doc: { name: 'Tên của b' } });
    expect(await outboxCounts(third.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    expect(await conflictsElsewhere(third.store)).toHaveLength(1);
  });

  test('what the document has become since it was shown is not overwritten', async () => {
    const { conflict } = await shownOn(third);
    await change(quicker, { name: 'Tên sau' });
    await sync(quicker, third);
    const late = await decideRecorded(third.store, conflict, { merged: { ...conflict.mine } });
    expect(late).toMatchObject({ ok: false, error: { tag: 'missing' } });
    expect((await shownOn(third)).conflict.theirs).toMatchObject({ name: 'Tên sau' });
  });
});

describe('typing on while somebody else decides', () => {
  test('what is typed during a conflict reaches the server, and everybody sees it', async () => {
    await change(waiting, { name: 'Tên nữa của a' });
    await sync(waiting, third);
    expect((await shownOn(third)).conflict.mine).toMatchObject({ name: 'Tên nữa của a' });
    expect(records()).toHaveLength(1);
  });

  test('another place: it goes on top of the decision', async () => {
    await change(waiting, { email: 'a@mau.invalid' });
    await decideOn(third, 'theirs');
    await sync(third);
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({
        doc: { name: 'Tên của b', email: 'a@mau.invalid' },
        sending: { state: 'sent' }
      });
    }
    expect(await textsOf(waiting)).toMatchObject([{ name: 'Tên của a', email: 'a@mau.invalid' }]);
  });

  test('the place that was decided: a new conflict, with a record of its own', async () => {
    await change(waiting, { name: 'Tên cuối của a' });
    await decideOn(third, 'theirs');
    await sync(third);
    await everybody();
    expect((await seen(waiting))?.doc.name).toBe('Tên cuối của a');
    expect((await seen(waiting))?.sending).toMatchObject({ state: 'conflict' });
    const { conflict } = await shownOn(third);
    expect(conflict).toMatchObject({ mine: { name: 'Tên cuối của a' }, theirs: { name: 'Tên của b' } });
    await decideOn(third, 'mine');
    await sync(third);
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({ doc: { name: 'Tên cuối của a' }, sending: { state: 'sent' } });
    }
    expect(records()).toHaveLength(2);
  });
});

describe('decided on two devices at once', () => {
  test('the same: no question is left', async () => {
    await decideOn(third, 'mine');
    await decideOn(quicker, 'mine');
    await everybody();
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({ doc: { name: 'Tên của a' }, sending: { state: 'sent' } });
      expect(await outboxCounts(device.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    }
  });

  test('differently: the second is a new conflict, and neither is lost', async () => {
    await decideOn(third, { value: 'Chọn của c' });
    await decideOn(quicker, { value: 'Chọn của b' });
    await sync(third, quicker, waiting);
    await everybody();
    expect((await seen(waiting))?.doc.name).toBe('Chọn của c');
    expect(await conflictOf(quicker.store, id)).toMatchObject({
      mine: { name: 'Chọn của b' },
      theirs: { name: 'Chọn của c' }
    });
    await decide(quicker.store, id, 'mine');
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({ doc: { name: 'Chọn của b' }, sending: { state: 'sent' } });
    }
  });

  test('the phone whose edit waits is one of them', async () => {
    await decide(waiting.store, id, 'theirs');
    await decideOn(third, { value: 'Chọn của c' });
    await everybody();
    await everybody();
    for (const device of [waiting, quicker, third]) {
      expect(await seen(device)).toMatchObject({ doc: { name: 'Chọn của c' }, sending: { state: 'sent' } });
      expect(await outboxCounts(device.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    }
  });
});

test('a record that an older app of the other side has ended says no more than that: the edit is kept', async () => {
  const [record] = records();
  const resolved = { at: '2026-11-24T00:00:00.000Z', by: 'canbo.c', editId: 'x' };
  server.edit(DB, record?._id ?? '', { ...record, _id: record?._id ?? '', editId: 'end', resolved });
  await sync(waiting);
  expect(await seen(waiting)).toMatchObject({ doc: { name: 'Tên của b' }, sending: { state: 'sent' } });
  expect(await textsOf(waiting)).toMatchObject([{ name: 'Tên của a' }]);
});

test('a producer that looks on is not asked about what it does not know', async () => {
  const stranger = aDevice('canbo.d');
  expect(await conflictsElsewhere(stranger.store)).toEqual([]);
  const unknown = { ...aProducer({ _id: id }), record: 'conflict:x' };
  const conflict = { id, record: unknown.record, mine: unknown, theirs: null, isDeletedThere: true, base: null };
  const late = await decideRecorded(stranger.store, { ...conflict, by: '', at: '' }, 'theirs');
  expect(late).toMatchObject({ ok: false, error: { tag: 'missing' } });
});
