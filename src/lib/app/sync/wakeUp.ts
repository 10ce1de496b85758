// Asks the browser to wake the service worker when there is a network, also after the app was closed (Background Sync).

/** The name under which the service worker is woken. */
export const SEND_TAG = 'send';

declare global {
  /** What a woken service worker can do; there once its engine has been loaded (see `engineScript.ts`). */
  var wakeUpWork: { send(): Promise<void> } | undefined;
}

/** Chromium's `SyncManager`, which TypeScript does not know: no other browser has it. */
interface SyncManager {
  register(tag: string): Promise<void>;
}

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
