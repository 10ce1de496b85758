// The browser is asked to keep the data when the first record has been saved: once in a tab, once on the home screen.
import { afterEach, expect, test, vi } from 'vitest';
import { Device } from '#lib/app/device/device.svelte.ts';
import { NOTHING_SEEN, seenFact } from '#lib/app/device/facts.ts';
import { keepAfterFirstSave } from '#lib/app/device/persistence.ts';
import { observe } from '#lib/storage/observe.ts';
import type { Store } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aStore } from '../../ui/records/desk.ts';

afterEach(async () => {
  vi.restoreAllMocks();
  await seenFact.change(() => NOTHING_SEEN);
});

/** What a headless browser answers is always no; that it was asked is seen. */
const asking = () => vi.spyOn(navigator.storage, 'persist').mockResolvedValue(false);

/** Whoever watches the outbox has heard that so many wait. */
const told = (store: Store, wanted: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const watching = observe(() => store.tables.outbox.count()).subscribe({
      next: (count) => {
        if (count !== wanted) return;
        setTimeout(() => watching.unsubscribe());
        resolve();
      },
      error: reject
    });
  });

test('asks with the first save and not before, and never again, whatever the answer was', async () => {
  const persist = asking();
  const store = aStore();
  const device = await Device.load();
  const stop = keepAfterFirstSave(store, device, false);
  await told(store, 0);
  expect(persist).not.toHaveBeenCalled();
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' });
  await expect.poll(() => device.seen.persistence).toBe(true);
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu hai' });
  stop();
  // The next start of the app.
  const next = await Device.load();
  expect(next.seen.persistence).toBe(true);
  keepAfterFirstSave(store, next, false)();
  expect(persist).toHaveBeenCalledOnce();
});

test('asks once more on the home screen, where a no in a tab becomes a yes', async () => {
  const persist = asking();
  const store = aStore();
  const device = await Device.load();
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' });
  const stop = keepAfterFirstSave(store, device, false);
  await expect.poll(() => device.seen.persistence).toBe(true);
  stop();
  persist.mockResolvedValue(true);
  keepAfterFirstSave(store, device, true);
  await expect.poll(() => device.seen.persistenceInstalled).toBe(true);
  keepAfterFirstSave(store, await Device.load(), true)();
  expect(persist).toHaveBeenCalledTimes(2);
});

test('asks nothing once the account is closed', async () => {
  const persist = asking();
  const store = aStore();
  const device = await Device.load();
  keepAfterFirstSave(store, device, false)();
  const isTold = told(store, 1);
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' });
  await isTold;
  expect(persist).not.toHaveBeenCalled();
  expect(device.seen.persistence).toBe(false);
});
