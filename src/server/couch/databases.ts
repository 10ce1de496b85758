// The databases of this server: which exist, since when, who may use them, and their life from creation to deletion.
import { EventEmitter } from 'node:events';
import { randomBytes } from 'node:crypto';
import { ToldRows } from './changes/told.ts';
import { CouchError, notFound } from './couch-error.ts';
import { isObject } from './json.ts';
import type { Pouch, Storage } from './pouch.ts';
import { ADMINS_ONLY, EVERYONE, type Security, parseSecurity } from './security.ts';
import { LastChanges, readSequence, sequenceToken } from './sequence.ts';
import { Validation } from './validation.ts';

const LEGAL_NAME = /^[a-z][a-z0-9_$()+/-]*$/;
export const USERS = '_users';

/** What the registry keeps about a database. */
interface Entry {
  readonly name: string;
  /** Random, new with every creation: tells a re-created database from its predecessor. */
  readonly instance: string;
  readonly createdAtSeconds: number;
  readonly security: Security;
}

/** One database: its store, its rules and its writers' queue. */
export class Database {
  readonly pouch: Pouch;
  readonly told = new ToldRows();
  readonly #lastChanges: LastChanges;
  readonly #wakeUps = new EventEmitter().setMaxListeners(0);
  #lastWrite: Promise<unknown> = Promise.resolve();
  #validation: Promise<Validation> | null = null;

  constructor(
    readonly entry: Entry,
    storage: Storage
  ) {
    this.pouch = storage.open(`${entry.name}.${entry.instance}`);
    this.#lastChanges = new LastChanges(this.pouch);
  }

  get name(): string {
    return this.entry.name;
  }

  /** Runs one writer after the other, so that what was validated is what is stored. */
  exclusively<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#lastWrite.then(write, write);
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }

  /** Tells the waiting feeds that something was stored. */
  announceWrite(): void {
    this.#wakeUps.emit('write');
  }

  /** Calls back at every write until the returned function is called. */
  onWrite(listener: () => void): () => void {
    this.#wakeUps.on('write', listener);
    return () => this.#wakeUps.off('write', listener);
  }

  /** The compiled validation functions; reads the design documents once per change of them. */
  validation(): Promise<Validation> {
    this.#validation ??= this.#readValidation();
    return this.#validation;
  }

  forgetValidation(): void {
    this.#validation = null;
  }

  async #readValidation(): Promise<Validation> {
    const { rows } = await this.pouch.allDocs({ startkey: '_design/', endkey: '_design0', include_docs: true });
    const sources = rows.flatMap(({ doc }) => {
      const source: unknown = isObject(doc) ? doc.validate_doc_update : undefined;
      return typeof source === 'string' ? [source] : [];
    });
    return new Validation(sources);
  }

  async updateSequence(): Promise<number> {
    return Number((await this.pouch.info()).update_seq);
  }

  /** The places of the next so many changes after one. */
  nextPlaces(place: number, limit: number): Promise<number[]> {
    return this.#lastChanges.after(place, limit);
  }

  /** How many changes come after a place. */
  pendingAfter(place: number): Promise<number> {
    return this.#lastChanges.countAfter(place);
  }

  token(place: number): string {
    return sequenceToken(place, this.entry.instance);
  }

  place(token: string): number | null {
    return readSequence(token, this.entry.instance);
  }
}

/** All databases, kept in a registry that is itself a small store. */
export class Databases {
  readonly #entries = new Map<string, Entry>();
  readonly #open = new Map<string, Database>();

  private constructor(
    readonly storage: Storage,
    readonly registry: Pouch
  ) {}

  /**
   * Opens the registry and makes sure that `_users` and `_replicator` exist.
   * @param registry a store of its own
   */
  static async load(storage: Storage, registry: Pouch): Promise<Databases> {
    const databases = new Databases(storage, registry);
    const { rows } = await registry.allDocs({ startkey: 'db:', endkey: 'db;', include_docs: true });
    for (const { doc } of rows) {
      const entry = toEntry(doc);
      if (entry) databases.#entries.set(entry.name, entry);
    }
    // CouchDB leaves _users to administrators until provisioning opens it; here each account reaches its own document.
    if (!databases.#entries.has(USERS)) await databases.#register(USERS, EVERYONE);
    return databases;
  }

  names(): string[] {
    return [...this.#entries.keys()].sort();
  }

  /** @throws 404 when there is none of this name */
  get(name: string): Database {
    const entry = this.#entries.get(name);
    if (!entry) throw notFound('Database does not exist.');
    let database = this.#open.get(name);
    if (!database) this.#open.set(name, (database = new Database(entry, this.storage)));
    return database;
  }

  /** @throws 400 for an illegal name, 412 when it exists */
  async create(name: string): Promise<void> {
    if (!LEGAL_NAME.test(name)) {
      const rule = `Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.`;
      throw new CouchError(400, 'illegal_database_name', `Name: '${name}'. ${rule}`);
    }
    if (this.#entries.has(name)) {
      throw new CouchError(412, 'file_exists', 'The database could not be created, the file already exists.');
    }
    await this.#register(name, ADMINS_ONLY);
  }

  async destroy(name: string): Promise<void> {
    const database = this.get(name);
    const row = await this.registry.get(`db:${name}`);
    // The registry first: after a crash in between an unused folder is left over, never a half database.
    await this.registry.remove(row);
    this.#entries.delete(name);
    this.#open.delete(name);
    database.announceWrite();
    await database.exclusively(() => database.pouch.destroy());
  }

  security(name: string): Security {
    return this.#entries.get(name)?.security ?? ADMINS_ONLY;
  }

  async setSecurity(name: string, security: Security): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) throw notFound('Database does not exist.');
    const row = await this.registry.get(`db:${name}`);
    await this.registry.put({ ...row, security });
    this.#entries.set(name, { ...entry, security });
  }

  async close(): Promise<void> {
    for (const database of this.#open.values()) await database.exclusively(() => database.pouch.close());
    this.#open.clear();
  }

  async #register(name: string, security: Security): Promise<void> {
    const entry: Entry = {
      name,
      instance: randomBytes(8).toString('hex'),
      createdAtSeconds: Math.floor(Date.now() / 1000),
      security
    };
    // Taken before the write, so that of two requests at once the second meets 412.
    this.#entries.set(name, entry);
    await this.registry.put({ _id: `db:${name}`, ...entry });
  }
}

function toEntry(row: unknown): Entry | null {
  if (!isObject(row)) return null;
  const { name, instance, createdAtSeconds, security } = row;
  if (typeof name !== 'string' || typeof instance !== 'string' || typeof createdAtSeconds !== 'number') return null;
  return { name, instance, createdAtSeconds, security: parseSecurity(security) };
}
