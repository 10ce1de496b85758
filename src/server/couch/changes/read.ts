// Reads one page of a database's changes, as objects or as the bytes that they are on the wire.
import { badRequest } from '../couch-error.ts';
import type { Database } from '../databases.ts';
import { type JsonObject, isObject, isStringList } from '../json.ts';
import type { Exchange } from '../http/exchange.ts';
import { given } from '../documents/batches.ts';

/** What a request wants to know of the changes, apart from where it starts. */
export interface Wanted {
  readonly limit: number | null;
  readonly options: JsonObject;
  /** Every change in its order is wanted, whatever is told of each. */
  readonly isPlain: boolean;
}

export interface Page {
  readonly results: readonly JsonObject[];
  /** Where the next page starts. */
  readonly last: number;
}

/** @param body of a POST, which carries the selector or the ids */
export function readWanted(exchange: Exchange, body: JsonObject): Wanted {
  const limit = exchange.integerParameter('limit') ?? null;
  const filter = readFilter(exchange, body);
  const options = {
    include_docs: exchange.flag('include_docs'),
    conflicts: exchange.flag('conflicts'),
    attachments: exchange.flag('attachments'),
    descending: exchange.flag('descending'),
    style: exchange.query.get('style') === 'all_docs' ? 'all_docs' : 'main_only',
    ...filter
  };
  const isPlain = Object.keys(filter).length === 0 && !options.attachments && !options.descending;
  // CouchDB takes a limit of 0 for 1.
  return { limit: limit === null ? null : Math.max(1, limit), options, isPlain };
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

/** A page whose rows are JSON in UTF-8. @param since the place after which to read */
export async function readRows(
  database: Database,
  since: number,
  wanted: Wanted
): Promise<{ readonly rows: readonly Buffer[]; readonly last: number }> {
  const { limit, isPlain, options } = wanted;
  const asked = JSON.stringify(options);
  const places = isPlain && limit !== null ? await database.nextPlaces(since, limit) : [];
  const last = places.at(-1);
  if (last !== undefined) {
    const rows = database.told.at(asked, places);
    if (rows !== null) return { rows, last };
  }
  const page = await readPage(database, since, wanted);
  const rows = page.results.map((change) => {
    const row = Buffer.from(JSON.stringify(change));
    const place = database.place(String(change.seq));
    if (isPlain && place !== null) database.told.keep(asked, place, row);
    return row;
  });
  return { rows, last: page.last };
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
