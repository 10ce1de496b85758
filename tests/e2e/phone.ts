// An officer's phone: a real browser with a profile that outlives it, to be killed and started again.
import { type BrowserContext, type Page, chromium, expect } from '@playwright/test';
import { appendFile, cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChromiumKind, chromiumLaunchOptions } from '../support/chromium.ts';
import { tornRecord } from './leveldb.ts';

export const PHONE = { width: 360, height: 740 } as const;
export const LAPTOP = { width: 1280, height: 800 } as const;

interface PhoneOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** The whole browser, unless less is enough. */
  readonly chromium?: ChromiumKind;
}

export class Phone {
  /** The tab in use; another one after `kill()` and `start()`. */
  page: Page;
  #context: BrowserContext;
  #isDead = false;
  /** The folder of all that the browser keeps. */
  readonly profile: string;
  readonly #origin: string;
  readonly #options: PhoneOptions;
  readonly #complaints: string[];
  readonly #expected: RegExp[];

  private constructor(
    origin: string,
    profile: string,
    options: PhoneOptions,
    context: BrowserContext,
    complaints: string[]
  ) {
    this.#origin = origin;
    this.profile = profile;
    this.#options = options;
    this.#context = context;
    this.#complaints = complaints;
    this.#expected = [];
    this.page = context.pages()[0] ?? raise('The browser opened without a tab.');
  }

  /**
   * A phone fresh from the shop.
   * @param origin where the app is served
   * @param begun a profile to begin with, instead of an empty one; it is copied
   */
  static async unpack(origin: string, options: PhoneOptions = {}, begun: string | null = null): Promise<Phone> {
    const profile = await mkdtemp(join(tmpdir(), 'ocop-phone-'));
    if (begun !== null) await cp(begun, profile, { recursive: true });
    const complaints: string[] = [];
    return new Phone(origin, profile, options, await launch(profile, options, complaints), complaints);
  }

