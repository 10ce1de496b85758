// The officer's own store: every save is one strict transaction that writes the document with its outbox row (law 1).
import type { Table } from 'dexie';
import type { Conflict, Document, DocumentOf, Kind, Stamp } from '#lib/domain/document/document.ts';
import { SCHEMA } from '#lib/domain/document/document.ts';
import { documentId } from '#lib/domain/document/id.ts';
import { merge } from '#lib/domain/merge/merge.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { opened, recordIn } from './conflictRecords.ts';
import { Database } from './database.ts';
import { type Edited, type SaveError, edited, made, ofKind, readable } from './edited.ts';
import { isClosed, isFull, telling } from './failure.ts';
import { type MaySpend, withRoom } from './room.ts';
import { type Lying, type OutboxRow, type Row, type Rows, fieldOf, textOf } from './row.ts';
import { type Seen, SeenRows, isSeen } from './seen.ts';
import { type StorePorts, stampOf } from './stamp.ts';
import type { Vault } from './vault.ts';

export type { SaveError } from './edited.ts';
export type { StorePorts } from './stamp.ts';

/** A document with where its bytes are. */
export interface Stored<D extends Document = Document> {
  readonly doc: D;
  readonly sending: Sending;
}

/** What the maker of a document has to say; the store adds the rest. */
export type Fresh<K extends Kind> = Omit<
  DocumentOf<K>,
  '_id' | 'kind' | 'commune' | 'schema' | 'createdAt' | 'createdBy' | 'deleted' | keyof Stamp
>;

/** What was seen last is not what lies there: another tab or the sync worker has written since. */
class Overtaken extends Error {}

export class Store {
  readonly #db: Database;
  readonly #ports: StorePorts;
  readonly #seen = new SeenRows();

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

  /** How far this device's clock is off, as its saves tell it; null: not known. */
  get skewMs(): number | null {
    return this.#ports.skewMs?.() ?? null;
  }

