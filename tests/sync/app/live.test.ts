// Two devices that are open at the same time, with a real server between them: what one saves the other one soon shows.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Live } from '#lib/app/sync/live.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { type OpenPhone, hasComeToRest, openPhone, saved } from '../support/openPhone.ts';

let couch: Couch;
let database: string;

beforeAll(async () => {
  couch = await aCouch();
});
afterAll(() => couch.close());
beforeEach(async () => {
  database = await couch.database();
});
async function anOpenPhone(name: string): Promise<OpenPhone> {
  const open = await openPhone(couch, database, name);
  await hasComeToRest(open);
  return open;
}

test('an edit is on the server in a second, and on the other device in two', async () => {
  const [a, b] = [await anOpenPhone('canbo.a'), await anOpenPhone('canbo.b')];
  for (const name of ['Một', 'Hai', 'Ba']) {
    const savedAt = performance.now();
    const id = await saved(a.phone, name);
    await expect.poll(async () => (await couch.admin(`/${database}/${id}`)).status, { interval: 10 }).toBe(200);
    expect(performance.now() - savedAt).toBeLessThan(1000);
    await expect
      .poll(async () => (await b.phone.store.get('producer', id))?.doc.name, { interval: 10, timeout: 5000 })
      .toBe(name);
    expect(performance.now() - savedAt).toBeLessThan(2000);
  }
  expect(b.views.every(({ problem }) => problem === null)).toBe(true);
});

test('the own edits of a device are no news to it', async () => {
  const a = await anOpenPhone('canbo.a');
  const id = await saved(a.phone, 'Một');
  await expect.poll(async () => (await a.phone.store.get('producer', id))?.sending.state).toBe('sent');
  const b = await anOpenPhone('canbo.b');
  const theirs = await saved(b.phone, 'Hai');
  await expect.poll(async () => (await a.phone.store.get('producer', theirs))?.doc.name, { timeout: 5000 }).toBe('Hai');
  // One for what b wrote, and none for what it wrote itself before that.
  await expect.poll(() => a.waits.begun).toBe(2);
});

test('a page that nobody looks at holds no connection, and waits again when it comes back', async () => {
  const { runner, waits } = await anOpenPhone('canbo.a');
  await expect.poll(() => waits.open).toBe(1);
  runner.see(false);
  await expect.poll(() => waits.open).toBe(0);
  const { begun } = waits;
  runner.see(true);
  await expect.poll(() => waits.open).toBe(1);
  expect(waits.begun).toBe(begun + 1);
  runner.stop();
  await expect.poll(() => waits.open).toBe(0);
});

test('trouble of a wait is told to nobody, and the next good run waits again', async () => {
  const answers: ((answer: Result<boolean, SyncProblem>) => void)[] = [];
  let news = 0;
  const live = new Live({
    wait: () => new Promise((resolve) => answers.push(resolve)),
    alone: (_signal, work) => work(),
    onNews: () => news++
  });
  live.begin();
  live.begin();
  expect(answers).toHaveLength(1);
  answers[0]?.(ok(false));
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.(err({ tag: 'offline' }));
  await expect
    .poll(() => {
      live.begin();
      return answers.length;
    })
    .toBe(3);
  expect(news).toBe(0);
  answers[2]?.(ok(true));
  await expect.poll(() => news).toBe(1);
  expect(answers).toHaveLength(3);
});
