// Requests as large as the line bears: bounded, small soon on a slow line, large again on a quick one.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { err } from '#lib/domain/result.ts';
import { BATCH_PACE, MOST_BYTES, START_BYTES } from '#lib/sync/core/batch.ts';
import { MOST_MS, type Pace, nextSize } from '#lib/sync/core/pace.ts';
import { FIRST_PAGE, MOST_PAGE, PAGE_PACE } from '#lib/sync/core/pull.ts';
import { COMMUNE, OTHER_COMMUNE, aProducer, anId } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { MemoryServer } from '../support/memory-server.ts';

const DB = `ocop-${COMMUNE}`;
const OTHER = `ocop-${OTHER_COMMUNE}`;

/** What requests of one kind carry, and how much of the line a unit of it takes, in bytes. */
interface Kind {
  readonly pace: Pace;
  readonly first: number;
  readonly most: number;
  readonly bytes: fc.Arbitrary<number>;
}

const KINDS: readonly (readonly [name: string, kind: Kind])[] = [
  ['pages', { pace: PAGE_PACE, first: FIRST_PAGE, most: MOST_PAGE, bytes: fc.integer({ min: 200, max: 10_000 }) }],
  ['batches', { pace: BATCH_PACE, first: START_BYTES, most: MOST_BYTES, bytes: fc.constant(1) }]
];

/** A line: bytes per millisecond (1 = 8 kbit/s), and the wait of every request. */
interface Line {
  readonly rate: number;
  readonly waitMs: number;
}
const aLine: fc.Arbitrary<Line> = fc.record({
  rate: fc.double({ min: 1, max: 5_000, noNaN: true }),
  waitMs: fc.integer({ min: 10, max: 3_000 })
});

const takes = ({ rate, waitMs }: Line, size: number, bytes: number) => waitMs + (size * bytes) / rate;
const after = ({ pace, most }: Kind, size: number, line: Line, bytes: number) =>
  nextSize(pace, size, size, takes(line, size, bytes), most);

describe.each(KINDS)('%s', (_name, kind) => {
  const { pace, first, most } = kind;

  test('stay within their bounds, whatever the line does, and change by one rule', () => {
    const step = fc.record({
      took: fc.double({ min: 0, max: 1e7, noNaN: true }),
      filled: fc.double({ min: 0, max: 1, noNaN: true })
    });
    fc.assert(
      fc.property(fc.array(fc.option(step), { maxLength: 40 }), (steps) => {
        let size = first;
        for (const one of steps) {
          const { took, filled } = one ?? { took: 30_000, filled: 0 };
          const next = nextSize(pace, size, one === null ? null : filled * size, took, most);
          expect(Number.isInteger(next)).toBe(true);
          expect(next).toBeGreaterThanOrEqual(pace.least);
          expect(next).toBeLessThanOrEqual(most);
          if (took > pace.slowMs) expect(next).toBeLessThanOrEqual(size);
          if (took >= pace.quickMs || one === null) expect(next).toBeLessThanOrEqual(size);
          size = next;
        }
      })
    );
  });

  test('take no longer than 20 s after the first two on any line that carries the least, and go on so', () => {
    fc.assert(
      fc.property(aLine, kind.bytes, (line, bytes) => {
        fc.pre(takes(line, pace.least, bytes) < MOST_MS);
        let size = first;
        for (let request = 0; request < 30; request++) {
          if (request >= 2) expect(takes(line, size, bytes)).toBeLessThanOrEqual(MOST_MS);
          size = after(kind, size, line, bytes);
        }
      }),
      { numRuns: 500 }
    );
  });

  test('come to rest: on a line that stays as it is they do not go up and down', () => {
    fc.assert(
      fc.property(aLine, kind.bytes, (line, bytes) => {
        let size = first;
        for (let request = 0; request < 20; request++) size = after(kind, size, line, bytes);
        expect(after(kind, size, line, bytes)).toBe(size);
      }),
      { numRuns: 500 }
    );
  });

  test('are as large as ever soon after a bad time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 20 }), (bad) => {
        let size = first;
        for (const took of bad) size = nextSize(pace, size, size, took, most);
        for (let request = 0; request < Math.ceil(Math.log2(most / pace.least)); request++) {
          size = nextSize(pace, size, size, 100, most);
        }
        expect(size).toBe(most);
      })
    );
  });

  test('of which little went are no proof that the line is quick', () => {
    expect(nextSize(pace, first, first / 100, 50, most)).toBe(first);
    expect(nextSize(pace, first, null, 50, most)).toBe(first);
  });

  test('are not made ever smaller where it is the wait that takes so long', () => {
    const line = { rate: 5_000, waitMs: 8_000 };
    let size = first;
    for (let request = 0; request < 20; request++) size = after(kind, size, line, 1);
    expect(size).toBeGreaterThanOrEqual(pace.floor);
  });
});

