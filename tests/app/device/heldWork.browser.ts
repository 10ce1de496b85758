// What an account holds is noted beside IndexedDB with the save itself: a browser that ends right after it, and has thrown its
// database away at the next start, must not leave the word that all was sent.
import { afterEach, expect, test } from 'vitest';
import { forgetLoss, lostWork, noteHeld } from '#lib/app/device/heldWork.ts';
import { type OpenSession, openSession } from '#lib/app/session.ts';
import type { Account } from '#lib/domain/scope.ts';
import { COMMUNE } from '../../support/documents.ts';

let session: OpenSession | undefined;

afterEach(async () => {
  session?.close();
  await session?.store.tables.delete();
  lostWork([]);
  forgetLoss();
});

function opened(): { account: Account; open: OpenSession } {
  const account = {
    name: `held-${crypto.randomUUID()}`,
    displayName: 'Cán bộ mẫu B',
    roles: ['officer', `commune:${COMMUNE}`]
  };
  session = openSession(account, 'device-1', '/couch', () => undefined, null);
  return { account, open: session };
}

const unsent = (): (number | string)[] => lostWork([]).flatMap(({ displayName, unsent }) => [displayName, unsent]);

test('a save is noted before whoever asked for it hears of it', async () => {
  const { account, open } = opened();
  noteHeld(account, 0);
  expect((await open.store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' })).ok).toBe(true);
  expect(unsent()).toEqual(['Cán bộ mẫu B', 1]);
});

test('what was counted already is not made less by one more save', async () => {
  const { account, open } = opened();
  noteHeld(account, 7);
  expect((await open.store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' })).ok).toBe(true);
  expect(unsent()).toEqual(['Cán bộ mẫu B', 7]);
});
