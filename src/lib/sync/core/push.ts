// Sends the outbox of one database, row by row (laws 3, 4, 6).
import { refusalRule } from '#lib/domain/refusal.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { BATCH_PACE, batchLength, nextBytes, smaller } from './batch.ts';
import type { SyncProblem } from './errors.ts';
import { maySpoilWriting, patienceFor, readWhatCan } from './halves.ts';
import { durationOf } from './pace.ts';
import type { Conduct, Outgoing, Verdict, WriteAnswer } from './ports.ts';

/** What one push did, to its end or as far as it came. */
export interface PushOutcome {
  readonly sent: number;
  readonly refused: number;
  readonly conflicts: number;
  /** The batch size to begin the next push with. */
  readonly batchBytes: number;
  /** What ended the push early, or kept single documents waiting; null when all had their answers. */
  readonly problem: SyncProblem | null;
  /** It was ended early: nothing more goes through for now. */
  readonly hasGivenUp: boolean;
  /** The server has lost what an edit was made from: it is out of a backup, and the next pull begins with comparing (law 9). */
  readonly isRestored: boolean;
}

/** Documents read from the device at a time: about one request. */
const READ_AT_ONCE = 250;

/** How often a document is tried within one run, each time on top of what the server has. */
const TRIES = 3;

/**
 * Sends what waits until nothing waits that has not been tried.
 * @param batchBytes bound of a request, see `START_BYTES`
 * @param tries how often each document was tried before in the same run; counted on
 */
export async function push(
  conduct: Conduct,
  database: string,
  batchBytes: number,
  tries: Map<string, number>
): Promise<PushOutcome> {
  const job = new Push(conduct, database, batchBytes, tries);
  const done = await job.run();
  const { tally, trouble, isRestored } = job;
  return { ...tally, problem: done.ok ? trouble : done.error, hasGivenUp: !done.ok, isRestored };
}

class Push {
  readonly tally = { sent: 0, refused: 0, conflicts: 0, batchBytes: 0 };
  /** A problem that kept single documents waiting while the others went on. */
  trouble: SyncProblem | null = null;
  isRestored = false;
  readonly #conduct: Conduct;
  readonly #database: string;
  readonly #tries: Map<string, number>;
  #strikes = 0;
  #mostStrikes = 0;
  /**
   * The last answer being written down, while the next request is under way. Should the app die meanwhile, the answer
   * counts as lost, and the next push recognises its own edits (law 4).
   */
  #judging: Promise<Result<void, SyncProblem>> = Promise.resolve(ok(undefined));

  constructor(conduct: Conduct, database: string, batchBytes: number, tries: Map<string, number>) {
    this.#conduct = conduct;
    this.#database = database;
    this.#tries = tries;
    this.tally.batchBytes = batchBytes;
  }

  async run(): Promise<Result<void, SyncProblem>> {
    const done = await this.#sendAll();
    const judged = await this.#judging;
    return done.ok ? judged : done;
  }

  async #sendAll(): Promise<Result<void, SyncProblem>> {
    for (;;) {
      // What the last answers made of their documents decides what waits now.
      const judged = await this.#judging;
      if (!judged.ok) return judged;
      const waiting = await this.#conduct.local.waiting(this.#database);
      if (!waiting.ok) return waiting;
      const ids = waiting.value.filter((id) => this.#triesOf(id) < TRIES);
      if (ids.length === 0) return ok(undefined);
      for (const id of ids) this.#tries.set(id, this.#triesOf(id) + 1);
      const sent = await this.#sendInTurn(ids);
      if (!sent.ok) return sent;
    }
  }

