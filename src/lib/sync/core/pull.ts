// Brings what changed on the server to the device, page by page (law 8).
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';
import type { ChangesPage, Checkpoint, Conduct } from './ports.ts';

/** What one pull did, to its end or as far as it came. */
export interface PullOutcome {
  readonly pulled: number;
  /** The page size to begin the next pull with. */
  readonly pageSize: number;
  /** What ended it early; the checkpoint stands after the last page that was written. */
  readonly problem: SyncProblem | null;
}

/** Changes asked for at first: few, so that something is on the screen soon. */
export const FIRST_PAGE = 200;
const LEAST_PAGE = 25;
const MOST_PAGE = 500;
/** While a page is written a person's save waits, so a page that takes longer to write is followed by smaller ones … */
const LOCKED_MS = 250;
/** … but for those that take long only because the device was busy: below this a page costs its transaction. */
const LEAST_LOCKED_PAGE = 100;
/** A page that takes longer is followed by a smaller one, a quicker one by a larger, milliseconds. */
const SLOW_MS = 4_000;
const QUICK_MS = 1_500;

/**
 * Pulls one database from its checkpoint to the newest change. The next page is under way while this one is written.
 * @param identity of the server, as it has just been asked
 * @param pageSize changes to ask for at first, see `FIRST_PAGE`
 */
export async function pull(
  conduct: Conduct,
  database: string,
  identity: string,
  pageSize: number
): Promise<PullOutcome> {
  const job = new Pull(conduct, database, identity, pageSize);
  const done = await job.run();
  return { pulled: job.pulled, pageSize: job.pageSize, problem: done.ok ? null : done.error };
}

class Pull {
  pulled = 0;
  pageSize: number;
  readonly #conduct: Conduct;
  readonly #database: string;
  readonly #identity: string;
  #mostPage = MOST_PAGE;
  /** Nothing has been pulled into this store yet that a page of another server could overwrite. */
  #isFirst = false;

  constructor(conduct: Conduct, database: string, identity: string, pageSize: number) {
    this.#conduct = conduct;
    this.#database = database;
    this.#identity = identity;
    this.pageSize = pageSize;
  }

  async run(): Promise<Result<void, SyncProblem>> {
    const stored = await this.#conduct.local.checkpoint(this.#database);
    if (!stored.ok) return stored;
    this.#isFirst = stored.value === null;
    // Another server, or the same one out of a backup: its sequence numbers mean something else, so begin anew.
    const known = stored.value?.identity === this.#identity ? stored.value : null;
    let coming: Promise<Result<ChangesPage, SyncProblem>> | null = this.#fetch(known?.since ?? null);
    while (coming !== null) {
      const page: Result<ChangesPage, SyncProblem> = await coming;
      if (this.#conduct.signal.aborted) return err({ tag: 'aborted' });
      if (!page.ok) return page;
      const isLast: boolean = page.value.changes.length === 0 || page.value.pending === 0;
      coming = isLast ? null : this.#fetch(page.value.lastSeq);
      const applied = await this.#apply(page.value, isLast, known);
      if (!applied.ok) {
        // The request that is under way may fail as well; nobody else would hear of it.
        await coming;
        return applied;
      }
    }
    return ok(undefined);
  }

  async #fetch(since: string | null): Promise<Result<ChangesPage, SyncProblem>> {
    const { remote, elapsed } = this.#conduct;
    const startedAt = elapsed();
    const asked = this.pageSize;
    const page = await remote.changes(this.#database, since, asked);
    const took = elapsed() - startedAt;
    if (page.ok ? took > SLOW_MS : page.error.tag === 'timeout') {
      this.pageSize = Math.max(LEAST_PAGE, Math.floor(asked / 2));
    } else if (page.ok && took < QUICK_MS) {
      this.pageSize = Math.min(this.#mostPage, asked * 2);
    }
    return page;
  }

  async #apply(page: ChangesPage, isLast: boolean, known: Checkpoint | null): Promise<Result<void, SyncProblem>> {
    const { local, watcher, elapsed } = this.#conduct;
    const { lastSeq, pending, serverTime } = page;
    watcher.onContact(serverTime);
    const changes = page.changes.filter(({ id }) => !id.startsWith('_design/'));
    const isNothingNew = page.changes.length === 0 && known?.since === lastSeq && known.completedAt !== null;
    if (isNothingNew) return ok(undefined);
    const isSame = await this.#isSameServer();
    if (!isSame.ok) return isSame;
    const startedAt = elapsed();
    const applied = await local.apply(this.#database, {
      changes,
      since: lastSeq,
      identity: this.#identity,
      completedAt: isLast ? serverTime : (known?.completedAt ?? null),
      at: serverTime
    });
    if (!applied.ok) return applied;
    this.#adapt(page.changes.length, elapsed() - startedAt);
    this.pulled += changes.length;
    watcher.onPulled(this.#database, this.pulled, pending);
    return ok(undefined);
  }

  /** A device that was busy for a moment gets its large pages back: many small ones keep it busy for longer. */
  #adapt(written: number, tookMs: number): void {
    if (tookMs > LOCKED_MS) {
      this.#mostPage = Math.max(LEAST_LOCKED_PAGE, Math.floor(written / 2));
      this.pageSize = Math.min(this.pageSize, this.#mostPage);
    } else if (tookMs < LOCKED_MS / 2) {
      this.#mostPage = Math.min(MOST_PAGE, this.#mostPage * 2);
    }
  }

  /**
   * Asked after a page has come and before it is written: had the server been restored since the run began, the page
   * would overwrite what the server has lost and nobody has compared yet (law 9).
   */
  async #isSameServer(): Promise<Result<void, SyncProblem>> {
    if (this.#isFirst) return ok(undefined);
    const identity = await this.#conduct.remote.identity(this.#database);
    if (!identity.ok) return identity;
    if (identity.value === this.#identity) return ok(undefined);
    return err({ tag: 'broken', detail: 'restored during the pull' });
  }
}
