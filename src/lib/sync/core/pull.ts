// Brings what changed on the server to the device, page by page (law 8).
import { type Result, err, ok } from '#lib/domain/result.ts';
import { AHEAD, fetchAhead } from './ahead.ts';
import type { SyncProblem } from './errors.ts';
import type { Change, ChangesPage, Checkpoint, Conduct } from './ports.ts';
import { type Pace, durationOf, nextSize } from './pace.ts';
import { isSameServer } from './restore.ts';

/** What one pull did, to its end or as far as it came. */
export interface PullOutcome {
  readonly pulled: number;
  /** The page size to begin the next pull with. */
  readonly pageSize: number;
  /** The server is another one than that of the checkpoint, or has lost something; nothing of it was written. */
  readonly isRestored: boolean;
  /** What ended it early; the checkpoint stands after the last page that was written. */
  readonly problem: SyncProblem | null;
}

/** Changes asked for at first: few, so that something is on the screen soon. */
export const FIRST_PAGE = 200;
export const MOST_PAGE = 500;
/** While a page is written a person's save waits, so a page that takes longer to write is followed by smaller ones … */
const LOCKED_MS = 250;
/** … but for those that take long only because the device was busy: below this a page costs its transaction. */
const LEAST_LOCKED_PAGE = 100;
/** While somebody types his save is to wait no longer than this for a page, which he does not feel: what is written in it … */
const TYPED_MS = 40;
/** … is at most and, for each costs its transaction, at least so many; with nothing measured, something between them. */
const TYPED_PAGE = { most: 150, least: 50, first: 60 } as const;
/** Of large documents five may be as much as a slow line brings. */
export const PAGE_PACE: Pace = { quickMs: 1_500, slowMs: 4_000, floor: 25, least: 5 };

/** Where a pull begins. */
export type From =
  /** Goes on where the last one ended; `restored` when it turns out that this is not that server any more. */
  | { readonly tag: 'checkpoint'; readonly checkpoint: Checkpoint }
  /** From the start of a server of this identity. `isFirst`: nothing has been pulled that it could have lost. */
  | { readonly tag: 'start'; readonly identity: string; readonly isFirst: boolean };

/**
 * Pulls one database to the newest change. The next page is under way while this one is written.
 *
 * Which server this is, is asked after each page has come and before it is written, but for a first pull: had the server
 * been restored before or during the run, the page would overwrite what it has lost and nobody has compared yet (law 9).
 * With the first page it is asked as well whether it knows what the witness saw: a server whose files were put back from
 * a backup is the same by its own word.
 * @param pageSize changes to ask for at first, see `FIRST_PAGE`
 */
export async function pull(conduct: Conduct, database: string, from: From, pageSize: number): Promise<PullOutcome> {
  const job = new Pull(conduct, database, from, pageSize);
  const done = await job.run();
  const { pulled, isRestored } = job;
  return { pulled, pageSize: job.pageSize, isRestored, problem: done.ok ? null : done.error };
}

const isOurs = ({ id }: { readonly id: string }): boolean => !id.startsWith('_design/');

const rowsOf = ({ changes, odd }: ChangesPage): number => changes.length + odd.length;

class Pull {
  pulled = 0;
  pageSize: number;
  isRestored = false;
  readonly #conduct: Conduct;
  readonly #database: string;
  readonly #from: From;
  readonly #identity: string;
  /** The checkpoint that this pull goes on from. */
  readonly #known: Checkpoint | null;
  #isLookedBack = false;
  #mostPage = MOST_PAGE;
  #typedPage: number = TYPED_PAGE.first;

  constructor(conduct: Conduct, database: string, from: From, pageSize: number) {
    this.#conduct = conduct;
    this.#database = database;
    this.#from = from;
    this.#known = from.tag === 'checkpoint' ? from.checkpoint : null;
    this.#identity = from.tag === 'checkpoint' ? from.checkpoint.identity : from.identity;
    this.pageSize = pageSize;
  }

