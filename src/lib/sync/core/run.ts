// One run: every database pushed and pulled, a few at a time, none of them holding up the others.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import { START_BYTES } from './batch.ts';
import type { SyncProblem } from './errors.ts';
import { closeLeaves } from './leaves.ts';
import { type OddMemory, rereadOdd } from './odd.ts';
import type { Checkpoint, Conduct, Remote } from './ports.ts';
import { FIRST_PAGE, type From, type PullOutcome, pull } from './pull.ts';
import { push } from './push.ts';
import { endsDatabase, endsRun, isSilence, mayBeOfSome } from './reach.ts';
import { isSameServer, recover } from './restore.ts';

/** What a run is asked to do. */
export interface Errand {
  /** `push`: only send; `both`: send, then fetch. */
  readonly work: 'push' | 'both';
  readonly databases: readonly string[];
}

/** What is worth knowing from one run to the next; losing it costs nothing but a little speed. */
export interface RunMemory {
  /** Batch size by database. */
  readonly batchBytes: Map<string, number>;
  /** Page size by database. */
  readonly pageSize: Map<string, number>;
  /** Databases that failed last time: they come last, so that none of them starves the others. */
  readonly failed: Set<string>;
  /** When what was odd is read once more. */
  readonly odd: OddMemory;
}

/** @param batchBytes @param pageSize by database, where a run is to begin with others than it would */
export const freshMemory = (
  batchBytes: RunMemory['batchBytes'] = new Map(),
  pageSize: RunMemory['pageSize'] = new Map()
): RunMemory => ({
  batchBytes,
  pageSize,
  failed: new Set(),
  odd: new Map()
});

interface Tally {
  sent: number;
  refused: number;
  conflicts: number;
  pulled: number;
}

export interface RunOutcome extends Readonly<Tally> {
  /** By database; empty when all went well. */
  readonly problems: ReadonlyMap<string, SyncProblem>;
}

const AT_ONCE = 4;

/** So many databases may fail for want of a network, one after the other, before the rest is left for the next run. */
const SILENT_MOST = 4;

/**
 * Replicates the databases of one account.
 * @returns counts and problems; a run itself does not fail
 */
