// Runs the engine in its worker: one runner at a time over all tabs, and one picture of it for every page (law 11).
import { type Result, err } from '#lib/domain/result.ts';
import { REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import type { Replica } from '#lib/storage/replica.ts';
import { concernsOneDatabase, isInTheWay, worstProblem } from '#lib/sync/core/reach.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { type Errand, type RunOutcome, freshMemory, run } from '#lib/sync/core/run.ts';
import type { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { watchConnection } from '../device/connection.ts';
import { authoriser } from './authorise.ts';
import { ifAlone, photosLock, runnerLock } from './errand.ts';
import { Live } from './live.ts';
import { type RunEnd, SyncLoop, isByPerson } from './loop.ts';
import { type WakeReason, readBetweenTabs } from './messages.ts';
import { PhotoLane } from './photoLane.ts';
import { recall, remember, rememberHalt, withTraffic } from './remembered.ts';
import { type PullProgress, type SyncView, INITIAL_VIEW } from './view.ts';

export interface RunnerOptions {
  readonly account: string;
  /** Id of this device: its own changes are no news. */
  readonly device: string;
  /** As the account was last known; the server's word counts more. */
  readonly databases: readonly string[];
  /** The databases that roles open. */
  databasesOf(roles: readonly string[]): readonly string[];
  readonly replica: Replica;
  readonly connection: Pick<CouchConnection, 'remote' | 'owner' | 'news' | 'upload' | 'close'>;
  /** Counts the bytes of all requests. */
  readonly traffic: { bytes: number };
  onView(view: SyncView): void;
  /** The server knows the account by other roles than those that opened `databases`. */
  onRoles(roles: readonly string[]): void;
}

/**
 * So many communes are waited for at the server, each with a request of its own, which leaves some of the six that a
 * browser keeps open to one HTTP/1.1 server. An account with more has the timer.
 */
const MOST_LIVE = 3;

/** Who has saved something goes on typing for a while, milliseconds. */
const TYPING_MS = 5_000;

/** Stands for all databases where photos are under way. */
const PHOTOS = '';

/** A pull of fewer changes is over before anybody could read its progress. */
const WORTH_SHOWING = 100;

export class Runner {
  readonly #options: RunnerOptions;
  readonly #loop: SyncLoop;
  readonly #live: Live;
  readonly #photos: PhotoLane;
  readonly #channel: BroadcastChannel;
  readonly #lock: string;
  readonly #memory = freshMemory();
  readonly #stop = new AbortController();
  /** Breaks off the run that is under way. */
  #breakOff: () => void = () => undefined;
  readonly #pulls = new Map<string, PullProgress>();
  readonly #sending = new Map<string, readonly string[]>();
  #databases: readonly string[];
  /** Those that the server did not have or did not open when they were last asked for: nothing comes from there. */
  #closed: readonly string[] = [];
  /** How far everything had been pulled when there were news last: the same again is a server that cries wolf. */
  #heardAt = '';
  #view: SyncView = INITIAL_VIEW;
  #traffic = { month: '', bytes: 0 };
  /** When something was last saved on this device, as far as this worker has seen. */
  #savedAt = -Infinity;
  /** Whether the run is ours: not waiting for another tab's to end. */
  #isRunning = false;
  /** The picture that another tab's worker broadcast last, while it runs. */
  #elsewhere: SyncView | null = null;
  #unwatch: () => void = () => undefined;
  #unwatchConnection: () => void = () => undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#databases = options.databases;
    this.#lock = runnerLock(options.account);
    this.#channel = new BroadcastChannel(this.#lock);
    this.#loop = new SyncLoop({
      run: (work) =>
        this.#alone(async () => {
          this.#isRunning = true;
          try {
            return await this.#run(this.#loop.isHalted ? 'push' : work);
          } finally {
            this.#isRunning = false;
          }
        }),
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => {
          clearTimeout(timer);
        };
      },
      now: () => Date.now(),
      chance: () => Math.random(),
      onChange: ({ phase, problem, nextTryAt, isHalted }) => {
        const at = nextTryAt === null ? null : new Date(nextTryAt).toISOString();
        this.#show({ phase, problem, nextTryAt: at, isHalted });
        if (isHalted) this.#live.end();
        if (phase === 'idle' && (problem === null || !isInTheWay(problem))) {
          if (!isHalted) this.#live.begin();
          this.#photos.begin('run');
        }
        if (phase === 'paused') this.#live.end();
      }
    });
    this.#photos = new PhotoLane({
      account: options.account,
      replica: options.replica,
      connection: options.connection,
      alone: (work) => ifAlone(photosLock(options.account), work),
      databases: () => this.#databases,
      signal: this.#stop.signal,
      onChange: (photos, underWay) => {
        this.#sending.set(PHOTOS, underWay);
        this.#show({ photos, inFlight: this.#inFlight() });
      },
      onContact: (serverTime) => {
        this.#show({ lastContactAt: serverTime });
      }
    });
    this.#live = new Live({
      wait: (signal) => this.#news(signal),
      alone: (signal, work) => {
        const locks: LockManager | undefined = navigator.locks;
        return locks === undefined ? work() : locks.request(`${this.#lock}-live`, { signal }, work);
      },
      onNews: () => {
        this.#loop.wake('news');
      }
    });
  }

  start(): void {
    this.#channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      const heard = readBetweenTabs(event.data);
      if (heard === undefined) return;
      if ('view' in heard) this.#hear(heard.view);
      else this.#halt(heard.isHalted);
    });
    this.#unwatchConnection = watchConnection(() => {
      this.#photos.begin('changed');
    });
    // It loads, whatever was stopped in another tab or before.
    this.#goOn();
    void this.#recall().then(() => {
      this.#loop.start();
      this.#unwatch = this.#options.replica.watchWaiting((isSaved) => {
        if (isSaved) this.#savedAt = performance.now();
        this.#loop.saved();
      });
    });
  }

  wake(why: WakeReason): void {
    if (isByPerson(why)) this.#goOn();
    this.#loop.wake(why);
  }

  /** Loads nothing more, in any tab, until somebody asks for a run; what has come stays, and what is unsent goes. */
  halt(): void {
    this.#channel.postMessage({ isHalted: true });
    void rememberHalt(this.#options.replica, true);
    this.#halt(true);
  }

  /** Loading is no longer stopped, in any tab, nor while none is open. */
  #goOn(): void {
    this.#channel.postMessage({ isHalted: false });
    void rememberHalt(this.#options.replica, false);
  }

  #halt(isHalted: boolean): void {
    this.#loop.halt(isHalted);
    if (isHalted) this.#breakOff();
  }

  /** @param isAsked a person wants them to go now; else the wish on which connections has changed */
  sendPhotos(isAsked: boolean): void {
    this.#photos.begin(isAsked ? 'asked' : 'changed');
  }

  /** The page has come to the front, or gone from it. */
  see(isVisible: boolean): void {
    this.#live.see(isVisible);
    const { phase, problem, isHalted } = this.#view;
    if (isVisible && phase === 'idle' && problem === null && !isHalted) this.#live.begin();
  }

  stop(): void {
    this.#loop.stop();
    this.#live.end();
    this.#unwatch();
    this.#unwatchConnection();
    this.#stop.abort();
    this.#breakOff();
    this.#channel.close();
    this.#options.connection.close();
  }

  /** One runner at a time: the tabs' workers queue for a lock that the browser takes back when one of them dies. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    // TypeScript thinks that every browser has Web Locks; Safari before 15.4 has not, and no tabs to speak of either.
    const locks: LockManager | undefined = navigator.locks;
    return locks === undefined ? work() : locks.request(this.#lock, work);
  }

  #inFlight(): ReadonlySet<string> {
    return new Set([...this.#sending.values()].flat());
  }

  async #run(work: Errand['work']): Promise<RunEnd> {
    const { account, replica, connection } = this.#options;
    const breaking = new AbortController();
    this.#breakOff = () => {
      breaking.abort();
    };
    if (this.#stop.signal.aborted) breaking.abort();
    const { signal } = breaking;
    this.#elsewhere = null;
    // Another tab may have added to the traffic since.
    await this.#recall();
    // The tab whose run has just ended hears only now that this one is under way.
    this.#show({ phase: 'running' });
    const authorise = authoriser(connection, account, signal, (roles) => this.#heed(roles));
    await this.#clearUp(authorise);
    const wanted = work === 'both' ? this.#databases : await this.#withWork();
    const outcome = await run(
      {
        local: replica,
        remote: connection.remote(signal),
        authorise,
        elapsed: () => performance.now(),
        isTyping: () => performance.now() - this.#savedAt < TYPING_MS,
        now: () => new Date().toISOString(),
        signal,
        watcher: {
          onSending: (database, ids) => {
            this.#sending.set(database, ids);
            this.#show({ inFlight: this.#inFlight() });
          },
          onPulled: (database, done, pending) => {
            this.#pulls.set(database, { done, of: done + (pending ?? 0) });
            this.#show({ progress: this.#progress() });
          },
          onContact: (serverTime) => {
            this.#show({ lastContactAt: serverTime, skewMs: Date.parse(serverTime) - Date.now() });
          }
        }
      },
      { work, databases: wanted },
      this.#memory
    );
    this.#pulls.clear();
    for (const database of this.#sending.keys()) if (database !== PHOTOS) this.#sending.delete(database);
    if (work === 'both') this.#closed = stillClosed(this.#closed, outcome.problems);
    this.#show({ progress: null, inFlight: this.#inFlight(), isComplete: await this.#isComplete() });
    await this.#remember();
    return this.#endOf(outcome);
  }

  /** Whichever commune has news first. */
  async #news(signal: AbortSignal): Promise<Result<boolean, SyncProblem>> {
    const { replica, connection, device } = this.#options;
    const communes = this.#databases.filter((name) => name !== REFERENCE_DATABASE);
    const since = new Map<string, string>();
    for (const name of communes.length > MOST_LIVE ? [] : communes) {
      const checkpoint = await replica.checkpoint(name);
      if (checkpoint.ok && typeof checkpoint.value?.since === 'string') since.set(name, checkpoint.value.since);
    }
    const heardAt = JSON.stringify([...since]);
    if (since.size === 0 || heardAt === this.#heardAt) return err({ tag: 'aborted' });
    // The first answer lets go of the others.
    const first = new AbortController();
    const stop = () => {
      first.abort();
    };
    signal.addEventListener('abort', stop);
    try {
      const all = [...since].map(([name, after]) => connection.news(name, after, device, first.signal));
      const news = await Promise.race(all);
      if (news.ok && news.value) this.#heardAt = heardAt;
      return news;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async #endOf({ problems, sent }: RunOutcome): Promise<RunEnd> {
    // A commune that was taken away during the run is nobody's trouble.
    const ours = [...problems].filter(([database]) => this.#databases.includes(database));
    const problem = worstProblem(new Map(ours));
    const shut = shutBy(problems);
    return {
      problem,
      sent,
      // What waits for a database that is shut would only be sent in vain once more: it has the timer.
      isLeft:
        (problem === null || concernsOneDatabase(problem)) &&
        (await this.#withWork()).some((name) => !shut.includes(name))
    };
  }

  /** The account's databases that have something waiting; work of a lost commune waits for its role to come back. */
  async #withWork(): Promise<readonly string[]> {
    const waiting = await this.#options.replica.databasesWaiting();
    return waiting.ok ? waiting.value.filter((name) => this.#databases.includes(name)) : [];
  }

  /**
   * The server has said by which roles it knows the account (law 10). What it holds clean of a commune that they no longer
   * name is forgotten; what is unsent stays, and goes up when the role comes back.
   */
  async #heed(roles: readonly string[]): Promise<void> {
    const { replica, databasesOf, onRoles } = this.#options;
    const databases = databasesOf(roles);
    const pulled = await replica.databasesPulled();
    const lost = pulled.ok ? pulled.value.filter((name) => !databases.includes(name)) : [];
    if (lost.length > 0) await replica.forget(lost);
    if (databases.length === this.#databases.length && databases.every((name) => this.#databases.includes(name)))
      return;
    this.#databases = databases;
    onRoles(roles);
  }

  /** An account that was opened with fewer communes than lie here: asks for the server's word on them. */
  async #clearUp(authorise: () => Promise<unknown>): Promise<void> {
    const pulled = await this.#options.replica.databasesPulled();
    if (pulled.ok && pulled.value.some((name) => !this.#databases.includes(name))) await authorise();
  }

  async #isComplete(): Promise<boolean> {
    const open = this.#databases.filter((name) => !this.#closed.includes(name));
    const whole = await this.#options.replica.isPulledWhole(open);
    return whole.ok ? whole.value : this.#view.isComplete;
  }

  #progress(): PullProgress | null {
    const all = [...this.#pulls.values()];
    const sum = (pick: (one: PullProgress) => number) => all.reduce((total, one) => total + pick(one), 0);
    const of = sum((one) => one.of);
    return of < WORTH_SHOWING ? null : { done: sum((one) => one.done), of };
  }

  #show(change: Partial<SyncView>): void {
    this.#countTraffic();
    this.#view = { ...this.#view, ...change, trafficBytes: this.#traffic.bytes };
    if (this.#stop.signal.aborted) return;
    this.#options.onView(this.#elsewhere ?? this.#view);
    this.#channel.postMessage({ view: this.#view });
  }

  /** Another tab's worker tells how its run goes: shown here as well, until it ends or dies. */
  #hear(view: SyncView): void {
    if (this.#isRunning) return;
    const wasQuiet = this.#elsewhere === null;
    this.#elsewhere = view.phase === 'running' ? view : null;
    if (this.#elsewhere === null && this.#view.phase !== 'running') {
      const wasPaused = this.#view.phase === 'paused';
      const photos = this.#photos.isRunning ? this.#view.photos : view.photos;
      this.#view = { ...view, progress: null, photos, inFlight: this.#inFlight() };
      // Somebody has signed in over there: the cookie is ours as well.
      if (wasPaused && view.problem === null) this.#loop.wake('signedIn');
    }
    this.#options.onView(this.#elsewhere ?? this.#view);
    if (this.#elsewhere === null || !wasQuiet) return;
    // The lock comes to us as soon as the other one has ended, also by dying.
    void this.#alone(async () => {
      this.#elsewhere = null;
      if (!this.#stop.signal.aborted) this.#options.onView(this.#view);
    });
  }

  #countTraffic(): void {
    this.#traffic = withTraffic(this.#traffic, this.#options.traffic.bytes, new Date());
    this.#options.traffic.bytes = 0;
  }

  async #recall(): Promise<void> {
    const known = await recall(this.#options.replica);
    if (known !== null) {
      const { lastContactAt, skewMs, month, bytes, closed } = known;
      this.#traffic = { month, bytes };
      this.#closed = closed;
      this.#view = { ...this.#view, lastContactAt, skewMs };
    }
    this.#view = { ...this.#view, isComplete: await this.#isComplete() };
  }

  async #remember(): Promise<void> {
    const { lastContactAt, skewMs } = this.#view;
    await remember(this.#options.replica, { lastContactAt, skewMs, ...this.#traffic, closed: [...this.#closed] });
  }
}

/** The databases that the server does not have or does not open. */
const shutBy = (problems: ReadonlyMap<string, SyncProblem>): readonly string[] =>
  [...problems].flatMap(([name, problem]) => (concernsOneDatabase(problem) ? [name] : []));

/**
 * Those that are shut, by what a run has met. Where it was broken off it has not asked about all of them: of
 * those, what was known stands.
 */
function stillClosed(known: readonly string[], problems: ReadonlyMap<string, SyncProblem>): readonly string[] {
  const shut = shutBy(problems);
  return shut.length === problems.size ? shut : [...new Set([...known, ...shut])];
}
