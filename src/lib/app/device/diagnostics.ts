// What support needs to know about this phone, and nothing about the people whose data are on it.
import { version } from '$app/environment';
import { outboxCounts } from '#lib/storage/outbox.ts';
import type { Session } from '../context.ts';
import type { Install } from '../pwa/install.svelte.ts';
import type { Device } from './device.svelte.ts';
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
  readonly syncPhase: string;
  /** Tag of the problem, never its details: they may quote a server. */
  readonly syncProblem: string | null;
  readonly lastContact: string | null;
  /** Seconds. */
  readonly clockSkew: number | null;
}

/** Looks at everything once. No account, no commune, no document goes in. */
export async function diagnose({ store, sync }: Session, device: Device, install: Install): Promise<Diagnostics> {
  const [storage, outbox, documents] = await Promise.all([
    storageState(),
    outboxCounts(store),
    store.tables.docs.count()
  ]);
  const { phase, problem, lastContactAt, skewMs } = sync.view;
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
    ...outbox,
    syncPhase: phase,
    syncProblem: problem?.tag ?? null,
    lastContact: lastContactAt,
    clockSkew: skewMs === null ? null : Math.round(skewMs / 1000)
  };
}
