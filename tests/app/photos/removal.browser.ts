// A photo that was taken off a list: deleted only when nothing names it, and only by who made it; captions beside it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CaptionSaver } from '#lib/app/photos/caption.ts';
import { dropUnnamed } from '#lib/app/photos/removal.ts';
import { placedPhotos } from '#lib/app/photos/placed.ts';
import type { Account } from '#lib/domain/scope.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';

let store: Store;
let account: Account;
let productId: string;
let producerId: string;
let count = 0;

beforeEach(async () => {
  store = openStore({
    account: `canbo.anh-${String(performance.timeOrigin)}-${String(++count)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
  account = { name: store.account, displayName: 'Cán bộ mẫu A', roles: ['officer', `commune:${COMMUNE}`] };
  producerId = must(await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01' }))._id;
  productId = must(await store.create('product', COMMUNE, { producerId, name: 'Nước mắm', setId: 'qd26-09' }))._id;
});
afterEach(async () => {
  vi.useRealTimers();
  await store.tables.delete();
});

async function aPhoto(seed: number): Promise<string> {
  const photo = new Uint8Array(300).fill(seed).buffer;
  return must(await addPhoto(store, await aNewPhoto(photo, { productId })))._id;
}

const isDeleted = async (id: string): Promise<boolean> => (await store.get('photo', id))?.doc.deleted === true;
const filed = { status: 'draft' as const, trail: [] };

describe('taken off a list', () => {
  test('a photo that nothing names is deleted, and comes back', async () => {
    const id = await aPhoto(1);
    expect(await dropUnnamed(store, account, id)).toBe(true);
    expect(await isDeleted(id)).toBe(true);
    // Once is enough: undo brings back what this deed has deleted.
    expect(await dropUnnamed(store, account, id)).toBe(false);
    await store.restore('photo', id);
    expect(await isDeleted(id)).toBe(false);
  });

  test('one that another record still names stays: criterion, product, paper, a row of a sibling’s survey', async () => {
    const ids = [await aPhoto(1), await aPhoto(2), await aPhoto(3), await aPhoto(4)] as const;
    await store.create('assessment', COMMUNE, {
      ...filed,
      productId,
      producerId,
      setId: 'qd26-09',
      setVersion: 1,
      choiceByCriterion: {},
      evidenceByCriterion: { '1.4': [ids[0]] }
    });
    await store.update('product', productId, (doc) => ({ ...doc, photos: [ids[1]] }));
    await store.create('paper', COMMUNE, { productId, paperKind: 'test', photos: [ids[2]] });
    const sibling = must(await store.create('product', COMMUNE, { producerId, name: 'Mắm nêm', setId: 'qd26-09' }));
    await store.create('survey', COMMUNE, {
      ...filed,
      productId: sibling._id,
      producerId,
      formId: 'product-survey',
      formVersion: 1,
      answers: { papers: [{ _id: 'r', paper_photo: [ids[3]] }] }
    });
    for (const id of ids) expect(await dropUnnamed(store, account, id), id).toBe(false);
  });

  test('a colleague’s is not this account’s to delete', async () => {
    const id = await aPhoto(1);
    expect(await dropUnnamed(store, { ...account, name: 'canbo.b' }, id)).toBe(false);
    expect(await isDeleted(id)).toBe(false);
  });
});

test('the photos of a product by where they belong; what no record names stands apart', async () => {
  const [first, second, third, fourth] = [await aPhoto(1), await aPhoto(2), await aPhoto(3), await aPhoto(4)];
  const assessment = must(
    await store.create('assessment', COMMUNE, {
      ...filed,
      productId,
      producerId,
      setId: 'qd26-09',
      setVersion: 1,
      choiceByCriterion: {},
      evidenceByCriterion: { '2.1': [second], '1.4': ['paper:x', first], '1.1': ['paper:y'] }
    })
  );
  const survey = must(
    await store.create('survey', COMMUNE, {
      ...filed,
      productId,
      producerId,
      formId: 'product-survey',
      formVersion: 1,
      answers: { papers: [{ _id: 'r', paper_photo: [third] }], visit_photo: [second], remarks: 'photo:not' }
    })
  );
  const product = must(await store.update('product', productId, (doc) => ({ ...doc, photos: [] })));
  const placed = await placedPhotos(store, product, [assessment, survey]);
  expect(placed.dossiers.map(({ places }) => places.map(({ place, ids }) => [place, ids]))).toEqual([
    [
      ['1.4', [first]],
      ['2.1', [second]]
    ],
    [
      ['paper_photo', [third]],
      ['visit_photo', [second]]
    ]
  ]);
  expect(placed.dossiers.flatMap(({ places }) => places.map(({ title }) => title?.vi))).toEqual([
    'Liên kết chuỗi trong sản xuất',
    'Nguồn gốc ý tưởng sản phẩm',
    'Ảnh giấy tờ',
    'Ảnh tại cơ sở'
  ]);
  expect(placed.unplaced.map(({ doc }) => doc._id)).toEqual([fourth]);
});

describe('a caption', () => {
  test('is saved soon after its first letter though typing goes on, and at once when it is left', async () => {
    const id = await aPhoto(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failed = vi.fn();
    const captions = new CaptionSaver(store, failed);
    const update = vi.spyOn(store, 'update');
    captions.type(id, 'L');
    vi.advanceTimersByTime(400);
    captions.type(id, 'Lu');
    vi.advanceTimersByTime(250);
    expect(update).toHaveBeenCalledOnce();
    captions.commit(id, 'Lu sành ');
    vi.useRealTimers();
    await expect.poll(async () => (await store.get('photo', id))?.doc.caption).toBe('Lu sành');
    captions.commit(id, '  ');
    await expect.poll(async () => Object.keys((await store.get('photo', id))?.doc ?? {})).not.toContain('caption');
    expect(failed).not.toHaveBeenCalled();
  });

  test('two photos typed one after the other keep each its own', async () => {
    const [a, b] = [await aPhoto(1), await aPhoto(2)];
    const captions = new CaptionSaver(store, () => undefined);
    captions.type(a, 'Trước');
    captions.type(b, 'Sau');
    captions.flush();
    await expect.poll(async () => (await store.get('photo', a))?.doc.caption).toBe('Trước');
    await expect.poll(async () => (await store.get('photo', b))?.doc.caption).toBe('Sau');
  });

  test('that cannot be saved is told', async () => {
    const failed = vi.fn();
    new CaptionSaver(store, failed).commit('photo:none', 'Mất');
    await expect.poll(() => failed.mock.calls.length).toBe(1);
  });
});

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