  /** Sends documents, the next ones being read from the device while these are under way. */
  async #sendInTurn(ids: readonly string[]): Promise<Result<void, SyncProblem>> {
    const read = (at: number) => this.#conduct.local.outgoing(ids.slice(at, at + READ_AT_ONCE));
    let coming = read(0);
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const outgoing = await coming;
      if (!outgoing.ok) return outgoing;
      const next = at + READ_AT_ONCE;
      if (next < ids.length) coming = read(next);
      for (let rest = outgoing.value; rest.length > 0;) {
        const length = batchLength(rest, this.tally.batchBytes);
        const done = await this.#send(rest.slice(0, length));
        if (!done.ok) {
          // The device is let go of only when it has done what it was asked.
          await coming;
          return done;
        }
        rest = rest.slice(length);
      }
    }
    return ok(undefined);
  }

  #triesOf(id: string): number {
    return this.#tries.get(id) ?? 0;
  }

  /** One request; a batch that is refused whole is halved until the one bad document stands alone. */
  async #send(batch: readonly Outgoing[]): Promise<Result<void, SyncProblem>> {
    const { remote, watcher, elapsed, signal } = this.#conduct;
    if (signal.aborted) return err({ tag: 'aborted' });
    const allowed = await this.#conduct.authorise();
    if (!allowed.ok) return allowed;
    const startedAt = elapsed();
    watcher.onSending(
      this.#database,
      batch.map(({ id }) => id)
    );
    const written = await remote.write(this.#database, batch);
    watcher.onSending(this.#database, []);
    const took = durationOf(written, elapsed() - startedAt, BATCH_PACE);
    this.tally.batchBytes = nextBytes(this.tally.batchBytes, written.ok ? batch : null, took);
    if (!written.ok) return this.#resend(batch, written.error);
    this.#strikes = 0;
    const { answers, serverTime } = written.value;
    watcher.onContact(serverTime);
    const judged = await this.#judging;
    if (judged.ok) this.#judging = this.#judge(batch, answers, serverTime);
    return judged;
  }

  async #resend(batch: readonly Outgoing[], problem: SyncProblem): Promise<Result<void, SyncProblem>> {
    if (problem.tag === 'tooLarge') this.tally.batchBytes = smaller(this.tally.batchBytes);
    // Of the batch that the misfortune began with.
    if (this.#strikes === 0) this.#mostStrikes = patienceFor(batch);
    if (!maySpoilWriting(problem) || ++this.#strikes > this.#mostStrikes) return err(problem);
    const [only] = batch;
    if (only === undefined) return ok(undefined);
    if (batch.length === 1) {
      if (problem.tag === 'server') {
        this.trouble = problem;
        // The server may yet take it, so it goes on waiting; only this push leaves it alone.
        this.#tries.set(only.id, TRIES);
        return ok(undefined);
      }
      this.#strikes = 0;
      return this.#quarantine(only, problem);
    }
    const half = Math.ceil(batch.length / 2);
    // Part of the batch may have been stored all the same (412): then the retry meets 409 and finds its own edit.
    const first = await this.#send(batch.slice(0, half));
    return first.ok ? this.#send(batch.slice(half)) : first;
  }

  async #judge(
    batch: readonly Outgoing[],
    answers: readonly WriteAnswer[],
    at: string
  ): Promise<Result<void, SyncProblem>> {
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    const verdicts: Verdict[] = [];
    const refused: Verdict[] = [];
    const overtaken: Outgoing[] = [];
    for (const outgoing of batch) {
      const { id, editId, doc } = outgoing;
      const answer = byId.get(id);
      switch (answer?.tag) {
        case 'stored':
          verdicts.push({ tag: 'receipt', id, editId, rev: answer.rev, at, doc });
          break;
        case 'conflict':
          overtaken.push(outgoing);
          break;
        case 'forbidden':
          refused.push({ tag: 'refused', id, editId, ...refusal(answer.reason), at });
          break;
        // No word on this row, or one that says nothing about the document: it stays as it is.
        case 'failed':
        case undefined:
          this.trouble = { tag: 'server', status: 500 };
          this.#tries.set(id, TRIES);
      }
    }
    const settled = await this.#settle(verdicts);
    if (!settled.ok) return settled;
    const judged = await this.#refuse(refused);
    return judged.ok ? this.#compare(overtaken, at) : judged;
  }

  /** Under somebody else's cookie the server refuses what is nobody's fault: it is asked whose it was (law 14). */
  async #refuse(refused: readonly Verdict[]): Promise<Result<void, SyncProblem>> {
    if (refused.length === 0) return ok(undefined);
    const allowed = await this.#conduct.authorise('anew');
    return allowed.ok ? this.#settle(refused) : allowed;
  }

  /** 409: fetches the server's version; the device decides what becomes of its own. */
  async #compare(overtaken: readonly Outgoing[], at: string): Promise<Result<void, SyncProblem>> {
    if (overtaken.length === 0) return ok(undefined);
    const ids = overtaken.map(({ id }) => id);
    const noted = await this.#noteLost(overtaken);
    if (!noted.ok) return noted;
    const read = await readWhatCan(this.#conduct.remote, this.#database, ids);
    if (!read.ok) return read;
    const found = new Set(read.value.map(({ id }) => id));
    for (const id of ids.filter((one) => !found.has(one))) {
      // What stands there cannot be read: the edit waits, this push leaves it alone, and somebody hears of it.
      this.trouble = { tag: 'broken', detail: 'overtaken by what cannot be read' };
      this.#tries.set(id, TRIES);
    }
    return this.#settle(read.value.map(({ id, rev, doc }) => ({ tag: 'standing', id, rev, doc, at })));
  }

  /**
   * Asks whether what stands there can have come of what these edits were made from. A server that does not know that any
   * more is out of a backup: what its version lacks nobody has taken away.
   */
  async #noteLost(overtaken: readonly Outgoing[]): Promise<Result<void, SyncProblem>> {
    const { remote, local } = this.#conduct;
    const bases = overtaken.flatMap(({ id, rev, isLost }) => (rev === null || isLost ? [] : [{ id, rev }]));
    if (bases.length === 0) return ok(undefined);
    const missing = await remote.missing(this.#database, bases);
    if (!missing.ok) return missing;
    if (missing.value.length === 0) return ok(undefined);
    this.isRestored = true;
    return local.putBack(missing.value);
  }

  #quarantine({ id, editId }: Outgoing, problem: SyncProblem): Promise<Result<void, SyncProblem>> {
    const reason =
      problem.tag === 'rejected' ? { code: 'malformed', message: problem.reason } : { code: problem.tag, message: '' };
    return this.#settle([{ tag: 'refused', id, editId, ...reason, at: this.#conduct.now() }]);
  }

  async #settle(verdicts: readonly Verdict[]): Promise<Result<void, SyncProblem>> {
    if (verdicts.length === 0) return ok(undefined);
    const settled = await this.#conduct.local.settle(verdicts);
    if (!settled.ok) return settled;
    for (const { id, became } of settled.value) {
      if (became === 'unmet') {
        // The edit waits, this push leaves it alone, and somebody hears of it.
        this.trouble = { tag: 'broken', detail: 'overtaken by what cannot be met' };
        this.#tries.set(id, TRIES);
      }
      if (became === 'sent') this.tally.sent++;
      if (became === 'refused') this.tally.refused++;
      if (became === 'conflict') this.tally.conflicts++;
    }
    return ok(undefined);
  }
}

/** A code for the sentence on the screen, from the words of a validation function. */
function refusal(reason: string): { code: string; message: string } {
  const rule = refusalRule(reason);
  return { code: rule === null ? 'forbidden' : `forbidden:${rule}`, message: reason };
}
