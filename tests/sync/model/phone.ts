// A phone of the model: two tabs over one IndexedDB, at most one of them syncing, each of which may be killed.
import { Dexie } from 'dexie';
import { type Result, ok } from '#lib/domain/result.ts';
import type { Database } from '#lib/storage/database.ts';
import { Database as AccountDatabase } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { CheckpointRow, KeptRow, OutboxRow, Row } from '#lib/storage/row.ts';
import type { StorePorts } from '#lib/storage/stamp.ts';
import { Store } from '#lib/storage/store.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { type Errand, type RunMemory, type RunOutcome, freshMemory, run } from '#lib/sync/core/run.ts';
import { handPorts } from '../support/device.ts';
import { Gates, type LocalCall, type Stray, type Gate, type Passage, aMoment } from '../support/gates.ts';
import type { Asker } from '../support/memory-server.ts';
import { Life, mortal } from '../support/mortal.ts';
import { suiteVault } from '../../storage/vaults.ts';
import { VERSION_1 } from '../../storage/support/shipped.ts';

/** What lies in a phone's IndexedDB. */
export interface Contents {
  readonly rows: ReadonlyMap<string, Row>;
  readonly outbox: ReadonlyMap<string, OutboxRow>;
  readonly checkpoints: ReadonlyMap<string, CheckpointRow>;
  readonly kept: readonly KeptRow[];
}

/** A run of the engine that goes on only as its gates are opened. */
export interface Running {
  readonly tab: number;
  readonly gates: Gates;
  readonly stop: AbortController;
  outcome: RunOutcome | null;
}

interface Tab {
  readonly life: Life;
  readonly store: Store;
  readonly worker: Database;
  readonly memory: RunMemory;
}

export interface PhoneOptions {
  readonly name: string;
  readonly asker: Asker;
  readonly databases: readonly string[];
  readonly remote: Remote;
  readonly seed: number;
  /** Whether the account's roles name a database now. */
  mayUse(database: string): boolean;
  onForgotten(): Promise<void>;
  onStray(stray: Stray): void;
  onLocal(method: LocalCall, argument: unknown): void;
}

/** A page of so many changes, a batch of so many bytes: small, so that a few documents make several of each. */
const PAGE = 2;
const BATCH_BYTES = 1200;

