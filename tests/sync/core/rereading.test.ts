// What was odd is read once more, and never from a server that turns out to have been restored (law 9).
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { COMMUNE, aProducer, anId } from '../../support/documents.ts';
import { aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = communeDatabase(COMMUNE);

test('a restore that a push finds within a quiet run sets back nothing that is reread', async () => {
  const server = new MemoryServer().create(DB);
  const phone = aDevice('canbo.a');
  const office = server.as({ name: 'canbo.a', roles: ['officer'] });
  const [odd, edited] = [anId('producer', 1), anId('producer', 2)];
  const change = (id: string, name: string) =>
    server.edit(DB, id, aProducer({ _id: id, name, createdBy: 'canbo.a', editId: `edit ${name}` }));
  for (const id of [odd, edited]) change(id, 'Cũ');
  const restore = server.backup();
  for (const id of [odd, edited]) change(id, 'Mới');
  await phone.sync(office, [DB]);
  // Another change of it comes, which nobody can read: the phone goes on showing the one before.
  change(odd, 'Mới nhất');
  server.odd.set(odd, 'absent');
  await phone.sync(office, [DB]);
  expect((await phone.store.tables.checkpoints.get(DB))?.odd).toMatchObject([{ id: odd }]);
  const saved = await phone.store.update('producer', edited, (doc) => ({ ...doc, phone: '0900000001' }));
  expect(saved.ok).toBe(true);

  const restoredMeanwhile: Remote = {
    ...office,
    isStill: async (database, witness) => {
      const still = await office.isStill(database, witness);
      restore('sameLife');
      server.odd.clear();
      return still;
    }
  };
  await phone.sync(restoredMeanwhile, [DB]);
  const there = async (id: string) => (await phone.store.get('producer', id))?.doc.name;
  expect(await there(odd)).toBe('Mới');

  for (let run = 0; run < 3; run++) await phone.sync(office, [DB]);
  expect(server.contents(DB)[odd]).toMatchObject({ name: 'Mới' });
  expect(await there(odd)).toBe('Mới');
});
