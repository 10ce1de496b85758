// Pictures for the screen: from this device or fetched, one address while somebody looks, revoked when there are many.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FetchPhoto, Pictures } from '#lib/app/photos/pictures.svelte.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Photo } from '#lib/domain/document/document.ts';
import { type StoredPhoto, addPhoto } from '#lib/storage/photos.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { aPhoto } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { aPicture } from './pictures.ts';

let store: Store;
let count = 0;
beforeEach(() => {
  store = openStore({
    account: `canbo.anh-${String(performance.timeOrigin)}-${String(++count)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.tables.delete();
});

const stored = (doc: Photo): StoredPhoto => ({ doc, sending: { state: 'sent', rev: '', at: null }, here: [] });
const STUBS = { _attachments: { 'thumb.jpg': { stub: true }, 'photo.jpg': { stub: true } } };
const nowhere: FetchPhoto = () => Promise.reject(new Error('nothing is to be fetched'));

async function aPhotoHere(width: number): Promise<StoredPhoto> {
  const photo = (await aPicture({ width, height: 60 })).buffer;
  const added = await addPhoto(store, await aNewPhoto(photo, { width, height: 60, bytes: { photo, thumb: photo } }));
  if (!added.ok) throw new Error(added.error.tag);
  return stored(added.value);
}

const isAlive = (src: string): Promise<boolean> =>
  fetch(src).then(
    (answer) => answer.ok,
    () => false
  );

describe('a picture', () => {
  test('from this device is shown at once, to all who look at it by one address', async () => {
    const pictures = new Pictures(store, nowhere);
    const photo = await aPhotoHere(80);
    const [one, other] = [pictures.hold(photo, 'thumb'), pictures.hold(photo, 'thumb')];
    await expect.poll(() => one.look.state).toBe('shown');
    expect(other.look).toEqual(one.look);
    if (one.look.state !== 'shown') throw new Error('not shown');
    const image = new Image();
    image.src = one.look.src;
    await image.decode();
    expect(image.naturalWidth).toBe(80);
  });

  test('is kept a little when nobody looks, and revoked, the oldest first, when that is too much', async () => {
    const [a, b] = [await aPhotoHere(80), await aPhotoHere(90)];
    const pictures = new Pictures(store, nowhere, 1);
    const first = pictures.hold(a, 'thumb');
    await expect.poll(() => first.look.state).toBe('shown');
    const src = first.look.state === 'shown' ? first.look.src : '';
    const second = pictures.hold(b, 'thumb');
    await expect.poll(() => second.look.state).toBe('shown');
    expect(await isAlive(src)).toBe(true);
    first.letGo();
    first.letGo();
    expect(await isAlive(src)).toBe(false);
    expect(second.look.state === 'shown' && (await isAlive(second.look.src))).toBe(true);
    const again = pictures.hold(a, 'thumb');
    await expect.poll(() => again.look.state).toBe('shown');

    const roomy = new Pictures(store, nowhere);
    const held = roomy.hold(a, 'thumb');
    await expect.poll(() => held.look.state).toBe('shown');
    const kept = held.look;
    held.letGo();
    expect(roomy.hold(a, 'thumb').look).toBe(kept);
  });

  test('whose bytes the server has not is waited for, and nothing is asked of the network', async () => {
    const fetchPhoto = vi.fn(nowhere);
    const held = new Pictures(store, fetchPhoto).hold(stored(aPhoto()), 'thumb');
    await expect.poll(() => held.look.state).toBe('waiting');
    expect(fetchPhoto).not.toHaveBeenCalled();
  });

  test('that only the server has is fetched; offline it says so, and comes when it is asked for again', async () => {
    const bytes = (await aPicture({ width: 70, height: 60 })).buffer;
    const answers = [err({ tag: 'offline' as const }), err({ tag: 'failed' as const }), ok(bytes)];
    const fetchPhoto = vi.fn<FetchPhoto>(() => Promise.resolve(answers.shift() ?? ok(bytes)));
    const pictures = new Pictures(store, fetchPhoto);
    const photo = stored({ ...aPhoto(), ...STUBS });
    const held = pictures.hold(photo, 'thumb');
    await expect.poll(() => held.look.state).toBe('offline');
    pictures.hold(photo, 'thumb');
    await expect.poll(() => held.look.state).toBe('failed');
    pictures.hold(photo, 'thumb');
    await expect.poll(() => held.look.state).toBe('shown');
    pictures.hold(photo, 'thumb');
    expect(fetchPhoto.mock.calls.map(([, size]) => size)).toEqual(['thumb', 'thumb', 'thumb']);
  });
});
