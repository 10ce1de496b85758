// A CouchDB as the engine sees it: the port `Remote` through PouchDB's HTTP adapter.
import PouchDB from 'pouchdb-core';
import HttpAdapter from 'pouchdb-adapter-http';
import * as v from 'valibot';
import type { OddChange } from '#lib/domain/document/odd.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '../core/errors.ts';
import type {
  Change,
  ChangesPage,
  Current,
  Remote,
  Revision,
  WireDocument,
  Witness,
  WriteAnswer,
  Writing,
  Written
} from '../core/ports.ts';
import type { PhotoBytes, UploadAnswer, WaitingPhoto } from '../core/photos.ts';
import { type HttpPorts, ask, parseJson, refusalOf, send, serverTimeOf } from './http.ts';
import { uploadPhoto } from './photo.ts';
import { cookieOwner } from './session.ts';
import {
  type ChangesRow,
  type ReadRow,
  changesAnswer,
  databaseAnswer,
  documentsAnswer,
  missingAnswer,
  readRows,
  rootAnswer,
  versionsAnswer,
  writeAnswer
} from './wire.ts';

PouchDB.plugin(HttpAdapter);

/** CouchDB works out the sequence of every so many rows only: of each would cost it time, of few a long look back. */
const SEQ_INTERVAL = 4;
/** A look back at more rows would not stay below 1 KB. */
const MOST_WITNESSED = 4;

/** A page of which more than so many rows, and more than half, cannot be read is no page of ours. */
const MOST_ODD = 10;

/** Shorter than the silence after which a request is given up, and than what proxies bear. */
const WAIT_MS = 25_000;

export interface RemotePorts extends Omit<HttpPorts, 'signal'> {
  /** The device's clock, ISO instant: for receipts where the server hides its own (no `Date` through CORS). */
  now(): string;
}

/** A way to one CouchDB, for as long as the worker lives. */
export class CouchConnection {
  readonly #couchUrl: string;
  readonly #ports: RemotePorts;
  readonly #databases = new Map<string, CouchDatabase>();

  /** @param couchUrl absolute, without the slash at the end */
  constructor(couchUrl: string, ports: RemotePorts) {
    this.#couchUrl = couchUrl;
    this.#ports = ports;
  }

