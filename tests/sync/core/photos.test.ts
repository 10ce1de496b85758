// How many photos are under way at a time, and what ends a sending: a slow line, a narrow one, a stop.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import {
  type PhotoMemory,
  type PhotoProgress,
  type UploadAnswer,
  type WaitingPhoto,
  freshPhotoMemory,
  sendPhotos
} from '#lib/sync/core/photos.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DATABASE = `ocop-${COMMUNE}`;

async function take(phone: Device, number: number): Promise<void> {
  const photo = new Uint8Array(100).fill(number).buffer;
  const bytes = { photo, thumb: new ArrayBuffer(10) };
  const digests = { photo: `p${String(number)}`, thumb: 't' };
  const added = await addPhoto(phone.store, await aNewPhoto(photo, { bytes, digests }));
  if (!added.ok) throw new Error(added.error.tag);
}

/** A phone with photos whose documents have gone, and a road that a test makes as it likes. */
async function aSending(count: number, known: Partial<PhotoMemory> = {}) {
  const server = new MemoryServer().create(DATABASE);
  const phone = aDevice();
  for (let number = 1; number <= count; number++) await take(phone, number);
  await phone.sync(server.as({ name: 'canbo.a', roles: [] }), [DATABASE], 'push');
  const memory = { ...freshPhotoMemory(), ...known };
  const stop = new AbortController();
  let [elapsed, underWay] = [0, 0];
  const widths: number[] = [];
  const told: PhotoProgress[] = [];
  let isReadFailing = false;
  let authorisedAnew: Result<void, SyncProblem> = ok(undefined);

  const send = (
    upload: (photo: WaitingPhoto, no: number) => Promise<Result<UploadAnswer, SyncProblem>>,
    tookMs: (no: number) => number = () => 100,
    cutOffAt?: number
  ) => {
    let no = 0;
    return sendPhotos(
      {
        local: phone.replica,
        remote: {
          read: (database, ids) => {
            if (!isReadFailing) return server.read(database, ids);
            isReadFailing = false;
            return Promise.resolve(err({ tag: 'server', status: 503 }));
          },
          upload: async (photo) => {
            widths.push(++underWay);
            const mine = ++no;
            await new Promise((resolve) => setTimeout(resolve, 5));
            const answer = await upload(photo, mine);
            elapsed += tookMs(mine);
            underWay--;
            return answer;
          }
        },
        authorise: (how) => Promise.resolve(how === 'anew' ? authorisedAnew : ok(undefined)),
        elapsed: () => elapsed,
        now: () => '2026-11-23T01:00:00.000Z',
        signal: stop.signal,
        mayUpload: () => true,
        cutOffAt,
        watcher: { onPhotos: (progress) => told.push(progress), onContact: () => undefined }
      },
      [DATABASE],
      memory
    );
  };
  const failNextRead = () => {
    isReadFailing = true;
  };
  const signInSomebodyElse = () => {
    authorisedAnew = err({ tag: 'signedOut' });
  };
  return { server, phone, memory, stop, widths, told, send, failNextRead, signInSomebodyElse };
}

test('four at a time; on a slow line fewer and fewer, and more again when it is quick', async () => {
  const { server, memory, widths, send } = await aSending(20, { width: 4 });
  const outcome = await send(
    (photo) => server.upload(photo),
    (no) => (no <= 8 ? 20_000 : 100)
  );
  expect(outcome).toMatchObject({ sent: 20, problem: null });
  expect(Math.max(...widths)).toBe(4);
  expect(widths.slice(8, 12)).toContain(1);
  expect(memory.width).toBe(4);
});

test('a line that carries one and not four gets them through, one by one', async () => {
  const { server, phone, memory, send } = await aSending(6);
  let underWay = 0;
  const outcome = await send(async (photo) => {
    const together = ++underWay;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const isTooMuch = together > 1 || underWay > 1;
    underWay--;
    return isTooMuch ? err({ tag: 'timeout' }) : server.upload(photo);
  });
  expect(outcome).toMatchObject({ sent: 6, problem: null });
  expect((await photoCounts(phone.store)).sent.count).toBe(6);
  expect(memory.width).toBe(1);
});

test('a server that answers nobody is left alone, also when only one is under way', async () => {
  const { phone, memory, send } = await aSending(6);
  const outcome = await send(() => Promise.resolve(err({ tag: 'timeout' })));
  expect(outcome).toMatchObject({ sent: 0, problem: { tag: 'timeout' } });
  expect(memory.width).toBe(1);
  expect((await photoCounts(phone.store)).waiting.count).toBe(6);
});

test('stopped, it begins no further photo, and what has gone up is written down', async () => {
  const { server, phone, stop, send } = await aSending(8);
  let uploads = 0;
  const outcome = await send((photo) => {
    if (++uploads === 3) stop.abort();
    return server.upload(photo);
  });
  expect(outcome).toMatchObject({ problem: { tag: 'aborted' } });
  expect(uploads).toBeLessThan(8);
  expect((await photoCounts(phone.store)).sent.count).toBe(uploads);
});

