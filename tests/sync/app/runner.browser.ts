// One runner at a time over all tabs (law 11), with the Web Locks, channels and IndexedDB of a real browser.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { photosLock } from '#lib/app/sync/errand.ts';
import { Runner } from '#lib/app/sync/runner.ts';
import type { SyncView } from '#lib/app/sync/view.ts';
import { settingsFact } from '#lib/app/device/facts.ts';
import { err, ok } from '#lib/domain/result.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { Database } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import { Store, type StorePorts } from '#lib/storage/store.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { COMMUNE, OTHER_COMMUNE, aProducer, anId } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = `ocop-${COMMUNE}`;

/** A server that answers only when it is let, and counts how many runs ask it at the same time. */
function slowServer() {
  const server = new MemoryServer().create(DB);
  const state = { begun: 0, asking: 0, most: 0, release: (): void => undefined };
  const hold = async <T>(answer: () => Promise<T>): Promise<T> => {
    state.begun++;
    state.most = Math.max(state.most, ++state.asking);
    await new Promise<void>((resolve) => (state.release = resolve));
    state.asking--;
    return answer();
  };
  const remote: Remote = {
    identity: (name) => hold(() => server.identity(name)),
    isStill: (name, witness) => hold(() => server.isStill(name, witness)),
    write: (name, docs) => server.write(name, docs),
    versions: (name, revs) => hold(() => server.versions(name, revs)),
    read: (name, ids) => server.read(name, ids),
    changes: (name, since, limit) => server.changes(name, since, limit),
    newest: (name, limit) => server.newest(name, limit),
    missing: (name, revs) => server.missing(name, revs)
  };
  return { server, remote, state };
}

