// Edits that others were quicker than, of which the server cannot give what it has instead (laws 3, 6).
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { err } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = communeDatabase(COMMUNE);

test('one that spoils the answer holds up no refusal, and none of the others', async () => {
  const server = new MemoryServer().create(DB);
  const device = aDevice('canbo.a');
  const office = server.as({ name: 'canbo.a', roles: ['officer'] });
  const made = async (name: string): Promise<string> => {
    const saved = await device.store.create('producer', COMMUNE, { name });
    if (!saved.ok) throw new Error(saved.error.tag);
    return saved.value._id;
  };
  const [spoilt, refused, good] = [await made('Hỏng'), await made('Bị khóa'), await made('Tốt')];
  const overtaken = [await made('Trễ 1'), await made('Trễ 2'), await made('Trễ 3')];
  await device.sync(office, [DB]);
  for (const id of [spoilt, ...overtaken])
    server.edit(DB, id, { ...server.contents(DB)[id], _id: id, note: 'người khác', editId: `colleague ${id}` });
  server.validate = ({ phone, _id }) => (_id === refused && phone !== undefined ? 'locked: it is' : null);
  for (const id of [spoilt, refused, good, ...overtaken]) {
    await device.store.update('producer', id, (doc) => ({ ...doc, phone: '0900000001' }));
  }

  const remote: Remote = {
    ...office,
    read: (database, ids) =>
      ids.includes(spoilt) ? Promise.resolve(err({ tag: 'server', status: 500 })) : office.read(database, ids)
  };
  const outcome = await device.sync(remote, [DB], 'push');
  const waiting = await device.store.tables.outbox.toArray();
  expect(waiting.map(({ id, state }) => [id, state]).sort()).toEqual(
    [
      [refused, 'refused'],
      [spoilt, 'waiting']
    ].sort()
  );
  expect(outcome.problems.get(DB)).toMatchObject({ tag: 'broken' });
  const there = server.contents(DB);
  for (const id of overtaken) expect(there[id]).toMatchObject({ phone: '0900000001', note: 'người khác' });
  expect(there[good]).toMatchObject({ phone: '0900000001' });
});

test('a server that can give none of them is asked a few times, and not about each', async () => {
  const server = new MemoryServer().create(DB);
  const device = aDevice('canbo.a');
  const office = server.as({ name: 'canbo.a', roles: ['officer'] });
  const ids: string[] = [];
  for (let i = 0; i < 200; i++) {
    const saved = await device.store.create('producer', COMMUNE, { name: `Cơ sở mẫu ${String(i)}` });
    if (saved.ok) ids.push(saved.value._id);
  }
  await device.sync(office, [DB]);
  for (const id of ids) {
    server.edit(DB, id, { ...server.contents(DB)[id], _id: id, note: 'người khác', editId: `colleague ${id}` });
    await device.store.update('producer', id, (doc) => ({ ...doc, phone: '0900000001' }));
  }
  let reads = 0;
  const unwell: Remote = {
    ...office,
    read: () => {
      reads++;
      return Promise.resolve(err({ tag: 'server', status: 502 }));
    }
  };
  const outcome = await device.sync(unwell, [DB], 'push');
  expect(reads).toBeLessThan(20);
  expect(outcome.problems.get(DB)).toEqual({ tag: 'server', status: 502 });
  await device.sync(office, [DB]);
  expect(await device.store.tables.outbox.count()).toBe(0);
  for (const id of ids) expect(server.contents(DB)[id]).toMatchObject({ phone: '0900000001', note: 'người khác' });
});
