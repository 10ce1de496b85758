// The queue of photos: one after the other into a real store, failures by file, no room, stopping, two destinations.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PhotoPipeline } from '#lib/app/photos/pipeline.ts';
import { type Destination, PhotoTaking, type TakingPorts } from '#lib/app/photos/taking.svelte.ts';
import { photoBytes, photosOf } from '#lib/storage/photos.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE, anId } from '../../support/documents.ts';
import { aPicture } from './pictures.ts';

let store: Store;
let pipeline: PhotoPipeline;
let count = 0;

beforeEach(() => {
  store = openStore({
    account: `canbo.anh-${String(performance.timeOrigin)}-${String(++count)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
  pipeline = new PhotoPipeline();
});
afterEach(async () => {
  pipeline.close();
  await store.tables.delete();
});

const aTaking = (over: Partial<TakingPorts> = {}): PhotoTaking =>
  new PhotoTaking(store, {
    prepare: (file, signal) => pipeline.prepare(file, signal),
    room: () => Promise.resolve(null),
    hold: () => () => undefined,
    ...over
  });

const file = async (name: string, width: number): Promise<File> =>
  new File([await aPicture({ width, height: 300 })], name, { type: 'image/jpeg' });
const notAPhoto = (name: string): File => new File(['%PDF-1.4'], name, { type: 'image/jpeg' });

function aPlace(key = '1.4'): Destination & { readonly ids: string[] } {
  const ids: string[] = [];
  return {
    ids,
    key,
    commune: COMMUNE,
    productId: anId('product'),
    target: { id: anId('assessment'), place: key },
    onphoto: (id) => ids.push(id)
  };
}

describe('taking photos', () => {
  test('stores one after the other, tells each, and has nothing left to say', async () => {
    const taking = aTaking();
    const place = aPlace();
    const through = taking.take([await file('a.jpg', 400), await file('b.jpg', 410)], place);
    expect(taking.at('1.4')).toEqual({ done: 0, of: 2, failures: [] });
    await through;
    expect(taking.at('1.4')).toBeUndefined();
    const stored = await photosOf(store, anId('product'));
    expect(stored.map(({ doc }) => doc._id).sort()).toEqual([...place.ids].sort());
    expect(stored[0]?.doc.target).toEqual({ id: anId('assessment'), place: '1.4' });
    expect(stored[0]?.here).toEqual(['photo', 'thumb']);
  });

  test('one that is no photo is told by its name, and holds up no other', async () => {
    const taking = aTaking();
    const place = aPlace();
    await taking.take([await file('a.jpg', 400), notAPhoto('hop-dong.jpg'), await file('b.jpg', 410)], place);
    expect(place.ids).toHaveLength(2);
    const failure = { name: 'hop-dong.jpg', problem: { tag: 'notAnImage', found: 'pdf' } };
    expect(taking.at('1.4')).toEqual({ done: 3, of: 3, failures: [failure] });
    taking.dismiss('1.4');
    expect(taking.at('1.4')).toBeUndefined();
  });

  test('goes on counting when more is chosen meanwhile, and starts anew afterwards', async () => {
    const taking = aTaking();
    const place = aPlace();
    void taking.take([await file('a.jpg', 400), notAPhoto('x.jpg')], place);
    const through = taking.take([await file('b.jpg', 410)], place);
    expect(taking.at('1.4')?.of).toBe(3);
    await through;
    expect(taking.at('1.4')).toMatchObject({ done: 3, of: 3, failures: [{ name: 'x.jpg' }] });
    await taking.take([await file('c.jpg', 420)], place);
    expect(taking.at('1.4')).toBeUndefined();
    expect(place.ids).toHaveLength(3);
  });

  test('two places have a count of their own, in one line', async () => {
    const taking = aTaking();
    const [first, second] = [aPlace('1.1'), aPlace('1.4')];
    void taking.take([await file('a.jpg', 400)], first);
    await taking.take([notAPhoto('x.jpg')], second);
    expect([first.ids.length, second.ids.length]).toEqual([1, 0]);
    expect([taking.at('1.1'), taking.at('1.4')?.failures.length]).toEqual([undefined, 1]);
  });

  test('leaves room for text: nothing is even prepared on a device that is nearly full', async () => {
    const prepare = vi.fn<TakingPorts['prepare']>();
    const taking = aTaking({ prepare, room: () => Promise.resolve(19_000_000) });
    const place = aPlace();
    await taking.take([await file('a.jpg', 400)], place);
    expect(taking.at('1.4')?.failures).toEqual([{ name: 'a.jpg', problem: { tag: 'full' } }]);
    expect(prepare).not.toHaveBeenCalled();
    expect((await store.create('producer', COMMUNE, { name: 'Chữ vẫn lưu được' })).ok).toBe(true);
  });

  test('a store that is full says so, and keeps no half of a photo', async () => {
    const taking = aTaking();
    const full = new DOMException('full', 'QuotaExceededError');
    const write = vi.spyOn(store.tables.photoBytes, 'bulkPut').mockRejectedValue(full);
    const place = aPlace();
    await taking.take([await file('a.jpg', 400)], place);
    write.mockRestore();
    expect(taking.at('1.4')?.failures).toEqual([{ name: 'a.jpg', problem: { tag: 'full' } }]);
    expect(place.ids).toEqual([]);
    expect(await photosOf(store, anId('product'))).toEqual([]);
  });

  test('stopping gives up the one under way and those after it; what is stored stays', async () => {
    const taking = aTaking();
    const place = aPlace();
    const stopping = { ...place, onphoto: (id: string) => (place.onphoto(id), taking.stop('1.4')) };
    await taking.take([await file('a.jpg', 400), await file('b.jpg', 410), await file('c.jpg', 420)], stopping);
    expect(place.ids).toHaveLength(1);
    expect(taking.at('1.4')?.failures).toEqual([
      { name: 'b.jpg', problem: { tag: 'aborted' } },
      { name: 'c.jpg', problem: { tag: 'aborted' } }
    ]);
    // Stopped is stopped once: what is chosen next is taken.
    await taking.take([await file('d.jpg', 430)], place);
    expect(place.ids).toHaveLength(2);
    expect(await photoBytes(store, place.ids[1] ?? '', 'thumb')).toBeInstanceOf(ArrayBuffer);
  });

  test('one that breaks the store is told, and those after it are taken; nothing holds a new version back', async () => {
    const letGo = vi.fn();
    const taking = aTaking({ hold: () => letGo });
    const place = aPlace();
    const dead = vi.spyOn(store, 'write').mockRejectedValueOnce(new Error('the connection is gone'));
    await taking.take([await file('a.jpg', 400), await file('b.jpg', 410)], place);
    dead.mockRestore();
    expect(place.ids).toHaveLength(1);
    expect(taking.at('1.4')).toEqual({
      done: 2,
      of: 2,
      failures: [{ name: 'a.jpg', problem: { tag: 'notSaved' } }]
    });
    expect(letGo).toHaveBeenCalledOnce();
  });

  test('a picture that is taken again has the words of the one before', async () => {
    const place = { ...aPlace(), caption: 'Mặt trước nhãn' };
    await aTaking().take([await file('a.jpg', 400)], place);
    const [stored] = await photosOf(store, anId('product'));
    expect(stored?.doc.caption).toBe('Mặt trước nhãn');
  });

  test('tells how many are left of a whole dossier, whatever place they are for', async () => {
    const taking = aTaking();
    const left = () => [taking.left('a/'), taking.left('b/')];
    const places = ['a/1.1', 'a/1.4', 'b/1.1'].map((key) => aPlace(key));
    const seen: number[][] = [];
    const files = [await file('a.jpg', 400), notAPhoto('x.jpg'), await file('b.jpg', 410)];
    const through = places.map((place, i) =>
      taking.take(files.slice(i, i + 1), { ...place, onphoto: () => seen.push(left()) })
    );
    expect(left()).toEqual([2, 1]);
    await Promise.all(through);
    // While one is put down it is not through yet.
    expect(seen).toEqual([
      [2, 1],
      [0, 1]
    ]);
    expect(left()).toEqual([0, 0]);
  });

  test('no new version reloads the page while photos are taken', async () => {
    const letGo = vi.fn();
    const taking = aTaking({ hold: () => letGo });
    const through = taking.take([await file('a.jpg', 400)], aPlace());
    expect(letGo).not.toHaveBeenCalled();
    await through;
    expect(letGo).toHaveBeenCalledOnce();
  });
});
