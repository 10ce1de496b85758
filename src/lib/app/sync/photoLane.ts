// Sends photos beside the runs, so that no record ever waits for one: when it begins, why it waits, when it tries again.
import { type Road, roadFor } from '#lib/domain/photo/road.ts';
import type { Replica } from '#lib/storage/replica.ts';
import { waitMs } from '#lib/sync/core/backoff.ts';
import { type PhotoConduct, type PhotoOutcome, freshPhotoMemory, sendPhotos } from '#lib/sync/core/photos.ts';
import type { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { connection as connectionHere } from '../device/connection.ts';
import { settingsFact } from '../device/facts.ts';
import { authoriser } from './authorise.ts';
import { INITIAL_VIEW, type PhotosView } from './view.ts';

export interface PhotoLaneOptions {
  readonly account: string;
  readonly replica: Replica;
  readonly connection: Pick<CouchConnection, 'remote' | 'owner' | 'upload'>;
  /** One at a time over all tabs: does the work where nobody else is at it. */
  alone(work: () => Promise<void>): Promise<unknown>;
  databases(): readonly string[];
  readonly signal: AbortSignal;
  onChange(view: PhotosView, underWay: readonly string[]): void;
  onContact(serverTime: string): void;
}

/**
 * `asked`: by a person, now and whatever the connection costs · `changed`: the connection or the wish is another one ·
 * `run`: the records have been sent. Only the last keeps to the back-off
 */
type Why = 'asked' | 'changed' | 'run';

const QUIET = INITIAL_VIEW.photos;

/** So long is waited for whoever else is sending, milliseconds: the service worker's time, and a little. */
const OTHERS_MS = 30_000;

export class PhotoLane {
  readonly #options: PhotoLaneOptions;
  readonly #memory = freshPhotoMemory();
  #isRunning = false;
  #isWanted = false;
  /** Somebody has asked for all that wait to go, whatever the connection costs. */
  #isAsked = false;
  /** Those that waited when that was heard: they stay asked for while a line that breaks keeps them here. */
  #asked = new Set<string>();
  #isWifiOnly = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #view: PhotosView = QUIET;

  constructor(options: PhotoLaneOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
    });
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Something may be there to send, or a way to send it. */
  begin(why: Why): void {
    if (this.#options.signal.aborted) return;
    if (why === 'asked') this.#isAsked = true;
    if (this.#isRunning) {
      this.#isWanted ||= why !== 'run';
      if (why === 'changed') void this.#heedWish(why);
      return;
    }
    if (why === 'run' && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isRunning = true;
    void this.#work(why).finally(() => {
      this.#isRunning = false;
      if (!this.#isWanted) return;
      this.#isWanted = false;
      this.begin('changed');
    });
  }

  async #work(why: Why): Promise<void> {
    const { replica, databases, alone } = this.#options;
    await this.#heedWish(why);
    const [waiting, unsent] = await Promise.all([replica.waitingPhotos(databases()), replica.unsentPhotoIds()]);
    if (!waiting.ok || !unsent.ok) {
      // The records' run meets the same trouble, and tells it.
      this.#show(QUIET);
      return;
    }
    this.#asked = new Set(unsent.value.filter((id) => this.#isAsked || this.#asked.has(id)));
    this.#isAsked = false;
    const ids = waiting.value.map(({ id }) => id);
    if (ids.length === 0) {
      this.#show(QUIET);
      return;
    }
    const road = this.#road();
    if (road !== 'open' && !ids.some((id) => this.#asked.has(id))) {
      this.#show({ ...QUIET, state: road });
      return;
    }
    let isOurs = false;
    await alone(async () => {
      isOurs = true;
      const outcome = await this.#send();
      // They have arrived, or went up in vain as often as may be: at what that costs, not once more unasked.
      if (outcome.problem === null) for (const id of ids) this.#asked.delete(id);
      this.#end(outcome);
    });
    // Another tab, or the service worker, which leaves off after a while: what was asked for is still asked for.
    if (!isOurs) this.#laterAgain(OTHERS_MS);
  }

  /** Which photos may go on is asked before each: a wish that is made while some are under way holds for the rest. */
  async #heedWish(why: Why): Promise<void> {
    const { photosByWifiOnly } = await settingsFact.read();
    // Made after one has asked for it to go at any cost, the wish is the newer word.
    if (why === 'changed' && photosByWifiOnly && !this.#isWifiOnly) this.#forgetAsked();
    this.#isWifiOnly = photosByWifiOnly;
  }

  #forgetAsked(): void {
    this.#isAsked = false;
    this.#asked = new Set();
  }

  async #send(): Promise<PhotoOutcome> {
    const { account, replica, connection, databases, signal, onContact } = this.#options;
    const conduct: PhotoConduct = {
      local: replica,
      remote: {
        upload: (photo, bytes) => connection.upload(signal, photo, bytes),
        read: connection.remote(signal).read
      },
      authorise: authoriser(connection, account, signal),
      elapsed: () => performance.now(),
      now: () => new Date().toISOString(),
      signal,
      mayUpload: (id) => this.#isAsked || this.#asked.has(id) || this.#road() === 'open',
      watcher: {
        onPhotos: (progress, underWay) => {
          this.#show({ ...QUIET, state: 'sending', ...progress }, underWay);
        },
        onContact
      }
    };
    return sendPhotos(conduct, databases(), this.#memory);
  }

  #end({ sent, isHeld, problem }: PhotoOutcome): void {
    this.#failures = problem === null || sent > 0 ? 0 : this.#failures + 1;
    const road = this.#road();
    const trouble = problem?.tag === 'aborted' ? null : problem;
    if (isHeld && road !== 'open') this.#show({ ...QUIET, state: road });
    else this.#show(trouble === null ? QUIET : { ...QUIET, problem: trouble });
    const wait = trouble === null ? null : waitMs(this.#failures, trouble, Math.random());
    if (wait !== null) this.#laterAgain(wait);
  }

  #laterAgain(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.begin('run');
    }, ms);
  }

  #road(): Road {
    return roadFor(connectionHere(), this.#isWifiOnly);
  }

  #show(view: PhotosView, underWay: readonly string[] = []): void {
    if (view === QUIET && this.#view === QUIET) return;
    this.#view = view;
    this.#options.onChange(view, underWay);
  }
}
