// Sends what waits although no page is open: the service worker's share of the work (law 11).
import { Database } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { freshMemory, run, worstProblem } from '#lib/sync/core/run.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { devicePorts } from '../device/ports.ts';
import { authoriser } from './authorise.ts';
import { type SendingErrand, errandFact, runnerLock } from './errand.ts';

/** The browser ends a wake-up that takes longer than some minutes; a run that is cut off leaves the rest waiting. */
const BUDGET_MS = 20_000;

/** Worth the browser's waking us once more, later; anything else waits for a person. */
const PASSING: ReadonlySet<SyncProblem['tag']> = new Set(['offline', 'timeout', 'busy', 'server', 'aborted']);

/**
 * One push of the outbox of the account that was open last. It is a wake-up call only: what it does not send goes up
 * when the app is opened.
 * @throws when something waits that may go through later: the browser then calls again
 */
export async function sendInBackground(): Promise<void> {
  const errand = await errandFact.read();
  if (errand === null) return;
  // Where another runner is at work, it sends this as well.
  const problem = await navigator.locks.request(runnerLock(errand.account), { ifAvailable: true }, (lock) =>
    lock === null ? null : send(errand)
  );
  if (problem !== null && PASSING.has(problem.tag)) throw new Error(problem.tag);
}

async function send({ account, device, databases, couchUrl }: SendingErrand): Promise<SyncProblem | null> {
  const database = new Database(account, 'relaxed');
  const replica = new Replica(database, devicePorts(account, device));
  const now = () => new Date().toISOString();
  const connection = new CouchConnection(couchUrl, { fetch: (url, init) => fetch(url, init), onTraffic: ignore, now });
  const signal = AbortSignal.timeout(BUDGET_MS);
  try {
    const waiting = await replica.databasesWaiting();
    if (!waiting.ok) return waiting.error;
    const wanted = waiting.value.filter((name) => databases.includes(name));
    if (wanted.length === 0) return null;
    const { problems } = await run(
      {
        local: replica,
        remote: connection.remote(signal),
        authorise: authoriser(connection, account, signal),
        elapsed: () => performance.now(),
        now,
        signal,
        watcher: { onSending: ignore, onPulled: ignore, onContact: ignore }
      },
      { work: 'push', databases: wanted },
      freshMemory()
    );
    return worstProblem(problems);
  } finally {
    connection.close();
    database.close();
  }
}

/** Nobody is looking. */
const ignore = (): void => undefined;
