// The officer's own store: every save is one strict transaction that writes the document with its outbox row (law 1).
import { type Observable, liveQuery } from 'dexie';
import type { Conflict, Document, DocumentOf, Kind, Stamp } from '#lib/domain/document/document.ts';
import { SCHEMA } from '#lib/domain/document/document.ts';
import { documentId } from '#lib/domain/document/id.ts';
import { type ParseError, parseDocument } from '#lib/domain/document/parse.ts';
import { merge } from '#lib/domain/merge/merge.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { opened, recordIn } from './conflictRecords.ts';
import { Database } from './database.ts';
import { OPEN, type OutboxRow, type Row, fieldOf, keysOf } from './row.ts';
import { type StorePorts, stampOf } from './stamp.ts';

export type { StorePorts } from './stamp.ts';

/** A document with where its bytes are. */
export interface Stored<D extends Document = Document> {
  readonly doc: D;
  readonly sending: Sending;
}

/** Why a save did not happen; what was typed is still with the caller. */
export type SaveError =
  | { readonly tag: 'missing'; readonly id: string }
  | { readonly tag: 'malformed'; readonly path: string; readonly message: string }
  /** The browser refused the write: `quota` = storage is full. */
  | { readonly tag: 'write'; readonly cause: 'quota' | 'closed' | 'other'; readonly message: string };

/** What the maker of a document has to say; the store adds the rest. */
export type Fresh<K extends Kind> = Omit<
  DocumentOf<K>,
  '_id' | 'kind' | 'commune' | 'schema' | 'createdAt' | 'createdBy' | 'deleted' | keyof Stamp
>;

export class Store {
  readonly #db: Database;
  readonly #ports: StorePorts;

  constructor(db: Database, ports: StorePorts) {
    this.#db = db;
    this.#ports = ports;
  }

  /** The tables, for the queries of this folder. */
  get tables(): Database {
    return this.#db;
  }

  /** The account whose store this is. */
  get account(): string {
    return this.#ports.account;
  }

