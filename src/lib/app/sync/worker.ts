// The sync worker's composition root: hands the device's replica to the engine, and tells the page how it goes.
import { COMMUNE_CODES } from '#lib/domain/place/commune.ts';
import { databasesOf } from '#lib/domain/scope.ts';
import { vaultOf } from '#lib/storage/aesVault.ts';
import { Database } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { devicePorts } from '../device/ports.ts';
import { type FromWorker, type ToWorker, readToWorker } from './messages.ts';
import { Runner } from './runner.ts';

const tell = (message: FromWorker) => {
  postMessage(message);
};

let runner: Runner | undefined;

function start({ account, device, databases, couchUrl, key }: Extract<ToWorker, { type: 'start' }>): Runner {
  const now = () => new Date().toISOString();
  const traffic = { bytes: 0 };
  const connection = new CouchConnection(couchUrl, {
    fetch: (url, init) => fetch(url, init),
    onTraffic: (bytes) => (traffic.bytes += bytes),
    now
  });
  // Relaxed: what this connection writes can be fetched, or acknowledged, once more.
  const database = new Database(account, 'relaxed', key === null ? null : vaultOf(key));
  let skewMs: number | null = null;
  const replica = new Replica(
    database,
    devicePorts(account, device, () => skewMs)
  );
  return new Runner({
    account,
    device,
    databases,
    databasesOf: (roles) => databasesOf(roles, COMMUNE_CODES),
    replica,
    connection,
    traffic,
    onView: (view) => {
      ({ skewMs } = view);
      tell({ type: 'view', view });
    },
    onRoles: (roles) => {
      tell({ type: 'roles', roles: [...roles] });
    }
  });
}

/** Does what the page asks, from now on. */
export function servePage(): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readToWorker(event.data);
    if (message === undefined) return;
    if (message.type === 'start') (runner ??= start(message)).start();
    if (message.type === 'wake') runner?.wake(message.why);
    if (message.type === 'halt') runner?.halt();
    if (message.type === 'photos') runner?.sendPhotos(message.isAsked);
    if (message.type === 'visible') runner?.see(message.isVisible);
    if (message.type === 'stop') runner?.stop();
    tell({ type: 'done', request: message.request });
  });
}
