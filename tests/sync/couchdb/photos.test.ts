// Photos on their way from a phone's real store to a real HTTP server: every byte arrives once, or is told to wait.
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACHMENT_NAMES, type PhotoSize } from '#lib/domain/photo/attachments.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { addPhoto, photoBytes, photosWith } from '#lib/storage/photos.ts';
import { retryPhoto } from '#lib/storage/refusedPhotos.ts';
import { type PhotoOutcome, freshPhotoMemory, sendPhotos } from '#lib/sync/core/photos.ts';
import { downloadPhoto } from '#lib/sync/couchdb/photo.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type Device, aDeviceOn } from '../support/device.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const NOW = '2026-11-23T01:00:00.000Z';
let couch: Couch;
let signedIn: Fetch;

beforeAll(async () => {
  couch = await aCouch();
  signedIn = await couch.signedIn();
});
afterAll(() => couch.close());

const md5 = (bytes: ArrayBuffer) => createHash('md5').update(new Uint8Array(bytes)).digest('base64');
const sha256 = (bytes: ArrayBuffer) => createHash('sha256').update(new Uint8Array(bytes)).digest('hex');

/** Bytes that look like nothing, with everything in them that a multipart body could stumble over. */
function someBytes(seed: number, length: number): ArrayBuffer {
  let chance = seed * 7919 + 1;
  const bytes = Uint8Array.from({ length }, () => (chance = (chance * 16_807) % 2_147_483_647) & 255);
  bytes.set(new TextEncoder().encode('\r\n--so-tay\r\n\r\n--'), Math.floor(length / 2));
  return bytes.buffer;
}

/** A phone whose photos go to a database of the test's own. */
function aPhone(database: string, account?: string): Device {
  const phone = aDeviceOn(database, account);
  phone.store.tables.photos.hook('creating', (_id, row) => {
    row.database = database;
  });
  return phone;
}

async function take(phone: Device, number: number): Promise<string> {
  const [photo, thumb] = [someBytes(number, 20_000 + number), someBytes(number + 1000, 2_000)];
  const digests = { photo: md5(photo), thumb: md5(thumb) };
  const added = await addPhoto(
    phone.store,
    await aNewPhoto(photo, { bytes: { photo, thumb }, digests, caption: `Ảnh ${number}` })
  );
  if (!added.ok) throw new Error(added.error.tag);
  return added.value._id;
}

interface Sending {
  readonly outcome: PhotoOutcome;
  /** Uploads by photo. */
  readonly uploads: ReadonlyMap<string, number>;
  readonly most: number;
  /** How often the server was asked what it has. */
  readonly questions: number;
}

interface Circumstances {
  readonly width?: number;
  readonly mayUpload?: () => boolean;
  /** From the first upload on, no other request gets through. */
  readonly isCutAfterUploads?: boolean;
}

/** Sends the records, then the photos, by way of a road on which a test may do anything. */
async function send(
  phone: Device,
  database: string,
  road: (next: Fetch, url: string, init: RequestInit, no: number) => Promise<Response> = (next, url, init) =>
    next(url, init),
  { width = 4, mayUpload = () => true, isCutAfterUploads = false }: Circumstances = {}
): Promise<Sending> {
  const uploads = new Map<string, number>();
  let [no, underWay, most, questions] = [0, 0, 0, 0];
  const connection = new CouchConnection(couch.url, {
    now: () => NOW,
    fetch: async (url, init) => {
      if (init.method !== 'PUT') {
        if (isCutAfterUploads && no > 0) throw new TypeError('the line is cut');
        if (url.includes('_all_docs')) questions++;
        return signedIn(url, init);
      }
      const id = decodeURIComponent(url.split('/').at(-1) ?? '');
      uploads.set(id, (uploads.get(id) ?? 0) + 1);
      most = Math.max(most, ++underWay);
      try {
        return await road(signedIn, url, init, ++no);
      } finally {
        underWay--;
      }
    }
  });
  const { signal } = new AbortController();
  const remote = connection.remote(signal);
  await phone.sync(remote, [database], 'push');
  const outcome = await sendPhotos(
    {
      local: phone.replica,
      remote: { upload: (photo, bytes) => connection.upload(signal, photo, bytes), read: remote.read },
      authorise: async () => ({ ok: true, value: undefined }),
      elapsed: () => 0,
      now: () => NOW,
      signal,
      mayUpload,
      watcher: { onPhotos: () => undefined, onContact: () => undefined }
    },
    [database],
    { ...freshPhotoMemory(), width }
  );
  connection.close();
  return { outcome, uploads, most, questions };
}

