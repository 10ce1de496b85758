// A store of its own for each test, with a clock that the test turns.
import { afterEach } from 'vitest';
import { type Store, openStore } from '#lib/storage/store.ts';

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

afterEach(async () => {
  for (const store of open.splice(0)) await store.tables.delete();
});
