// Sends what waits, and looks for news, although no page is open: the service worker's share of the work (law 11).
import { roadFor } from '#lib/domain/photo/road.ts';
import { vaultOf } from '#lib/storage/aesVault.ts';
import { Database } from '#lib/storage/database.ts';
import { beginFreshLog } from '#lib/storage/freshLog.ts';
import { lockOf } from '#lib/storage/lock.ts';
import { sendableCount } from '#lib/storage/outbox.ts';
import { Replica } from '#lib/storage/replica.ts';
import { Store } from '#lib/storage/store.ts';
import type { DataKey, Vault } from '#lib/storage/vault.ts';
import { isInTheWay, worstProblem } from '#lib/sync/core/reach.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Conduct } from '#lib/sync/core/ports.ts';
import { type Errand, freshMemory, run } from '#lib/sync/core/run.ts';
import { freshPhotoMemory, sendPhotos } from '#lib/sync/core/photos.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { connection } from '../device/connection.ts';
import { settingsFact } from '../device/facts.ts';
import { devicePorts } from '../device/ports.ts';
import { authoriser } from './authorise.ts';
import { type SendingErrand, errandFact, ifAlone, photosLock, runnerLock } from './errand.ts';
import { type News, attention, newsBetween, withoutNames } from './news.ts';
import { type Remembered, recall, remember, wasHalted, withTraffic } from './remembered.ts';

/** The browser ends a wake-up that takes longer than some minutes; a run that is cut off leaves the rest waiting. */
const BUDGET_MS = 20_000;

/** A photo that is under way at the end of it has this long, milliseconds. */
const PHOTO_BUDGET_MS = 120_000;

/** So long is a lock waited for that another runner holds, milliseconds. */
const PATIENCE_MS = 10_000;

/** The data key that an account's page has left for its work. */
export interface LeftKey {
  /** @returns null when none was left, or its time is over */
  take(account: string): Promise<DataKey | null>;
  /** Takes it away: there is nothing left that a wake-up could send. */
  drop(): Promise<void>;
}

/** Worth the browser's waking us once more, later, in another network even; anything else waits for a person. */
const PASSING: ReadonlySet<SyncProblem['tag']> = new Set([
  'offline',
  'timeout',
  'busy',
  'server',
  'aborted',
  'notCouch',
  'broken'
]);

/** Bytes and changes of a first request: on a slow line one that is larger does not get through within the time. */
const FIRST_BATCH_BYTES = 64 * 1024;
const FIRST_PAGE = 50;

/**
 * One run for the account that was open last. It is a wake-up call only: what it does not do is done when the app is
 * opened.
 * @param work `push` sends only; `both` looks for news as well
 * @param tell called at the end when work was refused or returned
 * @param leftKey asked of an account with a lock; without a key nothing is read, sent or told
 * @throws when something waits that may go through later: the browser then calls again
 */
export async function workInBackground(
  work: Errand['work'],
  tell: (news: News) => Promise<void>,
  leftKey: LeftKey
): Promise<void> {
  void beginFreshLog();
  const errand = await errandFact.read();
  if (errand === null) return;
  // Asked for inside the locks only, of which the pass that seals or opens all rows holds both: what is written by a vault
  // of before it would lie in clear for good, or be sealed under a key that is gone.
  const withVault = async (
    share: (vault: Vault | null) => Promise<SyncProblem | null>
  ): Promise<SyncProblem | null> => {
    const vault = await vaultFor(errand.account, leftKey);
    return vault === 'locked' ? null : share(vault);
  };
  const ofRecords = await alone(errand.account, () => withVault((vault) => attend(errand, vault, work, tell)));
  // Not under that lock: a page that is opened meanwhile need not wait for photos.
  const ofPhotos =
    ofRecords !== null && isInTheWay(ofRecords)
      ? null
      : await ifAlone(photosLock(errand.account), () => withVault((vault) => sendPhotosOf(errand, vault)));
  const problems = [ofRecords, ofPhotos].filter((problem) => problem !== null);
  if (!(await isAnythingWaiting(errand))) await leftKey.drop();
  const passing = problems.find(({ tag }) => PASSING.has(tag));
  if (passing !== undefined) throw new Error(passing.tag);
}

/** The vault of an account, null for one without a lock. */
async function vaultFor(account: string, leftKey: LeftKey): Promise<Vault | null | 'locked'> {
  const database = new Database(account, 'relaxed', null);
  try {
    if ((await lockOf(database)) === null) return null;
  } finally {
    database.close();
  }
  const key = await leftKey.take(account);
  return key === null ? 'locked' : vaultOf(key);
}

/** Whether something lies here that a wake-up can send; rows tell it without a key. */
async function isAnythingWaiting({ account, device }: SendingErrand): Promise<boolean> {
  const database = new Database(account, 'relaxed', null);
  try {
    return (await sendableCount(new Store(database, devicePorts(account, device)))) > 0;
  } finally {
    database.close();
  }
}

/**
 * Works under the lock of the account's runners. A page that is just being closed may hold it for a moment longer: nobody
 * would call again for what it leaves. Whoever holds it for longer is at work, and does this as well.
 */