  /** Makes a document and puts it in the outbox. */
  async create<K extends Kind>(kind: K, commune: string, fields: Fresh<K>): Promise<Result<DocumentOf<K>, SaveError>> {
    return this.write(async (stamp) => {
      const parsed = parseDocument({
        ...fields,
        _id: documentId(kind, Date.parse(stamp.updatedAt), this.#ports.random(16)),
        kind,
        commune,
        schema: SCHEMA,
        createdAt: stamp.updatedAt,
        createdBy: stamp.updatedBy,
        ...stamp
      });
      if (!parsed.ok || !isKind(parsed.value, kind)) return err(malformed(parsed, kind));
      const doc = parsed.value;
      await this.#db.docs.add({
        id: doc._id,
        database: communeDatabase(commune),
        commune,
        updatedAt: doc.updatedAt,
        doc,
        rev: null,
        receivedAt: null,
        ...keysOf(doc)
      });
      await this.#db.outbox.put(outboxRow(doc, null, undefined));
      return ok(doc);
    });
  }

  /**
   * Changes a document: reads it, applies `change`, writes it with its outbox row, all in one transaction, so that two
   * tabs never overwrite each other's fields.
   * @param change gets the newest stored document and gives the whole new one; giving the same object back writes nothing
   * @param seen the version that the person had before him. Where another one is stored by now, and the change overwrites
   *   what came with it, that version is kept: nobody has decided against it
   */
  async update<K extends Kind>(
    kind: K,
    id: string,
    change: (doc: DocumentOf<K>) => DocumentOf<K>,
    seen?: DocumentOf<K>
  ): Promise<Result<DocumentOf<K>, SaveError>> {
    return this.write(async (stamp) => {
      // Side by side: a save is as many round trips to the browser's storage process as it has waits.
      const [row, waiting] = await Promise.all([this.#db.docs.get(id), this.#db.outbox.get(id)]);
      const before = row === undefined ? undefined : readable(row, kind);
      if (row === undefined || before === undefined) return err({ tag: 'missing', id });
      const changed = change(before);
      if (changed === before) return ok(before);
      const parsed = parseDocument({ ...changed, ...stamp });
      if (!parsed.ok || !isKind(parsed.value, kind)) return err(malformed(parsed, kind));
      const doc = parsed.value;
      await Promise.all([this.putEdited(row, waiting, doc), this.#noteInRecord(row, waiting, doc)]);
      if (seen !== undefined && seen.editId !== before.editId && merge(seen, doc, before).tag === 'clash') {
        await this.#db.kept.add({ docId: id, doc: before, why: 'overtaken', at: stamp.updatedAt });
      }
      return ok(doc);
    });
  }

  /** Puts a changed document in the place of its row, and into the outbox; within `write`. */
  async putEdited(row: Row, waiting: OutboxRow | undefined, doc: Document): Promise<void> {
    await Promise.all([
      this.#db.docs.put({ ...withoutKeys(row), updatedAt: doc.updatedAt, doc, ...keysOf(doc) }),
      this.#db.outbox.put(outboxRow(doc, row, waiting))
    ]);
  }

  /** What is typed during a conflict reaches the server in the conflict's record: its own document waits for a decision. */
  async #noteInRecord(subject: Row, waiting: OutboxRow | undefined, mine: Document): Promise<void> {
    if (waiting?.record === undefined || waiting.theirs === undefined) return;
    const { docs, outbox } = this.#db;
    const [row, unsent] = await Promise.all([docs.get(waiting.record), outbox.get(waiting.record)]);
    const theirs = fieldOf(waiting.theirs.doc, '_deleted') === true ? null : waiting.theirs.doc;
    const versions = { base: waiting.base?.doc ?? null, mine, theirs };
    const noted = row === undefined ? null : opened({ row, waiting: unsent }, subject, versions, stampOf(this.#ports));
    if (noted !== null) await Promise.all([docs.put(noted.row), outbox.put(noted.waiting)]);
  }

  /** Soft-deletes a document (it stays, hidden, and the deletion travels like any edit); `restore` undoes it. */
  remove(kind: Kind, id: string): Promise<Result<Document, SaveError>> {
    return this.update(kind, id, (doc) => ({ ...doc, deleted: true }));
  }

  /** Undoes a soft deletion. */
  restore(kind: Kind, id: string): Promise<Result<Document, SaveError>> {
    return this.update(kind, id, (doc) => {
      const { deleted: _deleted, ...kept } = doc;
      return kept as typeof doc;
    });
  }

  /** A document with its sending state, or undefined when there is none of that kind with that id. */
  async get<K extends Kind>(kind: K, id: string): Promise<Stored<DocumentOf<K>> | undefined> {
    const [row, waiting] = await Promise.all([this.#db.docs.get(id), this.#db.outbox.get(id)]);
    const doc = row === undefined ? undefined : readable(row, kind);
    if (row === undefined || doc === undefined) return undefined;
    const open = await this.#db.docs
      .where('[live+owner+status+updatedAt]')
      .between(['conflict', id, OPEN], ['conflict', id, OPEN, []])
      .first();
    return { doc, sending: sendingOf(row, waiting, open === undefined ? null : recordIn(open)) };
  }

  /** The documents of a kind that belong to another: products of a producer, surveys of a product, reviews of a survey. */
  async ownedBy<K extends Kind>(kind: K, ownerId: string): Promise<Stored<DocumentOf<K>>[]> {
    const rows = await this.#db.docs.where('owner').equals(ownerId).toArray();
    return this.withSending(
      kind,
      rows.filter((row) => row.live === kind)
    );
  }

  /** Pairs rows of one kind with their sending states (two reads, however many rows). */
  async withSending<K extends Kind>(kind: K, rows: Row[]): Promise<Stored<DocumentOf<K>>[]> {
    const sendings = await this.sendings(rows);
    return rows.flatMap((row, i) => {
      const doc = readable(row, kind);
      const sending = sendings[i];
      return doc === undefined || sending === undefined ? [] : [{ doc, sending }];
    });
  }

  /** The sending states of rows, in their order (two reads, however many rows). */
  async sendings(rows: readonly Row[]): Promise<Sending[]> {
    const [waiting, open] = await Promise.all([
      this.#db.outbox.bulkGet(rows.map(({ id }) => id)),
      openRecords(this.#db)
    ]);
    const bySubject = new Map(open.map((record) => [record.subjectId, record]));
    return rows.map((row, i) => sendingOf(row, waiting[i], bySubject.get(row.id) ?? null));
  }

  /** Reads a fact of this account on this device (last place, traffic, …); the caller parses it. */
  async fact(name: string): Promise<unknown> {
    return (await this.#db.facts.get(name))?.value;
  }

  /** Remembers a fact. Losing one never loses work. */
  async remember(name: string, value: unknown): Promise<void> {
    await this.#db.facts.put({ name, value });
  }

  close(): void {
    this.#db.close();
  }

  /**
   * One strict transaction over documents, outbox and kept versions, for the saves of this folder; a connection that
   * died under us is reopened and the work done once more (law 16).
   * @param work gets the stamp of this save; an `err` that it gives has written nothing only if it comes before a write
   */
  async write<T>(work: (stamp: Stamp) => Promise<Result<T, SaveError>>): Promise<Result<T, SaveError>> {
    const { docs, outbox, kept } = this.#db;
    const stamp = stampOf(this.#ports);
    const attempt = () => this.#db.transaction('rw', docs, outbox, kept, () => work(stamp));
    try {
      return await attempt();
    } catch (first) {
      const failure = saveError(first);
      if (failure.cause !== 'closed') return err(failure);
      try {
        this.#db.close({ disableAutoOpen: false });
        return await attempt();
      } catch (second) {
        return err(saveError(second));
      }
    }
  }
}

/**
 * Opens an account's store.
 * @param durability see `Database`
 */
export function openStore(ports: StorePorts, durability: 'strict' | 'relaxed' = 'strict'): Store {
  return new Store(new Database(ports.account, durability), ports);
}

/** Runs a query again whenever what it read has changed, in any tab or worker. */
export const observe = <T>(query: () => Promise<T>): Observable<T> => liveQuery(query);

/** The records of conflicts that wait for a person, wherever the edit is that waits with them. */
export async function openRecords({ docs }: Database): Promise<Conflict[]> {
  const rows = await docs
    .where('[live+status+updatedAt]')
    .between(['conflict', OPEN], ['conflict', OPEN, []])
    .toArray();
  return rows.flatMap((row) => recordIn(row) ?? []);
}

/**
 * The sending state that a row and its outbox row prove; `sending` is known to the sync worker only.
 * @param record of a conflict that the document is in on another device, when there is one
 */
export function sendingOf(row: Row, waiting: OutboxRow | undefined, record: Conflict | null): Sending {
  if (waiting === undefined && record !== null) {
    const { _id, mine, updatedAt } = record;
    const by = fieldOf(mine, 'updatedBy');
    return { state: 'conflict', by: typeof by === 'string' ? by : '', at: updatedAt, record: _id };
  }
  if (waiting === undefined) {
    // No outbox row: the content came from the server or has its receipt.
    return { state: 'sent', rev: row.rev ?? '', at: row.receivedAt };
  }
  const at = waiting.at ?? waiting.since;
  switch (waiting.state) {
    case 'waiting':
      return { state: 'local', since: waiting.since };
    case 'refused':
      return { state: 'refused', reason: waiting.reason ?? { code: 'unknown', message: '' }, at };
    case 'conflict': {
      const by = waiting.theirs === undefined ? undefined : fieldOf(waiting.theirs.doc, 'updatedBy');
      return { state: 'conflict', by: typeof by === 'string' ? by : '', at, record: null };
    }
  }
}

/** The row's document when this build can read it and it is of that kind. */
export function readable<K extends Kind>(row: Row, kind: K): DocumentOf<K> | undefined {
  const doc = row.doc;
  return row.foreign !== true && isKind(doc, kind) ? doc : undefined;
}

function isKind<K extends Kind>(doc: Row['doc'], kind: K): doc is DocumentOf<K> {
  return fieldOf(doc, 'kind') === kind;
}

/** The outbox row for a document that has just changed; the base is what the server had before the first unsent edit. */
function outboxRow(doc: Document, before: Row | null, waiting: OutboxRow | undefined): OutboxRow {
  const base = before === null || before.rev === null ? null : { rev: before.rev, doc: before.doc };
  const row: OutboxRow = {
    id: doc._id,
    database: before?.database ?? communeDatabase(doc.commune),
    editId: doc.editId,
    since: waiting?.since ?? doc.updatedAt,
    // An edit is a new try after a refusal (law 6); a conflict stays one until a person has chosen.
    state: waiting?.state === 'conflict' ? 'conflict' : 'waiting',
    base: waiting === undefined ? base : waiting.base
  };
  if (waiting?.sent !== undefined) row.sent = waiting.sent;
  if (waiting?.lastSent !== undefined) row.lastSent = waiting.lastSent;
  if (waiting?.isLost !== undefined) row.isLost = waiting.isLost;
  if (row.state === 'conflict' && waiting?.theirs !== undefined) row.theirs = waiting.theirs;
  if (row.state === 'conflict' && waiting?.at !== undefined) row.at = waiting.at;
  if (row.state === 'conflict' && waiting?.record !== undefined) row.record = waiting.record;
  return row;
}

function withoutKeys(row: Row): Row {
  const { live: _live, owner: _owner, status: _status, due: _due, visit: _visit, ...rest } = row;
  return rest;
}

function malformed(parsed: Result<Document, ParseError>, kind: Kind): SaveError {
  if (parsed.ok) return { tag: 'malformed', path: 'kind', message: `not a ${kind}` };
  const { error } = parsed;
  return error.tag === 'malformed' ? error : { tag: 'malformed', path: '', message: error.tag };
}

function saveError(thrown: unknown): Extract<SaveError, { tag: 'write' }> {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const names = namesOf(thrown);
  if (names.includes('QuotaExceededError')) return { tag: 'write', cause: 'quota', message };
  const isClosed = names.some((name) => name === 'DatabaseClosedError' || name === 'InvalidStateError');
  return { tag: 'write', cause: isClosed ? 'closed' : 'other', message };
}

/** The names of an error and of the errors inside it: Dexie hides a full disk inside an `AbortError`. */
export function namesOf(thrown: unknown): string[] {
  const names: string[] = [];
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < 5; depth++) {
    names.push(error.name);
    error = 'inner' in error ? error.inner : undefined;
  }
  return names;
}
