// Servers for tests: the embedded one in this process or in a process that can be killed, or any CouchDB.
//
// `startServer()`        in this process, in memory: fast, for most tests
// `startServerProcess()` a process of its own on a data folder: `kill()` is a SIGKILL, `restart()` comes back on the
//                        same port with the same data; for tests of durability and whole-browser journeys
// `contractServer()`     the CouchDB that `COUCHDB_URL=http://admin:pw@host:port` names, else `startServer()`:
//                        whatever is tested against it must hold on both
//
// All give `url` (the CouchDB, no slash at its end), `origin` (the app, `/config.json`), `admin` and `stop()`.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StaticFiles } from '#server/app/static-files.ts';
import { memoryStorage } from '#server/couch/pouch.ts';
import { type Host, startHost } from '#server/host.ts';
import { loadSample } from '#server/sample/load.ts';

export interface CouchServer {
  /** The CouchDB's base address, without credentials. */
  readonly url: string;
  /** Where the app and `/config.json` are. */
  readonly origin: string;
  readonly admin: { readonly name: string; readonly password: string };
  stop(): Promise<void>;
}

/** A server whose process can be killed; the address stays the same for its whole life. */
export interface CouchProcess extends CouchServer {
  readonly dataDir: string;
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>;
  /** Starts again on the same port and folder; kills first if it still runs. */
  restart(): Promise<void>;
}

export interface ServerOptions {
  /** 0 or nothing for any free port. */
  readonly port?: number;
  /** A build folder to serve at `/`. */
  readonly serveApp?: string;
  /** Provision the communes of the sample, its accounts and documents. */
  readonly sample?: boolean;
}

/** In the environment: a script to start as the server's process, instead of the sources. See `bundleServer()`. */
export const SERVER_SCRIPT = 'TESTS_SERVER_SCRIPT';

export const ADMIN = { name: 'admin', password: 'test-admin' } as const;

export async function startServer({ port = 0, serveApp, sample = false }: ServerOptions = {}): Promise<CouchServer> {
  const files = serveApp === undefined ? null : new StaticFiles(serveApp);
  const host: Host = await startHost({
    storage: memoryStorage(),
    admin: ADMIN,
    port,
    hostname: '127.0.0.1',
    ...(files ? { app: async () => (request, response, path) => files.handle(request, response, path) } : {})
  });
  if (sample) await loadSample(host.couchUrl, ADMIN);
  return { url: host.couchUrl, origin: host.origin, admin: ADMIN, stop: () => host.close() };
}

/** @param options.dataDir kept afterwards when given, else a temporary folder that `stop()` removes */
export async function startServerProcess(options: ServerOptions & { dataDir?: string } = {}): Promise<CouchProcess> {
  const { port = 0, serveApp, sample, dataDir: given } = options;
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'ocop-server-')));
  const settings = { dataDir, serveApp, sample, password: ADMIN.password };
  let running = await spawnServer({ ...settings, port });
  const { origin } = running;
  const kill = async (): Promise<void> => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const dead = new Promise((resolve) => running.child.once('exit', resolve));
    running.child.kill('SIGKILL');
    await dead;
  };
  return {
    url: `${origin}/couch`,
    origin,
    admin: ADMIN,
    dataDir,
    kill,
    restart: async () => {
      await kill();
      running = await spawnServer({ ...settings, port: Number(new URL(origin).port) });
    },
    stop: async () => {
      await kill();
      if (given === undefined) await rm(dataDir, { recursive: true, force: true });
    }
  };
}

async function spawnServer(settings: object): Promise<{ child: ChildProcess; origin: string }> {
  const bundled = process.env[SERVER_SCRIPT];
  const source = fileURLToPath(new URL('./couch-process.ts', import.meta.url));
  const script = bundled === undefined ? ['--import', 'tsx', source] : [bundled];
  const child = spawn(process.execPath, [...script, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('../..', import.meta.url))
  });
  // A test run that is itself killed should leave no server behind.
  const leaveNone = () => child.kill('SIGKILL');
  process.once('exit', leaveNone);
  child.once('exit', () => process.off('exit', leaveNone));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The server process ended with ${code} before it was ready.`)));
  });
  const { origin }: { origin: string } = JSON.parse(line);
  return { child, origin };
}

/** The server that a contract is held against; see the top of this file. */
export async function contractServer(): Promise<CouchServer> {
  const external = process.env['COUCHDB_URL'];
  if (external === undefined || external === '') return startServer();
  const url = new URL(external);
  const admin = { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  url.username = '';
  url.password = '';
  const bare = url.href.replace(/\/$/, '');
  return { url: bare, origin: bare, admin, stop: async () => undefined };
}
