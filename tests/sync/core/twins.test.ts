// The same picture, chosen by one officer on two phones with no network: one photo on both, and nobody is asked (law 5).
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { decide } from '#lib/storage/conflicts.ts';
import { outboxCounts } from '#lib/storage/outbox.ts';
import { type NewPhoto, addPhoto } from '#lib/storage/photos.ts';
import { validateAuthority } from '#server/design/validate-authority.js';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = `ocop-${COMMUNE}`;

let server: MemoryServer;
let phones: readonly [Device, Device];

beforeEach(() => {
  server = new MemoryServer().create(DB);
  server.validate = (doc, old, asker, db) => {
    try {
      validateAuthority(doc, old, { db, ...asker });
      return null;
    } catch (thrown) {
      return String(Object(thrown).forbidden);
    }
  };
  phones = [aDevice(), aDevice()];
});

const sync = (phone: Device) => phone.sync(server.as({ name: 'canbo.a', roles: ['officer'] }), [DB]);

async function take(phone: Device, said: Partial<NewPhoto>): Promise<string> {
  const added = await addPhoto(phone.store, await aNewPhoto(new Uint8Array(100).fill(7).buffer, said));
  if (!added.ok) throw new Error(added.error.tag);
  return added.value._id;
}

const one = { takenAt: '2026-11-20T03:00:00.000Z', caption: 'Nhãn sản phẩm' };
const other = { takenAt: '2026-11-20T03:00:01.000Z', place: { lat: 11.1, lon: 108.5 } };

test.each([
  ['the one with a caption first', one, other],
  ['the one with a caption last', other, one]
])('%s', async (_order, first, last) => {
  const [a, b] = phones;
  const id = await take(a, first);
  expect(await take(b, last)).toBe(id);
  for (const phone of [a, b, a, b]) expect(await sync(phone)).toMatchObject({ conflicts: 0, refused: 0 });
  const standing = server.contents(DB)[id];
  expect(standing).toMatchObject({ takenAt: first.takenAt, caption: 'Nhãn sản phẩm' });
  for (const phone of phones) {
    expect((await phone.store.get('photo', id))?.doc).toEqual(standing);
    expect(await outboxCounts(phone.store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    expect(await phone.store.tables.outbox.count()).toBe(0);
  }
  // What it said of when and where it was taken stands nowhere else.
  expect(await b.store.tables.kept.toArray()).toMatchObject([{ docId: id, doc: { takenAt: last.takenAt } }]);
});

test('met by a pull as by a push, and without a kept version where only the hour differs at which it was chosen', async () => {
  const [a, b] = phones;
  const id = await take(a, {});
  await sync(b);
  await take(b, { caption: 'Bao bì' });
  await sync(a);
  for (const phone of [b, a]) expect(await sync(phone)).toMatchObject({ conflicts: 0, refused: 0 });
  for (const phone of phones) expect((await phone.store.get('photo', id))?.doc.caption).toBe('Bao bì');
  expect(await b.store.tables.kept.count()).toBe(0);
});

test('two captions are a question, and either answer is taken by the server', async () => {
  const [a, b] = phones;
  const id = await take(a, { caption: 'Một' });
  await take(b, { caption: 'Hai' });
  await sync(a);
  expect(await sync(b)).toMatchObject({ conflicts: 1 });
  await decide(b.store, id, 'mine');
  for (const phone of [b, a, b]) expect(await sync(phone)).toMatchObject({ refused: 0 });
  expect(server.contents(DB)[id]).toMatchObject({ caption: 'Hai' });
  expect((await a.store.get('photo', id))?.doc.caption).toBe('Hai');
});

test.each([false, true])(
  'one’s own photo whose answer was lost is no twin: deleted since, it stays deleted (changed meanwhile over there: %s)',
  async (isChanged) => {
    const [phone] = phones;
    const id = await take(phone, one);
    const as = server.as({ name: 'canbo.a', roles: ['officer'] });
    const deaf: typeof as = {
      ...as,
      write: async (...batch) => {
        await as.write(...batch);
        return { ok: false, error: { tag: 'timeout' } };
      }
    };
    await phone.sync(deaf, [DB], 'push');
    expect(server.contents(DB)[id]).toBeDefined();
    if (isChanged) server.edit(DB, id, { ...server.contents(DB)[id], _id: id, caption: 'Sửa', editId: 'office' });
    await phone.store.remove('photo', id);
    for (let run = 0; run < 3; run++) await sync(phone);
    const stored = await phone.store.get('photo', id);
    if (isChanged)
      expect([stored?.sending.state, server.contents(DB)[id]?.['deleted']]).not.toEqual(['sent', undefined]);
    else expect(server.contents(DB)[id]).toMatchObject({ deleted: true });
    expect(stored?.doc.deleted).toBe(true);
  }
);
