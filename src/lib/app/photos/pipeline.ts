// The page's side of preparing photos: one worker for one file at a time, started when needed, again when it has died.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { type ToWorker, readFromWorker } from './messages.ts';
import type { PhotoProblem, PreparedPhoto } from './outcome.ts';

export interface PipelineOptions {
  /** Starts a worker that speaks `messages.ts`. */
  launch?(): Worker;
  /** How long a worker with nothing to do is kept, ms: its memory is needed for other things. */
  readonly idleMs?: number;
  /** After so long on one file a worker counts as dead, ms. */
  readonly patienceMs?: number;
}

type Outcome = Result<PreparedPhoto, PhotoProblem>;

interface Job {
  readonly request: number;
  readonly file: File;
  settle(outcome: Outcome): void;
}

const IDLE_MS = 30_000;
/** A slow phone takes two seconds of a large photo. */
const PATIENCE_MS = 60_000;

export class PhotoPipeline {
  readonly #launch: () => Worker;
  readonly #idleMs: number;
  readonly #patienceMs: number;
  #worker: Worker | undefined;
  #current: Job | undefined;
  #waiting: Job[] = [];
  #requests = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ launch = launchWorker, idleMs = IDLE_MS, patienceMs = PATIENCE_MS }: PipelineOptions = {}) {
    this.#launch = launch;
    this.#idleMs = idleMs;
    this.#patienceMs = patienceMs;
  }

  /**
   * Prepares a file for storing, after those that were asked for before.
   * @param signal calls it off, also while it is under way: the answer is `aborted`
   * @returns a problem whenever there is no photo; never throws
   */
  prepare(file: File, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted === true) return Promise.resolve(err({ tag: 'aborted' }));
    return new Promise((resolve) => {
      const job: Job = {
        request: ++this.#requests,
        file,
        settle: (outcome) => {
          signal?.removeEventListener('abort', callOff);
          resolve(outcome);
        }
      };
      const callOff = (): void => {
        this.#callOff(job);
      };
      signal?.addEventListener('abort', callOff);
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends the worker; what was asked for and has no answer is aborted. The next file starts a new one. */
  close(): void {
    const jobs = [...(this.#current === undefined ? [] : [this.#current]), ...this.#waiting];
    this.#current = undefined;
    this.#waiting = [];
    this.#end();
    for (const job of jobs) job.settle(err({ tag: 'aborted' }));
  }

  #next(): void {
    if (this.#current !== undefined) return;
    clearTimeout(this.#timer);
    const job = this.#waiting.shift();
    if (job === undefined) {
      this.#timer = setTimeout(() => {
        this.#end();
      }, this.#idleMs);
      return;
    }
    this.#current = job;
    const worker = (this.#worker ??= this.#start());
    this.#timer = setTimeout(() => {
      this.#onDeath(worker);
    }, this.#patienceMs);
    const message: ToWorker = { type: 'prepare', request: job.request, file: job.file };
    worker.postMessage(message);
  }

  #start(): Worker {
    const worker = this.#launch();
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = readFromWorker(data);
      if (message === undefined || message.request !== this.#current?.request) return;
      this.#settle(message.type === 'prepared' ? ok(message.photo) : err(message.problem));
    });
    for (const death of ['error', 'messageerror']) {
      worker.addEventListener(death, () => {
        this.#onDeath(worker);
      });
    }
    return worker;
  }

  #onDeath(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#end();
    this.#settle(err({ tag: 'crashed' }));
  }

  /** What is under way cannot be stopped but with its worker. */
  #callOff(job: Job): void {
    this.#waiting = this.#waiting.filter((other) => other !== job);
    if (job !== this.#current) {
      job.settle(err({ tag: 'aborted' }));
      return;
    }
    this.#end();
    this.#settle(err({ tag: 'aborted' }));
  }

  #settle(outcome: Outcome): void {
    const job = this.#current;
    this.#current = undefined;
    job?.settle(outcome);
    this.#next();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function launchWorker(): Worker {
  return new Worker(new URL('./pipeline.worker.ts', import.meta.url), { type: 'module', name: 'photos' });
}
