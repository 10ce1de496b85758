// The service worker: keeps the app's own files on the phone, so that every screen opens with no network, and answers
// when the browser wakes it.
import { clientsClaim } from 'workbox-core';
import { type PrecacheEntry, PrecacheController, PrecacheRoute, cleanupOutdatedCaches } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NEWS_TAG, SEND_TAG } from '#lib/app/sync/wakeUp.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Every file of the build with its revision; put in by the adapter (svelte.config.js) when the build is done. */
  readonly __PRECACHE__: PrecacheEntry[];
  /** Address of the script with the sync engine; put in by the adapter as well. */
  readonly __ENGINE__: string;
};

/** Files fetched at a time: one by one, as Workbox does it, each of some 190 would wait for the phone's line anew. */
const AT_ONCE = 6;

clientsClaim();
cleanupOutdatedCaches();
const files = new PrecacheController();
files.addToCacheList(self.__PRECACHE__);
registerRoute(new PrecacheRoute(files));
self.addEventListener('activate', (event) => void files.activate(event));

// A screen's address is no file: the shell opens it. The database and the configuration always come from the server
// (the app keeps its own copy of the configuration).
const shell = files.createHandlerBoundToURL('/index.html');
registerRoute(
  new NavigationRoute(async (asked) => neverFrozen(await shell(asked)), {
    denylist: [/^\/couch(\/|$)/, /^\/config\.json$/]
  })
);

// The code reader (WebAssembly) is kept when it was asked for once; its name holds a hash, so another one is a newer one.
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && /\/zxing_reader\.[^/]+\.wasm$/.test(url.pathname),
  async ({ request }) => {
    const cache = await caches.open('code-reader');
    const kept = await cache.match(request);
    if (kept !== undefined) return kept;
    const response = await fetch(request);
    if (response.ok) {
      await Promise.all((await cache.keys()).map((older) => cache.delete(older)));
      // A full phone reads the code all the same, and fetches the reader again the next time.
      await cache.put(request, response.clone()).catch(() => undefined);
    }
    return response;
  }
);

// A new version waits until the page says that nobody is writing.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message: unknown = event.data;
  const isAsked = typeof message === 'object' && message !== null && 'type' in message;
  if (isAsked && message.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

// Once installed, a worker may load only those scripts that it has loaded before: from then on the browser keeps them with
// it, and they need no network.
self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([fetchAll(event), loaded()]));
});

// Chromium only, and three tries at most: a wake-up call, never the queue (law 11).
self.addEventListener('sync', (event: Event) => {
  if (isSyncEvent(event) && event.tag === SEND_TAG) event.waitUntil(loaded().then(({ send }) => send()));
});
self.addEventListener('periodicsync', (event: Event) => {
  if (isSyncEvent(event) && event.tag === NEWS_TAG) event.waitUntil(loaded().then(({ refresh }) => refresh()));
});

self.addEventListener('notificationclick', (event) => {
  const href: unknown = event.notification.data;
  event.notification.close();
  event.waitUntil(open(typeof href === 'string' && href.startsWith('/') ? href : '/'));
});

/** Puts all files of this version on the phone; those that are there already, by another try or another version, stay. */
async function fetchAll(event: ExtendableEvent): Promise<void> {
  const waiting = [...files.getURLsToCacheKeys()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [url, cacheKey] = next;
      // A file whose name tells its contents may come from the browser's own cache.
      const request = new Request(url, { cache: cacheKey === url ? 'default' : 'reload', credentials: 'same-origin' });
      await Promise.all(files.strategy.handleAll({ params: { cacheKey }, request, event }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * A page that must not be kept alive for the way back to it. WebKit freezes such a page with the IndexedDB transactions that
 * are open, those of leaving it among them, and the next page of the app waits for them for ever.
 */
function neverFrozen(page: Response): Response {
  const headers = new Headers(page.headers);
  headers.set('Cache-Control', 'no-store');
  return new Response(page.body, { status: page.status, statusText: page.statusText, headers });
}

/** Shows an address of the app: in a window that is open already, else in a new one. */
async function open(href: string): Promise<void> {
  const [window] = await self.clients.matchAll({ type: 'window' });
  if (window === undefined) {
    await self.clients.openWindow(href);
    return;
  }
  // Refused when the tap is too long ago; the window shows the right thing all the same.
  await window.focus().catch(() => undefined);
  await window.navigate(href);
}

/** The work of a wake-up, loaded when it is asked for. @throws when the script cannot be had: an installation then fails */
async function loaded(): Promise<NonNullable<typeof globalThis.wakeUpWork>> {
  if (globalThis.wakeUpWork === undefined) self.importScripts(self.__ENGINE__);
  if (globalThis.wakeUpWork === undefined) throw new Error('The engine did not come.');
  return globalThis.wakeUpWork;
}

/** TypeScript does not know Background Sync, periodic or not. */
function isSyncEvent(event: Event): event is ExtendableEvent & { readonly tag: string } {
  return 'tag' in event && 'waitUntil' in event;
}