export class Phone {
  readonly name: string;
  readonly asker: Asker;
  readonly databases: readonly string[];
  isOnline = true;
  running: Running | null = null;
  /** How the last run went; null when it was killed. */
  lastOutcome: RunOutcome | null = null;
  /** Milliseconds that each call to the network or to the disk seems to take. */
  pace = 2000;
  readonly setClockBy: (ms: number) => void;
  readonly #options: PhoneOptions;
  readonly #ports: StorePorts;
  readonly #tabs = new Map<number, Tab>();
  /** Tabs that wait for the lock, and what they want. */
  readonly #queue: { tab: number; work: Errand['work'] }[] = [];
  #observer: Database;
  #contents: Contents | null = null;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.name = options.name;
    this.asker = options.asker;
    this.databases = options.databases;
    const { ports, setClockBy } = handPorts(options.asker.name, options.name, options.seed);
    this.#ports = ports;
    this.setClockBy = setClockBy;
    this.#observer = this.#database();
  }

  /**
   * What the page of a tab does with its store.
   * @returns null when the tab was killed before it was done
   */
  async act<T>(tab: number, work: (store: Store) => Promise<T>): Promise<T | null> {
    const { life, store } = this.#tab(tab);
    this.#contents = null;
    const done = await Promise.race([work(store).then((value) => ({ value })), life.over]);
    this.#contents = null;
    if (!life.isOver && done !== undefined) return done.value;
    await this.#bury();
    return null;
  }

  /** Arms a tab's death: it comes before the operation after so many others. */
  arm(tab: number, operations: number): void {
    this.#tab(tab).life.endAfter(operations);
  }

  /** No tab dies any more. */
  disarm(): void {
    for (const { life } of this.#tabs.values()) life.endAfter(Infinity);
  }

  /** The replica of a connection that is nobody's, for preparing and repeating things. */
  get replica(): Replica {
    this.#contents = null;
    return new Replica(this.#observer, this.#ports);
  }

  /** Begins a run, or queues for the lock that another tab has. */
  async start(tab: number, work: Errand['work']): Promise<boolean> {
    if (this.running !== null) {
      if (this.running.tab !== tab && this.#queue.length === 0) this.#queue.push({ tab, work });
      return false;
    }
    const { life, worker, memory } = this.#tab(tab);
    const { remote, onStray, onLocal } = this.#options;
    const replica = new Replica(worker, this.#ports);
    const gates = new Gates({
      local: replica,
      remote,
      isOnline: () => this.isOnline,
      life,
      onStray,
      onLocal,
      picture: () => this.#read()
    });
    const stop = new AbortController();
    const running: Running = { tab, gates, stop, outcome: null };
    this.running = running;
    this.lastOutcome = null;
    let elapsed = 0;
    let authorised: Promise<Result<void, SyncProblem>> | undefined;
    const databases = work === 'both' ? this.databases : await this.#withWork();
    void run(
      {
        local: gates.local,
        remote: gates.remote,
        authorise: (how) => {
          if (how === 'anew') authorised = undefined;
          return (authorised ??= gates.authorise(() => this.#authorise(replica)));
        },
        elapsed: () => (elapsed += this.pace),
        isTyping: () => false,
        now: () => this.#ports.now().toISOString(),
        signal: stop.signal,
        watcher: { onSending: () => undefined, onPulled: () => undefined, onContact: () => undefined }
      },
      { work, databases },
      memory
    ).then((outcome) => (running.outcome = outcome));
    await aMoment();
    await this.#afterRun();
    return true;
  }

  /** The server's word on the roles: what they do not name any more is forgotten (law 10). */
  async #authorise(replica: Replica): Promise<Result<void, SyncProblem>> {
    const pulled = await replica.databasesPulled();
    const lost = pulled.ok ? pulled.value.filter((name) => !this.#options.mayUse(name)) : [];
    if (lost.length === 0) return ok(undefined);
    await replica.forget(lost);
    this.#contents = null;
    await this.#options.onForgotten();
    return ok(undefined);
  }

  /** Lets one waiting call through. @returns that call, or null when nothing runs */
  async step(pick: number, passage: Passage, wanted: (gate: Gate) => boolean = () => true): Promise<Gate | null> {
    const waiting = this.running?.gates.waiting ?? [];
    const some = waiting.filter(wanted);
    const gate = some[pick % Math.max(1, some.length)];
    if (gate === undefined) return null;
    waiting.splice(waiting.indexOf(gate), 1);
    this.#contents = null;
    await gate.pass(passage);
    await aMoment();
    await this.#afterRun();
    return gate;
  }

  /** Kills a tab, page and worker: what is not committed is undone, what is under way may arrive. */
  async kill(tab: number): Promise<void> {
    this.#tab(tab).life.end();
    await this.#bury();
  }

  /** All tabs are closed, the app of another build takes the database over. */
  async reopen(between: (name: string) => Promise<void>): Promise<void> {
    this.#queue.length = 0;
    for (const [tab] of this.#tabs) await this.kill(tab);
    const name = this.#observer.name;
    this.#observer.close();
    await between(name);
    this.#observer = this.#database();
    this.#contents = null;
  }

  /** The browser closes the connections of a tab under it, as Safari does after a rest. */
  disconnect(tab: number): void {
    const { store, worker } = this.#tab(tab);
    for (const db of [store.tables, worker]) if (db.isOpen()) db.backendDB().close();
  }

  async contents(): Promise<Contents> {
    this.#contents ??= await this.#read();
    return this.#contents;
  }

  /** What a screen shows that belongs to none of the tabs. */
  look<T>(query: (store: Store) => Promise<T>): Promise<T> {
    return query(new Store(this.#observer, this.#ports));
  }

  close(): void {
    for (const { life, store, worker } of this.#tabs.values()) {
      life.end();
      store.close();
      worker.close();
    }
    this.#observer.close();
  }

  #read(): Promise<Contents> {
    const { docs, outbox, checkpoints, kept } = this.#observer;
    return this.#observer.transaction('r', docs, outbox, checkpoints, kept, async () => {
      const [rows, unsent, points, versions] = await Promise.all([
        docs.toArray(),
        outbox.toArray(),
        checkpoints.toArray(),
        kept.toArray()
      ]);
      return {
        rows: new Map(rows.map((row) => [row.id, row])),
        outbox: new Map(unsent.map((row) => [row.id, row])),
        checkpoints: new Map(points.map((row) => [row.database, row])),
        kept: versions
      };
    });
  }

  #database(): Database {
    return new AccountDatabase(this.name, 'relaxed', suiteVault());
  }

  #tab(no: number): Tab {
    const open = this.#tabs.get(no);
    if (open !== undefined && !open.life.isOver) return open;
    const life = new Life();
    const memory = freshMemory();
    for (const database of this.databases) {
      memory.pageSize.set(database, PAGE);
      memory.batchBytes.set(database, BATCH_BYTES);
    }
    const tab: Tab = {
      life,
      memory,
      store: new Store(mortal(this.#database(), life), this.#ports),
      worker: mortal(this.#database(), life)
    };
    this.#tabs.set(no, tab);
    return tab;
  }

  async #withWork(): Promise<readonly string[]> {
    const waiting = await new Replica(this.#observer, this.#ports).databasesWaiting();
    return waiting.ok ? waiting.value.filter((name) => this.databases.includes(name)) : [];
  }

  async #afterRun(): Promise<void> {
    await this.#bury();
    if (this.running?.outcome === null || this.running === null) return;
    this.lastOutcome = this.running.outcome;
    await this.#unlock();
  }

  async #bury(): Promise<void> {
    for (const [no, { life, store, worker }] of this.#tabs) {
      if (!life.isOver) continue;
      this.#tabs.delete(no);
      this.#contents = null;
      store.close();
      worker.close();
      if (this.running?.tab !== no) continue;
      for (const gate of this.running.gates.waiting) {
        if (gate.kind === 'request') await gate.pass({ tag: 'late' });
      }
      await this.#unlock();
    }
  }

  async #unlock(): Promise<void> {
    this.running = null;
    const next = this.#queue.shift();
    if (next !== undefined) await this.start(next.tab, next.work);
  }
}

/** The database as version 1 of the app wrote it: rows without what version 2 adds. */
export async function asVersionOne(name: string): Promise<void> {
  const now = new Dexie(name);
  await now.open();
  const tables = ['docs', 'outbox', 'checkpoints', 'kept', 'facts'];
  const all = await Promise.all(tables.map(async (table) => [table, await now.table(table).toArray()] as const));
  await now.delete();
  const then = new Dexie(name);
  then.version(1).stores(VERSION_1);
  for (const [table, rows] of all) {
    await then.table(table).bulkPut(rows.map((row) => (table === 'docs' ? withoutVersionTwo(row) : row)));
  }
  then.close();
}

function withoutVersionTwo(row: Row): object {
  const {
    database: _database,
    due: _due,
    visit: _visit,
    foreign: _foreign,
    listed: _listed,
    disputed: _,
    ...rest
  } = row;
  return rest;
}