  async run(): Promise<Result<void, SyncProblem>> {
    let coming: Promise<Result<ChangesPage, SyncProblem>> | null = this.#fetch(this.#known?.since ?? null);
    while (coming !== null) {
      const page: Result<ChangesPage, SyncProblem> = await coming;
      if (this.#conduct.signal.aborted) return err({ tag: 'aborted' });
      if (!page.ok) return page;
      const isLast: boolean = rowsOf(page.value) === 0 || page.value.pending === 0;
      const ahead = this.#isWorthLookingAhead(page.value) ? fetchAhead(this.#conduct.remote, this.#database) : null;
      coming = isLast ? null : this.#fetch(page.value.lastSeq);
      const applied = await this.#apply(page.value, isLast);
      if (applied.ok && ahead !== null) await this.#applyAhead(await ahead, page.value);
      if (!applied.ok || this.isRestored) {
        // The request that is under way may fail as well; nobody else would hear of it.
        await coming;
        return applied;
      }
    }
    return ok(undefined);
  }

  #isWorthLookingAhead({ pending }: ChangesPage): boolean {
    const { tag } = this.#from;
    return this.pulled === 0 && tag === 'start' && this.#from.isFirst && pending !== null && pending > 2 * AHEAD;
  }

  /** A courtesy: what fails here comes with its page. */
  async #applyAhead(ahead: Result<readonly Change[], SyncProblem>, page: ChangesPage): Promise<void> {
    if (!ahead.ok || this.#conduct.signal.aborted) return;
    await this.#conduct.local.apply(this.#database, {
      changes: ahead.value.filter(isOurs),
      since: page.lastSeq,
      identity: this.#identity,
      witness: page.witness,
      completedAt: null,
      at: page.serverTime
    });
  }

  async #fetch(since: string | null): Promise<Result<ChangesPage, SyncProblem>> {
    const { remote, elapsed, isTyping } = this.#conduct;
    const startedAt = elapsed();
    const wished = this.pageSize;
    const asked = isTyping() ? Math.min(wished, this.#typedPage) : wished;
    const page = await remote.changes(this.#database, since, asked);
    const took = durationOf(page, elapsed() - startedAt, PAGE_PACE);
    const next = nextSize(PAGE_PACE, asked, page.ok ? rowsOf(page.value) : null, took, this.#mostPage);
    // While somebody types it asks for less than it might: of that it shrinks by as much, unless nothing has come at all.
    const share = page.ok ? Math.floor((wished * next) / asked) : next;
    this.pageSize =
      next < asked ? Math.min(this.pageSize, share) : Math.min(this.#mostPage, Math.max(this.pageSize, next));
    return page;
  }

  async #apply(page: ChangesPage, isLast: boolean): Promise<Result<void, SyncProblem>> {
    const { local, watcher, elapsed } = this.#conduct;
    const { lastSeq, pending, serverTime } = page;
    watcher.onContact(serverTime);
    const isSame = await this.#isSameServer();
    if (!isSame.ok) return isSame;
    this.isRestored = !isSame.value;
    if (this.isRestored) return ok(undefined);
    const changes = page.changes.filter(isOurs);
    const startedAt = elapsed();
    const applied = await local.apply(this.#database, {
      changes,
      odd: page.odd.filter(isOurs),
      since: lastSeq,
      identity: this.#identity,
      witness: rowsOf(page) === 0 ? (this.#known?.witness ?? page.witness) : page.witness,
      completedAt: isLast ? serverTime : (this.#known?.completedAt ?? null),
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
    const fitting = Math.floor((written * TYPED_MS) / Math.max(1, tookMs));
    this.#typedPage = Math.min(TYPED_PAGE.most, Math.max(TYPED_PAGE.least, fitting));
  }

  async #isSameServer(): Promise<Result<boolean, SyncProblem>> {
    if (this.#from.tag === 'start' && this.#from.isFirst) return ok(true);
    const known = this.#isLookedBack ? null : this.#known;
    this.#isLookedBack = true;
    const { witness = null, sent = [] } = known ?? {};
    return isSameServer(this.#conduct, this.#database, { identity: this.#identity, witness, sent });
  }
}
