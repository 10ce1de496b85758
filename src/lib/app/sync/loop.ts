// Decides when to run: at start, when asked, on a save, when the network or the person comes back, by timer (law 11).
import { waitMs } from '#lib/sync/core/backoff.ts';
import { concernsOneDatabase } from '#lib/sync/core/reach.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Errand } from '#lib/sync/core/run.ts';
import type { WakeReason } from './messages.ts';

/** How a run ended, as far as the next one depends on it. */
export interface RunEnd {
  readonly problem: SyncProblem | null;
  /** Documents whose receipts arrived. */
  readonly sent: number;
  /** Something still waits that the run could have sent: it was typed while the run ended. */
  readonly isLeft: boolean;
}

export interface LoopPorts {
  /** Does one run; the loop never starts a second one before the first has ended. */
  run(work: Errand['work']): Promise<RunEnd>;
  /** Calls back once, that many milliseconds later; gives the way to call it off. */
  after(ms: number, call: () => void): () => void;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to 1. */
  chance(): number;
  onChange(state: LoopState): void;
}

export interface LoopState {
  readonly phase: 'idle' | 'running' | 'paused';
  readonly problem: SyncProblem | null;
  /** Milliseconds since 1970, or null when no try is planned. */
  readonly nextTryAt: number | null;
  /** A person wants no more to be loaded for now; what is unsent is sent all the same. */
  readonly isHalted: boolean;
}

/** A save is sent this long after the last one, milliseconds, so that a burst of commits becomes one request … */
const CALM_MS = 500;
/** … and this long after the first one at the latest. */
const PATIENCE_MS = 8_000;
/** A save alone does not ask a server again that did not answer or did not take what there was, before this. */
const GRACE_MS = 10_000;
/** Coming back to the app fetches news only if the last look is this old. */
const FRESH_MS = 10_000;

/** Whether a person wants a run: then neither a stopped loading nor a server's wish for rest counts. */
export const isByPerson = (why: WakeReason): boolean => why === 'asked' || why === 'signedIn';

export class SyncLoop {
  readonly #ports: LoopPorts;
  #state: LoopState = { phase: 'idle', problem: null, nextTryAt: null, isHalted: false };
  #failures = 0;
  /** When the last run ended, and whether it left something behind that it could not send. */
  #last = { endedAt: -Infinity, isStuck: false };
  /** When colleagues' work is to be looked for at the latest: pushes put it off no further. */
  #pullDueAt = -Infinity;
  /** A server has asked to be left alone (`Retry-After`): only a person may ask it all the same. */
  #rest = { from: Infinity, until: -Infinity };
  /** What to do when the run that is under way has ended. */
  #next: Errand['work'] | null = null;
  #isStopped = false;
  #cancelTimer: () => void = () => undefined;
  #cancelSave: () => void = () => undefined;
  #unsavedSince: number | null = null;

  constructor(ports: LoopPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#begin('both');
  }