  /** Makes a document and puts it in the outbox. */
  async create<K extends Kind>(kind: K, commune: string, fields: Fresh<K>): Promise<Result<DocumentOf<K>, SaveError>> {
    let tried: string | undefined;
    return this.write(async (stamp) => {
      const isRetry = tried !== undefined;
      const _id = (tried ??= documentId(kind, Date.parse(stamp.updatedAt), this.#ports.random(16)));
      const parsed = ofKind(kind, {
        ...fields,
        _id,
        kind,
        commune,
        schema: SCHEMA,
        createdAt: stamp.updatedAt,
        createdBy: stamp.updatedBy,
        ...stamp
      });
      if (!parsed.ok) return parsed;
      // Its end was not heard of the first time, and it may have been sent or changed since.
      if (isRetry && (await this.#db.docs.get(_id)) !== undefined) return parsed;
      const { row, waiting } = made(parsed.value);
      await Promise.all([this.#db.docs.add(row), this.#db.outbox.put(waiting)]);
      return parsed;
    });
  }

  /**
   * Changes a document: reads it, applies `change`, writes it with its outbox row, all in one transaction, so that two
   * tabs never overwrite each other's fields.
   * @param change gets the newest stored document and gives the whole new one; giving the same object back writes nothing
   * @param shown the version that the person had before him. Where another one is stored by now, and the change overwrites
   *   what came with it, that version is kept: nobody has decided against it
   */
  async update<K extends Kind>(
    kind: K,
    id: string,
    change: (doc: DocumentOf<K>) => DocumentOf<K>,
    shown?: DocumentOf<K>
  ): Promise<Result<DocumentOf<K>, SaveError>> {
    const seen = this.#seen.get(id);
    // A document in conflict has a record beside it that is written as well.
    const quick =
      seen === undefined || seen.waiting?.record !== undefined
        ? null
        : await this.#updateSeen(kind, id, seen, change, shown);
    if (quick !== null) return quick;
    const saved = await this.write(async (stamp) => {
      const lying = await this.#rowsOf(id);
      const after = edited(kind, id, lying, change, stamp);
      if (after.ok && after.value.rows !== null) {
        const { doc, rows } = after.value;
        await Promise.all([this.put(rows), this.#noteInRecord(lying, doc), this.#keepUnseen(lying, rows.row, shown)]);
      }
      return after;
    });
    return this.#noted(id, saved);
  }

  /**
   * Writes on top of what was seen last, and asks in the same breath whether that still lies there. A save is as many
   * round trips to the browser's storage process as it has waits; this one waits only for its end.
   * @returns null when something else lies there by now, or nothing would change: then nothing is written
   */
  async #updateSeen<K extends Kind>(
    kind: K,
    id: string,
    seen: Seen,
    change: (doc: DocumentOf<K>) => DocumentOf<K>,
    shown: DocumentOf<K> | undefined
  ): Promise<Result<DocumentOf<K>, SaveError> | null> {
    const check = { isPassed: false };
    const saved = await this.write(async (stamp) => {
      // Written once more where there was no room at first.
      check.isPassed = false;
      const after = edited(kind, id, seen, change, stamp);
      // What would fail, or change nothing, has to be looked at anew.
      if (!after.ok || after.value.rows === null) throw new Overtaken();
      const checked = this.#rowsOf(id).then((lying) => {
        if (!isSeen(seen, lying)) throw new Overtaken();
        check.isPassed = true;
      });
      const { rows } = after.value;
      await Promise.all([checked, this.put(rows), this.#keepUnseen(seen, rows.row, shown)]);
      return after;
    });
    return check.isPassed ? this.#noted(id, saved) : null;
  }

  #noted<D extends Document>(id: string, saved: Result<Edited<D>, SaveError>): Result<D, SaveError> {
    if (!saved.ok) return saved;
    const { doc, rows } = saved.value;
    if (rows !== null) this.#seen.note(id, rows);
    return ok(doc);
  }

  /** A version that a save overwrites, and that the person had not before him, is kept: nobody has decided against it. */
  async #keepUnseen({ row }: Lying, after: Row, shown: Document | undefined): Promise<void> {
    if (row === undefined || shown === undefined || shown.editId === fieldOf(row.doc, 'editId')) return;
    if (merge(shown, after.doc, row.doc).tag !== 'clash') return;
    await this.#db.kept.add({ docId: row.id, doc: row.doc, why: 'overtaken', at: after.updatedAt });
  }

  /** Puts both rows of a document; within `write`. */
  async put({ row, waiting }: Rows): Promise<void> {
    await Promise.all([this.#db.docs.put(row), this.#db.outbox.put(waiting)]);
  }

  /** What is typed during a conflict reaches the server in the conflict's record: its own document waits for a decision. */
  async #noteInRecord({ row: subject, waiting }: Lying, mine: Document): Promise<void> {
    if (subject === undefined || waiting?.record === undefined || waiting.theirs === undefined) return;
    const { docs, outbox } = this.#db;
    const [row, unsent] = await Promise.all([docs.get(waiting.record), outbox.get(waiting.record)]);
    const theirs = fieldOf(waiting.theirs.doc, '_deleted') === true ? null : waiting.theirs.doc;
    const versions = { base: waiting.base?.doc ?? null, mine, theirs };
    const noted = row === undefined ? null : opened({ row, waiting: unsent }, subject, versions, stampOf(this.#ports));
    if (noted !== null) await this.put(noted);
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
    const { row, waiting } = await this.#rowsOf(id);
    const doc = row === undefined ? undefined : readable(row, kind);
    if (row !== undefined) this.#seen.note(id, { row, waiting });
    if (row === undefined || doc === undefined) return undefined;
    const open = await this.#db.docs.where('disputed').equals(id).first();
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
    await withRoom(this.#db, 'reserve', () => this.#db.facts.put({ name, value }));
  }

  close(): void {
    this.#db.close();
  }

  async #rowsOf(id: string): Promise<Lying> {
    const [row, waiting] = await Promise.all([this.#db.docs.get(id), this.#db.outbox.get(id)]);
    return { row, waiting };
  }

  /**
   * One strict transaction over documents, outbox and kept versions, for the saves of this folder; a connection that
   * died under us is reopened and the work done once more (law 16). On a phone that is full, room is made for it.
   * @param work gets the stamp of this save; an `err` that it gives has written nothing only if it comes before a write
   * @param tables those that it reads and writes: a save does not wait for the writes of others
   * @param maySpend what may be let go of for it where there is no room
   */
  async write<T>(
    work: (stamp: Stamp) => Promise<Result<T, SaveError>>,
    tables: readonly Table[] = [this.#db.docs, this.#db.outbox, this.#db.kept],
    maySpend: MaySpend = 'reserve'
  ): Promise<Result<T, SaveError>> {
    const written = await this.#written(work, tables, maySpend);
    if (written.ok) this.#ports.saved?.();
    return written;
  }

  async #written<T>(
    work: (stamp: Stamp) => Promise<Result<T, SaveError>>,
    tables: readonly Table[],
    maySpend: MaySpend
  ): Promise<Result<T, SaveError>> {
    const stamp = stampOf(this.#ports);
    const given: { saved?: Result<T, SaveError> } = {};
    const noted = async () => (given.saved = await work(stamp));
    const attempt = () => withRoom(this.#db, maySpend, () => this.#db.transaction('rw', tables, telling(noted)));
    try {
      return await attempt();
    } catch (first) {
      const failure = saveError(first);
      if (failure.cause !== 'closed') return err(failure);
      try {
        this.#db.close({ disableAutoOpen: false });
        const { saved } = given;
        return saved?.ok === true && (await this.#isWritten(stamp.editId)) ? saved : await attempt();
      } catch (second) {
        return err(saveError(second));
      }
    }
  }

  /**
   * Whether a save is there although the connection died before it said so: written twice, a step would be noted twice,
   * and what is new would be there twice. Touches what it wrote, for those who look on have not heard of it.
   */
  async #isWritten(editId: string): Promise<boolean> {
    const { docs, outbox } = this.#db;
    return this.#db.transaction('rw', docs, outbox, async () => {
      const waiting = await outbox.filter((row) => row.editId === editId).first();
      const row = waiting === undefined ? undefined : await docs.get(waiting.id);
      if (row === undefined || waiting === undefined || row.shut === true || waiting.shut === true) return false;
      await this.put({ row, waiting });
      return true;
    });
  }
}

/**
 * Opens an account's store.
 * @param durability see `Database`
 * @param vault see `Database`
 */
export function openStore(
  ports: StorePorts,
  durability: 'strict' | 'relaxed' = 'strict',
  vault: Vault | null = null
): Store {
  return new Store(new Database(ports.account, durability, vault), ports);
}

/** The records of conflicts that wait for a person, wherever the edit is that waits with them. */
export async function openRecords({ docs }: Database): Promise<Conflict[]> {
  const rows = await docs.where('disputed').above('').sortBy('updatedAt');
  return rows.flatMap((row) => recordIn(row) ?? []);
}

/**
 * The sending state that a row and its outbox row prove; `sending` is known to the sync worker only.
 * @param record of a conflict that the document is in on another device, when there is one
 */
export function sendingOf(row: Row, waiting: OutboxRow | undefined, record: Conflict | null): Sending {
  if (waiting === undefined && record !== null) {
    const { _id, mine, updatedAt } = record;
    return { state: 'conflict', by: textOf(mine, 'updatedBy'), at: updatedAt, record: _id };
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
    case 'conflict':
      return { state: 'conflict', by: textOf(waiting.theirs?.doc, 'updatedBy'), at, record: null };
    case 'lost':
      return { state: 'lost' };
  }
}

/** What a failed write means; see `SaveError`. */
export function saveError(thrown: unknown): Extract<SaveError, { tag: 'write' }> {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isFull(thrown)) return { tag: 'write', cause: 'quota', message };
  return { tag: 'write', cause: isClosed(thrown) ? 'closed' : 'other', message };
}
