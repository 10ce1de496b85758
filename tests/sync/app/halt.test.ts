// A first sync that a person stops: what has come stays, what is typed goes all the same, and asking goes on with the rest.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aProducer, anId } from '../../support/documents.ts';
import { wasHalted } from '#lib/app/sync/remembered.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type OpenPhone, openPhone, saved } from '../support/openPhone.ts';

const MANY = 3_000;

let couch: Couch;
let database: string;

beforeAll(async () => {
  couch = await aCouch();
});
afterAll(() => couch.close());
beforeEach(async () => {
  database = await couch.database();
  const docs = Array.from({ length: MANY }, (_, i) => aProducer({ _id: anId('producer', i + 1) }));
  await couch.admin(`/${database}/_bulk_docs`, { method: 'POST', body: JSON.stringify({ docs }) });
});

const here = ({ phone }: OpenPhone) => phone.store.tables.docs.count();
const last = ({ views }: OpenPhone) => views.at(-1);

test('stopped in the middle, it loads nothing more by itself, sends what is typed, and goes on when asked', async () => {
  const open = await openPhone(couch, database, 'canbo.a');
  const { phone, runner } = open;
  await expect.poll(() => last(open)?.progress?.done ?? 0, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  runner.halt();
  await expect.poll(() => last(open)).toMatchObject({ phase: 'idle', isHalted: true, problem: null, progress: null });
  const come = await here(open);
  expect(come).toBeGreaterThan(0);
  expect(come).toBeLessThan(MANY);
  expect(last(open)?.isComplete).toBe(false);
  // A wake-up with no page open heeds it as well.
  await expect.poll(() => wasHalted(phone.replica)).toBe(true);

  const id = await saved(phone, 'Cơ sở nhập khi đã dừng');
  await expect.poll(async () => (await couch.admin(`/${database}/${id}`)).status, { timeout: 5_000 }).toBe(200);
  for (const why of ['online', 'visible', 'news'] as const) runner.wake(why);
  await expect.poll(() => last(open)?.phase).toBe('idle');
  expect(last(open)?.isHalted).toBe(true);
  expect(await here(open)).toBe(come + 1);

  runner.wake('asked');
  await expect.poll(() => wasHalted(phone.replica)).toBe(false);
  await expect.poll(() => here(open), { timeout: 20_000 }).toBe(MANY + 1);
  await expect.poll(() => last(open)).toMatchObject({ phase: 'idle', isHalted: false, problem: null });
  expect(last(open)?.isComplete).toBe(true);
});

test('what was typed while it loaded goes all the same, also where another commune is not there', async () => {
  const open = await openPhone(couch, database, 'canbo.d', { others: ['ocop-99999'] });
  const { phone, runner } = open;
  await expect.poll(() => last(open)?.progress?.done ?? 0, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  const id = await saved(phone, 'Cơ sở nhập trong lúc tải');
  runner.halt();
  await expect.poll(() => last(open)?.phase).toBe('idle');
  await expect.poll(async () => (await couch.admin(`/${database}/${id}`)).status, { timeout: 30_000 }).toBe(200);
});

test('opened anew, the app loads the rest', async () => {
  const before = await openPhone(couch, database, 'canbo.b');
  await expect.poll(() => last(before)?.progress?.done ?? 0, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  before.runner.halt();
  await expect.poll(() => last(before)?.isHalted).toBe(true);
  await expect.poll(() => wasHalted(before.phone.replica)).toBe(true);
  before.runner.stop();
  expect(await here(before)).toBeLessThan(MANY);
  await openPhone(couch, database, 'canbo.b', { known: before.phone });
  await expect.poll(() => here(before), { timeout: 20_000 }).toBe(MANY);
  expect(await wasHalted(before.phone.replica)).toBe(false);
});

test('what the server does not have is not waited for: everything else is here', async () => {
  const open = await openPhone(couch, database, 'canbo.c', { others: ['ocop-99999'] });
  await expect.poll(() => last(open)?.progress?.done ?? 0, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  expect(last(open)?.isComplete).toBe(false);
  await expect
    .poll(() => last(open), { timeout: 20_000 })
    .toMatchObject({
      phase: 'idle',
      isComplete: true,
      problem: { tag: 'noDatabase' }
    });
  expect(await here(open)).toBe(MANY);

  open.runner.stop();
  const again = await openPhone(couch, database, 'canbo.c', { others: ['ocop-99999'], known: open.phone });
  await expect.poll(() => last(again), { timeout: 20_000 }).toMatchObject({ phase: 'idle' });
  expect(again.views.filter(({ isComplete }) => !isComplete)).toEqual([]);

  again.runner.stop();
  const offline = await openPhone(couch, database, 'canbo.c', {
    others: ['ocop-99999'],
    known: open.phone,
    isOffline: true
  });
  await expect.poll(() => last(offline), { timeout: 20_000 }).toMatchObject({ phase: 'idle', isComplete: true });
  expect(last(offline)?.problem?.tag).toBe('offline');
});
