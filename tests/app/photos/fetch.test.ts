// Photos of colleagues, fetched when somebody looks: from a CouchDB over a road that counts and can be held, kept on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import { createHash, randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FetchPhoto, photoFetcher } from '#lib/app/photos/fetch.ts';
import type { Photo } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { err, ok } from '#lib/domain/result.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { photoBytes } from '#lib/storage/photos.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { Fixtures } from '../../support/couch-fixtures.ts';
import { freshName } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';
import { aPhoto } from '../../support/documents.ts';

let couch: CouchServer;
let fixtures: Fixtures;
let commune: string;
let database: string;

beforeAll(async () => {
  couch = await contractServer();
  fixtures = new Fixtures(couch);
  ({ code: commune, database } = await fixtures.commune());
});
afterAll(async () => {
  await fixtures.remove();
  await couch.stop();
});

/** What went over the road, and how many at a time. */
let asked: string[];
let most: number;
/** Until then nothing is let through. */
let gate: Promise<void>;
let road: Server;
let store: Store;
let fetchPhoto: FetchPhoto;
let accounts = 0;

beforeEach(async () => {
  [asked, most, gate] = [[], 0, Promise.resolve()];
  let underWay = 0;
  const { name, password } = couch.admin;
  const authorization = `Basic ${btoa(`${name}:${password}`)}`;
  road = createServer((request, response) => {
    const path = String(request.url);
    asked.push(decodeURIComponent(path.split('/').slice(-2).join('/')));
    most = Math.max(most, ++underWay);
    void (async () => {
      await gate;
      const answer = await fetch(`${couch.url}${path}`, { headers: { authorization } });
      const body = new Uint8Array(await answer.arrayBuffer());
      underWay--;
      response.writeHead(answer.status, { 'Content-Type': String(answer.headers.get('content-type')) }).end(body);
    })();
  });
  await new Promise<void>((resolve) => road.listen(0, '127.0.0.1', resolve));
  const { port } = road.address() as AddressInfo;
  store = openStore({
    account: `canbo.b-${String(++accounts)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => new Uint8Array(randomBytes(bytes))
  });
  fetchPhoto = photoFetcher(store, `http://127.0.0.1:${String(port)}`);
});
afterEach(async () => {
  await closed();
  await store.tables.delete();
});

async function closed(): Promise<void> {
  road.closeAllConnections();
  await new Promise((resolve) => road.close(resolve));
}

/** Lets nothing through until it is called. */
function held(): () => void {
  let letGo: () => void = () => undefined;
  gate = new Promise((resolve) => (letGo = resolve));
  return letGo;
}

/** Begins as a JPEG does, since an answer that begins as a page does is taken for a stranger's. */
const aJpeg = (length: number): Buffer => Buffer.from([0xff, 0xd8, ...randomBytes(length - 2)]);

const PHOTO = aJpeg(5_000);
const THUMB = aJpeg(500);
const arrayOf = (bytes: Buffer) => new Uint8Array(bytes).buffer;

interface Lying {
  /** What the server has; null: nothing. */
  readonly photo?: Buffer | null;
  readonly thumb?: Buffer | null;
}

/** A colleague's photo, as its document comes by pull. */
async function theirs({ photo = PHOTO, thumb = THUMB }: Lying = {}): Promise<Photo> {
  const attached = (bytes: Buffer | null, name: string) =>
    bytes === null ? {} : { [name]: { content_type: 'image/jpeg', data: bytes.toString('base64') } };
  const doc = aPhoto({
    _id: `photo:${freshName('t')}`,
    commune,
    sha256: createHash('sha256').update(PHOTO).digest('hex'),
    bytes: PHOTO.length,
    thumbBytes: THUMB.length
  });
  const path = `/${database}/${encodeURIComponent(doc._id)}`;
  const attachments = { ...attached(photo, 'photo.jpg'), ...attached(thumb, 'thumb.jpg') };
  const made = await fixtures.admin.put(path, { ...doc, _attachments: attachments });
  expect(made.status).toBe(201);
  const parsed = parseDocument((await fixtures.admin.get(path)).json);
  if (!parsed.ok || parsed.value.kind !== 'photo') throw new Error('It is no photo.');
  return parsed.value;
}

const isHere = async ({ _id }: Photo) =>
  Promise.all((['photo', 'thumb'] as const).map(async (size) => (await photoBytes(store, _id, size)) !== undefined));

describe('a photo of a colleague', () => {
  test('comes in the size that is looked at, and is kept', async () => {
    const photo = await theirs();
    expect(asked).toEqual([]);
    expect(await fetchPhoto(photo, 'thumb')).toEqual(ok(arrayOf(THUMB)));
    expect(asked).toEqual([`${photo._id}/thumb.jpg`]);
    expect(await isHere(photo)).toEqual([false, true]);

    expect(await fetchPhoto(photo, 'photo')).toEqual(ok(arrayOf(PHOTO)));
    expect(asked).toHaveLength(2);
    expect(await isHere(photo)).toEqual([true, true]);
    expect(await photoCounts(store)).toMatchObject({ cached: { count: 1, bytes: PHOTO.length + THUMB.length } });

    await closed();
    expect(await fetchPhoto(photo, 'thumb')).toEqual(ok(arrayOf(THUMB)));
    expect(await fetchPhoto(photo, 'photo')).toEqual(ok(arrayOf(PHOTO)));
  });

  test('that waits on its maker’s phone is not asked for', async () => {
    const photo = await theirs({ photo: null, thumb: null });
    expect(await fetchPhoto(photo, 'thumb')).toEqual(err({ tag: 'notYet' }));
    expect(asked).toEqual([]);
  });

  test('that the server has lost since counts as not arrived', async () => {
    const photo = await theirs();
    await fixtures.admin.delete(`/${database}/${photo._id}?rev=${revOf(photo)}`);
    expect(await fetchPhoto(photo, 'photo')).toEqual(err({ tag: 'notYet' }));
  });

  test('that is not the one its document tells of is refused, and not kept', async () => {
    const photo = await theirs({ photo: aJpeg(PHOTO.length) });
    expect(await fetchPhoto(photo, 'photo')).toEqual(err({ tag: 'damaged' }));
    expect(await isHere(photo)).toEqual([false, false]);
  });

  test('whose thumbnail is as long, and other than the document tells, is refused, and not kept', async () => {
    const told = await theirs();
    const other = await theirs({ thumb: aJpeg(THUMB.length) });
    const photo = { ...other, _attachments: Reflect.get(told, '_attachments') };
    expect(await fetchPhoto(photo, 'thumb')).toEqual(err({ tag: 'damaged' }));
    expect(await isHere(photo)).toEqual([false, false]);
  });

  test('that cannot be kept is shown all the same', async () => {
    const photo = await theirs();
    const letGo = held();
    const coming = fetchPhoto(photo, 'thumb');
    await expect.poll(() => asked).toHaveLength(1);
    store.close();
    letGo();
    expect(await coming).toEqual(ok(arrayOf(THUMB)));
  });

  test('that could not be had is asked for anew the next time', async () => {
    const photo = await theirs();
    const letGo = held();
    const coming = fetchPhoto(photo, 'thumb');
    await expect.poll(() => asked).toHaveLength(1);
    road.closeAllConnections();
    expect(await coming).toMatchObject({ ok: false, error: { tag: 'offline' } });
    letGo();
    expect(await fetchPhoto(photo, 'thumb')).toEqual(ok(arrayOf(THUMB)));
  });
});

describe('many of them', () => {
  test('come three at a time, the ones that fail among them', async () => {
    const photos = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => theirs()));
    const wrong = await theirs({ photo: aJpeg(PHOTO.length) });
    const letGo = held();
    const coming = [wrong, ...photos].map((photo) => fetchPhoto(photo, 'photo'));
    await expect.poll(() => asked).toHaveLength(3);
    letGo();
    expect((await Promise.all(coming)).map((one) => one.ok)).toEqual([false, ...photos.map(() => true)]);
    expect(asked).toHaveLength(8);
    expect(most).toBe(3);
  });

  test('that are the same one are one request', async () => {
    const photo = await theirs();
    const letGo = held();
    const coming = [fetchPhoto(photo, 'thumb'), fetchPhoto(photo, 'thumb'), fetchPhoto(photo, 'photo')];
    await expect.poll(() => asked).toHaveLength(2);
    letGo();
    expect(await Promise.all(coming)).toEqual([ok(arrayOf(THUMB)), ok(arrayOf(THUMB)), ok(arrayOf(PHOTO))]);
    expect(asked).toHaveLength(2);
  });
});

const revOf = (photo: Photo): string => String(Reflect.get(photo, '_rev'));