  /** Whose cookie the requests carry (law 14), with the roles that the server knows him by; `signedOut`: nobody's. */
  owner(signal: AbortSignal): Promise<Result<{ name: string; roles: readonly string[] }, SyncProblem>> {
    return cookieOwner(this.#couchUrl, { ...this.#ports, signal });
  }

  /** The server for one run; stopping the run aborts the request that is under way. */
  remote(signal: AbortSignal): Remote {
    const at = (name: string): CouchDatabase => {
      const known = this.#databases.get(name);
      const database = known ?? new CouchDatabase(`${this.#couchUrl}/${name}`, name, this.#ports);
      this.#databases.set(name, database);
      database.signal = signal;
      return database;
    };
    // The identity of the server is the same for all its databases: asked once per run.
    let uuid: Promise<Result<string, SyncProblem>> | undefined;
    return {
      identity: async (name) => {
        uuid ??= at(name).serverId();
        const [server, born] = await Promise.all([uuid, at(name).birth()]);
        if (!born.ok) return born;
        return server.ok ? ok(`${server.value} ${born.value}`) : server;
      },
      isStill: (name, witness) => at(name).isStill(witness),
      write: (name, docs) => at(name).write(docs),
      read: (name, ids) => at(name).read(ids),
      versions: (name, revs) => at(name).versions(revs),
      changes: (name, since, limit) => at(name).changes(since, limit),
      newest: (name, limit) => at(name).newest(limit),
      missing: (name, revs) => at(name).missing(revs)
    };
  }

  /**
   * Waits until a database has a change that did not come from this device, but not for long.
   * @param since the sequence up to which it has been pulled
   * @returns whether there is one; false: the server has ended the wait
   * @see https://docs.couchdb.org/en/stable/api/database/changes.html#long-polling
   */
  async news(
    database: string,
    since: string,
    device: string,
    signal: AbortSignal
  ): Promise<Result<boolean, SyncProblem>> {
    const query = `feed=longpoll&timeout=${WAIT_MS}&filter=_selector&limit=1&since=${encodeURIComponent(since)}`;
    const answer = await ask({ ...this.#ports, signal }, `${this.#couchUrl}/${database}/_changes?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      // A field that is not there is not unequal to anything: what an office writes by hand has no device.
      body: JSON.stringify({ selector: { $or: [{ device: { $exists: false } }, { device: { $ne: device } }] } })
    });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    if (status >= 400) return err(refusalOf(status, body, database));
    const parsed = v.safeParse(changesAnswer, body);
    return parsed.success ? ok(parsed.output.results.length > 0) : err(broken(parsed.issues[0]));
  }

  /** Sends the bytes of a photo, see `uploadPhoto`. */
  upload(signal: AbortSignal, photo: WaitingPhoto, bytes: PhotoBytes): Promise<Result<UploadAnswer, SyncProblem>> {
    return uploadPhoto({ ...this.#ports, signal }, this.#couchUrl, photo, bytes);
  }

  close(): void {
    for (const database of this.#databases.values()) database.close();
    this.#databases.clear();
  }
}

/** Carries a typed problem through PouchDB, which knows only exceptions. */
class Stopped extends Error {
  readonly problem: SyncProblem;
  constructor(problem: SyncProblem) {
    super(problem.tag);
    this.problem = problem;
  }
}

class CouchDatabase {
  signal: AbortSignal = new AbortController().signal;
  readonly #name: string;
  readonly #ports: RemotePorts;
  readonly #pouch: PouchDB.Database;
  #serverTime: string;

  constructor(url: string, name: string, ports: RemotePorts) {
    this.#name = name;
    this.#ports = ports;
    this.#serverTime = ports.now();
    // skip_setup: PouchDB would otherwise ask for the database first, and create it where it is missing.
    this.#pouch = new PouchDB(url, { adapter: 'http', skip_setup: true, fetch: (to, init) => this.#fetch(to, init) });
  }

  async serverId(): Promise<Result<string, SyncProblem>> {
    const root = await this.#get('/', rootAnswer);
    if (root.ok) return ok(root.value.uuid ?? '');
    // A proxy may let through the databases only; then the database's own birth has to do.
    const isShut = root.error.tag === 'noAccess' || root.error.tag === 'noDatabase';
    return isShut ? ok('') : root;
  }

  async birth(): Promise<Result<string, SyncProblem>> {
    const info = await this.#get('', databaseAnswer);
    return info.ok ? ok(String(info.value.instance_start_time ?? '')) : info;
  }

  write(docs: readonly Writing[]): Promise<Result<Written, SyncProblem>> {
    const bodies = docs.map(({ doc, rev }) => (rev === null ? { ...doc } : { ...doc, _rev: rev }));
    return this.#attempt(async () => {
      const rows: unknown = await this.#pouch.bulkDocs(bodies);
      const parsed = v.safeParse(v.array(writeAnswer), rows);
      if (!parsed.success) return err(broken(parsed.issues[0]));
      return ok({ answers: parsed.output.map(wireToAnswer), serverTime: this.#serverTime });
    });
  }

  read(ids: readonly string[]): Promise<Result<readonly Current[], SyncProblem>> {
    return this.#attempt(async () => {
      const answer: unknown = await this.#pouch.allDocs({ keys: [...ids], include_docs: true, conflicts: true });
      const parsed = v.safeParse(documentsAnswer, answer);
      if (!parsed.success) return err(broken(parsed.issues[0]));
      return ok(
        parsed.output.rows.flatMap(({ key, value, doc, error = 'not_found' }): Current[] => {
          const rev = value?.rev ?? null;
          if (rev === null && error !== 'not_found') return [];
          if (rev === null || value?.deleted === true) return [{ id: key, rev, doc: null, clash: [] }];
          // There is a document, and it cannot be read: it must not pass for a deletion.
          return isDocument(doc, key) ? [{ id: key, rev, ...plain(doc) }] : [];
        })
      );
    });
  }

  /** @see https://docs.couchdb.org/en/stable/api/database/bulk-api.html#db-bulk-get */
  async versions(
    docs: readonly { readonly id: string; readonly rev: string }[]
  ): Promise<Result<readonly Revision[], SyncProblem>> {
    const answer = await this.#ask('_bulk_get?revs=true', versionsAnswer, {
      method: 'POST',
      headers: new Headers({ Accept: 'application/json', 'Content-Type': 'application/json' }),
      body: JSON.stringify({ docs })
    });
    if (!answer.ok) return answer;
    const found = answer.value.results.flatMap(({ docs }) => docs.flatMap(({ ok }) => ok ?? []));
    return ok(
      found.flatMap((doc): Revision[] => {
        const { _id: id, _rev: rev, _revisions: line, _deleted } = doc;
        if (rev === undefined) return [];
        const revs = line?.ids.map((hash, back) => `${line.start - back}-${hash}`) ?? [rev];
        return [{ id, rev, doc: _deleted === true ? null : plain(doc).doc, line: revs }];
      })
    );
  }

  /**
   * One page of `_changes`. PouchDB's own `changes` asks in pages of 25, turns every row into an event and clones it:
   * 2.3 times slower for 5,000 documents. So this request goes by `fetch` of the adapter.
   * @see https://docs.couchdb.org/en/stable/api/database/changes.html
   */
  async changes(since: string | null, limit: number): Promise<Result<ChangesPage, SyncProblem>> {
    const from = encodeURIComponent(since ?? '0');
    const page = await this.#get(
      `_changes?include_docs=true&conflicts=true&style=all_docs&limit=${limit}&seq_interval=${SEQ_INTERVAL}&since=${from}`,
      changesAnswer
    );
    if (!page.ok) return page;
    const { results, last_seq, pending } = page.value;
    const rows = readRows(results);
    const read = rows.map(wireToChange);
    const odd = read.flatMap((one) => ('why' in one ? one : []));
    // Not single documents are odd then, but the answer: a proxy that takes the documents out, another server.
    if (odd.length > MOST_ODD && odd.length * 2 > rows.length) return err({ tag: 'broken', detail: 'rows' });
    return ok({
      changes: read.flatMap(asChange),
      odd,
      lastSeq: String(last_seq),
      pending: pending ?? null,
      witness: witnessOf(since, rows, String(last_seq)),
      serverTime: this.#serverTime
    });
  }