/** A server at the end of a line: what is asked and what is sent takes its time. */
function atTheEndOf(server: MemoryServer, device: Device, rate: () => number) {
  const asked: number[] = [];
  const batches: number[] = [];
  const remote = {
    ...server.as({ name: 'canbo.a', roles: [] }),
    changes: async (database: string, since: string | null, limit: number) => {
      asked.push(limit);
      const page = await server.changes(database, since, limit);
      device.elapse(page.ok ? JSON.stringify(page.value.changes).length / rate() : 0);
      return page;
    },
    write: async (database: string, docs: Parameters<MemoryServer['write']>[1]) => {
      const bytes = JSON.stringify(docs.map(({ doc }) => doc)).length;
      batches.push(bytes);
      device.elapse(bytes / rate());
      return server.write(database, docs);
    }
  };
  return { remote, asked, batches };
}

const filled = (count: number, database = DB, server = new MemoryServer().create(DB, OTHER)) => {
  for (let i = 0; i < count; i++) {
    const doc = aProducer({ _id: anId('producer', i), note: 'x'.repeat(1_500) });
    server.edit(database, doc._id, doc);
  }
  return server;
};

test('a pull over a slow line takes small pages after the first, a quick one the same as ever', async () => {
  const device = aDevice();
  const slow = atTheEndOf(filled(600), device, () => 4);
  expect(await device.sync(slow.remote, [DB])).toMatchObject({ pulled: 600 });
  // 2 KB each: ten of them are five seconds.
  expect(slow.asked[0]).toBe(FIRST_PAGE);
  expect(Math.max(...slow.asked.slice(2))).toBeLessThanOrEqual(25);
  const quick = atTheEndOf(filled(3_000), aDevice(), () => 50_000);
  await aDevice().sync(quick.remote, [DB]);
  expect(quick.asked.slice(0, 4)).toEqual([200, 400, 500, 500]);
});

test('what one commune has learnt of the line the next one begins with', async () => {
  const device = aDevice();
  const server = filled(400);
  filled(400, OTHER, server);
  const { remote, asked } = atTheEndOf(server, device, () => 4);
  await device.sync(remote, [DB]);
  asked.length = 0;
  await device.sync(remote, [OTHER]);
  expect(Math.max(...asked)).toBeLessThanOrEqual(25);
});

test('a pull that is cut after a while goes on with smaller pages, one that found no network with the same', async () => {
  const device = aDevice();
  const { remote, asked } = atTheEndOf(filled(600), device, () => 50_000);
  const cut = (afterMs: number) => ({
    ...remote,
    changes: async (_database: string, _since: string | null, limit: number) => {
      asked.push(limit);
      device.elapse(afterMs);
      return err({ tag: 'offline' } as const);
    }
  });
  await device.sync(cut(0), [DB]);
  await device.sync(cut(16_000), [DB]);
  await device.sync(cut(0), [DB]);
  expect(asked).toEqual([FIRST_PAGE, FIRST_PAGE, 49]);
});

test('an outbox over a slow line goes in small batches after the first, and in large ones again', async () => {
  const device = aDevice();
  for (let i = 0; i < 900; i++) {
    const made = await device.store.create('producer', COMMUNE, { name: `Cơ sở ${i}`, note: 'x'.repeat(1_500) });
    if (!made.ok) throw new Error(made.error.tag);
  }
  let sent = 0;
  const { remote, batches } = atTheEndOf(new MemoryServer().create(DB), device, () => (sent++ < 5 ? 5 : 50_000));
  expect(await device.sync(remote, [DB], 'push')).toMatchObject({ sent: 900 });
  expect(batches[0]).toBeGreaterThan(START_BYTES / 2);
  expect(batches.slice(1, 5).every((bytes) => bytes / 5 <= MOST_MS)).toBe(true);
  expect(Math.max(...batches.slice(5))).toBeGreaterThan(256 * 1024);
});

test('one small save after the other does not make the next large batch larger than the line has ever carried', async () => {
  const device = aDevice();
  const { remote } = atTheEndOf(new MemoryServer().create(DB), device, () => 50_000);
  for (let i = 0; i < 5; i++) {
    const made = await device.store.create('producer', COMMUNE, { name: `Cơ sở ${i}` });
    if (!made.ok) throw new Error(made.error.tag);
    await device.sync(remote, [DB], 'push');
  }
  expect(device.memory.batchBytes.get(DB)).toBe(START_BYTES);
});
