// How large the pages of a pull are while the device is busy, and afterwards.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { COMMUNE, OFFICER, aProducer, anId } from '../../support/documents.ts';
import { aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DATABASE = `ocop-${COMMUNE}`;
const COUNT = 5_000;

/**
 * Pulls a large commune onto a device that needs `tookMs(n, changes)` to write the n-th page, while somebody types or not,
 * over a line that needs `answerMs(n)` for the n-th one; gives the sizes asked for.
 */
async function sizesAsked(
  tookMs: (page: number, changes: number) => number,
  isTyping: (page: number) => boolean = () => false,
  answerMs: (request: number) => number = () => 0
): Promise<number[]> {
  const server = new MemoryServer().create(DATABASE);
  for (let i = 0; i < COUNT; i++) {
    const doc = aProducer({ _id: anId('producer', i) });
    server.edit(DATABASE, doc._id, doc);
  }
  const device = aDevice();
  const apply = device.replica.apply.bind(device.replica);
  let written = 0;
  device.setTyping(isTyping(written));
  device.replica.apply = (database, page) => {
    device.setTyping(isTyping(written));
    device.elapse(tookMs(written++, page.changes.length));
    return apply(database, page);
  };
  const remote = server.as({ name: OFFICER, roles: [] });
  const asked: number[] = [];
  const outcome = await device.sync(
    {
      ...remote,
      changes: (database, since, limit) => {
        device.elapse(answerMs(asked.length));
        asked.push(limit);
        return remote.changes(database, since, limit);
      }
    },
    [DATABASE]
  );
  expect(outcome.pulled).toBe(COUNT);
  return asked;
}

test('A device that was busy for some pages gets large ones again', async () => {
  const asked = await sizesAsked((page) => (page > 1 && page < 5 ? 400 : 20));
  expect(Math.min(...asked)).toBeLessThan(200);
  expect(asked.at(-1)).toBe(500);
});

test('Pages do not become so small that the pull of a busy device has no end', async () => {
  const asked = await sizesAsked(() => 400);
  expect(Math.min(...asked)).toBe(100);
});

test('While somebody types pages are short, and afterwards as long as before', async () => {
  const asked = await sizesAsked(
    () => 20,
    (page) => page > 3 && page < 8
  );
  // The request after the next is under way when the page is written.
  expect(asked.slice(6, 9)).toEqual([150, 150, 150]);
  expect(asked.at(-1)).toBe(500);
});

test('While somebody types a page is what the device writes before he feels it', async () => {
  const isTyping = () => true;
  // Reading the clock takes the device 10 ms more, twice.
  const asked = await sizesAsked((_page, changes) => changes / 4, isTyping);
  expect(asked[0]).toBe(60);
  for (const size of asked.slice(4)) {
    expect(size).toBeGreaterThan(65);
    expect(20 + size / 4).toBeLessThan(45);
  }
  // The slowest device ends its pull too.
  expect(Math.min(...(await sizesAsked(() => 400, isTyping)))).toBe(50);
});

test('A slow answer while somebody types halves the page that it is part of', async () => {
  const asked = await sizesAsked(
    () => 20,
    (page) => page > 3 && page < 8,
    (request) => (request === 8 ? 5_000 : 0)
  );
  expect(asked.slice(6, 10)).toEqual([150, 150, 150, 250]);
});

test('A page that is slow to come makes them shrink once, though the one before was slow to be written meanwhile', async () => {
  const server = new MemoryServer().create(DATABASE);
  for (let i = 0; i < COUNT; i++) server.edit(DATABASE, anId('producer', i), aProducer({ _id: anId('producer', i) }));
  const device = aDevice();
  device.memory.pageSize.set(DATABASE, 500);
  const apply = device.replica.apply.bind(device.replica);
  let written = 0;
  device.replica.apply = async (database, page) => {
    const done = await apply(database, page);
    // The second is what was looked for ahead.
    if (++written === 3) device.elapse(400);
    return done;
  };
  const remote = server.as({ name: OFFICER, roles: [] });
  const asked: number[] = [];
  await device.sync(
    {
      ...remote,
      changes: async (database, since, limit) => {
        asked.push(limit);
        if (asked.length === 3) {
          await expect.poll(() => written, { interval: 1 }).toBe(3);
          await new Promise((resolve) => setTimeout(resolve, 5));
          device.elapse(4_200);
        }
        return remote.changes(database, since, limit);
      }
    },
    [DATABASE]
  );
  expect(asked.slice(0, 4)).toEqual([500, 500, 500, 250]);
});
