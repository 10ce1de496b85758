// A store of its own for each test, with a clock that the test turns, and the session of the officer whose it is.
import { afterEach } from 'vitest';
import type { Session, Sync } from '#lib/app/context.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { idleSync } from '../../support/idle-sync.ts';

const open: Store[] = [];
let count = 0;

/** Opens an empty store; thrown away after the test. */
export function aStore(): Store {
  count++;
  let minute = 0;
  const store = openStore({
    account: `canbo.${String(count)}-${String(performance.timeOrigin)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date(Date.UTC(2026, 10, 23, 2, minute++)),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
  open.push(store);
  return store;
}

/** An officer of the commune has opened a store. @param sync what of the sync the test is about */
export const aSession = (store: Store, sync: Partial<Sync> = {}): Session => ({
  account: { name: store.account, displayName: 'Cán bộ mẫu A', roles: ['officer', `commune:${COMMUNE}`] },
  communes: [COMMUNE],
  store,
  sync: idleSync(sync),
  couchUrl: '/couch'
});

afterEach(async () => {
  for (const store of open.splice(0)) await store.tables.delete();
});
