// Reads one page of a database's changes.
import { badRequest } from '../couch-error.ts';
import type { Database } from '../databases.ts';
import { type JsonObject, isObject, isStringList } from '../json.ts';
import type { Exchange } from '../http/exchange.ts';
import { given } from '../documents/batches.ts';

/** What a request wants to know of the changes, apart from where it starts. */
export interface Wanted {
  readonly limit: number | null;
  readonly options: JsonObject;
}

export interface Page {
  readonly results: readonly JsonObject[];
  /** Where the next page starts. */
  readonly last: number;
}

/** @param body of a POST, which carries the selector or the ids */
export function readWanted(exchange: Exchange, body: JsonObject): Wanted {
  const limit = exchange.integerParameter('limit') ?? null;
  const options = {
    include_docs: exchange.flag('include_docs'),
    conflicts: exchange.flag('conflicts'),
    attachments: exchange.flag('attachments'),
    descending: exchange.flag('descending'),
    style: exchange.query.get('style') === 'all_docs' ? 'all_docs' : 'main_only',
    ...readFilter(exchange, body)
  };
  // CouchDB takes a limit of 0 for 1.
  return { limit: limit === null ? null : Math.max(1, limit), options };
}

function readFilter(exchange: Exchange, body: JsonObject): JsonObject {
  const filter = exchange.query.get('filter');
  if (filter === null) return {};
  if (filter === '_doc_ids') {
    const ids = body.doc_ids ?? exchange.jsonParameter('doc_ids');
    if (!isStringList(ids)) throw badRequest('`doc_ids` filter parameter is not a list of doc ids.');
    return { doc_ids: ids };
  }
  if (filter === '_selector') {
    if (!isObject(body.selector)) throw badRequest('Selector must be specified in POST payload');
    return { selector: body.selector };
  }
  if (filter === '_view') return { filter, view: exchange.query.get('view') ?? '' };
  if (filter === '_design') return { doc_ids: [] };
  return { filter, query_params: Object.fromEntries(exchange.query) };
}

/** @param since the place after which to read */
export async function readPage(database: Database, since: number, { limit, options }: Wanted): Promise<Page> {
  const end = await database.updateSequence();
  const changes = await database.pouch.changes({ ...options, ...given('limit', limit ?? undefined), since });
  const results = changes.results.map((change) => ({ ...change, seq: database.token(Number(change.seq)) }));
  const isFull = limit !== null && results.length >= limit;
  const last = Number(changes.results.at(-1)?.seq ?? since);
  // What a filter left out has been read too; what was written meanwhile has perhaps not.
  return { results, last: isFull ? last : Math.max(last, end) };
}
