// A `fetch` that reaches the CouchDB in memory, as far as a run asks over HTTP: for engines that bring their own transport.
import * as v from 'valibot';
import type { Result } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Change } from '#lib/sync/core/ports.ts';
import type { MemoryServer } from './memory-server.ts';

const doc = v.looseObject({ _id: v.string(), _rev: v.optional(v.string()) });
const revs = v.record(v.string(), v.array(v.string()));

/** @param base where the server is, without the slash at the end @param account whose cookie the browser carries */
export function couchFetch(server: MemoryServer, base: string, account: string): typeof fetch {
  const headers = () => ({ 'Content-Type': 'application/json', date: new Date(server.serverTime).toUTCString() });
  return async (to, init) => {
    const { pathname, searchParams } = new URL((to instanceof Request ? to.url : String(to)).slice(base.length), base);
    const [, database = '', request = ''] = pathname.split('/');
    if (searchParams.get('feed') === 'longpoll') return never(init?.signal);
    const text = await new Response(init?.body ?? null).text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return new Response(JSON.stringify(await answer(database, request, searchParams, body)), { headers: headers() });
  };

  async function answer(database: string, request: string, query: URLSearchParams, body: unknown): Promise<unknown> {
    if (database === '_session') return { ok: true, userCtx: { name: account, roles: ['officer'] } };
    if (database === '') return { couchdb: 'Welcome', uuid: 'memory' };
    switch (request) {
      case '':
        return { db_name: database, instance_start_time: value(await server.identity(database)) };
      case '_changes': {
        const since = query.get('since');
        const page = await server.changes(database, since === '0' ? null : since, Number(query.get('limit')));
        const { changes, lastSeq, pending } = value(page);
        return { results: changes.map(changeToRow), last_seq: lastSeq, pending };
      }
      case '_bulk_docs': {
        const { docs } = v.parse(v.object({ docs: v.array(doc) }), body);
        const writings = docs.map(({ _rev: rev = null, ...rest }) => ({ id: rest._id, rev, doc: rest }));
        return value(await server.write(database, writings)).answers.map((one) =>
          one.tag === 'stored' ? { id: one.id, rev: one.rev } : { id: one.id, error: one.tag }
        );
      }
      case '_all_docs': {
        const { keys } = v.parse(v.object({ keys: v.array(v.string()) }), body);
        const rows = value(await server.read(database, keys)).map(({ id, rev, doc: found }) => ({
          key: id,
          value: rev === null ? null : { rev },
          doc: found === null ? null : { ...found, _rev: rev }
        }));
        return { rows };
      }
      case '_revs_diff': {
        const asked = Object.entries(v.parse(revs, body)).map(([id, [rev = '']]) => ({ id, rev }));
        const missing = value(await server.missing(database, asked));
        return Object.fromEntries(missing.map((id) => [id, { missing: [''] }]));
      }
      default:
        throw new Error(`nobody answers ${request}`);
    }
  }
}

const changeToRow = ({ id, rev, isDeleted, doc: newest, clash }: Change) => ({
  id,
  changes: [rev, ...clash].map((one) => ({ rev: one })),
  ...(isDeleted ? { deleted: true } : { doc: { ...newest, _rev: rev } })
});

/** Nobody else writes. */
const never = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_resolve, reject) =>
    signal?.addEventListener('abort', () => {
      reject(new DOMException('', 'AbortError'));
    })
  );

function value<T>(result: Result<T, SyncProblem>): T {
  if (!result.ok) throw new Error(result.error.tag);
  return result.value;
}
