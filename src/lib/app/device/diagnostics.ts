// What support needs to know about this phone, and nothing about the producers whose data are on it.
import { version } from '$app/environment';
import { lostRecords, secondVersions } from '#lib/storage/leftToOthers.ts';
import type { PhotoCounts } from '#lib/storage/photoCounts.ts';
import { unsentCounts } from '#lib/storage/unsentCounts.ts';
import { REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import { type DatabaseState, databaseStates, refusalCounts } from '#lib/storage/diagnosis.ts';
import type { Session } from '../context.ts';
import type { Install } from '../pwa/install.svelte.ts';
import type { Device } from './device.svelte.ts';
import { noticePermission } from '../sync/notices.ts';
import { mayLookForNews } from '../sync/wakeUp.ts';
import { storageState } from './persistence.ts';

/** Names and values in the order in which they are read out; a value is data, the screen words it. */
export interface Diagnostics {
  readonly version: string;
  /** ISO instant. */
  readonly taken: string;
  readonly browser: string;
  readonly screen: string;
  readonly language: string;
  readonly installed: boolean;
  readonly online: boolean;
  readonly offlineReady: boolean;
  readonly persisted: boolean | null;
  readonly used: number | null;
  readonly quota: number | null;
  readonly documents: number;
  readonly waiting: number;
  readonly refused: number;
  readonly conflict: number;
  /** Records that others have to put right on the server: what it has lost, and what it has a second version of. */
  readonly lost: number;
  readonly secondVersions: number;
  /** Rules by which the server refused, as it names them, each with how often. */
  readonly refusals: readonly (readonly [code: string, count: number])[];
  readonly syncPhase: string;
  /** Tag of the problem, never its details: they may quote a server. */
  readonly syncProblem: string | null;
  readonly nextTry: string | null;
  readonly lastContact: string | null;
  /** Seconds. */
  readonly clockSkew: number | null;
  /** Bytes of this month. */
  readonly traffic: number;
  readonly photos: PhotoCounts;
  /** The CouchDB user name. */
  readonly account: string;
  readonly databases: readonly DatabaseState[];
  /** State of the service worker, and whether a newer one waits. */
  readonly worker: string;
  readonly notices: string;
  /** Whether the browser lets the app look for news while it is closed. */
  readonly looksForNews: boolean;
}

/** Looks at everything once. The account goes in, and its communes; no document and nobody who is in one. */
export async function diagnose(
  { account, communes, store, sync }: Session,
  device: Device,
  install: Install
): Promise<Diagnostics> {
  const [storage, unsent, documents, refusals, databases, worker, looksForNews, lost, second] = await Promise.all([
    storageState(),
    unsentCounts(store),
    store.tables.docs.count(),
    refusalCounts(store),
    databaseStates(store),
    workerState(),
    mayLookForNews(),
    lostRecords(store, 0),
    secondVersions(store, 0)
  ]);
  const { phase, problem, nextTryAt, lastContactAt, skewMs, trafficBytes } = sync.view;
  return {
    version,
    taken: new Date().toISOString(),
    browser: navigator.userAgent,
    screen: `${String(innerWidth)} × ${String(innerHeight)} @ ${String(devicePixelRatio)}`,
    language: device.settings.language,
    installed: install.way === 'installed',
    online: navigator.onLine,
    offlineReady: 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null,
    persisted: storage.persisted,
    used: storage.usedBytes,
    quota: storage.quotaBytes,
    documents,
    ...unsent.records,
    lost: lost.count,
    secondVersions: second.count,
    refusals,
    syncPhase: phase,
    syncProblem: problem?.tag ?? null,
    nextTry: nextTryAt,
    lastContact: lastContactAt,
    clockSkew: skewMs === null ? null : Math.round(skewMs / 1000),
    traffic: trafficBytes,
    photos: unsent.photos,
    account: account.name,
    // A reviewer of a province has dozens that nothing ever happened to.
    databases: databases.filter(
      ({ name, unsent, odd }) => unsent + odd.length > 0 || name === REFERENCE_DATABASE || communes.length <= 8
    ),
    worker,
    notices: noticePermission(),
    looksForNews
  };
}

async function workerState(): Promise<string> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined) return 'none';
  const { active, waiting, installing } = registration;
  return [active?.state, waiting && 'waiting', installing && 'installing'].filter(Boolean).join(' + ');
}
