// Whether the browser promises to keep the data, and how much room they take.
import { observe } from '#lib/storage/observe.ts';
import type { Store } from '#lib/storage/store.ts';
import type { Device } from './device.svelte.ts';

/** What the browser says of the app's storage; null where it does not tell (older iPhones). */
export interface StorageState {
  /** The browser will not clear the data by itself. */
  readonly persisted: boolean | null;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** Of `usedBytes`, the app itself, kept so that it opens with no network; only Chromium tells. */
  readonly appBytes: number | null;
}

/** What Chromium adds to the standard's estimate. */
interface Estimate extends StorageEstimate {
  readonly usageDetails?: { readonly caches?: number; readonly serviceWorkerRegistrations?: number };
}

/** Reads the state of the storage; never fails. */
export async function storageState(): Promise<StorageState> {
  const storage = 'storage' in navigator ? navigator.storage : undefined;
  const persisted = await storage?.persisted?.().catch(() => null);
  const estimate: Estimate | undefined = await storage?.estimate?.().catch(() => undefined);
  const { caches, serviceWorkerRegistrations = 0 } = estimate?.usageDetails ?? {};
  return {
    persisted: persisted ?? null,
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    appBytes: caches === undefined ? null : caches + serviceWorkerRegistrations
  };
}

/** Asks the browser to keep the data; it may ask the person, or decide alone. */
export async function askToKeep(): Promise<boolean> {
  const storage = 'storage' in navigator ? navigator.storage : undefined;
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

/**
 * Asks once in the life of this phone, when the first record has been saved: then there is something to keep, and
 * browsers that ask the person have shown a reason. And once more on the home screen: in a tab Chromium mostly says no.
 * @returns to be called when the account closes, or the app has been put on the home screen
 */
export function keepAfterFirstSave(store: Store, device: Device, isInstalled: boolean): () => void {
  const question = isInstalled ? 'persistenceInstalled' : 'persistence';
  if (device.seen[question]) return () => undefined;
  const subscription = observe(() => store.tables.outbox.count()).subscribe({
    next: (count) => {
      if (count === 0) return;
      subscription.unsubscribe();
      void askToKeep().then(() => device.see(question));
    },
    // Asking is a courtesy: a store that cannot be read has louder voices.
    error: () => undefined
  });
  return () => {
    subscription.unsubscribe();
  };
}