test('the server is asked about eight uploads at a time', async () => {
  const { server, send } = await aSending(24);
  await send((photo) => server.upload(photo));
  expect(server.requests.read).toBeLessThanOrEqual(4);
});

test('a question about them that gets no answer is asked once more, and nothing goes up twice', async () => {
  const { server, widths, send, failNextRead } = await aSending(8);
  failNextRead();
  const outcome = await send((photo) => server.upload(photo));
  expect(outcome).toMatchObject({ sent: 8, problem: null });
  expect(widths).toHaveLength(8);
});

test('each upload that ends moves the bytes on; only what the server names moves the count', async () => {
  const { server, told, send } = await aSending(3);
  await send((photo) => server.upload(photo));
  expect(told[0]).toEqual({ done: 0, of: 3, uploadedBytes: 0, bytes: 330 });
  expect(told).toContainEqual({ done: 0, of: 3, uploadedBytes: 110, bytes: 330 });
  expect(told).toContainEqual({ done: 0, of: 3, uploadedBytes: 330, bytes: 330 });
  expect(told.at(-1)).toEqual({ done: 3, of: 3, uploadedBytes: 330, bytes: 330 });
});

test('bytes that went up in vain are counted among those to send once more', async () => {
  const { server, told, send } = await aSending(1);
  let isFirst = true;
  await send((photo) => {
    if (!isFirst) return server.upload(photo);
    isFirst = false;
    return Promise.resolve({ ok: true, value: { tag: 'stored', serverTime: server.serverTime } });
  });
  expect(told).toContainEqual({ done: 0, of: 1, uploadedBytes: 110, bytes: 220 });
  expect(told.at(-1)).toEqual({ done: 1, of: 1, uploadedBytes: 220, bytes: 220 });
});

test('a line that nothing is known of is tried with one, and has four as soon as it has shown that it is quick', async () => {
  const { server, widths, send } = await aSending(12);
  await send(async (photo) => {
    // Long enough for others to begin beside it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return server.upload(photo);
  });
  expect(widths.slice(0, 2)).toEqual([1, 1]);
  expect(Math.max(...widths.slice(0, 8))).toBe(4);
});

test('on a slow line it stays with one', async () => {
  const { server, widths, send } = await aSending(4);
  await send(
    (photo) => server.upload(photo),
    () => 5_000
  );
  expect(widths).toEqual([1, 1, 1, 1]);
});

test('an upload that would be cut off, as fast as the last one went, is not begun', async () => {
  const { server, widths, send } = await aSending(4);
  const outcome = await send(
    (photo) => server.upload(photo),
    () => 5_000,
    12_000
  );
  expect(outcome).toEqual({ sent: 2, refused: 0, isHeld: true, problem: null });
  expect(widths).toHaveLength(2);
});

test.each<SyncProblem>([
  { tag: 'server', status: 500 },
  { tag: 'rejected', status: 406, reason: '' },
  { tag: 'noDatabase', database: DATABASE },
  { tag: 'offline' }
])(
  'a photo at which every sending breaks off ($tag) does not starve the others: the next one begins with them',
  async (problem) => {
    const { server, phone, send } = await aSending(3);
    const [oldest] = await photoIds(phone);
    const upload = (photo: WaitingPhoto) =>
      photo.id === oldest ? Promise.resolve(err(problem)) : server.upload(photo);
    expect(await send(upload)).toMatchObject({ sent: 0, problem });
    expect(await send(upload)).toMatchObject({ sent: 2, refused: 0, problem });
    expect((await photoCounts(phone.store)).waiting.count).toBe(1);
    expect(await send((photo) => server.upload(photo))).toMatchObject({ sent: 1, problem: null });
  }
);

async function photoIds(phone: Device): Promise<string[]> {
  const waiting = await phone.replica.waitingPhotos([DATABASE]);
  return waiting.ok ? waiting.value.map(({ id }) => id) : [];
}

test.each([false, true])(
  'what the server refuses is refused, unless somebody else has signed in since (%s): that is nobody’s refusal (law 14)',
  async (isOther) => {
    const { phone, send, signInSomebodyElse } = await aSending(2);
    if (isOther) signInSomebodyElse();
    const outcome = await send(() =>
      Promise.resolve({ ok: true, value: { tag: 'refused', reason: 'author: updatedBy' } })
    );
    expect(outcome).toMatchObject(
      isOther ? { refused: 0, problem: { tag: 'signedOut' } } : { refused: 2, problem: null }
    );
    const { waiting, refused } = await photoCounts(phone.store);
    expect([waiting.count, refused.count]).toEqual(isOther ? [2, 0] : [0, 2]);
  }
);