/** What the server has of a photo, fetched as another phone does. */
async function onServer(database: string, id: string, size: PhotoSize): Promise<string | null> {
  const bytes = await downloadPhoto({ fetch: signedIn }, couch.url, database, id, size);
  if (!bytes.ok) throw new Error(bytes.error.tag);
  return bytes.value === null ? null : sha256(bytes.value);
}

async function onPhone(phone: Device, id: string, size: PhotoSize): Promise<string> {
  const bytes = await photoBytes(phone.store, id, size);
  return bytes === undefined ? '' : sha256(bytes);
}

/** Nothing is lost, nothing doubled, and both sides have the same bytes. */
async function isAllThere(phone: Device, database: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    for (const size of ['photo', 'thumb'] as const) {
      expect(await onServer(database, id, size)).toBe(await onPhone(phone, id, size));
    }
    expect((await couch.admin(`/${database}/${id}?conflicts=true`)).body).not.toHaveProperty('_conflicts');
  }
  const { body } = await couch.admin(`/${database}`);
  expect(body).toMatchObject({ doc_count: ids.length });
  expect(await photoCounts(phone.store)).toMatchObject({
    waiting: { count: 0 },
    refused: { count: 0 },
    sent: { count: ids.length }
  });
  const shown = await photosWith(phone.store, ids);
  expect(shown.map(({ sending }) => sending.state)).toEqual(ids.map(() => 'sent'));
}