  /** Opens an address of the app in the current tab. */
  async open(path = '/', waitUntil: 'commit' | 'load' = 'load'): Promise<void> {
    await this.page.goto(this.#origin + path, { waitUntil });
  }

  /** Opens another tab and leaves the current one as it is. */
  async newTab(path = '/'): Promise<Page> {
    const tab = await this.#context.newPage();
    await tab.goto(this.#origin + path);
    return tab;
  }

  /** Cuts the network of the browser; a killed server is another thing, and journeys try both. */
  async setOffline(offline: boolean): Promise<void> {
    await this.#context.setOffline(offline);
  }

  /** The session on the server ends: its cookie is gone. */
  async loseCookies(): Promise<void> {
    await this.#context.clearCookies();
  }

  /** What the browser keeps beside the app's own stores is gone, as on a phone that is full. */
  async loseBrowserCache(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Network.clearBrowserCache');
  }

  /** The service worker is gone, and with it what it was to be woken for. */
  async loseServiceWorker(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Storage.clearDataForOrigin', { origin: this.#origin, storageTypes: 'service_workers' });
  }

  /**
   * The browser gives the app no more than so many bytes. Only before the app has written anything: what it once had room
   * for, Chromium goes on writing for a while without looking. `storage.estimate()` knows nothing of it.
   */
  async limitStorage(bytes: number): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: this.#origin, quotaSize: bytes });
  }

  /** Other things fill what room is left, down to the last record that somebody could type. */
  async fillUp(): Promise<void> {
    await this.page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('other-things', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('things', { autoIncrement: true });
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error(opening.error?.message));
      });
      const goesIn = (length: number) =>
        new Promise<boolean>((resolve) => {
          const bytes = new Uint8Array(length);
          for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
          const transaction = db.transaction('things', 'readwrite', { durability: 'strict' });
          transaction.objectStore('things').put(bytes.buffer);
          transaction.oncomplete = () => resolve(true);
          transaction.onabort = () => resolve(false);
        });
      // Values above 64 KiB lie in files of their own; smaller ones in a log, which grows when it is cleared up.
      for (const length of [4_000_000, 400_000, 80_000, 1000]) while (await goesIn(length));
      db.close();
    });
  }

  /** Those other things are deleted. */
  async clearUp(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase('other-things');
          deleting.onsuccess = () => resolve();
          deleting.onerror = () => reject(new Error(deleting.error?.message));
        })
    );
  }

  /** The app's files are on the phone: from now on it has to open with no network. */
  async waitUntilInstalled(): Promise<void> {
    await this.page.waitForFunction(
      async () => {
        const registration = await navigator.serviceWorker.ready;
        return registration.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
      },
      undefined,
      { timeout: 60_000 }
    );
  }

  /**
   * The app goes into the background and is closed; the browser stays, or is started again.
   * @returns what the browser does when it finds a network, or when it is time to look for news: wakes the service
   *   worker (Background Sync, periodic or not)
   */
  async closeApp(): Promise<(why?: 'network' | 'news') => Promise<void>> {
    const session = await this.#context.newCDPSession(this.page);
    const registration = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const found = registrations.find(({ isDeleted }) => !isDeleted);
        if (found !== undefined) resolve(found.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    const registrationId = await registration;
    await this.page.goto('about:blank');
    return async (why = 'network') => {
      const waking = await this.#context.newCDPSession(this.page);
      await waking.send('ServiceWorker.enable');
      const origin = this.#origin;
      if (why === 'news') {
        await waking.send('ServiceWorker.dispatchPeriodicSyncEvent', { origin, registrationId, tag: 'news' });
      } else {
        await waking.send('ServiceWorker.dispatchSyncEvent', {
          origin,
          registrationId,
          tag: 'send',
          lastChance: false
        });
      }
    };
  }

  /** The person, or the browser by itself, has allowed these to the app. */
  async allow(...permissions: ('notifications' | 'periodicBackgroundSync')[]): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('Browser.grantPermissions', { origin: this.#origin, permissions });
  }

  /** The phone is carried to a place, and its receiver is that good; null: it has none. @param accuracy metres */
  async standAt(
    place: { readonly lat: number; readonly lon: number; readonly accuracy: number } | null
  ): Promise<void> {
    await this.#context.setGeolocation(
      place && { latitude: place.lat, longitude: place.lon, accuracy: place.accuracy }
    );
  }

  /** The person has allowed the app to know where the phone is. */
  async allowPlace(): Promise<void> {
    await this.#context.grantPermissions(['geolocation'], { origin: this.#origin });
  }

  /** What the phone shows of the app although it is closed. */
  async notices(): Promise<{ body: string; href: unknown }[]> {
    const shown = await this.#past(async () => {
      const { registration } = globalThis as unknown as ServiceWorkerGlobalScope;
      const notifications = await registration.getNotifications();
      return notifications.map(({ body, data, silent }) => ({ body, href: data as unknown, silent }));
    }, null);
    expect(shown.every(({ silent }) => silent === true)).toBe(true);
    return shown.map(({ body, href }) => ({ body, href }));
  }

  /** The bytes that sync has counted for an account, as soon as no runner is at work. */
  traffic(account: string): Promise<number> {
    return this.#past(
      (name) =>
        navigator.locks.request(`ocop-sync-${name}`, async () => {
          const settled = <T>(request: IDBRequest<T>) =>
            new Promise<T>((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error ?? new Error('no reason'));
            });
          const db = await settled(indexedDB.open(`ocop-${name}`));
          const fact = await settled<{ value: { bytes: number } } | undefined>(
            db.transaction('facts').objectStore('facts').get('sync')
          );
          db.close();
          // None: no run has come to its end yet.
          return fact?.value.bytes ?? 0;
        }),
      account
    );
  }

  /** Whether a page has left a data key for the service worker. */
  hasLeftKey(): Promise<boolean> {
    return this.page.evaluate(
      () =>
        new Promise<boolean>((resolve, reject) => {
          const opening = indexedDB.open('keyval-store');
          opening.onerror = () => reject(new Error(opening.error?.message));
          opening.onsuccess = () => {
            const reading = opening.result.transaction('keyval').objectStore('keyval').get('left-key');
            reading.onsuccess = () => {
              opening.result.close();
              const found: unknown = reading.result;
              resolve(found !== undefined && found !== null);
            };
          };
        })
    );
  }

  /** Asks the service worker: another window of the app would change what it does. */
  async #past<A, T>(question: (about: A) => Promise<T>, about: A): Promise<T> {
    const worker = this.#context.serviceWorkers()[0] ?? (await this.#context.waitForEvent('serviceworker'));
    // Playwright's own type of the argument says less than ours.
    return worker.evaluate(question as (about: unknown) => Promise<T>, about);
  }

  /** A tap on the notice. */
  async tapNotice(): Promise<void> {
    await this.#past(async () => {
      const scope = globalThis as unknown as ServiceWorkerGlobalScope;
      const [notification] = await scope.registration.getNotifications();
      if (notification === undefined) throw new Error('Nothing is shown.');
      scope.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    }, null);
  }

  /** The home button: the page is told that it is hidden, and lives on for a moment. */
  async leaveApp(): Promise<void> {
    await this.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  }

  /** SIGKILL of the browser with all its processes: nothing is flushed, no page is told. */
  async kill(): Promise<void> {
    await (
      await this.aim()
    )();
  }

  /** A kill has struck while Chromium wrote to IndexedDB's log. Only on a phone that was killed. */
  async tearLog(): Promise<void> {
    const { protocol, hostname, port } = new URL(this.#origin);
    const database = `${protocol.slice(0, -1)}_${hostname}_${port}.indexeddb.leveldb`;
    const folder = join(this.profile, 'Default', 'IndexedDB', database);
    const logs = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
    const log = join(folder, logs.at(-1) ?? raise('IndexedDB has no log.'));
    await appendFile(log, tornRecord((await stat(log)).size));
  }

  /** Finds out whom to kill, so that the shot itself takes no time. @returns the shot; resolves when all is over */
  async aim(): Promise<() => Promise<void>> {
    const browser = this.#context.browser() ?? raise('The browser cannot be asked for its processes.');
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The browser first: the others cannot hand it anything any more.
    const [first, ...others] = processInfo.sort((a, b) => Number(b.type === 'browser') - Number(a.type === 'browser'));
    if (first?.type !== 'browser') throw new Error('The browser names no process.');
    const gone = new Promise((resolve) => this.#context.once('close', resolve));
    return async () => {
      this.#isDead = true;
      process.kill(first.id, 'SIGKILL');
      for (const { id } of others) killIfThere(id);
      await gone;
    };
  }

  /** Closes the browser in good order and starts it again, as between the office and the yard. */
  async restart(): Promise<void> {
    await this.close();
    await this.start();
  }

  /** The browser is closed as a person closes it: what it has in memory goes to the disk. */
  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Whether it was killed and not started again. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Starts the browser again on the same profile, with one empty tab. */
  async start(): Promise<void> {
    this.#isDead = false;
    this.#context = await launch(this.profile, this.#options, this.#complaints);
    this.page = this.#context.pages()[0] ?? raise('The browser opened without a tab.');
  }

  /** A complaint on the console that belongs to this journey: a refused connection, a 401. */
  expectComplaint(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What the console complained of and no journey expected. */
  complaints(): string[] {
    return this.#complaints.filter((complaint) => !this.#expected.some((pattern) => pattern.test(complaint)));
  }

  /** Throws the phone away. */
  async discard(): Promise<void> {
    await this.#context.close().catch(() => undefined); // Killed already.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function launch(
  profile: string,
  { viewport = PHONE, colorScheme = 'light', chromium: kind = 'whole' }: PhoneOptions,
  complaints: string[]
): Promise<BrowserContext> {
  const isPhone = viewport.width < 900;
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunchOptions(kind),
    viewport,
    colorScheme,
    deviceScaleFactor: isPhone ? 2 : 1,
    hasTouch: isPhone,
    isMobile: isPhone,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh'
  });
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.setDefaultTimeout(30_000);
  expect(context.pages()).toHaveLength(1);
  return context;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended with its browser already.
  }
}

function raise(message: string): never {
  throw new Error(message);
}
