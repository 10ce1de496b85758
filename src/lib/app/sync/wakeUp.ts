// Asks the browser to wake the service worker, also after the app was closed: once when there is a network (Background
// Sync), and now and then for news (Periodic Background Sync).

/** The name under which the service worker is woken to send. */
export const SEND_TAG = 'send';
/** The name under which it is woken to send and to look for news. */
export const NEWS_TAG = 'news';

/** Not more often than this; the browser decides when, and on which networks. */
const NEWS_EVERY_MS = 6 * 3_600_000;

declare global {
  /** What a woken service worker can do; there once its engine has been loaded (see `sync-engine.ts`). */
  var wakeUpWork: { send(): Promise<void>; refresh(): Promise<void> } | undefined;
}

/** Chromium's `SyncManager`, which TypeScript does not know: no other browser has it. */
interface SyncManager {
  register(tag: string): Promise<void>;
}

/** Chromium's as well, for apps that were put on the home screen. */
interface PeriodicSyncManager {
  register(tag: string, options: { readonly minInterval: number }): Promise<void>;
  unregister(tag: string): Promise<void>;
}

/** Whether this browser wakes a service worker to send what waits. */
export const mayBeWoken = (): boolean => 'SyncManager' in globalThis;

/** Asks once; asking again while it is pending changes nothing. Where the browser cannot or may not, nothing happens. */
export async function askForWakeUp(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined || !('sync' in registration)) return;
  try {
    await (registration.sync as SyncManager).register(SEND_TAG);
  } catch {
    // Switched off in the browser's settings: the next start of the app sends.
  }
}

/** Whether the browser lets the app look for news while it is closed: it grants this by itself, and asks nobody. */
export async function mayLookForNews(): Promise<boolean> {
  if (!('PeriodicSyncManager' in globalThis)) return false;
  // TypeScript does not know the name; a browser that does not either throws.
  const name = 'periodic-background-sync' as PermissionName;
  const status = await navigator.permissions.query({ name }).catch(() => null);
  return status?.state === 'granted';
}

/** Asks to be woken now and then, where that is granted. */
export async function askForNews(): Promise<void> {
  if (await mayLookForNews()) await withNews((manager) => manager.register(NEWS_TAG, { minInterval: NEWS_EVERY_MS }));
}

/** Takes the request back: nobody is in, so there is nothing to look for. */
export const noMoreNews = (): Promise<void> => withNews((manager) => manager.unregister(NEWS_TAG));

async function withNews(work: (manager: PeriodicSyncManager) => Promise<void>): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined || !('periodicSync' in registration)) return;
  try {
    await work(registration.periodicSync as PeriodicSyncManager);
  } catch {
    // Switched off in the browser's settings: the app looks when it is opened.
  }
}