  /** Someone or something wants a run now. */
  wake(why: WakeReason): void {
    const isPaused = this.#state.phase === 'paused';
    if (isByPerson(why)) this.halt(false);
    if ((why === 'online' || why === 'news') && isPaused) return;
    if (why === 'news' && this.#state.isHalted) return;
    const now = this.#ports.now();
    if (why === 'visible' && (isPaused || isWithin(now, this.#last.endedAt, FRESH_MS))) return;
    if (!isByPerson(why) && this.#isResting(now)) this.#beginRested();
    else this.#begin('both');
  }

  /** Whether a person wants no more to be loaded; a run that has waited for its turn heeds what is so by then. */
  get isHalted(): boolean {
    return this.#state.isHalted;
  }

  /** Loads nothing more, or may load again; breaking off the run that is under way is the caller's. */
  halt(isHalted: boolean): void {
    if (isHalted !== this.#state.isHalted) this.#set({ ...this.#state, isHalted });
  }

  /** Something was saved on this device, in any tab. */
  saved(): void {
    if (this.#isStopped || this.#state.phase !== 'idle') return;
    const now = this.#ports.now();
    this.#unsavedSince ??= now;
    const { endedAt, isStuck } = this.#last;
    const earliest = Math.max(
      this.#isResting(now) ? this.#rest.until : now,
      isStuck && isWithin(now, endedAt, GRACE_MS) ? endedAt + GRACE_MS : now
    );
    const calm = Math.min(now + CALM_MS, this.#unsavedSince + PATIENCE_MS);
    this.#cancelSave();
    this.#cancelSave = this.#ports.after(Math.max(0, Math.max(calm, earliest) - now), () => {
      this.#begin('push');
    });
  }

  /** No further run begins; one that is under way is not waited for. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    this.#cancelSave();
  }

  #isResting(now: number): boolean {
    const { from, until } = this.#rest;
    return isWithin(now, from, until - from);
  }

  /** Brings the next try forward to the end of the rest that a server has asked for. */
  #beginRested(): void {
    const { phase, nextTryAt } = this.#state;
    const { until } = this.#rest;
    if (this.#isStopped || phase !== 'idle' || nextTryAt === null || nextTryAt <= until) return;
    this.#set({ ...this.#state, nextTryAt: until });
    this.#beginAt(until);
  }

  #beginAt(at: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#ports.after(at - this.#ports.now(), () => {
      this.#begin('both');
    });
  }

  #begin(wanted: Errand['work']): void {
    if (this.#isStopped) return;
    const work = this.#state.isHalted ? 'push' : wanted;
    if (this.#state.phase === 'running') {
      if (this.#next !== 'both') this.#next = work;
      return;
    }
    this.#cancelTimer();
    this.#cancelSave();
    this.#unsavedSince = null;
    this.#set({ ...this.#state, phase: 'running', nextTryAt: null });
    this.#ports.run(work).then(
      (end) => {
        this.#end(work, end);
      },
      // A bug: shown and tried again like any other trouble, or sync would stand still until the next start.
      (bug: unknown) => {
        this.#end(work, { problem: { tag: 'broken', detail: String(bug) }, sent: 0, isLeft: false });
      }
    );
  }

  #end(work: Errand['work'], { problem: trouble, sent, isLeft }: RunEnd): void {
    const now = this.#ports.now();
    // Broken off because a person wanted it: no trouble, and nothing to try again.
    const isBrokenOff = this.#state.isHalted && trouble?.tag === 'aborted';
    const problem = isBrokenOff ? null : trouble;
    // What was typed meanwhile has not been looked at.
    if (isBrokenOff) this.#next ??= 'push';
    const isInTheWay = problem !== null && !concernsOneDatabase(problem);
    this.#failures = isInTheWay ? this.#failures + 1 : 0;
    this.#rest = { from: now, until: problem?.tag === 'busy' ? now + (problem.retryAfterMs ?? 0) : now };
    this.#last = { endedAt: now, isStuck: isInTheWay || (isLeft && sent === 0) };
    if (this.#isStopped) return;
    const wait = waitMs(this.#failures, problem, this.#ports.chance());
    if (wait === null) {
      this.#next = null;
      this.#set({ ...this.#state, phase: 'paused', problem, nextTryAt: null });
      return;
    }
    if (work === 'both' || this.#state.isHalted || isInTheWay) this.#pullDueAt = now + wait;
    const nextAt = Math.min(now + wait, Math.max(now, this.#pullDueAt));
    this.#set({ ...this.#state, phase: 'idle', problem, nextTryAt: problem === null ? null : nextAt });
    this.#beginAt(nextAt);
    const next = this.#next;
    this.#next = null;
    if (next !== null) this.#begin(next);
    else if (isLeft) this.saved();
  }

  #set(state: LoopState): void {
    this.#state = state;
    this.#ports.onChange(state);
  }
}

/** Whether so little time has passed since a moment; not where the clock was set back behind it, and nobody knows. */
const isWithin = (now: number, since: number, ms: number): boolean => now >= since && now - since < ms;