  async newest(limit: number): Promise<Result<readonly Change[], SyncProblem>> {
    const page = await this.#get(
      `_changes?descending=true&include_docs=true&conflicts=true&style=all_docs&limit=${limit}`,
      changesAnswer
    );
    if (!page.ok) return page;
    return ok(readRows(page.value.results).flatMap((row) => asChange(wireToChange(row))));
  }

  /**
   * A look back at the last few changes, without their documents: a server that was restored lacks them, and one that has
   * news tells more. `last_seq` proves nothing here: CouchDB gives back the sequence that it was given, also when it comes
   * out of a backup and has not come that far yet.
   */
  async isStill(witness: Witness): Promise<Result<{ isStill: boolean; serverTime: string }, SyncProblem>> {
    const { since, rows } = witness;
    const from = encodeURIComponent(since ?? '0');
    const page = await this.#get(
      `_changes?style=all_docs&limit=${rows.length + 1}&seq_interval=${MOST_WITNESSED}&since=${from}`,
      changesAnswer
    );
    if (!page.ok) return page;
    const told = readRows(page.value.results).map(rowOf);
    return ok({ isStill: JSON.stringify(told) === JSON.stringify(rows), serverTime: this.#serverTime });
  }

  /** @see https://docs.couchdb.org/en/stable/api/database/misc.html#db-revs-diff */
  missing(
    revs: readonly { readonly id: string; readonly rev: string }[]
  ): Promise<Result<readonly string[], SyncProblem>> {
    return this.#attempt(async () => {
      const answer: unknown = await this.#pouch.revsDiff(Object.fromEntries(revs.map(({ id, rev }) => [id, [rev]])));
      const parsed = v.safeParse(missingAnswer, answer);
      return parsed.success ? ok(Object.keys(parsed.output)) : err(broken(parsed.issues[0]));
    });
  }

  close(): void {
    void this.#pouch.close();
  }

  #get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Result<T, SyncProblem>> {
    return this.#ask(path, schema, { headers: new Headers({ Accept: 'application/json' }) });
  }

  #ask<T>(path: string, schema: v.GenericSchema<unknown, T>, init: RequestInit): Promise<Result<T, SyncProblem>> {
    return this.#attempt(async () => {
      const response = await this.#pouch.fetch(path, init);
      const body = parseJson(new Uint8Array(await response.arrayBuffer()));
      if (!body.ok) return body;
      const parsed = v.safeParse(schema, body.value);
      return parsed.success ? ok(parsed.output) : err(broken(parsed.issues[0]));
    });
  }

  /** Runs a call of PouchDB and turns whatever it throws into a typed problem, once, at this border. */
  async #attempt<T>(work: () => Promise<Result<T, SyncProblem>>): Promise<Result<T, SyncProblem>> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Stopped) return err(error.problem);
      if (error instanceof SyntaxError) return err({ tag: 'broken', detail: error.message });
      // PouchDB refuses a document before it is sent (attachment names, malformed revisions).
      const parsed = v.safeParse(v.object({ status: v.number(), message: v.optional(v.string()) }), error);
      if (!parsed.success) return err({ tag: 'broken', detail: String(error) });
      return err({ tag: 'rejected', status: parsed.output.status, reason: parsed.output.message ?? '' });
    }
  }

  /** The fetch that PouchDB uses: sees the status before PouchDB does, and throws what it knows. */
  async #fetch(url: string | Request, init: RequestInit | undefined): Promise<Response> {
    const { signal } = this;
    const sent = await send({ ...this.#ports, signal }, typeof url === 'string' ? url : url.url, init ?? {});
    if (!sent.ok) throw new Stopped(sent.error);
    const { response, bytes } = sent.value;
    this.#serverTime = serverTimeOf(response) ?? this.#ports.now();
    if (response.status >= 400) {
      const body = parseJson(bytes);
      throw new Stopped(refusalOf(response.status, body.ok ? body.value : null, this.#name));
    }
    return new Response(bytes, { status: response.status, headers: response.headers });
  }
}

const rowOf = ({ row: { id, changes } }: ReadRow) => ({ id, revs: changes.map(({ rev }) => rev) });

/** The shortest end of a page that begins after a sequence which the server has told. */
function witnessOf(since: string | null, rows: readonly ReadRow[], lastSeq: string): Witness | null {
  if (rows.length === 0) return { since: lastSeq, rows: [] };
  const at = rows.findLastIndex(({ row: { seq } }, i) => i < rows.length - 1 && seq !== null && seq !== undefined);
  const seen = rows.slice(at + 1);
  const seq = rows[at]?.row.seq;
  if (seen.length > MOST_WITNESSED) return null;
  return { since: seq === null || seq === undefined ? since : String(seq), rows: seen.map(rowOf) };
}

function wireToChange({ isOdd, row }: ReadRow): Change | OddChange {
  const { id, changes, deleted } = row;
  // The leaves come in an order of the server's own, closed ones among them: the document tells which one has won.
  const first = changes[0]?.rev;
  if (deleted === true) {
    const rev = (isOdd ? undefined : row.doc?._rev) ?? first;
    return rev === undefined || id === '' ? { id, why: 'row' } : { id, rev, isDeleted: true, doc: null, clash: [] };
  }
  if (isOdd) return { id, why: whyOdd(row.doc) };
  const { doc } = row;
  if (doc === null || doc === undefined) return { id, why: 'absent' };
  return isDocument(doc, id) ? { id, rev: doc._rev, isDeleted: false, ...plain(doc) } : { id, why: 'shape' };
}

/** Whether it is a document, and the one that was meant. */
const isDocument = (
  doc: ChangesRow['doc'],
  id: string
): doc is NonNullable<ChangesRow['doc']> & { readonly _rev: string } =>
  doc !== null && doc !== undefined && doc._rev !== undefined && doc._id === id;

function whyOdd(doc: unknown): OddChange['why'] {
  if (doc === null || doc === undefined) return 'row';
  return typeof doc === 'object' && 'error' in doc && !('_id' in doc) ? 'error' : 'shape';
}

const asChange = (one: Change | OddChange): readonly Change[] => ('why' in one ? [] : [one]);

function wireToAnswer(row: v.InferOutput<typeof writeAnswer>): WriteAnswer {
  const { id, rev, error, reason } = row;
  if (error === undefined) return rev === undefined ? { tag: 'failed', id } : { tag: 'stored', id, rev };
  if (error === 'conflict') return { tag: 'conflict', id };
  if (error === 'forbidden' || error === 'unauthorized') return { tag: 'forbidden', id, reason: reason ?? error };
  return { tag: 'failed', id };
}

/** Takes CouchDB's bookkeeping out of a document; attachment stubs stay, or the next edit would drop the bytes. */
function plain(doc: NonNullable<ChangesRow['doc']>): {
  doc: WireDocument;
  clash: readonly string[];
} {
  const { _rev, _conflicts, _revisions, _local_seq, ...rest } = doc;
  return { doc: rest, clash: _conflicts ?? [] };
}

function broken(issue: v.BaseIssue<unknown>): SyncProblem {
  return { tag: 'broken', detail: `${v.getDotPath(issue) ?? ''}: ${issue.message}` };
}
