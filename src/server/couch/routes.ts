// The map of addresses: which function answers what.
import { randomBytes } from 'node:crypto';
import { attachment } from './documents/attachment.ts';
import { allDocs, bulkDocs, bulkGet, revsDiff } from './documents/batches.ts';
import { type Asked, document, storeOne } from './documents/document.ts';
import { readIncoming, requireLegalId } from './documents/incoming.ts';
import type { Authentication } from './auth/authenticate.ts';
import { session } from './auth/session.ts';
import { requireUsersAdmin } from './auth/user-documents.ts';
import { changes } from './changes/feed.ts';
import { notAllowed, notFound, notImplemented } from './couch-error.ts';
import { type Database, type Databases, USERS } from './databases.ts';
import type { Exchange } from './http/exchange.ts';
import { type Reply, json } from './http/reply.ts';
import { design, find, index } from './queries.ts';
import { type Who, parseSecurity, requireDatabaseAdmin, requireMember, requireServerAdmin } from './security.ts';

/** The CouchDB whose behaviour this server follows. */
const VERSION = '3.5.0';

/** What CouchDB answers below a database and this server does not. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '_explain',
  '_design_docs',
  '_local_docs',
  '_missing_revs',
  '_partition',
  '_purge',
  '_purged_infos_limit',
  '_revs_limit',
  '_shards',
  '_sync_shards',
  '_temp_view'
]);

export interface Server {
  /** Stays the same for the life of the data folder. */
  readonly uuid: string;
  readonly databases: Databases;
  readonly authentication: Authentication;
}

/** Answers a request. */
export async function route(exchange: Exchange, server: Server): Promise<Reply> {
  const [first, ...rest] = exchange.segments;
  if (first === undefined) return welcome(exchange, server);
  if (first === '_up') return json({ status: 'ok', seeds: {} });
  const who = await server.authentication.who(exchange);
  if (first === '_session') return session(exchange, who, server.authentication);
  if (first.startsWith('_') && first !== USERS) return serverWide(exchange, server, who, first);
  const isDatabaseItself = rest.length === 0;
  if (isDatabaseItself && exchange.method === 'PUT') return createDatabase(server, who, first);
  const database = server.databases.get(first);
  const security = server.databases.security(first);
  requireMember(who, security);
  const asked: Asked = { exchange, database, who, security };
  if (isDatabaseItself) return wholeDatabase(asked, server);
  return insideDatabase(asked, rest, server);
}

function welcome(exchange: Exchange, { uuid }: Server): Reply {
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') throw notAllowed('GET', 'HEAD');
  const vendor = { name: 'so-tay-ocop embedded server' };
  return json({
    couchdb: 'Welcome',
    version: VERSION,
    uuid,
    features: ['access-ready', 'pluggable-storage-engines'],
    vendor
  });
}

function serverWide(exchange: Exchange, { databases }: Server, who: Who, name: string): Reply {
  switch (name) {
    case '_all_dbs':
      requireServerAdmin(who);
      return json(databases.names());
    case '_uuids': {
      const count = Math.min(1000, exchange.integerParameter('count') ?? 1);
      return json({ uuids: Array.from({ length: count }, () => randomBytes(16).toString('hex')) });
    }
    case '_active_tasks':
      requireServerAdmin(who);
      return json([]);
    case '_replicate':
    case '_replicator':
    case '_scheduler':
    case '_node':
    case '_cluster_setup':
      requireServerAdmin(who);
      throw notImplemented(name);
    default:
      throw notFound();
  }
}

async function createDatabase({ databases }: Server, who: Who, name: string): Promise<Reply> {
  requireServerAdmin(who);
  await databases.create(name);
  return json({ ok: true }, 201);
}

async function wholeDatabase(asked: Asked, { databases }: Server): Promise<Reply> {
  const { exchange, database, who } = asked;
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return json(await describe(database));
    case 'POST':
      if (database.name === USERS) requireUsersAdmin(who);
      return storeOne(asked, readIncoming(await exchange.postedObject()), 201);
    case 'DELETE':
      requireServerAdmin(who);
      await databases.destroy(database.name);
      return json({ ok: true });
    default:
      throw notAllowed('DELETE', 'GET', 'HEAD', 'POST', 'PUT');
  }
}

async function describe(database: Database): Promise<Record<string, unknown>> {
  const { doc_count, update_seq } = await database.pouch.info();
  return {
    db_name: database.name,
    doc_count,
    doc_del_count: 0,
    update_seq: database.token(Number(update_seq)),
    purge_seq: '0',
    compact_running: false,
    instance_start_time: String(database.entry.createdAtSeconds),
    disk_format_version: 8,
    sizes: { file: 0, external: 0, active: 0 },
    props: {},
    cluster: { q: 1, n: 1, w: 1, r: 1 }
  };
}

async function insideDatabase(asked: Asked, path: readonly string[], server: Server): Promise<Reply> {
  const { exchange, database, who, security } = asked;
  const [first = '', second, ...rest] = path;
  switch (first) {
    case '_security':
      return securityOf(asked, server);
    case '_all_docs':
      return allDocs(asked);
    case '_bulk_docs':
      return post(exchange, () => bulkDocs(asked));
    case '_bulk_get':
      return post(exchange, () => bulkGet(asked));
    case '_revs_diff':
      return post(exchange, () => revsDiff(asked));
    case '_changes':
      return changes(asked);
    case '_find':
      return find(asked);
    case '_index':
      return index(asked, path.slice(1));
    case '_compact':
      requireDatabaseAdmin(who, security);
      void database.exclusively(() => database.pouch.compact()).catch(() => undefined);
      return json({ ok: true }, 202);
    case '_ensure_full_commit':
      return json({ ok: true, instance_start_time: '0' }, 201);
    case '_view_cleanup':
      requireDatabaseAdmin(who, security);
      return json({ ok: true }, 202);
    case '_local':
    case '_design': {
      if (second === undefined) throw notFound();
      const id = `${first}/${second}`;
      if (rest.length === 0) return document(asked, id);
      if (first === '_design' && rest[0]?.startsWith('_')) return design(asked, second, rest);
      return attachment(asked, id, rest.join('/'));
    }
    default:
      if (/^_(design|local)\/./.test(first))
        return insideDatabase(asked, [...first.split('/'), ...path.slice(1)], server);
      if (LEFT_OUT.has(first)) throw notImplemented(first);
      requireLegalId(first);
      return second === undefined ? document(asked, first) : attachment(asked, first, [second, ...rest].join('/'));
  }
}

function post(exchange: Exchange, answer: () => Promise<Reply>): Promise<Reply> {
  if (exchange.method !== 'POST') throw notAllowed('POST');
  return answer();
}

async function securityOf({ exchange, database, who, security }: Asked, { databases }: Server): Promise<Reply> {
  if (exchange.method === 'GET') return json(security);
  if (exchange.method !== 'PUT') throw notAllowed('GET', 'PUT');
  requireDatabaseAdmin(who, security);
  await databases.setSecurity(database.name, parseSecurity(await exchange.jsonBody()));
  return json({ ok: true });
}
