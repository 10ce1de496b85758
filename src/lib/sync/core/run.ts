// One run: every database pushed and pulled, a few at a time, none of them holding up the others.
import { REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import { START_BYTES } from './batch.ts';
import type { SyncProblem } from './errors.ts';
import type { Conduct } from './ports.ts';
import { closeLeaves } from './leaves.ts';
import { FIRST_PAGE, pull } from './pull.ts';
import { push } from './push.ts';
import { recover } from './restore.ts';

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
  /** Losing leaves that this account may not settle. */
  readonly leaves: Set<string>;
}

export const freshMemory = (): RunMemory => ({
  batchBytes: new Map(),
  pageSize: new Map(),
  failed: new Set(),
  leaves: new Set()
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

  const lane = async () => {
    for (let database = queue.shift(); database !== undefined && !isOver; database = queue.shift()) {
      const problem = await replicate(conduct, database, errand.work, memory, total);
      if (problem === null) {
        memory.failed.delete(database);
        silent = 0;
        continue;
      }
      problems.set(database, problem);
      memory.failed.add(database);
      silent = isSilence(problem) ? silent + 1 : 0;
      isOver ||= endsRun(problem) || silent >= SILENT_MOST;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { ...total, problems };
}

/** The one problem of a run that a person should hear of: what stops most comes first. */
export function worstProblem(problems: ReadonlyMap<string, SyncProblem>): SyncProblem | null {
  const all = [...problems.values()];
  return all.reduce<SyncProblem | null>(
    (worst, problem) => (worst === null || WEIGHT[problem.tag] > WEIGHT[worst.tag] ? problem : worst),
    null
  );
}

const WEIGHT: Readonly<Record<SyncProblem['tag'], number>> = {
  aborted: 0,
  noDatabase: 1,
  noAccess: 2,
  rejected: 3,
  tooLarge: 4,
  broken: 5,
  server: 6,
  busy: 7,
  timeout: 8,
  offline: 9,
  notCouch: 10,
  storage: 11,
  signedOut: 12
};

async function replicate(
  conduct: Conduct,
  database: string,
  work: Errand['work'],
  memory: RunMemory,
  total: Tally
): Promise<SyncProblem | null> {
  const send = async (): Promise<SyncProblem | null> => {
    const pushed = await push(conduct, database, memory.batchBytes.get(database) ?? START_BYTES);
    memory.batchBytes.set(database, pushed.batchBytes);
    total.sent += pushed.sent;
    total.refused += pushed.refused;
    total.conflicts += pushed.conflicts;
    return pushed.problem;
  };

  if (conduct.signal.aborted) return { tag: 'aborted' };
  if (work === 'push') return send();

  const identity = await conduct.remote.identity(database);
  if (!identity.ok) return identity.error;
  const checkpoint = await conduct.local.checkpoint(database);
  if (!checkpoint.ok) return checkpoint.error;
  const isOther = checkpoint.value !== null && checkpoint.value.identity !== identity.value;
  // Reference data are only read here: who provisions the server brings back what it has lost.
  if (isOther && database !== REFERENCE_DATABASE) {
    const recovered = await recover(conduct, database);
    if (!recovered.ok) return recovered.error;
  }
  // Own work first: it is what could be lost.
  const first = await send();
  if (first !== null && (endsRun(first) || isSilence(first))) return first;
  const pulled = await pull(conduct, database, identity.value, memory.pageSize.get(database) ?? FIRST_PAGE);
  memory.pageSize.set(database, pulled.pageSize);
  total.pulled += pulled.pulled;
  if (pulled.problem !== null || first !== null) return pulled.problem ?? first;
  const closed = await closeLeaves(conduct, database, memory.leaves);
  if (!closed.ok) return closed.error;
  // What was typed in the meantime, or came to stand on a newer version by the pull.
  return send();
}

/** Problems of the device or of the session, the same for every database. */
function endsRun(problem: SyncProblem): boolean {
  return problem.tag === 'signedOut' || problem.tag === 'aborted' || problem.tag === 'storage';
}

const isSilence = (problem: SyncProblem): boolean => problem.tag === 'offline' || problem.tag === 'timeout';
