// A CouchDB in memory, as far as the engine sees one: revisions, sequences, validation, restore from a backup.
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Change, Outgoing, Remote, WireDocument, WriteAnswer } from '#lib/sync/core/ports.ts';

interface Entry {
  readonly rev: string;
  /** null = deleted */
  readonly doc: WireDocument | null;
  readonly seq: number;
  /** All revisions that led here, this one included. */
  readonly history: readonly string[];
  readonly clash: readonly string[];
}

export class MemoryServer implements Remote {
  /** Says why a document is not taken, or null. */
  validate: (doc: WireDocument) => string | null = () => null;
  /** Bytes of a request that are too many. */
  limit = Infinity;
  /** Fails a whole batch, as CouchDB does for an illegal field or an unknown attachment. */
  poison: (doc: WireDocument) => Extract<SyncProblem, { tag: 'rejected' | 'server' }> | null = () => null;
  serverTime = '2026-11-23T01:00:00.000Z';
  /** Requests so far, by name. */
  readonly requests = { identity: 0, write: 0, read: 0, changes: 0, missing: 0 };
  #life = 1;
  #seq = 0;
  #revisions = 0;
  #databases = new Map<string, Map<string, Entry>>();

  create(...names: string[]): this {
    for (const name of names) this.#databases.set(name, new Map());
    return this;
  }

  /** What the server holds: `{ id: document }`, deletions left out. */
  contents(database: string): Record<string, WireDocument> {
    const found: Record<string, WireDocument> = {};
    for (const [id, { doc }] of this.#databases.get(database) ?? []) if (doc !== null) found[id] = doc;
    return found;
  }

  revOf(database: string, id: string): string | undefined {
    return this.#databases.get(database)?.get(id)?.rev;
  }

  /** Somebody else's edit, made on top of whatever is there; null deletes. */
  edit(database: string, id: string, doc: WireDocument | null): string {
    return this.#put(this.#at(database), id, doc, this.#at(database).get(id));
  }

  /** Leaves a losing revision beside the winner, as replication between servers does. */
  clash(database: string, id: string, loser: string): void {
    const entry = this.#at(database).get(id);
    if (entry === undefined) throw new Error(`no ${id}`);
    this.#at(database).set(id, { ...entry, seq: ++this.#seq, clash: [...entry.clash, loser] });
  }

  /** A copy of everything, to be restored later. */
  backup(): () => void {
    const copy = new Map([...this.#databases].map(([name, docs]) => [name, new Map(docs)]));
    const seq = this.#seq;
    return () => {
      this.#databases = new Map([...copy].map(([name, docs]) => [name, new Map(docs)]));
      this.#seq = seq;
      this.#life++;
    };
  }

  /** The database is made anew, empty; its sequence begins at the beginning. */
  recreate(database: string): void {
    this.#databases.set(database, new Map());
    this.#seq = 0;
    this.#life++;
  }

  async identity(database: string): Promise<Result<string, SyncProblem>> {
    this.requests.identity++;
    return this.#databases.has(database) ? ok(`memory ${this.#life}`) : err({ tag: 'noDatabase', database });
  }

  async write(database: string, docs: readonly Outgoing[]) {
    this.requests.write++;
    const entries = this.#databases.get(database);
    if (entries === undefined) return err({ tag: 'noDatabase', database } as const);
    if (JSON.stringify(docs.map(({ doc }) => doc)).length > this.limit) return err({ tag: 'tooLarge' } as const);
    for (const { doc } of docs) {
      const problem = this.poison(doc);
      if (problem !== null) return err(problem);
    }
    const answers = docs.map(({ id, doc, rev }): WriteAnswer => {
      const current = entries.get(id);
      const mayWrite =
        current === undefined ? rev === null : rev === current.rev || (rev === null && current.doc === null);
      if (!mayWrite) return { tag: 'conflict', id };
      const reason = this.validate(doc);
      if (reason !== null) return { tag: 'forbidden', id, reason };
      return { tag: 'stored', id, rev: this.#put(entries, id, structuredClone(doc), current) };
    });
    return ok({ answers, serverTime: this.serverTime });
  }

  async read(database: string, ids: readonly string[]) {
    this.requests.read++;
    const entries = this.#at(database);
    return ok(
      ids.map((id) => {
        const entry = entries.get(id);
        return { id, rev: entry?.rev ?? null, doc: structuredClone(entry?.doc ?? null) };
      })
    );
  }

  async changes(database: string, since: string | null, limit: number) {
    this.requests.changes++;
    const after = since === null ? 0 : Number(since);
    const rows = [...this.#at(database)].filter(([, { seq }]) => seq > after).sort(([, a], [, b]) => a.seq - b.seq);
    const page = rows.slice(0, limit);
    return ok({
      changes: page.map(([id, { rev, doc, clash }]): Change => ({
        id,
        rev,
        isDeleted: doc === null,
        doc: structuredClone(doc),
        clash
      })),
      lastSeq: String(page.at(-1)?.[1].seq ?? after),
      pending: rows.length - page.length,
      serverTime: this.serverTime
    });
  }

  async missing(database: string, revs: readonly { readonly id: string; readonly rev: string }[]) {
    this.requests.missing++;
    const entries = this.#at(database);
    return ok(revs.filter(({ id, rev }) => entries.get(id)?.history.includes(rev) !== true).map(({ id }) => id));
  }

  #at(database: string): Map<string, Entry> {
    const entries = this.#databases.get(database);
    if (entries === undefined) throw new Error(`no database ${database}`);
    return entries;
  }

  #put(entries: Map<string, Entry>, id: string, doc: WireDocument | null, before: Entry | undefined): string {
    const generation = (before?.history.length ?? 0) + 1;
    const rev = `${generation}-${(++this.#revisions).toString(16).padStart(8, '0')}`;
    const history = [...(before?.history ?? []), rev];
    entries.set(id, { rev, doc, seq: ++this.#seq, history, clash: before?.clash ?? [] });
    return rev;
  }
}
