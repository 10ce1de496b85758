// When to try again: the table of waiting times.
import { expect, test } from 'vitest';
import { waitMs } from '#lib/sync/core/backoff.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';

const MIDDLE = 0.5;
const server: SyncProblem = { tag: 'server', status: 502 };

test.each<[string, number, SyncProblem | null, number | null]>([
  ['all is well', 0, null, 120_000],
  ['the first failure', 1, server, 5_000],
  ['the second', 2, server, 10_000],
  ['the fifth', 5, server, 80_000],
  ['the thousandth', 1000, server, 600_000],
  ['no network, for long', 1000, { tag: 'offline' }, 30_000],
  ['a server that asks for time', 1, { tag: 'busy', status: 429, retryAfterMs: 90_000 }, 90_000],
  ['a server that asks for less time than we give', 5, { tag: 'busy', status: 503, retryAfterMs: 1000 }, 80_000],
  ['one commune that is not set up', 7, { tag: 'noDatabase', database: 'ocop-22972' }, 120_000],
  ['a session that has run out', 1, { tag: 'signedOut' }, null]
])('%s', (_name, failures, problem, ms) => {
  expect(waitMs(failures, problem, MIDDLE)).toBe(ms);
});

test('chance spreads the devices of an office by a quarter both ways', () => {
  expect([waitMs(1, server, 0), waitMs(1, server, 1)]).toEqual([3_750, 6_250]);
});
