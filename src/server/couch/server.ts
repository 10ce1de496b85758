// The embedded CouchDB-compatible server: for demonstration, development and tests, never for production.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Accounts } from './auth/accounts.ts';
import { Authentication } from './auth/authenticate.ts';
import { toCouchError } from './couch-error.ts';
import { Databases } from './databases.ts';
import { allowOrigin, answerPreflight } from './http/cors.ts';
import { Exchange } from './http/exchange.ts';
import { refusal, send } from './http/reply.ts';
import { isObject } from './json.ts';
import { type Pouch, type Storage } from './pouch.ts';
import { type Server, route } from './routes.ts';

export interface EmbeddedCouch {
  /**
   * Answers a request; never throws.
   * @param url path and query as CouchDB at the root of an address would see them
   */
  handle(request: IncomingMessage, response: ServerResponse, url: string): Promise<void>;
  /** Lets running writes finish and closes the stores. */
  close(): Promise<void>;
}

/**
 * Opens the server over a storage.
 * @throws when the storage is in use by another process
 */
export async function openCouch(storage: Storage, admin: { name: string; password: string }): Promise<EmbeddedCouch> {
  const registry = storage.open('registry');
  const { uuid, secret } = await identity(registry);
  const databases = await Databases.load(storage, registry);
  const accounts = await Accounts.load(databases, registry, admin);
  const server: Server = { uuid, databases, authentication: new Authentication(accounts, secret) };
  return {
    handle: (request, response, url) => answer(request, response, url, server),
    close: async () => {
      await databases.close();
      await registry.close();
    }
  };
}

/** Who this server is; made at the first start. */
async function identity(registry: Pouch): Promise<{ uuid: string; secret: string }> {
  const stored: unknown = await registry.get('identity').catch((thrown: unknown) => {
    if (isObject(thrown) && thrown.status === 404) return null;
    throw thrown;
  });
  if (isObject(stored) && typeof stored.uuid === 'string' && typeof stored.secret === 'string') {
    return { uuid: stored.uuid, secret: stored.secret };
  }
  const made = { uuid: randomBytes(16).toString('hex'), secret: randomBytes(32).toString('hex') };
  await registry.put({ _id: 'identity', ...made });
  return made;
}

async function answer(request: IncomingMessage, response: ServerResponse, url: string, server: Server): Promise<void> {
  response.setHeader('Server', 'so-tay-ocop embedded (CouchDB-compatible)');
  try {
    const exchange = new Exchange(request, response, url);
    allowOrigin(exchange);
    if (exchange.method === 'OPTIONS') return answerPreflight(exchange);
    await respond(exchange, server);
  } catch (thrown) {
    // The address itself could not be read, or the answer could not be sent.
    const { status, error, reason } = toCouchError(thrown);
    if (response.headersSent) return void response.destroy();
    response.statusCode = status;
    response.end(JSON.stringify({ error, reason }));
  } finally {
    // What a refused request still has to say is let go by, so that the connection can be used again.
    if (!request.complete) request.resume();
  }
}

async function respond(exchange: Exchange, server: Server): Promise<void> {
  try {
    send(await route(exchange, server), exchange);
  } catch (thrown) {
    if (exchange.response.headersSent) throw thrown;
    send(refusal(toCouchError(thrown)), exchange);
  }
}