const portsOf = (name: string): StorePorts => ({
  account: name,
  device: 'device',
  now: () => new Date(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
});

/** Nobody else writes. */
const news = () => new Promise<never>(() => undefined);

type Upload = CouchConnection['upload'];
const noUpload: Upload = () => Promise.resolve(err({ tag: 'offline' }));

let account: string;
const tabs: { runner: Runner; db: Database }[] = [];

/** @param roles the databases that the server lets the account use, as its roles */
function aTab(remote: Remote, owner = account, roles: () => string[] = () => [DB], upload = noUpload) {
  const db = new Database(account, 'relaxed', null);
  const views: SyncView[] = [];
  const told: string[][] = [];
  const runner = new Runner({
    account,
    device: 'device',
    databases: [DB],
    databasesOf: (named) => named,
    replica: new Replica(db, portsOf(account)),
    connection: {
      remote: () => remote,
      owner: () => Promise.resolve(ok({ name: owner, roles: roles() })),
      news,
      upload,
      close: () => undefined
    },
    traffic: { bytes: 0 },
    onView: (view) => views.push(view),
    onRoles: (named) => told.push([...named])
  });
  tabs.push({ runner, db });
  return { runner, db, views, told };
}

beforeEach(() => {
  account = `luat-11-${Math.random().toString(36).slice(2)}`;
});

afterEach(async () => {
  vi.useRealTimers();
  for (const { runner, db } of tabs.splice(0)) {
    runner.stop();
    await db.delete();
  }
});

test('two tabs start at once: their runs come one after the other, and both show the one that is under way', async () => {
  const { remote, state } = slowServer();
  const [a, b] = [aTab(remote), aTab(remote)];
  a.runner.start();
  b.runner.start();
  for (const number of [1, 2]) {
    await expect.poll(() => state.begun).toBe(number);
    await expect.poll(() => [a.views.at(-1)?.phase, b.views.at(-1)?.phase]).toEqual(['running', 'running']);
    state.release();
  }
  await expect.poll(() => [a.views.at(-1)?.phase, b.views.at(-1)?.phase]).toEqual(['idle', 'idle']);
  expect(state.most).toBe(1);
});

test('what one tab saves is sent, whichever worker does it, and both know', async () => {
  const { server, remote, state } = slowServer();
  const [a, b] = [aTab(remote), aTab(remote)];
  a.runner.start();
  b.runner.start();
  const letThrough = setInterval(() => {
    state.release();
  }, 10);
  const store = new Store(a.db, portsOf(account));
  const made = await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01' });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await expect.poll(() => Object.keys(server.contents(DB)), { timeout: 5000 }).toEqual([made.value._id]);
  await expect.poll(async () => (await store.get('producer', made.value._id))?.sending.state).toBe('sent');
  await expect.poll(() => a.views.at(-1)?.lastContactAt).toBe(server.serverTime);
  await expect.poll(() => b.views.at(-1)?.lastContactAt).toBe(server.serverTime);
  clearInterval(letThrough);
});

/** A tab before a commune of so many producers, and the page sizes that it asks for. @param meanwhile before each answer */
function aTabBefore(count: number, meanwhile: (nth: number) => Promise<void> = () => Promise.resolve()) {
  const server = new MemoryServer().create(DB);
  for (let i = 0; i < count; i++) server.edit(DB, anId('producer', i), aProducer({ _id: anId('producer', i) }));
  const asked: number[] = [];
  const tab = aTab({
    ...server.as({ name: account, roles: [] }),
    changes: async (name, since, limit) => {
      asked.push(limit);
      await meanwhile(asked.length);
      return server.changes(name, since, limit);
    }
  });
  return { ...tab, asked };
}

test('while somebody saves in a tab, the pull of its worker goes on in short pages', async () => {
  const { runner, db, views, asked } = aTabBefore(4_000, async (nth) => {
    if (nth !== 3) return;
    const saved = await new Store(db, portsOf(account)).create('producer', COMMUNE, { name: 'Cơ sở mẫu 03' });
    if (!saved.ok) throw new Error(saved.error.tag);
  });
  runner.start();
  await expect.poll(() => views.at(-1)?.phase, { timeout: 10_000 }).toBe('idle');
  expect(asked.slice(1, 3)).toEqual([400, 500]);
  // A machine that is busy with other things takes still shorter ones.
  expect(Math.max(...asked.slice(6, 10))).toBeLessThanOrEqual(150);
});

test('what has waited since before the start was not typed now: the pages are long', async () => {
  const { runner, db, views, asked } = aTabBefore(2_000);
  await new Store(db, portsOf(account)).create('producer', COMMUNE, { name: 'Cơ sở mẫu 04' });
  runner.start();
  await expect.poll(() => views.at(-1)?.phase, { timeout: 10_000 }).toBe('idle');
  expect(asked.slice(1, 3)).toEqual([400, 500]);
});

test("law 14: under somebody else's cookie nothing is asked and nothing is sent", async () => {
  const { server, remote, state } = slowServer();
  const { runner, db, views } = aTab(remote, 'somebody.else');
  const store = new Store(db, portsOf(account));
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 02' });
  runner.start();
  await expect.poll(() => views.at(-1)?.phase).toBe('paused');
  expect(views.at(-1)?.problem).toEqual({ tag: 'signedOut' });
  expect(state.begun).toBe(0);
  expect(server.contents(DB)).toEqual({});
});

describe('photos', () => {
  /** A tab whose uploads wait until they are let go. */
  function aTabWithPhotos() {
    const server = new MemoryServer().create(DB);
    const held: (() => void)[] = [];
    const release = (): void => {
      for (const letGo of held.splice(0)) letGo();
    };
    const state = { uploads: 0, release, trouble: null as SyncProblem | null, forget: (): void => undefined };
    const tab = aTab(server.as({ name: account, roles: [] }), account, undefined, async (_signal, photo) => {
      state.uploads++;
      await new Promise<void>((resolve) => held.push(resolve));
      if (state.trouble !== null) return err(state.trouble);
      const answer = await server.upload(photo);
      state.forget();
      return answer;
    });
    const store = new Store(tab.db, portsOf(account));
    const take = async (): Promise<string> => {
      const photo = crypto.getRandomValues(new Uint8Array(3000)).buffer;
      const added = await addPhoto(store, await aNewPhoto(photo));
      if (!added.ok) throw new Error(added.error.tag);
      return added.value._id;
    };
    return { ...tab, server, state, store, take };
  }

  const wishForWifi = (photosByWifiOnly: boolean) => settingsFact.change((kept) => ({ ...kept, photosByWifiOnly }));

  afterEach(() => wishForWifi(false));

  test('go after the records, and hold up none: what is saved meanwhile is sent meanwhile', async () => {
    const { server, state, store, runner, views, take } = aTabWithPhotos();
    const photo = await take();
    runner.start();
    await expect.poll(() => state.uploads).toBe(1);
    expect(views.at(-1)?.photos).toEqual({
      state: 'sending',
      done: 0,
      of: 1,
      uploadedBytes: 0,
      bytes: 3300,
      problem: null
    });
    expect(views.at(-1)?.inFlight).toEqual(new Set([photo]));
    const made = await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 04' });
    if (!made.ok) throw new Error(made.error.tag);
    await expect.poll(async () => (await store.get('producer', made.value._id))?.sending.state).toBe('sent');
    expect((await photoCounts(store)).waiting.count).toBe(1);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(1);
    await expect.poll(() => views.at(-1)?.photos.state).toBe('idle');
    expect(server.contents(DB)[photo]).toHaveProperty('_attachments');
    expect(state.uploads).toBe(1);
  });

  test('wait for Wi-Fi where that is wished for, unless a person asks', async () => {
    await wishForWifi(true);
    const { state, store, runner, views, take } = aTabWithPhotos();
    await take();
    runner.start();
    // This browser does not tell what its connection is.
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    expect(state.uploads).toBe(0);
    runner.sendPhotos(true);
    await expect.poll(() => state.uploads).toBe(1);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(1);
    await take();
    runner.wake('asked');
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    await wishForWifi(false);
    runner.sendPhotos(false);
    await expect.poll(() => state.uploads).toBe(2);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(2);
  });

  test('a wish for Wi-Fi that is made while some are under way holds for the rest, also of those asked for', async () => {
    const { state, store, runner, views, take } = aTabWithPhotos();
    for (let i = 0; i < 3; i++) await take();
    runner.start();
    await expect.poll(() => state.uploads).toBe(1);
    runner.sendPhotos(true);
    await wishForWifi(true);
    runner.sendPhotos(false);
    // Read after the runner has asked for it.
    await settingsFact.read();
    state.release();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    expect(state.uploads).toBe(1);
    expect((await photoCounts(store)).waiting.count).toBe(2);
    await wishForWifi(false);
    runner.sendPhotos(false);
    // The first one has told that the line is quick.
    await expect.poll(() => state.uploads).toBe(3);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).waiting.count).toBe(0);
  });

  test('go although a record upsets the server', async () => {
    const { server, state, store, runner, take } = aTabWithPhotos();
    const made = await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 05' });
    if (!made.ok) throw new Error(made.error.tag);
    server.poison = (doc) => (doc._id === made.value._id ? { tag: 'server', status: 500 } : null);
    await take();
    runner.start();
    await expect.poll(() => state.uploads).toBe(1);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(1);
    expect((await store.get('producer', made.value._id))?.sending.state).toBe('local');
  });

  test('that meet trouble of their own tell it, though the records go; the next success ends it', async () => {
    const { state, store, runner, views, take } = aTabWithPhotos();
    state.trouble = { tag: 'notCouch' };
    await take();
    runner.start();
    await expect.poll(() => state.uploads).toBe(1);
    state.release();
    await expect.poll(() => views.at(-1)?.photos).toMatchObject({ state: 'idle', problem: { tag: 'notCouch' } });
    expect(views.at(-1)).toMatchObject({ phase: 'idle', problem: null });
    state.trouble = null;
    runner.sendPhotos(true);
    await expect.poll(() => state.uploads).toBe(2);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(1);
    await expect.poll(() => views.at(-1)?.photos).toMatchObject({ state: 'idle', problem: null });
  });

  test('that were asked for stay so when the line is cut; those that are taken since wait to be asked for', async () => {
    await wishForWifi(true);
    const { state, store, runner, views, take } = aTabWithPhotos();
    await take();
    runner.start();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    state.trouble = { tag: 'offline' };
    runner.sendPhotos(true);
    await expect.poll(() => state.uploads).toBe(1);
    const later = await take();
    await expect.poll(() => store.tables.outbox.get(later)).toBeUndefined();
    state.release();
    await expect.poll(() => views.at(-1)?.photos.problem).toEqual({ tag: 'offline' });
    state.trouble = null;
    // The network is back.
    runner.sendPhotos(false);
    await expect.poll(() => state.uploads).toBe(2);
    state.release();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    expect(await photoCounts(store)).toMatchObject({ sent: { count: 1 }, waiting: { count: 1 } });
    expect(state.uploads).toBe(2);
    runner.sendPhotos(true);
    await expect.poll(() => state.uploads).toBe(3);
    state.release();
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(2);
  });

  test('that were asked for wait when Wi-Fi is wished for after the line was cut', async () => {
    const { state, runner, views, take } = aTabWithPhotos();
    await take();
    state.trouble = { tag: 'offline' };
    runner.start();
    await expect.poll(() => state.uploads).toBe(1);
    runner.sendPhotos(true);
    state.release();
    await expect.poll(() => state.uploads).toBe(2);
    state.release();
    await expect.poll(() => views.at(-1)?.photos.problem).toEqual({ tag: 'offline' });
    await wishForWifi(true);
    runner.sendPhotos(false);
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    expect(state.uploads).toBe(2);
  });

  test('whose documents are still to go are asked for as well', async () => {
    await wishForWifi(true);
    const { state, store, runner, views, take } = aTabWithPhotos();
    await take();
    runner.start();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    await take();
    runner.sendPhotos(true);
    for (const uploads of [1, 2]) {
      await expect.poll(() => state.uploads, { timeout: 5_000 }).toBe(uploads);
      state.release();
    }
    await expect.poll(async () => (await photoCounts(store)).sent.count).toBe(2);
  });

  test('that were asked for, and went up in vain as often as may be, wait again', async () => {
    await wishForWifi(true);
    const { server, state, runner, views, take } = aTabWithPhotos();
    const id = await take();
    runner.start();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    // The server forgets the bytes as soon as it has them.
    state.forget = () => void server.edit(DB, id, { ...server.contents(DB)[id], _id: id, _attachments: {} });
    runner.sendPhotos(true);
    for (let uploads = 1; uploads <= 3; uploads++) {
      await expect.poll(() => state.uploads).toBe(uploads);
      state.release();
    }
    await expect.poll(() => views.at(-1)?.photos.state).toBe('idle');
    runner.sendPhotos(false);
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    expect(state.uploads).toBe(3);
  });

  test('that somebody else is sending are tried again after a while, and stay asked for', async () => {
    await wishForWifi(true);
    const { state, runner, views, take } = aTabWithPhotos();
    await take();
    runner.start();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('unknown');
    let letGo = (): void => undefined;
    const elsewhere = new Promise<void>((resolve) => (letGo = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request(photosLock(account), () => {
        resolve();
        return elsewhere;
      });
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    runner.sendPhotos(true);
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    letGo();
    vi.advanceTimersByTime(29_000);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_000);
    await expect.poll(() => state.uploads).toBe(1);
    state.release();
    await expect.poll(() => views.at(-1)?.photos.state).toBe('idle');
  });
});

