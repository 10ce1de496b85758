// Starts the demonstration: server, sample, and the lines on the terminal that say where it is and how to sign in.
import { join } from 'node:path';
import { folderStorage } from './couch/pouch.ts';
import { type Host, type HostOptions, startHost } from './host.ts';
import { DEMO_ACCOUNTS } from './sample/accounts.ts';
import { loadSample } from './sample/load.ts';
import { type Settings, readSettings, unusable } from './settings.ts';

/**
 * Runs until Ctrl+C or a SIGTERM. Ends the process with a sentence when it cannot start.
 * @param app what is served at `/`
 */
export async function start(app: NonNullable<HostOptions['app']>): Promise<void> {
  const settings = readSettings(process.env);
  if (!settings.ok) return fail(settings.error);
  try {
    const host = await startHost({
      ...settings.value,
      storage: folderStorage(join(settings.value.dataDir, 'couch')),
      app,
      demo: DEMO_ACCOUNTS
    });
    await loadSample(host.couchUrl, settings.value.admin);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(host));
    console.log(greeting(host, settings.value));
  } catch (thrown) {
    fail(explain(thrown, settings.value));
  }
}

async function stop(host: Host): Promise<void> {
  await host.close();
  process.exit(0);
}

function fail(message: string): void {
  console.error(message);
  process.exit(1);
}

/** What to say of an error that kept the server from starting, and the way out. */
function explain(thrown: unknown, { port, hostname, dataDir }: Settings): string {
  const { message, code, syscall } = errorOf(thrown);
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    if (code === 'EADDRINUSE') {
      const other = port < 65_535 ? port + 1 : port - 1;
      return `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${other} npm start`;
    }
    if (code === 'EACCES')
      return `Port ${port} is not open to this account. Choose one above 1023: PORT=8060 npm start`;
    return `HOST must be an address of this computer, not "${hostname}": HOST=127.0.0.1 npm start`;
  }
  // LevelDB tells of all its troubles in one class; this one only is another process that holds the lock.
  if (/\bIO error: lock /.test(message)) {
    return `The data folder ${dataDir} is in use by another server. Stop it, or choose another folder: DATA_DIR=… npm start`;
  }
  if (syscall !== undefined || /\bIO error\b/.test(message)) return unusable(dataDir, message);
  return `The server could not start: ${message}`;
}

/** Node's own errors tell which call failed and how. */
function errorOf(thrown: unknown): { message: string; code?: unknown; syscall?: unknown } {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  return {
    message: thrown.message,
    ...('code' in thrown ? { code: thrown.code } : {}),
    ...('syscall' in thrown ? { syscall: thrown.syscall } : {})
  };
}

function greeting({ origin, couchUrl }: Host, { admin, dataDir }: Settings): string {
  const logins = DEMO_ACCOUNTS.map(({ name, password, title }) => `  ${name.padEnd(9)} ${password}   ${title}`);
  return [
    '',
    'Sổ tay OCOP is running. All people, producers and products in it are fictional.',
    '',
    `  App      ${origin}/`,
    `  CouchDB  ${couchUrl}/   (administrator: ${admin.name} / ${admin.password})`,
    `  Data     ${dataDir}`,
    '',
    'Sign in as',
    ...logins,
    '',
    'Stop with Ctrl+C.'
  ].join('\n');
}
