// The service worker's share of the work beside the pass that seals or opens all rows.
import { afterEach, expect, test, vi } from 'vitest';
import { putLock } from '#lib/app/lock/lockRow.ts';
import { wrapSecret } from '#lib/app/lock/newSecret.ts';
import { KEY_BYTES, randomBytes, wrapKey } from '#lib/app/lock/wrapping.ts';
import { workInBackground } from '#lib/app/sync/background.ts';
import { errandFact, runnerLock } from '#lib/app/sync/errand.ts';
import { rememberHalt } from '#lib/app/sync/remembered.ts';
import { devicePorts } from '#lib/app/device/ports.ts';
import { Database } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import { COMMUNE } from '../../support/documents.ts';

const account = `khoa-${String(performance.timeOrigin)}`;

const NO_KEY = { take: () => Promise.resolve(null), drop: () => Promise.resolve() };

afterEach(async () => {
  vi.restoreAllMocks();
  await errandFact.change(() => null);
  await new Database(account, 'strict', null).delete();
});

test('loading that a person has stopped is not gone on with while the app is shut', async () => {
  const database = new Database(account, 'strict', null);
  const couchUrl = `${location.origin}/no-couch`;
  await errandFact.change(() => ({ account, device: 'd', databases: [`ocop-${COMMUNE}`], couchUrl }));
  const asked = vi.spyOn(globalThis, 'fetch');
  const requests = async () => {
    asked.mockClear();
    await workInBackground('both', () => Promise.resolve(), NO_KEY).catch(() => undefined);
    return asked.mock.calls.filter(([to]) => String(to).startsWith(couchUrl)).length;
  };
  const replica = new Replica(database, devicePorts(account, 'd'));
  await rememberHalt(replica, true);
  expect(await requests()).toBe(0);
  await rememberHalt(replica, false);
  expect(await requests()).toBeGreaterThan(0);
  database.close();
});

test('a lock that was set while it waited for its turn holds for what it does then', async () => {
  await new Database(account, 'strict', null).open();
  // Nobody answers there: what is asked for at all is asked for in vain.
  const couchUrl = `${location.origin}/no-couch`;
  await errandFact.change(() => ({ account, device: 'd', databases: [`ocop-${COMMUNE}`], couchUrl }));
  const asked = vi.spyOn(globalThis, 'fetch');
  const taken: string[] = [];
  let work: Promise<void> = Promise.resolve();
  await navigator.locks.request(runnerLock(account), async () => {
    work = workInBackground('both', () => Promise.resolve(), {
      take: (name) => {
        taken.push(name);
        return Promise.resolve(null);
      },
      drop: () => Promise.resolve()
    });
    await vi.waitFor(async () => expect((await navigator.locks.query()).pending).toHaveLength(1));
    const key = randomBytes(KEY_BYTES);
    await putLock(account, {
      name: 'lock',
      version: 1,
      ...(await wrapSecret({ kind: 'pin', text: '274916' }, key)),
      recovery: { id: 'r', wrapped: await wrapKey(key, randomBytes(KEY_BYTES)) },
      afterMinutes: 5,
      staysForSending: true,
      sealing: null
    });
  });
  await work.catch(() => undefined);
  expect(taken).toContain(account);
  expect(asked.mock.calls.filter(([to]) => String(to).startsWith(couchUrl))).toEqual([]);
});
