// Law 15: what the sync worker and the service worker write themselves tells of a clock that is off, as a page's saves do.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workInBackground } from '#lib/app/sync/background.ts';
import { errandFact } from '#lib/app/sync/errand.ts';
import type { ToWorker } from '#lib/app/sync/messages.ts';
import { servePage } from '#lib/app/sync/worker.ts';
import { devicePorts } from '#lib/app/device/ports.ts';
import { Database } from '#lib/storage/database.ts';
import { Store } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { couchFetch } from '../support/couch-fetch.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = `ocop-${COMMUNE}`;
const couchUrl = `${location.origin}/couch`;
const OFF_MS = 2 * 3_600_000;

let account: string;
let server: MemoryServer;
let store: Store;
/** This page stands for the worker as well: there is one engine in it. */
servePage();

beforeEach(() => {
  account = `lech-gio-${Math.random().toString(36).slice(2)}`;
  server = new MemoryServer().create(DB);
  // Two hours ahead of this device.
  server.serverTime = new Date(Date.now() + OFF_MS).toISOString();
  const known = fetch;
  const ours = couchFetch(server, couchUrl, account);
  vi.spyOn(globalThis, 'fetch').mockImplementation((to, init) =>
    String(to instanceof Request ? to.url : to).startsWith(couchUrl) ? ours(to, init) : known(to, init)
  );
  store = new Store(new Database(account, 'strict', null), devicePorts(account, 'device'));
});

afterEach(async () => {
  post({ type: 'stop', request: 0 });
  await errandFact.change(() => null);
  vi.restoreAllMocks();
  await store.tables.delete();
});

const post = (message: ToWorker) => window.postMessage(message);

async function background(): Promise<void> {
  await errandFact.change(() => ({ account, device: 'device', databases: [DB], couchUrl }));
  await workInBackground('both', () => Promise.resolve(), {
    take: () => Promise.resolve(null),
    drop: () => Promise.resolve()
  });
}

const sent = (id: string) => () => store.get('producer', id).then((stored) => stored?.sending.state);

async function made(): Promise<string> {
  const doc = await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01' });
  if (!doc.ok) throw new Error(doc.error.tag);
  return doc.value._id;
}

/** A colleague and this officer have edited the record since both had it: places of their own, or the same one. */
async function bothEdit(id: string, place: 'others' | 'same'): Promise<void> {
  const theirs = { ...server.contents(DB)[id], _id: id, updatedBy: 'canbo.b', editId: 'theirs' };
  server.edit(DB, id, { ...theirs, ...(place === 'same' ? { name: 'Tên của b' } : { phone: '0252000002' }) });
  const saved = await store.update('producer', id, (doc) => ({ ...doc, name: 'Tên của a' }));
  if (!saved.ok) throw new Error(saved.error.tag);
}

const skewOf = (id: string) => {
  const skew = server.contents(DB)[id]?.['skew'];
  return typeof skew === 'object' && skew !== null && 'ms' in skew ? Number(skew.ms) : null;
};
const recordId = () => Object.keys(server.contents(DB)).find((id) => id.startsWith('conflict:')) ?? '';

function expectTold(id: string): void {
  expect(server.contents(DB)[id]).toBeDefined();
  expect(skewOf(id)).toBeGreaterThan(OFF_MS - 60_000);
  expect(skewOf(id)).toBeLessThanOrEqual(OFF_MS);
}

test('a merge that the service worker writes', async () => {
  const id = await made();
  await background();
  await bothEdit(id, 'others');
  expect(skewOf(id)).toBeNull();
  await background();
  expect(server.contents(DB)[id]).toMatchObject({ name: 'Tên của a', phone: '0252000002' });
  expectTold(id);
});

test('the record of a conflict that the service worker meets', async () => {
  const id = await made();
  await background();
  await bothEdit(id, 'same');
  await background();
  expectTold(recordId());
});

test('a merge and the record of a conflict that the sync worker writes', async () => {
  const [merged, apart] = [await made(), await made()];
  await background();
  await bothEdit(merged, 'others');
  await bothEdit(apart, 'same');
  post({ type: 'start', request: 1, account, device: 'device', databases: [DB], couchUrl, key: null });
  await expect.poll(sent(merged), { timeout: 10_000 }).toBe('sent');
  await expect.poll(sent(apart)).toBe('conflict');
  await expect.poll(recordId).not.toBe('');
  expect(server.contents(DB)[merged]).toMatchObject({ name: 'Tên của a', phone: '0252000002' });
  expectTold(merged);
  expectTold(recordId());
});
