// A network that is cranked by hand: every request goes through, unless a test says what becomes of the next one.
import { type Result, err } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Remote } from '#lib/sync/core/ports.ts';

type Method = keyof Remote;

/** What becomes of a request. */
export type Fate =
  /** The problem comes up before the server hears of it. */
  | { readonly tag: 'fail'; readonly problem: SyncProblem }
  /** The server does it, the answer never arrives. */
  | { readonly tag: 'loseAnswer' }
  /** Something happens while the request is under way: before the server acts, or after it has. */
  | { readonly tag: 'meanwhile'; readonly before?: () => Promise<unknown>; readonly after?: () => Promise<unknown> };

export class Network implements Remote {
  isDown = false;
  readonly #server: Remote;
  readonly #fates: { readonly method: Method; readonly database: string | null; readonly fate: Fate }[] = [];

  constructor(server: Remote) {
    this.#server = server;
  }

  /** Decides the next request of that kind (to that database, when one is named). */
  next(method: Method, fate: Fate, database: string | null = null): this {
    this.#fates.push({ method, database, fate });
    return this;
  }

  identity(database: string) {
    return this.#pass('identity', database, () => this.#server.identity(database));
  }
  isStill(database: string, witness: Parameters<Remote['isStill']>[1]) {
    return this.#pass('isStill', database, () => this.#server.isStill(database, witness));
  }
  write(database: string, docs: Parameters<Remote['write']>[1]) {
    return this.#pass('write', database, () => this.#server.write(database, docs));
  }
  read(database: string, ids: readonly string[]) {
    return this.#pass('read', database, () => this.#server.read(database, ids));
  }
  versions(database: string, revs: Parameters<Remote['versions']>[1]) {
    return this.#pass('versions', database, () => this.#server.versions(database, revs));
  }
  changes(database: string, since: string | null, limit: number) {
    return this.#pass('changes', database, () => this.#server.changes(database, since, limit));
  }
  newest(database: string, limit: number) {
    return this.#pass('newest', database, () => this.#server.newest(database, limit));
  }
  missing(database: string, revs: Parameters<Remote['missing']>[1]) {
    return this.#pass('missing', database, () => this.#server.missing(database, revs));
  }

  async #pass<T>(
    method: Method,
    database: string,
    request: () => Promise<Result<T, SyncProblem>>
  ): Promise<Result<T, SyncProblem>> {
    if (this.isDown) return err({ tag: 'offline' });
    const at = this.#fates.findIndex((one) => one.method === method && (one.database ?? database) === database);
    const [next] = at < 0 ? [] : this.#fates.splice(at, 1);
    switch (next?.fate.tag) {
      case undefined:
        return request();
      case 'fail':
        return err(next.fate.problem);
      case 'loseAnswer':
        await request();
        return err({ tag: 'offline' });
      case 'meanwhile': {
        await next.fate.before?.();
        const answer = await request();
        await next.fate.after?.();
        return answer;
      }
    }
  }
}
