// Photos on their way from the camera into the store: one after the other, counted, each failure with its file's name.
import { SvelteMap } from 'svelte/reactivity';
import type { Photo } from '#lib/domain/document/document.ts';
import { type Result, err } from '#lib/domain/result.ts';
import { dropCopies } from '#lib/storage/photoCache.ts';
import { type PhotoError, addPhoto } from '#lib/storage/photos.ts';
import type { Store } from '#lib/storage/store.ts';
import type { PhotoProblem, PreparedPhoto } from './outcome.ts';

/** Room that is left for text, bytes: a photo that would take it is not stored. */
const ROOM_FOR_TEXT = 20_000_000;

/** Where photos are taken for. */
export interface Destination extends Pick<Photo, 'commune' | 'productId' | 'target'> {
  /** Whose progress it is: a criterion of a dossier, a question in a row. */
  readonly key: string;
  /** Of a photo that is taken again. */
  readonly caption?: string | undefined;
  /** A photo is stored: now the record may name it. */
  readonly onphoto: (id: string) => void;
}

/**
 * | tag      | means                                                        |
 * |----------|--------------------------------------------------------------|
 * | full     | the device has no room for photos any more; there is for text |
 * | notSaved | the store has failed in another way                          |
 * | damaged  | what was read back is not what was written                   |
 */
export type TakingProblem = PhotoProblem | { readonly tag: 'full' | 'notSaved' | 'damaged' };

export interface Failure {
  readonly name: string;
  readonly problem: TakingProblem;
}

export interface Taking {
  /** Files that are through, stored or failed. */
  readonly done: number;
  readonly of: number;
  readonly failures: readonly Failure[];
}

export interface TakingPorts {
  prepare(file: File, signal: AbortSignal): Promise<Result<PreparedPhoto, PhotoProblem>>;
  /** Bytes that the browser still gives; null where it does not tell. */
  room(): Promise<number | null>;
  /** Keeps a new version from reloading the page. @returns to be called when it may */
  hold(): () => void;
}

interface Job {
  readonly file: File;
  readonly to: Destination;
  readonly signal: AbortSignal;
}

export class PhotoTaking {
  readonly #store: Store;
  readonly #ports: TakingPorts;
  readonly #takings = new SvelteMap<string, Taking>();
  readonly #aborts = new Map<string, AbortController>();
  readonly #jobs: Job[] = [];
  #running: Promise<void> | null = null;

  constructor(store: Store, ports: TakingPorts) {
    this.#store = store;
    this.#ports = ports;
  }

  /** What goes on at a destination, or has failed there and was not read yet. Reactive. */
  at(key: string): Taking | undefined {
    return this.#takings.get(key);
  }

  /** How many files are on their way for what begins with this key: those of a whole dossier. Reactive. */
  left(beginning: string): number {
    let left = 0;
    for (const [key, { done, of }] of this.#takings) if (key.startsWith(beginning)) left += of - done;
    return left;
  }

  /**
   * Takes files in, after those that were taken before them, whatever screen is shown meanwhile.
   * @returns when the last of all is through
   */
  take(files: readonly File[], to: Destination): Promise<void> {
    if (files.length === 0) return Promise.resolve();
    const before = this.#takings.get(to.key);
    const isGoingOn = before !== undefined && before.done < before.of;
    const abort = this.#aborts.get(to.key) ?? new AbortController();
    this.#aborts.set(to.key, abort);
    this.#takings.set(
      to.key,
      isGoingOn ? { ...before, of: before.of + files.length } : { done: 0, of: files.length, failures: [] }
    );
    this.#jobs.push(...files.map((file): Job => ({ file, to, signal: abort.signal })));
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Gives up what has not been stored yet at a destination. */
  stop(key: string): void {
    this.#aborts.get(key)?.abort();
    this.#aborts.delete(key);
  }

  /** The failures at a destination have been read. */
  dismiss(key: string): void {
    const taking = this.#takings.get(key);
    if (taking === undefined) return;
    if (taking.done === taking.of) this.#takings.delete(key);
    else this.#takings.set(key, { ...taking, failures: [] });
  }

  async #run(): Promise<void> {
    const letGo = this.#ports.hold();
    try {
      for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
        // A dead database connection throws: this photo is not stored, and the next ones may be.
        const stored = await this.#keep(job).catch(() => err<TakingProblem>({ tag: 'notSaved' }));
        if (stored.ok) job.to.onphoto(stored.value);
        this.#note(job, stored.ok ? null : stored.error);
      }
    } finally {
      letGo();
    }
  }

  async #keep({ file, to, signal }: Job): Promise<Result<string, TakingProblem>> {
    if (signal.aborted) return err({ tag: 'aborted' });
    const room = await this.#ports.room();
    if (room !== null && room < ROOM_FOR_TEXT && room + (await this.#freed()) < ROOM_FOR_TEXT) {
      return err({ tag: 'full' });
    }
    const prepared = await this.#ports.prepare(file, signal);
    if (!prepared.ok) return prepared;
    const { photo, thumb, width, height, takenAt, place, sha256, photoMd5, thumbMd5 } = prepared.value;
    const added = await addPhoto(this.#store, {
      commune: to.commune,
      productId: to.productId,
      target: to.target,
      width,
      height,
      takenAt: takenAt ?? undefined,
      place: place ?? undefined,
      caption: to.caption,
      sha256,
      bytes: { photo, thumb },
      digests: { photo: photoMd5, thumb: thumbMd5 }
    });
    return added.ok ? { ok: true, value: added.value._id } : err(problemOf(added.error));
  }

  /** Pictures that can be fetched again give way to one that cannot. A store that does not write says so by itself. */
  #freed(): Promise<number> {
    return dropCopies(this.#store).catch(() => 0);
  }

  #note({ file, to: { key } }: Job, problem: TakingProblem | null): void {
    const taking = this.#takings.get(key);
    if (taking === undefined) return;
    const failures = problem === null ? taking.failures : [...taking.failures, { name: file.name, problem }];
    const done = taking.done + 1;
    if (done === taking.of) this.#aborts.delete(key);
    if (done === taking.of && failures.length === 0) this.#takings.delete(key);
    else this.#takings.set(key, { ...taking, done, failures });
  }
}

function problemOf(error: PhotoError): TakingProblem {
  if (error.tag === 'damaged') return { tag: 'damaged' };
  return { tag: error.tag === 'write' && error.cause === 'quota' ? 'full' : 'notSaved' };
}