describe('photos', () => {
  test('go up beside their documents, four at a time, byte for byte; a second time nothing goes', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => take(phone, number)));
    const { outcome, most } = await send(phone, database);
    expect(outcome).toEqual({ sent: 10, refused: 0, isHeld: false, problem: null });
    expect(most).toBe(4);
    await isAllThere(phone, database, ids);
    expect((await send(phone, database)).uploads.size).toBe(0);
  });

  test('whose answer is lost are recognised on the server, and not sent again', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = [await take(phone, 1), await take(phone, 2)];
    const lost = await send(
      phone,
      database,
      async (next, url, init) => {
        await next(url, init);
        throw new TypeError('the line is cut');
      },
      { width: 1 }
    );
    expect(lost.outcome).toMatchObject({ sent: 0, problem: { tag: 'offline' } });
    const { outcome, uploads } = await send(phone, database);
    expect(outcome).toMatchObject({ sent: 2, problem: null });
    // The server tells that it has it; the other one had not begun.
    expect([...lost.uploads.keys(), ...uploads.keys()].sort()).toEqual([...ids].sort());
    await isAllThere(phone, database, ids);
  });

  test('that were taken before the line was cut are asked about in one request, and no bytes travel twice', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => take(phone, number)));
    const cut = await send(phone, database, undefined, { isCutAfterUploads: true });
    expect(cut.outcome).toMatchObject({ sent: 0, problem: { tag: 'offline' } });
    expect(cut.uploads.size).toBe(7);
    const later = await take(phone, 8);
    const { outcome, uploads, questions } = await send(phone, database);
    expect(outcome).toMatchObject({ sent: 8, problem: null });
    expect([...uploads]).toEqual([[later, 1]]);
    // One about the seven, one about the eighth.
    expect(questions).toBe(2);
    await isAllThere(phone, database, [...ids, later]);
  });

  test('whose uploads a kill has cut off are asked about before their bytes go once more', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = [await take(phone, 1), await take(phone, 2)];
    let reached = 0;
    let bothThere = (): void => undefined;
    const killed = new Promise<void>((resolve) => (bothThere = resolve));
    // Nothing of that sending goes on any more: no answer, no end.
    void send(phone, database, async (next, url, init) => {
      await next(url, init);
      if (++reached === ids.length) bothThere();
      return new Promise(() => undefined);
    });
    await killed;
    const { outcome, uploads } = await send(phone, database);
    expect(outcome).toMatchObject({ sent: 2, problem: null });
    expect(uploads.size).toBe(0);
    await isAllThere(phone, database, ids);
  });

  test('that never went up are not asked about before', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    await Promise.all([1, 2, 3].map((number) => take(phone, number)));
    const { questions } = await send(phone, database);
    expect(questions).toBe(1);
  });

  test('lose at most what is under way when the line is cut, and go on where they were', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => take(phone, number)));
    const cut = await send(phone, database, (next, url, init, no) =>
      no > 4 ? Promise.reject(new TypeError('no network')) : next(url, init)
    );
    expect(cut.outcome).toMatchObject({ sent: 4, problem: { tag: 'offline' } });
    const { outcome, uploads } = await send(phone, database);
    expect(outcome).toMatchObject({ sent: 2, problem: null });
    expect(uploads.size).toBe(2);
    await isAllThere(phone, database, ids);
  });

  test('that were spoilt on the way are refused by the server, and sent once more', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = [await take(phone, 1)];
    const { outcome, uploads } = await send(phone, database, (next, url, init, no) => {
      if (no > 1 || !(init.body instanceof Uint8Array)) return next(url, init);
      const body = new Uint8Array(init.body);
      body[body.length - 3000] = (body[body.length - 3000] ?? 0) ^ 1;
      return next(url, { ...init, body });
    });
    expect(outcome).toMatchObject({ sent: 1, refused: 0, problem: null });
    expect([...uploads.values()]).toEqual([2]);
    await isAllThere(phone, database, ids);
  });

  test('whose caption somebody changes meanwhile go beside the newer version', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const id = await take(phone, 1);
    const { outcome, uploads } = await send(phone, database, async (next, url, init, no) => {
      if (no === 1) {
        const { body } = await couch.admin(`/${database}/${id}`);
        await couch.admin(`/${database}/${id}`, {
          method: 'PUT',
          body: JSON.stringify({ ...(body as object), caption: 'Nhãn mới', editId: 'elsewhere' })
        });
      }
      return next(url, init);
    });
    expect(outcome).toMatchObject({ sent: 1, problem: null });
    expect([...uploads.values()]).toEqual([2]);
    await isAllThere(phone, database, [id]);
    expect(await photosWith(phone.store, [id])).toMatchObject([{ doc: { caption: 'Nhãn mới' } }]);
  });

  test('whose caption is changed here meanwhile: both arrive, in either order', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const id = await take(phone, 1);
    const { outcome } = await send(phone, database, async (next, url, init) => {
      await phone.store.update('photo', id, (doc) => ({ ...doc, caption: 'Nhãn mới' }));
      return next(url, init);
    });
    expect(outcome).toMatchObject({ sent: 1, problem: null });
    expect(await photosWith(phone.store, [id])).toMatchObject([{ sending: { state: 'local' } }]);
    await send(phone, database);
    await isAllThere(phone, database, [id]);
    expect((await couch.admin(`/${database}/${id}`)).body).toMatchObject({ caption: 'Nhãn mới' });
  });

  test('that the server does not take stay, with its reason, and hold up no others', async () => {
    const bad = 'Ảnh 2';
    const database = await couch.database(`function (doc, old) {
      if (old && doc._attachments && doc.caption === '${bad}') throw({ forbidden: 'role: photo' });
    }`);
    const phone = aPhone(database);
    const ids = await Promise.all([1, 2, 3].map((number) => take(phone, number)));
    const { outcome } = await send(phone, database);
    expect(outcome).toMatchObject({ sent: 2, refused: 1, problem: null });
    expect(await photosWith(phone.store, ids)).toMatchObject([
      { sending: { state: 'sent' } },
      { sending: { state: 'refused', reason: { code: 'forbidden:role' } } },
      { sending: { state: 'sent' } }
    ]);
    expect((await send(phone, database)).uploads.size).toBe(0);
    await retryPhoto(phone.store, ids[1] ?? '');
    expect((await send(phone, database)).uploads.size).toBe(1);
  });

  test('that are too large for the road are refused, and hold up no others', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = [await take(phone, 1), await take(phone, 2)];
    const { outcome } = await send(
      phone,
      database,
      (next, url, init) =>
        url.includes(encodeURIComponent(ids[0] ?? ''))
          ? Promise.resolve(new Response('', { status: 413 }))
          : next(url, init),
      { width: 1 }
    );
    expect(outcome).toMatchObject({ sent: 1, refused: 1, problem: null });
    expect(await photosWith(phone.store, ids)).toMatchObject([
      { sending: { state: 'refused', reason: { code: 'tooLarge' } } },
      { sending: { state: 'sent' } }
    ]);
  });

  test.each([
    ['a session that has run out', 401, { error: 'unauthorized' }, 'signedOut'],
    [
      'a database that is shut',
      403,
      { error: 'forbidden', reason: 'You are not allowed to access this db.' },
      'noAccess'
    ],
    ['a server that is busy', 503, { error: 'busy' }, 'busy'],
    ['a server that is unwell', 500, { error: 'unknown' }, 'server']
  ])('%s ends the sending, and no photo is blamed for it', async (_name, status, body, tag) => {
    const database = await couch.database();
    const phone = aPhone(database);
    await take(phone, 1);
    const { outcome } = await send(phone, database, () => Promise.resolve(Response.json(body, { status })));
    expect(outcome).toMatchObject({ sent: 0, refused: 0, problem: { tag } });
    expect(await photoCounts(phone.store)).toMatchObject({ waiting: { count: 1 }, refused: { count: 0 } });
  });

  test("somebody else's page is no receipt", async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    await take(phone, 1);
    const portal = () =>
      Promise.resolve(new Response('<html>Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } }));
    expect((await send(phone, database, portal)).outcome).toMatchObject({ sent: 0, problem: { tag: 'notCouch' } });
    const flatterer = () => Promise.resolve(Response.json({ ok: true, id: 'x', rev: '2-x' }));
    expect((await send(phone, database, flatterer)).outcome).toMatchObject({ sent: 0 });
    expect(await photoCounts(phone.store)).toMatchObject({ waiting: { count: 1 }, sent: { count: 0 } });
  });

  test('wait where the connection is not the right one, and say so', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const ids = await Promise.all([1, 2, 3].map((number) => take(phone, number)));
    let asked = 0;
    const held = await send(phone, database, undefined, { width: 1, mayUpload: () => ++asked < 2 });
    expect(held.outcome).toMatchObject({ sent: 1, isHeld: true, problem: null });
    expect((await send(phone, database)).outcome).toMatchObject({ sent: 2, isHeld: false });
    await isAllThere(phone, database, ids);
  });

  test('the server has lost go up again (law 9)', async () => {
    const database = await couch.database();
    const phone = aPhone(database);
    const id = await take(phone, 1);
    await send(phone, database);
    await isAllThere(phone, database, [id]);
    await couch.admin(`/${database}`, { method: 'DELETE' });
    await couch.admin(`/${database}`, { method: 'PUT' });
    await couch.admin(`/${database}/_security`, {
      method: 'PUT',
      body: JSON.stringify({ admins: { roles: ['_admin'] }, members: { roles: ['officer'] } })
    });
    const put = await phone.replica.putBack([id]);
    expect(put.ok).toBe(true);
    expect((await send(phone, database)).outcome).toMatchObject({ sent: 1, problem: null });
    await isAllThere(phone, database, [id]);
  });

  test('of colleagues come with their documents, and their bytes when they are asked for', async () => {
    const database = await couch.database();
    const [a, b] = [aPhone(database), aPhone(database, 'canbo.b')];
    const id = await take(a, 1);
    await send(a, database, undefined, { mayUpload: () => false });
    const connection = new CouchConnection(couch.url, { fetch: signedIn, now: () => NOW });
    const remote = connection.remote(new AbortController().signal);
    await b.sync(remote, [database]);
    expect(await photosWith(b.store, [id])).toMatchObject([{ doc: { caption: 'Ảnh 1' }, here: [] }]);
    expect(await onServer(database, id, 'thumb')).toBeNull();
    await send(a, database);
    await b.sync(remote, [database]);
    const [shown] = await photosWith(b.store, [id]);
    expect(shown?.doc).toHaveProperty(['_attachments', ATTACHMENT_NAMES.thumb]);
    expect(await onServer(database, id, 'photo')).toBe(shown?.doc.sha256);
    connection.close();
  });
});