export async function run(conduct: Conduct, errand: Errand, memory: RunMemory): Promise<RunOutcome> {
  const total = { sent: 0, refused: 0, conflicts: 0, pulled: 0 };
  const problems = new Map<string, SyncProblem>();
  const queue = [...errand.databases].sort((a, b) => Number(memory.failed.has(a)) - Number(memory.failed.has(b)));
  let silent = 0;
  let isOver = false;
  let isAskedToRest = false;
  // A server that asks for time asks for all its databases: those under way ask nothing more either, and what they have
  // applied stays.
  const restful = { ...conduct, remote: whileWelcome(conduct.remote, () => !isAskedToRest) };

  const lane = async () => {
    for (let database = queue.shift(); database !== undefined && !isOver; database = queue.shift()) {
      const problem = await explained(restful, await replicate(restful, database, errand.work, memory, total));
      if (problem === null) {
        memory.failed.delete(database);
        silent = 0;
        continue;
      }
      // Another database's trouble.
      if (isAskedToRest && problem.tag === 'aborted') continue;
      problems.set(database, problem);
      memory.failed.add(database);
      silent = isSilence(problem) ? silent + 1 : 0;
      isAskedToRest ||= problem.tag === 'busy';
      isOver ||= isAskedToRest || endsRun(problem) || silent >= SILENT_MOST;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { ...total, problems };
}

/** Asks only while the server may be asked. */
function whileWelcome(remote: Remote, isWelcome: () => boolean): Remote {
  const unless =
    <A extends readonly unknown[], T>(ask: (...asked: A) => Promise<Result<T, SyncProblem>>) =>
    (...asked: A): Promise<Result<T, SyncProblem>> =>
      isWelcome() ? ask(...asked) : Promise.resolve(err({ tag: 'aborted' }));
  return {
    identity: unless((database) => remote.identity(database)),
    isStill: unless((database, witness) => remote.isStill(database, witness)),
    write: unless((database, docs) => remote.write(database, docs)),
    read: unless((database, ids) => remote.read(database, ids)),
    versions: unless((database, revs) => remote.versions(database, revs)),
    changes: unless((database, since, limit) => remote.changes(database, since, limit)),
    newest: unless((database, limit) => remote.newest(database, limit)),
    missing: unless((database, revs) => remote.missing(database, revs))
  };
}

/**
 * One database, and what it costs in requests:
 *
 * | there is                                    | requests                                               |
 * |---------------------------------------------|--------------------------------------------------------|
 * | nothing new, nothing to send                | 1: the look back, see `Witness`                        |
 * | something to send                           | + `_session` once per run, + 1 for each batch          |
 * | news                                        | + `_session` and `GET /` once per run; each page, and  |
 * |                                             | with it `GET /{db}`; with the first `_revs_diff`       |
 * | news and something to send                  | the same, and the last two once more                   |
 * | a first pull                                | `_session`, `GET /`, `GET /{db}`, then each page       |
 *
 * Which server this is (law 9) is asked: before a first pull; with every page of a later one, before it is written; after
 * a day without either; and before what waits is sent, where there are news. A push builds on revisions, and a server that
 * has lost one answers 409: then it is asked whether it knows what the edit was made from.
 * The look back recognises a server without asking: what is missing there is missing in its answer. It is not trusted
 * while this device has sent something that has not come back with the changes: that would be seen by nobody.
 */
async function replicate(
  conduct: Conduct,
  database: string,
  work: Errand['work'],
  memory: RunMemory,
  total: Tally
): Promise<SyncProblem | null> {
  const tries = new Map<string, number>();
  // It takes nothing any more in this run.
  let isUnwell = false;
  // It has turned out to be another one: nothing goes on top of what has not been compared (law 9).
  let isAnother = false;
  const send = async (): Promise<SyncProblem | null> => {
    if (isUnwell || isAnother) return null;
    const pushed = await push(conduct, database, sizeFor(database, memory.batchBytes, START_BYTES), tries);
    isUnwell = pushed.hasGivenUp;
    isAnother = pushed.isRestored;
    memory.batchBytes.set(database, pushed.batchBytes);
    total.sent += pushed.sent;
    total.refused += pushed.refused;
    total.conflicts += pushed.conflicts;
    return pushed.problem;
  };
  const fetch = async (from: From): Promise<PullOutcome> => {
    const pulled = await pull(conduct, database, from, sizeFor(database, memory.pageSize, FIRST_PAGE));
    memory.pageSize.set(database, pulled.pageSize);
    total.pulled += pulled.pulled;
    return pulled;
  };

  const tidy = async (): Promise<SyncProblem | null> => {
    if (isUnwell || isAnother) return null;
    const settled = await closeLeaves(conduct, database);
    if (!settled.ok) return settled.error;
    if (settled.value === 0) return null;
    const reached = await conduct.local.checkpoint(database);
    if (!reached.ok || reached.value === null) return reached.ok ? null : reached.error;
    const pulled = await fetch({ tag: 'checkpoint', checkpoint: reached.value });
    isAnother = pulled.isRestored;
    return pulled.problem;
  };
  const orRestored = (problem: SyncProblem | null) => problem ?? (isAnother ? RESTORED : null);
  const finish = async (
    trouble: SyncProblem | null,
    ...first: readonly (() => Promise<SyncProblem | null>)[]
  ): Promise<SyncProblem | null> => {
    const reread = async () => (isAnother ? null : rereadOdd(conduct, database, checkpoint, memory.odd));
    // Sent at the end: what was typed in the meantime, or came to stand on a newer version by the pull.
    return orRestored(await inTurn(trouble, [...first, reread, tidy, send]));
  };

  if (conduct.signal.aborted) return { tag: 'aborted' };
  if (work === 'push') return orRestored(await send());

  const stored = await conduct.local.checkpoint(database);
  if (!stored.ok) return stored.error;
  const checkpoint = stored.value;
  const quiet = checkpoint === null ? ok(false) : await isQuiet(conduct, database, checkpoint);
  if (!quiet.ok) return quiet.error;
  if (quiet.value) return finish(null, send);

  const allowed = await conduct.authorise();
  if (!allowed.ok) return allowed.error;
  const known = checkpoint === null ? ok(true) : await mayBuildOn(conduct, database, checkpoint);
  if (!known.ok) return known.error;
  let isRestored = !known.value;
  // Own work first: it is what could be lost.
  let trouble = isRestored ? null : await send();
  if (trouble !== null && endsDatabase(trouble)) return trouble;
  isRestored ||= isAnother;
  if (checkpoint !== null && !isRestored) {
    const pulled = await fetch({ tag: 'checkpoint', checkpoint });
    if (pulled.problem !== null) return pulled.problem;
    isRestored = pulled.isRestored;
  }
  if (checkpoint === null || isRestored) {
    const from = await begin(conduct, database, isRestored);
    if (!from.ok) return from.error;
    isAnother = false;
    if (isRestored) trouble = (await send()) ?? trouble;
    // All has been compared: what is found missing now is what a conflict began from whose other side was lost as well.
    isAnother = false;
    if (trouble !== null && endsDatabase(trouble)) return trouble;
    const pulled = await fetch(from.value);
    if (pulled.isRestored) return RESTORED;
    if (pulled.problem !== null) return pulled.problem;
  }
  return finish(trouble);
}

/** The next run compares everything. */
const RESTORED: SyncProblem = { tag: 'broken', detail: 'restored' };

/**
 * Takes one step after the other: what one document has come to grief of is no reason to leave out the next.
 * @param trouble what has been met before
 * @returns the first problem, or the one that is not of single documents and has ended it
 */
async function inTurn(
  trouble: SyncProblem | null,
  steps: readonly (() => Promise<SyncProblem | null>)[]
): Promise<SyncProblem | null> {
  let first = trouble;
  for (const step of steps) {
    const problem = await step();
    if (problem !== null && !mayBeOfSome(problem)) return problem;
    first ??= problem;
  }
  return first;
}

/** What a database begins with: the line is the same for all, so where it is known to be slow a new one begins small. */
const sizeFor = (database: string, known: ReadonlyMap<string, number>, usual: number): number =>
  known.get(database) ?? Math.min(usual, ...known.values());

/** Whether what waits may be sent before the pull: nothing does, or the server has not lost what it builds on. */
async function mayBuildOn(
  conduct: Conduct,
  database: string,
  checkpoint: Checkpoint
): Promise<Result<boolean, SyncProblem>> {
  const waiting = await conduct.local.waiting(database);
  if (!waiting.ok) return waiting;
  return waiting.value.length === 0 ? ok(true) : isSameServer(conduct, database, checkpoint);
}

/** A database that is shut may be so because the cookie is somebody else's, or the roles have changed: asks for whom we are taken. */
async function explained(conduct: Conduct, problem: SyncProblem | null): Promise<SyncProblem | null> {
  if (problem?.tag !== 'noAccess') return problem;
  const allowed = await conduct.authorise('anew');
  return allowed.ok ? problem : allowed.error;
}

/** So long may a server go by its look back alone, milliseconds. */
const UNASKED_MS = 24 * 60 * 60_000;

async function isQuiet(
  { remote, watcher }: Conduct,
  database: string,
  { witness, completedAt }: Checkpoint
): Promise<Result<boolean, SyncProblem>> {
  if (witness === null || completedAt === null) return ok(false);
  const answer = await remote.isStill(database, witness);
  if (!answer.ok) return answer;
  const { isStill, serverTime } = answer.value;
  watcher.onContact(serverTime);
  return ok(isStill && Date.parse(serverTime) - Date.parse(completedAt) < UNASKED_MS);
}

/** Makes ready for a pull from the start; a server that was restored is compared before (law 9). */
async function begin(conduct: Conduct, database: string, isRestored: boolean): Promise<Result<From, SyncProblem>> {
  const identity = await conduct.remote.identity(database);
  if (!identity.ok) return identity;
  // Reference data are only read here: who provisions the server brings back what it has lost.
  if (isRestored && database !== REFERENCE_DATABASE) {
    const recovered = await recover(conduct, database);
    if (!recovered.ok) return recovered;
  }
  return ok({ tag: 'start', identity: identity.value, isFirst: !isRestored });
}
