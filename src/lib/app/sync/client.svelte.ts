// The page's side of the sync worker: starts it, wakes it, shows what it says, starts it anew when it has died.
import type { DataKey } from '#lib/storage/vault.ts';
import type { Sync } from '../context.ts';
import { afterFirstScreen } from '../firstScreen.ts';
import { type SendingErrand, errandFact } from './errand.ts';
import { type ToWorker, type WakeReason, readFromWorker } from './messages.ts';
import { INITIAL_VIEW, type SyncView } from './view.ts';
import { clearNotices } from './notices.ts';
import { askForNews, askForWakeUp, noMoreNews } from './wakeUp.ts';

export interface SyncClientOptions {
  /** The CouchDB user name. */
  readonly account: string;
  /** Id of this device. */
  readonly device: string;
  /** Names of the databases to replicate. */
  readonly databases: readonly string[];
  /** Where the CouchDB is, absolute or from the root of the origin, without the slash at the end. */
  readonly couchUrl: string;
  /** Of an account with a lock: the worker reads and writes what lies sealed. */
  readonly key: DataKey | null;
  /** The server knows the account by other roles now. */
  onRoles(roles: readonly string[]): void;
}

/** A worker that leaves so many pings unanswered is dead, milliseconds between them. */
const PING_MS = 20_000;
const PINGS_LOST = 2;
/** Before a dead worker is started again: it might die of what it does first. */
const RESTART_MS = 2_000;
/** How long a worker may take to end its work on `stop`. */
const FAREWELL_MS = 1_000;

/** What `SyncClientOptions` leaves out of a message. */
type Unnumbered<T> = T extends unknown ? Omit<T, 'request'> : never;

export class SyncClient implements Sync {
  #view = $state.raw<SyncView>(INITIAL_VIEW);
  readonly #options: SyncClientOptions;
  #worker: Worker | undefined;
  #isStarted = false;
  #cancelStart: () => void = () => undefined;
  #requests = 0;
  #lostPings = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(options: SyncClientOptions) {
    this.#options = options;
  }

  get view(): SyncView {
    return this.#view;
  }

  /** Starts the worker and a first run, as soon as the page has drawn its first screen. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    addEventListener('online', this.#onOnline);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#cancelStart = afterFirstScreen(() => {
      this.attend();
      void askForNews();
      void clearNotices();
    });
    this.#timers.push(setInterval(this.#ping, PING_MS));
    void errandFact.change(() => this.#errand());
  }

  /** Starts a run at once, whatever the back-off says. */
  now(): void {
    if (this.#worker === undefined) this.attend();
    else this.#wake('asked');
  }

  /** Somebody looks at how it goes: the worker waits for no screen any longer. */
  attend(): void {
    if (this.#isStarted && this.#worker === undefined) this.#launch();
  }

  /** Loads nothing more until somebody asks for a run, or the app is opened anew; what is unsent goes all the same. */
  halt(): void {
    if (this.#worker !== undefined) this.#post(this.#worker, { type: 'halt' });
  }

  /** Sends the photos that wait now, whatever the connection costs. */
  sendPhotos(): void {
    this.now();
    if (this.#worker !== undefined) this.#post(this.#worker, { type: 'photos', isAsked: true });
  }

  /** The wish on which connections photos go has changed. */
  heedPhotoWish(): void {
    if (this.#worker !== undefined) this.#post(this.#worker, { type: 'photos', isAsked: false });
  }

  /** Goes on after a new sign-in. */
  resume(): void {
    this.#wake('signedIn');
  }

  /** Ends the worker; what is unsent stays on the device. */
  stop(): void {
    this.#isStarted = false;
    this.#cancelStart();
    void errandFact.change(() => null);
    void noMoreNews();
    void clearNotices();
    removeEventListener('online', this.#onOnline);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    this.#post(worker, { type: 'stop' });
    setTimeout(() => {
      worker.terminate();
    }, FAREWELL_MS);
    this.#view = INITIAL_VIEW;
  }

  #launch(): void {
    const worker = new Worker(new URL('../../../sync-engine.ts', import.meta.url), { type: 'module', name: 'sync' });
    this.#worker = worker;
    this.#lostPings = 0;
    worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (worker !== this.#worker) return;
      const message = readFromWorker(event.data);
      this.#lostPings = 0;
      if (message?.type === 'view') this.#view = message.view;
      if (message?.type === 'roles') this.#options.onRoles(message.roles);
    });
    worker.addEventListener('error', () => {
      this.#restart(worker);
    });
    this.#post(worker, { type: 'start', ...this.#errand(), key: this.#options.key });
    this.#see(worker);
  }

  #errand(): SendingErrand {
    const { account, device, databases, couchUrl } = this.#options;
    const absolute = new URL(couchUrl, location.href).href.replace(/\/$/, '');
    return { account, device, databases: [...databases], couchUrl: absolute };
  }

  #restart(dead: Worker): void {
    if (dead !== this.#worker) return;
    dead.terminate();
    this.#view = { ...this.#view, phase: 'idle', progress: null, photos: INITIAL_VIEW.photos, inFlight: new Set() };
    this.#timers.push(
      setTimeout(() => {
        if (this.#worker !== dead) return;
        const { isHalted } = this.#view;
        this.#launch();
        if (isHalted) this.halt();
      }, RESTART_MS)
    );
  }

  #see(worker: Worker): void {
    this.#post(worker, { type: 'visible', isVisible: document.visibilityState === 'visible' });
  }

  #wake(why: Exclude<WakeReason, 'news'>): void {
    if (this.#worker !== undefined) this.#post(this.#worker, { type: 'wake', why });
  }

  readonly #ping = (): void => {
    const worker = this.#worker;
    if (worker === undefined) return;
    if (this.#lostPings >= PINGS_LOST) {
      this.#restart(worker);
      return;
    }
    this.#lostPings++;
    this.#post(worker, { type: 'ping' });
  };

  readonly #onOnline = (): void => {
    this.#wake('online');
  };

  readonly #onVisibility = (): void => {
    if (this.#worker !== undefined) this.#see(this.#worker);
    if (document.visibilityState === 'visible') {
      this.#wake('visible');
      void clearNotices();
    }
    // The phone goes into the pocket: what is unsent goes up on the way home.
    else void askForWakeUp();
  };

  #post(worker: Worker, message: Unnumbered<ToWorker>): void {
    worker.postMessage({ ...message, request: ++this.#requests });
  }
}