async function alone<T>(account: string, work: () => Promise<T>): Promise<T | null> {
  let isOurs = false;
  try {
    return await navigator.locks.request(runnerLock(account), { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
      isOurs = true;
      return work();
    });
  } catch (thrown) {
    if (isOurs) throw thrown;
    return null;
  }
}

async function attend(
  errand: SendingErrand,
  vault: Vault | null,
  work: Errand['work'],
  tell: (news: News) => Promise<void>
): Promise<SyncProblem | null> {
  const database = new Database(errand.account, 'relaxed', vault);
  try {
    const store = new Store(database, devicePorts(errand.account, errand.device));
    const before = await attention(store);
    const problem = await replicate(database, errand, work);
    const news = newsBetween(before, await attention(store));
    if (news !== null) await tell(vault === null ? news : withoutNames(news));
    return problem;
  } finally {
    database.close();
  }
}

function replicate(database: Database, errand: SendingErrand, wish: Errand['work']): Promise<SyncProblem | null> {
  return connected(database, errand, BUDGET_MS, async ({ replica, couch, conduct, onContact }) => {
    const waiting = await replica.databasesWaiting();
    if (!waiting.ok) return waiting.error;
    const { databases } = errand;
    const work = (await wasHalted(replica)) ? 'push' : wish;
    const wanted = work === 'both' ? databases : waiting.value.filter((name) => databases.includes(name));
    if (wanted.length === 0) return null;
    const { problems } = await run(
      {
        ...conduct,
        remote: couch.remote(conduct.signal),
        // No page of the app is there to type in: it would run its own worker.
        isTyping: () => false,
        watcher: { onSending: ignore, onPulled: ignore, onContact: (serverTime) => onContact(serverTime, true) }
      },
      { work, databases: wanted },
      freshMemory(
        new Map(wanted.map((name) => [name, FIRST_BATCH_BYTES])),
        new Map(wanted.map((name) => [name, FIRST_PAGE]))
      )
    );
    return worstProblem(problems);
  });
}

/**
 * Photos, as many as the time allows. One that has begun may take longer than the rest of a wake-up: on a slow line it
 * would else begin anew each time.
 * @returns what is worth waking us once more; `timeout` when some are left
 */
async function sendPhotosOf(errand: SendingErrand, vault: Vault | null): Promise<SyncProblem | null> {
  const { photosByWifiOnly } = await settingsFact.read();
  const database = new Database(errand.account, 'relaxed', vault);
  const begunAt = performance.now();
  const isRoadOpen = () => roadFor(connection(), photosByWifiOnly) === 'open';
  try {
    return await connected(database, errand, PHOTO_BUDGET_MS, async ({ couch, conduct, onContact }) => {
      const { signal } = conduct;
      const { isHeld, problem } = await sendPhotos(
        {
          ...conduct,
          remote: { upload: (photo, bytes) => couch.upload(signal, photo, bytes), read: couch.remote(signal).read },
          mayUpload: () => isRoadOpen() && performance.now() < begunAt + BUDGET_MS,
          cutOffAt: begunAt + PHOTO_BUDGET_MS,
          watcher: { onPhotos: ignore, onContact: (serverTime) => onContact(serverTime, false) }
        },
        errand.databases,
        freshPhotoMemory()
      );
      return problem ?? (isHeld && isRoadOpen() ? { tag: 'timeout' } : null);
    });
  } finally {
    database.close();
  }
}

/** What the work of a wake-up is done with. */
interface Connected {
  readonly replica: Replica;
  readonly couch: CouchConnection;
  /** What runs and photos are given alike. */
  readonly conduct: Pick<Conduct, 'authorise' | 'elapsed' | 'now' | 'signal'> & { readonly local: Replica };
  readonly onContact: Contact;
}

/** @param isPrompt whether the server wrote its time just now: of a long upload it may be a minute old */
type Contact = (serverTime: string, isPrompt: boolean) => void;

/** Does some work with a connection of its own, and notes contact and traffic where the pages look for them. */
async function connected<T>(
  database: Database,
  { account, device, couchUrl }: SendingErrand,
  budgetMs: number,
  work: (at: Connected) => Promise<T>
): Promise<T> {
  let noted: Remembered = { lastContactAt: null, skewMs: null, month: '', bytes: 0, closed: [] };
  const replica = new Replica(
    database,
    devicePorts(account, device, () => noted.skewMs)
  );
  noted = (await recall(replica)) ?? noted;
  const now = () => new Date().toISOString();
  let traffic = 0;
  const couch = new CouchConnection(couchUrl, {
    fetch: (url, init) => fetch(url, init),
    onTraffic: (bytes) => (traffic += bytes),
    now
  });
  const signal = AbortSignal.timeout(budgetMs);
  const conduct = {
    local: replica,
    authorise: authoriser(couch, account, signal),
    elapsed: () => performance.now(),
    now,
    signal
  };
  const onContact: Contact = (serverTime, isPrompt) => {
    noted.lastContactAt = serverTime;
    if (isPrompt) noted.skewMs = Date.parse(serverTime) - Date.now();
  };
  try {
    return await work({ replica, couch, conduct, onContact });
  } finally {
    await remember(replica, { ...noted, ...withTraffic(noted, traffic, new Date()) });
    couch.close();
  }
}

/** Nobody is looking. */
const ignore = (): void => undefined;
