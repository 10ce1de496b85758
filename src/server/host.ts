// One address for everything: the CouchDB-compatible server under /couch, /config.json, and the app at /.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { type AppConfig, COUCH_PATH, PROVINCE } from './app/config.ts';
import { type EmbeddedCouch, openCouch } from './couch/server.ts';
import type { Storage } from './couch/pouch.ts';

/** Answers whatever is neither CouchDB nor configuration. */
export type AppHandler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void;

export interface HostOptions {
  readonly storage: Storage;
  readonly admin: { readonly name: string; readonly password: string };
  /** 0 for any free port. */
  readonly port: number;
  readonly hostname: string;
  /** The app; given the server, on which hot reload listens. Without it only CouchDB answers. */
  readonly app?: (server: Server) => Promise<AppHandler>;
  readonly demo?: AppConfig['demo'];
}

export interface Host {
  /** `http://127.0.0.1:8060` */
  readonly origin: string;
  /** Where the CouchDB is: `http://127.0.0.1:8060/couch`. */
  readonly couchUrl: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts serving.
 * @throws `EADDRINUSE` when the port is taken, or when another process holds the storage
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const server = createServer();
  // A browser may reuse a connection that has been idle for a minute; closing it first would lose the request.
  server.keepAliveTimeout = 75_000;
  // The port first: a second start by mistake should say that, and not that the data folder is locked.
  await listen(server, options.port, options.hostname);
  try {
    const couch = await openCouch(options.storage, options.admin);
    const app = await options.app?.(server);
    server.on('request', (request, response) => void dispatch(request, response, couch, app, configOf(options)));
    return hostOf(server, couch, options.hostname);
  } catch (thrown) {
    server.close();
    throw thrown;
  }
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const configOf = ({ demo }: HostOptions): AppConfig => ({
  couch: COUCH_PATH,
  province: PROVINCE.name,
  provinceCode: PROVINCE.code,
  ...(demo ? { demo } : {})
});

async function dispatch(
  request: IncomingMessage,
  response: ServerResponse,
  couch: EmbeddedCouch,
  app: AppHandler | undefined,
  config: AppConfig
): Promise<void> {
  const url = request.url ?? '/';
  const path = url.replace(/\?.*$/s, '');
  try {
    if (path === COUCH_PATH || path.startsWith(`${COUCH_PATH}/`)) {
      return await couch.handle(request, response, url.slice(COUCH_PATH.length) || '/');
    }
    if (path === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
      return void response.end(JSON.stringify(config));
    }
    if (app) return await app(request, response, path);
    response.writeHead(404).end();
  } catch (thrown) {
    console.error(thrown);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

function hostOf(server: Server, couch: EmbeddedCouch, hostname: string): Host {
  const { port } = addressOf(server);
  const origin = `http://${reachable(hostname)}:${port}`;
  return {
    origin,
    couchUrl: origin + COUCH_PATH,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await couch.close();
    }
  };
}

/** How this computer itself reaches what listens there, as it stands in an address. */
function reachable(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1';
  if (hostname === '::') return '[::1]';
  return isIPv6(hostname) ? `[${hostname}]` : hostname;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address;
}
