// The embedded server as a process of its own, for tests that kill it: prints its address and serves until it dies.
import { folderStorage } from '#server/couch/pouch.ts';
import { StaticFiles } from '#server/app/static-files.ts';
import { startHost } from '#server/host.ts';
import { loadSample } from '#server/sample/load.ts';

interface Settings {
  dataDir: string;
  port: number;
  serveApp?: string;
  sample?: boolean;
  password: string;
}

const settings: Settings = JSON.parse(process.argv[2] ?? '{}');
const { dataDir, port, serveApp, sample, password } = settings;
const files = serveApp === undefined ? null : new StaticFiles(serveApp);
const admin = { name: 'admin', password };
const host = await startHost({
  storage: folderStorage(dataDir),
  admin,
  port,
  hostname: '127.0.0.1',
  ...(files ? { app: async () => (request, response, path) => files.handle(request, response, path) } : {})
});
if (sample) await loadSample(host.couchUrl, admin);
console.log(JSON.stringify({ origin: host.origin }));
