// A device on which the app is open: its store and its sync worker's runner, before a real CouchDB.
import { expect, onTestFinished, vi } from 'vitest';
import { Runner } from '#lib/app/sync/runner.ts';
import type { SyncView } from '#lib/app/sync/view.ts';
import { ok } from '#lib/domain/result.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import type { Couch } from './couch.ts';
import { type Device, aDevice } from './device.ts';

/** Long polls of a device. */
export interface Waits {
  begun: number;
  open: number;
}

export interface OpenPhone {
  readonly phone: Device;
  readonly runner: Runner;
  readonly waits: Waits;
  /** What the screens were told, the last one last. */
  readonly views: readonly SyncView[];
}

/**
 * Opens the app on a device whose documents lie in one database; it is shut when the test ends.
 * @param known the device on which it was open before
 * @param others databases that the account has as well
 * @param isOffline whether there is no network
 */
export async function openPhone(
  couch: Couch,
  database: string,
  name: string,
  {
    known,
    others = [],
    isOffline = false
  }: { readonly known?: Device; readonly others?: readonly string[]; readonly isOffline?: boolean } = {}
): Promise<OpenPhone> {
  const databases = [database, ...others];
  // Node 20 has no navigator; where it has no locks the runner does without, as in an old Safari.
  vi.stubGlobal('navigator', {});
  const phone = known ?? aDevice(name);
  const tables = [phone.store.tables.docs, phone.store.tables.outbox];
  for (const table of known === undefined ? tables : []) {
    table.hook('creating', (_id: string, row: { database: string }) => {
      row.database = database;
    });
  }
  const signedIn = await couch.signedIn();
  const waits: Waits = { begun: 0, open: 0 };
  const connection = new CouchConnection(couch.url, {
    now: () => new Date().toISOString(),
    fetch: async (url, init) => {
      if (isOffline) throw new TypeError('Failed to fetch');
      if (!url.includes('feed=longpoll')) return signedIn(url, init);
      waits.begun++;
      waits.open++;
      try {
        // The head of an answer comes at once, the rest when there is something to tell.
        const answer = await signedIn(url, init);
        return new Response(await answer.arrayBuffer(), answer);
      } finally {
        waits.open--;
      }
    }
  });
  const views: SyncView[] = [];
  const runner = new Runner({
    account: name,
    device: phone.name,
    databases,
    databasesOf: () => databases,
    replica: phone.replica,
    connection: {
      remote: (signal) => connection.remote(signal),
      news: (...question) => connection.news(...question),
      owner: () => Promise.resolve(ok({ name, roles: [] })),
      upload: (...photo) => connection.upload(...photo),
      close: () => {
        connection.close();
      }
    },
    traffic: { bytes: 0 },
    onView: (view) => views.push(view),
    onRoles: () => undefined
  });
  onTestFinished(() => {
    runner.stop();
    phone.store.close();
    vi.unstubAllGlobals();
  });
  runner.start();
  return { phone, runner, waits, views };
}

/** The device has run once, and waits for news. */
export const hasComeToRest = ({ waits }: OpenPhone): Promise<void> =>
  expect.poll(() => waits.begun, { timeout: 5000 }).toBeGreaterThan(0);

/** Somebody writes down a producer. @returns its id */
export async function saved(phone: Device, name: string): Promise<string> {
  const made = await phone.store.create('producer', '22972', { name });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value._id;
}