describe('law 10: a commune taken away', () => {
  const OTHER = `ocop-${OTHER_COMMUNE}`;
  const NOBODY = { name: '', roles: [] };

  /** An account that has pulled both communes, and an edit of each that waits. */
  async function anAccount() {
    const server = new MemoryServer().create(DB, OTHER);
    const [mine, theirs] = [anId('producer', 1), anId('producer', 2)];
    server.edit(DB, mine, aProducer({ _id: mine }));
    server.edit(OTHER, theirs, aProducer({ _id: theirs, commune: OTHER_COMMUNE }));
    let roles = [DB, OTHER];
    const tab = aTab(server.as(NOBODY), account, () => roles);
    tab.runner.start();
    await expect.poll(() => tab.db.docs.count()).toBe(1);
    tab.runner.wake('asked');
    await expect.poll(() => tab.db.docs.count()).toBe(2);
    await expect.poll(() => tab.views.at(-1)?.phase).toBe('idle');
    const give = (next: string[]) => (roles = next);
    return { ...tab, server, theirs, give };
  }

  test('a new role opens its database in the same app, and a lost one is forgotten on the server’s word', async () => {
    const { server, db, runner, views, told, theirs, give } = await anAccount();
    expect(told).toEqual([[DB, OTHER]]);
    give([DB]);
    server.mayUse = (_asker, database) => database === DB;
    runner.wake('asked');
    await expect.poll(() => db.docs.get(theirs)).toBeUndefined();
    await expect.poll(() => views.at(-1)?.phase).toBe('idle');
    expect(views.at(-1)?.problem).toBeNull();
    expect(told.at(-1)).toEqual([DB]);
    expect(await db.checkpoints.toCollection().primaryKeys()).toEqual([DB]);
  });

  test('a 403 alone takes nothing away: the server names the role as before', async () => {
    const { server, db, runner, views, theirs } = await anAccount();
    server.mayUse = (_asker, database) => database === DB;
    runner.wake('asked');
    await expect.poll(() => views.at(-1)?.problem).toEqual({ tag: 'noAccess', database: OTHER });
    expect(await db.docs.get(theirs)).toBeDefined();
  });

  test('… and is not asked again by itself every few seconds, for all that something waits for it', async () => {
    const { server, db, views, theirs } = await anAccount();
    server.mayUse = (_asker, database) => database === DB;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await new Store(db, portsOf(account)).update('producer', theirs, (doc) => ({ ...doc, name: 'Chưa gửi' }));
    const isRefused = () => [views.at(-1)?.phase, views.at(-1)?.problem?.tag];
    await expect.poll(isRefused).toEqual(['idle', 'noAccess']);
    const before = views.length;
    for (let seconds = 0; seconds < 30; seconds++) await vi.advanceTimersByTimeAsync(1_000);
    expect(views.slice(before).filter(({ phase }) => phase === 'running')).toEqual([]);
  });

  test('an account that is opened without it clears up what an earlier start has left', async () => {
    const { db, runner, theirs, give, server } = await anAccount();
    runner.stop();
    give([DB]);
    server.mayUse = (_asker, database) => database === DB;
    const again = aTab(server.as(NOBODY), account, () => [DB]);
    again.runner.start();
    await expect.poll(() => db.docs.get(theirs)).toBeUndefined();
  });
});
