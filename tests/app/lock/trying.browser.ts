// Trying a PIN on a real database: what is noted before it is looked at, two tabs at once, a row that is damaged.
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeLock, putLock, readLock } from '#lib/app/lock/lockRow.ts';
import { wrapSecret } from '#lib/app/lock/newSecret.ts';
import { forgetTries, keyBySecret } from '#lib/app/lock/trying.ts';
import { KEY_BYTES, randomBytes, wrapKey } from '#lib/app/lock/wrapping.ts';
import { Database } from '#lib/storage/database.ts';
import { Disk, onDisk } from '../../storage/support/disk.ts';

const PIN = '274916';
const WRONG = '139572';
let account: string;
let key: Uint8Array<ArrayBuffer>;
let count = 0;

beforeEach(async () => {
  account = `khoa-${String(performance.timeOrigin)}-${String(++count)}`;
  key = randomBytes(KEY_BYTES);
  await putLock(account, {
    name: 'lock',
    version: 1,
    ...(await wrapSecret({ kind: 'pin', text: PIN }, key)),
    recovery: { id: 'r', wrapped: await wrapKey(key, randomBytes(KEY_BYTES)) },
    afterMinutes: 5,
    staysForSending: true,
    sealing: null
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await new Database(account, 'strict', null).delete();
});

async function wrongNow(): Promise<number> {
  const lock = await readLock(account);
  if (lock === null || lock === 'unreadable') throw new Error('no lock');
  return lock.tries.wrong;
}
const tagOf = async (secret: string): Promise<string> => {
  const tried = await keyBySecret(account, secret);
  return tried.ok ? 'open' : tried.error.tag;
};

test('the right one opens, and forgets what was tried before', async () => {
  expect(await tagOf(WRONG)).toBe('wrong');
  expect(await wrongNow()).toBe(1);
  expect(await keyBySecret(account, PIN)).toEqual({ ok: true, value: key });
  expect(await wrongNow()).toBe(0);
});

test('while one has to wait even the right one is not looked at, and costs nothing', async () => {
  for (let tries = 0; tries < 3; tries++) expect(await tagOf(WRONG)).toBe('wrong');
  const shut = await keyBySecret(account, PIN);
  expect(shut).toMatchObject({ ok: false, error: { tag: 'wait', tries: { wrong: 3 } } });
  expect(await wrongNow()).toBe(3);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  expect(await tagOf(PIN)).toBe('open');
});

test('two tabs that try at once have tried twice: the fourth of four at once was not looked at', async () => {
  const said = await Promise.all(Array.from({ length: 4 }, () => tagOf(WRONG)));
  expect(said.sort()).toEqual(['wait', 'wrong', 'wrong', 'wrong']);
  expect(await wrongNow()).toBe(3);
});

test('a try that was cut off in the middle has been one', async () => {
  void keyBySecret(account, WRONG);
  // The key takes longer than the note: it is not made yet.
  await expect.poll(wrongNow).toBe(1);
});

test('a finger or the server’s word forgets them as well', async () => {
  for (let tries = 0; tries < 3; tries++) await tagOf(WRONG);
  await forgetTries(account);
  expect(await tagOf(PIN)).toBe('open');
});

test('a wrapped key that is damaged opens nothing, and nothing is wiped', async () => {
  await changeLock(account, (row) => {
    const wrapped = row.wrapped.slice();
    wrapped[20] = (wrapped[20] ?? 0) ^ 1;
    return { ...row, wrapped };
  });
  expect(await tagOf(PIN)).toBe('wrong');
  expect(await readLock(account)).toMatchObject({ name: 'lock', secret: 'pin' });
});

test('a row that this build cannot read is locked, and is left as it lies', async () => {
  const db = new Database(account, 'strict', null);
  const row = await db.lock.get('lock');
  await db.table<object>('lock').put({ ...row, version: 2 });
  expect(await readLock(account)).toBe('unreadable');
  expect(await tagOf(PIN)).toBe('wrong');
  expect(await changeLock(account, (lock) => ({ ...lock, afterMinutes: 1 }))).toBeNull();
  expect(await db.lock.get('lock')).toMatchObject({ version: 2, afterMinutes: 5 });
  db.close();
});

describe('on a phone that is full', () => {
  let disk: Disk;
  const put = (db: Dexie): void => void onDisk(db, disk);
  beforeEach(() => {
    disk = new Disk();
    disk.full = ['lock'];
    Dexie.addons.push(put);
  });
  afterEach(() => {
    Dexie.addons.splice(Dexie.addons.indexOf(put), 1);
    localStorage.clear();
  });

  test('the right one opens', async () => {
    expect(await tagOf(PIN)).toBe('open');
    expect(disk.refusals).toBeGreaterThan(0);
  });

  test('wrong ones make one wait, also once there is room again; the right one forgets them', async () => {
    for (let tries = 0; tries < 3; tries++) expect(await tagOf(WRONG)).toBe('wrong');
    expect(await tagOf(PIN)).toBe('wait');
    disk.full = [];
    expect(await tagOf(PIN)).toBe('wait');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    expect(await tagOf(PIN)).toBe('open');
    expect(await tagOf(WRONG)).toBe('wrong');
    expect(await wrongNow()).toBe(1);
  });
});

test('a phone that cannot look at it costs no try, and says so', async () => {
  await changeLock(account, (row) => ({ ...row, kdf: { ...row.kdf, memoryKiB: 1 } }));
  for (let tries = 0; tries < 4; tries++) await expect(keyBySecret(account, PIN)).rejects.toThrow();
  expect(await wrongNow()).toBe(0);
});
