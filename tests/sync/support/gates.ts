// Stops the engine at every call it makes, on either side, until a test lets that one call through.
import { isDeepStrictEqual } from 'node:util';
import { type Result, err } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { LocalReplica, Remote } from '#lib/sync/core/ports.ts';
import type { Life } from './mortal.ts';

/** What becomes of a call that waits. */
export type Passage =
  | { readonly tag: 'through' }
  /** A page is applied a second time, which must change nothing (any other call: just through). */
  | { readonly tag: 'twice' }
  /** A request: the problem comes up before the server hears of it. An answer: it is lost, and this is what is seen. */
  | { readonly tag: 'fail'; readonly problem: SyncProblem }
  /** A write is given up by the device, but is still under way, and may yet arrive. */
  | { readonly tag: 'late' }
  /** A write arrives, and a copy of it is under way. */
  | { readonly tag: 'copied' };

/** A call to the device's replica, or what the device does about the server's word on its roles. */
export type LocalCall = keyof LocalReplica | 'authorise';

/** A call that waits to be let through: to the device's replica, to the server, or the server's answer coming back. */
export interface Gate {
  readonly kind: 'local' | 'request' | 'answer';
  readonly method: LocalCall | keyof Remote;
  pass(passage: Passage): Promise<void>;
}

/** A write that travels without anybody waiting for its answer. */
export type Stray = () => Promise<unknown>;

export interface GatesOptions {
  readonly local: LocalReplica;
  readonly remote: Remote;
  isOnline(): boolean;
  /** The process that the engine runs in. */
  readonly life: Life;
  onStray(stray: Stray): void;
  /** What the engine asks the replica to write down. */
  onLocal(method: LocalCall, argument: unknown): void;
  /** All that lies on the device. */
  picture(): Promise<unknown>;
}

export class Gates {
  readonly waiting: Gate[] = [];
  readonly local: LocalReplica;
  readonly remote: Remote;
  readonly #options: GatesOptions;

  constructor(options: GatesOptions) {
    this.#options = options;
    const { local, remote } = options;
    this.local = {
      waiting: (database) => this.#here('waiting', database, () => local.waiting(database)),
      outgoing: (ids) => this.#here('outgoing', ids, () => local.outgoing(ids)),
      settle: (verdicts) => this.#here('settle', verdicts, () => local.settle(verdicts)),
      checkpoint: (database) => this.#here('checkpoint', database, () => local.checkpoint(database)),
      apply: (database, page) => this.#here('apply', page, () => local.apply(database, page)),
      retake: (database, standing, gone, at) =>
        this.#here('retake', standing, () => local.retake(database, standing, gone, at)),
      held: (database) => this.#here('held', database, () => local.held(database)),
      compared: (database) => this.#here('compared', [], () => local.compared(database)),
      putBack: (ids) => this.#here('putBack', ids, () => local.putBack(ids)),
      clashing: (database, most) => this.#here('clashing', database, () => local.clashing(database, most)),
      leaveLeaves: (leaves) => this.#here('leaveLeaves', leaves, () => local.leaveLeaves(leaves)),
      planLeaves: (leaves) => this.#here('planLeaves', leaves, () => local.planLeaves(leaves))
    };
    this.remote = {
      identity: (database) => this.#there('identity', () => remote.identity(database)),
      isStill: (database, witness) => this.#there('isStill', () => remote.isStill(database, witness)),
      write: (database, docs) => this.#there('write', () => remote.write(database, docs)),
      read: (database, ids) => this.#there('read', () => remote.read(database, ids)),
      versions: (database, revs) => this.#there('versions', () => remote.versions(database, revs)),
      changes: (database, since, limit) => this.#there('changes', () => remote.changes(database, since, limit)),
      newest: (database, limit) => this.#there('newest', () => remote.newest(database, limit)),
      missing: (database, revs) => this.#there('missing', () => remote.missing(database, revs))
    };
  }

  authorise(call: () => Promise<Result<void, SyncProblem>>): Promise<Result<void, SyncProblem>> {
    return this.#here('authorise', null, call);
  }

  #here<T>(method: LocalCall, argument: unknown, call: () => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      this.waiting.push({
        kind: 'local',
        method,
        pass: async ({ tag }) => {
          this.#options.onLocal(method, argument);
          const { life } = this.#options;
          const done = await Promise.race([this.#work(call, tag === 'twice' && method === 'apply'), life.over]);
          if (!life.isOver && done !== undefined) resolve(done.value);
        }
      });
    });
  }

  async #work<T>(call: () => Promise<T>, isTwice: boolean): Promise<{ value: T }> {
    const value = await call();
    if (!isTwice) return { value };
    const before = await this.#options.picture();
    const again = await call();
    const after = await this.#options.picture();
    if (!isDeepStrictEqual(before, after)) throw new Error(`applied twice: ${JSON.stringify({ before, after })}`);
    return { value: again };
  }

  #there<T>(method: keyof Remote, call: () => Promise<Result<T, SyncProblem>>): Promise<Result<T, SyncProblem>> {
    return new Promise((resolve) => {
      const answer = (result: Result<T, SyncProblem>): Gate => ({
        kind: 'answer',
        method,
        pass: async (passage) => {
          if (!this.#options.isOnline()) resolve(err({ tag: 'offline' }));
          else resolve(passage.tag === 'fail' ? err(passage.problem) : result);
        }
      });
      this.waiting.push({
        kind: 'request',
        method,
        pass: async (passage) => {
          const stray = () => {
            if (method === 'write') this.#options.onStray(call);
          };
          if (!this.#options.isOnline()) return resolve(err({ tag: 'offline' }));
          if (passage.tag === 'fail') return resolve(err(passage.problem));
          if (passage.tag === 'late') {
            stray();
            return resolve(err({ tag: 'timeout' }));
          }
          const result = await call();
          if (passage.tag === 'copied') stray();
          this.waiting.push(answer(result));
        }
      });
    });
  }
}

/** Lets everything go on that waits for nothing but its turn. */
export const aMoment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
