// A CouchDB in memory, as far as the engine sees one: revisions, sequences, validation, restore from a backup.
import { ATTACHMENT_NAMES, PHOTO_SIZES } from '#lib/domain/photo/attachments.ts';
import type { OddChange } from '#lib/domain/document/odd.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { UploadAnswer, WaitingPhoto } from '#lib/sync/core/photos.ts';
import type { Change, Remote, WireDocument, Witness, WriteAnswer, Writing } from '#lib/sync/core/ports.ts';

/** Who asks: what CouchDB knows of him from his cookie. */
export interface Asker {
  readonly name: string;
  readonly roles: readonly string[];
}

const NOBODY: Asker = { name: '', roles: ['_admin'] };

/** A database in one of its lives: sequences begin anew when it is made anew. */
interface Shelf {
  readonly life: number;
  /** Told with each sequence, as CouchDB does: one of another birth says nothing here, and is read from the start. */
  readonly birth: number;
  readonly seq: number;
  readonly entries: Map<string, Entry>;
}

interface Entry {
  readonly rev: string;
  /** null = deleted */
  readonly doc: WireDocument | null;
  readonly seq: number;
  /** All revisions that led here, this one included. */
  readonly history: readonly string[];
  /** Losing leaves. */
  readonly leaves: readonly Pick<Entry, 'rev' | 'doc' | 'history'>[];
}

export class MemoryServer implements Remote {
  /** Says why a document is not taken, or null. `old` is null for one that is not there, or deleted. */
  validate: (doc: WireDocument, old: WireDocument | null, asker: Asker, database: string) => string | null = () => null;
  /** Whether somebody may use a database. */
  mayUse: (asker: Asker, database: string) => boolean = () => true;
  /** Bytes of a request that are too many. */
  limit = Infinity;
  /**
   * Fails a whole batch, as CouchDB does for an illegal field (400, nothing is stored) or an unknown attachment (412, the
   * others are stored all the same).
   */
  poison: (doc: WireDocument) => Extract<SyncProblem, { tag: 'rejected' | 'server' }> | null = () => null;
  serverTime = '2026-11-23T01:00:00.000Z';
  /** Documents that it tells in a way which nobody can read, by id. */
  readonly odd = new Map<string, OddChange['why']>();
  /** Edits that were stored once more on top of themselves, as `database id`. */
  readonly doubled: string[] = [];
  /** Whether the bodies of revisions that are not the newest of their line are gone. */
  isCompacted = false;
  /** Requests so far, by name. */
  readonly requests = { identity: 0, isStill: 0, write: 0, read: 0, versions: 0, changes: 0, newest: 0, missing: 0 };
  /** Everything that was ever stored, over all lives, by database, id and revision. */
  readonly #archive = new Map<string, WireDocument | null>();
  #lives = 0;
  #databases = new Map<string, Shelf>();

  create(...names: string[]): this {
    for (const name of names) {
      const life = ++this.#lives;
      this.#databases.set(name, { life, birth: life, seq: 0, entries: new Map() });
    }
    return this;
  }

  /** What the server holds: `{ id: document }`, deletions left out. */
  contents(database: string): Record<string, WireDocument> {
    const found: Record<string, WireDocument> = {};
    for (const [id, { doc }] of this.#databases.get(database)?.entries ?? []) if (doc !== null) found[id] = doc;
    return found;
  }

  revOf(database: string, id: string): string | undefined {
    return this.#databases.get(database)?.entries.get(id)?.rev;
  }

  /** What a revision held when it was stored, in this life or an earlier one; undefined: there never was such a one. */
  archived(database: string, id: string, rev: string): WireDocument | null | undefined {
    return this.#archive.get(`${database} ${id} ${rev}`);
  }

  /** Whether any revision of a document, in any life, was such a one. */
  everHeld(id: string, is: (doc: WireDocument | null) => boolean): boolean {
    return [...this.#archive].some(([key, doc]) => key.split(' ')[1] === id && is(doc));
  }

  /** How far a sequence that was told reaches; 0 where it was told by a database of another birth. */
  place(database: string, since: string | null): number {
    return placeOf(this.#at(database), since);
  }

  /** What `identity` tells of a database. */
  lifeOf(database: string): string {
    return `memory ${this.#databases.get(database)?.life}`;
  }

  /** The newest revisions, tombstones too, in the order of their sequence. */
  heads(database: string): { id: string; rev: string; doc: WireDocument | null; seq: number; clash: string[] }[] {
    const entries = this.#databases.get(database)?.entries ?? [];
    return [...entries]
      .map(([id, { rev, doc, seq, leaves }]) => ({ id, rev, doc, seq, clash: leaves.map((leaf) => leaf.rev) }))
      .sort((a, b) => a.seq - b.seq);
  }

  /** What the losing leaves of a document say. */
  leaves(database: string, id: string): WireDocument[] {
    return (this.#databases.get(database)?.entries.get(id)?.leaves ?? []).flatMap(({ doc }) => doc ?? []);
  }

  /** The server as somebody with a session sees it: his rights count. */
  as(asker: Asker): Remote {
    const guarded = async <T>(database: string, request: () => Promise<Result<T, SyncProblem>>) =>
      this.mayUse(asker, database) ? request() : err({ tag: 'noAccess', database } as const);
    return {
      identity: (database) => guarded(database, () => this.identity(database)),
      isStill: (database, witness) => guarded(database, () => this.isStill(database, witness)),
      write: (database, docs) => guarded(database, () => this.write(database, docs, asker)),
      read: (database, ids) => guarded(database, () => this.read(database, ids)),
      versions: (database, revs) => guarded(database, () => this.versions(database, revs)),
      changes: (database, since, limit) => guarded(database, () => this.changes(database, since, limit)),
      newest: (database, limit) => guarded(database, () => this.newest(database, limit)),
      missing: (database, revs) => guarded(database, () => this.missing(database, revs))
    };
  }

  /** Somebody else's edit, made on top of whatever is there; null deletes. */
  edit(database: string, id: string, doc: WireDocument | null): string {
    return this.#put(database, id, doc, this.#at(database).entries.get(id));
  }

  /**
   * Leaves a losing revision beside the winner, as replication between servers does: another edit of what the winner was
   * made from, or one that comes from nowhere under a revision of its own.
   * @returns its revision
   */
  clash(database: string, id: string, doc: WireDocument, own?: string): string {
    const shelf = this.#at(database);
    const entry = shelf.entries.get(id);
    if (entry === undefined) throw new Error(`no ${id}`);
    const origin = own === undefined ? entry.history.slice(0, -1) : [];
    const rev = own ?? `${entry.history.length}-${digest(`${origin.at(-1)} ${JSON.stringify(doc)}`)}`;
    const seq = shelf.seq + 1;
    const leaf = { rev, doc: structuredClone(doc), history: [...origin, rev] };
    shelf.entries.set(id, { ...entry, seq, leaves: [...entry.leaves, leaf] });
    this.#databases.set(database, { ...shelf, seq });
    this.#archive.set(`${database} ${id} ${rev}`, doc);
    return rev;
  }

  /** What the winner of a document was made from; null for a first version. */
  origin(database: string, id: string): WireDocument | null {
    const rev = this.#databases.get(database)?.entries.get(id)?.history.at(-2);
    return rev === undefined ? null : (this.archived(database, id, rev) ?? null);
  }

  /**
   * A copy of everything, to be restored later, as often as one likes; `sameLife`: by putting back its files, with which
   * a CouchDB keeps its uuid and its databases their birth.
   */
  backup(): (how?: 'sameLife') => void {
    const copyOf = (databases: ReadonlyMap<string, Shelf>) =>
      [...databases].map(([name, shelf]) => [name, { ...shelf, entries: new Map(shelf.entries) }] as const);
    const copy = new Map(copyOf(this.#databases));
    return (how) => {
      const lifeOf = (shelf: Shelf) => (how === 'sameLife' ? shelf.life : ++this.#lives);
      this.#databases = new Map(copyOf(copy).map(([name, shelf]) => [name, { ...shelf, life: lifeOf(shelf) }]));
    };
  }

  /** The database is made anew, empty; its sequence begins at the beginning. */
  recreate(database: string): void {
    this.create(database);
  }

  async identity(database: string): Promise<Result<string, SyncProblem>> {
    this.requests.identity++;
    return this.#databases.has(database) ? ok(this.lifeOf(database)) : err({ tag: 'noDatabase', database });
  }

  async write(database: string, docs: readonly Writing[], asker: Asker = NOBODY) {
    this.requests.write++;
    const shelf = this.#databases.get(database);
    if (shelf === undefined) return err({ tag: 'noDatabase', database } as const);
    const illegal = docs.flatMap(({ doc }) => illegality(doc) ?? []);
    if (illegal[0] !== undefined) return err({ tag: 'rejected', status: 400, reason: illegal[0] } as const);
    if (JSON.stringify(docs.map(({ doc }) => doc)).length > this.limit) return err({ tag: 'tooLarge' } as const);
    const badOf = (one: Writing) => this.poison(one.doc) ?? missingStub(one.doc, shelf.entries.get(one.id));
    const [problem] = docs.flatMap((one) => badOf(one) ?? []);
    if (problem?.status === 412) {
      for (const one of docs) if (badOf(one) === null) this.#write(database, one, asker);
    }
    if (problem !== undefined) return err(problem);
    return ok({ answers: docs.map((one) => this.#write(database, one, asker)), serverTime: this.serverTime });
  }

  /** A photo's document with its bytes, of which only the digests are kept. */
  async upload({ id, database, doc, rev, digests }: WaitingPhoto): Promise<Result<UploadAnswer, SyncProblem>> {
    const stubs = PHOTO_SIZES.map((size) => [ATTACHMENT_NAMES[size], { digest: `md5-${digests[size]}` }]);
    const written = this.#write(
      database,
      { id, rev, doc: { ...doc, _attachments: Object.fromEntries(stubs) } },
      NOBODY
    );
    if (written.tag === 'forbidden') return ok({ tag: 'refused', reason: written.reason });
    return ok({ tag: written.tag === 'stored' ? 'stored' : 'overtaken', serverTime: this.serverTime });
  }

  async read(database: string, ids: readonly string[]) {
    this.requests.read++;
    const shelf = this.#databases.get(database);
    if (shelf === undefined) return err({ tag: 'noDatabase', database } as const);
    const { entries } = shelf;
    return ok(
      ids
        .filter((id) => !this.odd.has(id))
        .map((id) => {
          const entry = entries.get(id);
          const clash = entry?.leaves.map((leaf) => leaf.rev) ?? [];
          return { id, rev: entry?.rev ?? null, doc: structuredClone(entry?.doc ?? null), clash };
        })
    );
  }

  async versions(database: string, revs: readonly { readonly id: string; readonly rev: string }[]) {
    this.requests.versions++;
    const { entries } = this.#at(database);
    return ok(
      revs.flatMap(({ id, rev }) => {
        const entry = entries.get(id);
        const ends = entry === undefined ? [] : [entry, ...entry.leaves];
        const line = ends.find(({ history }) => history.includes(rev))?.history;
        if (line === undefined) return [];
        const isBody = !this.isCompacted || ends.some((end) => end.rev === rev);
        const doc = isBody ? structuredClone(this.archived(database, id, rev) ?? null) : null;
        return [{ id, rev, doc, line: line.slice(0, line.indexOf(rev) + 1).reverse() }];
      })
    );
  }

  async changes(database: string, since: string | null, limit: number) {
    this.requests.changes++;
    const shelf = this.#databases.get(database);
    if (shelf === undefined) return err({ tag: 'noDatabase', database } as const);
    const rows = this.#after(database, since);
    const page = rows.slice(0, limit);
    // A sequence is told with each row, so that one row is enough.
    const witness: Witness = {
      since: page.length < 2 ? since : tokenOf(shelf, page.at(-2)?.[1].seq ?? 0),
      rows: page.slice(-1).map(leavesOf)
    };
    const odd = page.flatMap(([id]): OddChange[] => {
      const why = this.odd.get(id);
      return why === undefined ? [] : [{ id, why }];
    });
    return ok({
      changes: page.filter(([id]) => !this.odd.has(id)).map(entryToChange),
      odd,
      lastSeq: tokenOf(shelf, page.at(-1)?.[1].seq ?? placeOf(shelf, since)),
      pending: rows.length - page.length,
      witness,
      serverTime: this.serverTime
    });
  }

  async newest(database: string, limit: number) {
    this.requests.newest++;
    if (!this.#databases.has(database)) return err({ tag: 'noDatabase', database } as const);
    const newest = this.#after(database, null).reverse().slice(0, limit);
    return ok(newest.filter(([id]) => !this.odd.has(id)).map(entryToChange));
  }

  async isStill(database: string, { since, rows }: Witness) {
    this.requests.isStill++;
    if (!this.#databases.has(database)) return err({ tag: 'noDatabase', database } as const);
    const told = this.#after(database, since).map(leavesOf);
    return ok({ isStill: JSON.stringify(told) === JSON.stringify(rows), serverTime: this.serverTime });
  }

  async missing(database: string, revs: readonly { readonly id: string; readonly rev: string }[]) {
    this.requests.missing++;
    const shelf = this.#databases.get(database);
    if (shelf === undefined) return err({ tag: 'noDatabase', database } as const);
    const isKnown = (entry: Entry, rev: string) =>
      [entry, ...entry.leaves].some(({ history }) => history.includes(rev));
    const unknown = revs.filter(({ id, rev }) => {
      const entry = shelf.entries.get(id);
      return entry === undefined || !isKnown(entry, rev);
    });
    return ok([...new Set(unknown.map(({ id }) => id))]);
  }

  #at(database: string): Shelf {
    const shelf = this.#databases.get(database);
    if (shelf === undefined) throw new Error(`no database ${database}`);
    return shelf;
  }

  #after(database: string, since: string | null): [string, Entry][] {
    const shelf = this.#at(database);
    const place = placeOf(shelf, since);
    return [...shelf.entries].filter(([, { seq }]) => seq > place).sort(([, a], [, b]) => a.seq - b.seq);
  }

  #write(database: string, { id, doc, rev }: Writing, asker: Asker): WriteAnswer {
    const current = this.#at(database).entries.get(id);
    const leaf = current?.leaves.find((one) => one.rev === rev);
    if (current !== undefined && leaf !== undefined && doc['_deleted'] === true) {
      const reason = this.validate(doc, leaf.doc, asker, database);
      return reason === null ? this.#close(database, id, current, leaf.rev) : { tag: 'forbidden', id, reason };
    }
    const mayWrite =
      current === undefined ? rev === null : rev === current.rev || (rev === null && current.doc === null);
    if (!mayWrite) return { tag: 'conflict', id };
    const reason = this.validate(doc, current?.doc ?? null, asker, database);
    if (reason !== null) return { tag: 'forbidden', id, reason };
    return {
      tag: 'stored',
      id,
      rev: this.#put(database, id, doc['_deleted'] === true ? null : structuredClone(doc), current)
    };
  }

  #close(database: string, id: string, entry: Entry, rev: string): WriteAnswer {
    const shelf = this.#at(database);
    const seq = shelf.seq + 1;
    shelf.entries.set(id, { ...entry, seq, leaves: entry.leaves.filter((leaf) => leaf.rev !== rev) });
    this.#databases.set(database, { ...shelf, seq });
    return { tag: 'stored', id, rev: `${Number.parseInt(rev, 10) + 1}-${digest(rev)}` };
  }

  #put(database: string, id: string, doc: WireDocument | null, before: Entry | undefined): string {
    const shelf = this.#at(database);
    const generation = (before?.history.length ?? 0) + 1;
    // As with CouchDB, the same edit of the same revision is the same revision, whoever makes it and whenever.
    const rev = `${generation}-${digest(`${before?.rev} ${JSON.stringify(doc)}`)}`;
    const history = [...(before?.history ?? []), rev];
    const editId = doc?.['editId'];
    if (editId !== undefined && editId === before?.doc?.['editId']) this.doubled.push(`${database} ${id}`);
    const seq = shelf.seq + 1;
    // A losing revision would come to the front: who deletes a document here deletes these as well.
    const leaves = doc === null ? [] : (before?.leaves ?? []);
    shelf.entries.set(id, { rev, doc, seq, history, leaves });
    this.#databases.set(database, { ...shelf, seq });
    this.#archive.set(`${database} ${id} ${rev}`, doc);
    return rev;
  }
}

/** Fields of CouchDB's own that a document may bring along. */
const SPECIAL: ReadonlySet<string> = new Set(['_id', '_rev', '_deleted', '_attachments', '_revisions']);

/** Why CouchDB refuses the whole request because of this document, or null. */
function illegality(doc: WireDocument): string | null {
  if (doc._id.startsWith('_')) return 'Only reserved document ids may start with underscore.';
  const special = Object.keys(doc).find((field) => field.startsWith('_') && !SPECIAL.has(field));
  return special === undefined ? null : `Bad special document member: ${special}`;
}

/** 412 for an attachment that is mentioned without its bytes, and that the revision before did not have. */
function missingStub(doc: WireDocument, before: Entry | undefined): ReturnType<MemoryServer['poison']> {
  const known = attachmentsOf(before?.doc ?? null);
  const missing = [...attachmentsOf(doc)].find(([name, isStub]) => isStub && !known.has(name));
  if (missing === undefined) return null;
  return { tag: 'rejected', status: 412, reason: `Invalid attachment stub in ${doc._id} for ${missing[0]}` };
}

/** The attachments of a document by name, and whether each is a stub. */
function attachmentsOf(doc: WireDocument | null): Map<string, boolean> {
  const all: unknown = doc?.['_attachments'] ?? {};
  const isStub = (one: unknown) => typeof one === 'object' && one !== null && 'stub' in one && one.stub === true;
  return new Map(typeof all === 'object' ? Object.entries(all ?? {}).map(([name, one]) => [name, isStub(one)]) : []);
}

const entryToChange = ([id, { rev, doc, leaves }]: [string, Entry]): Change => ({
  id,
  rev,
  isDeleted: doc === null,
  doc: structuredClone(doc),
  clash: leaves.map((leaf) => leaf.rev)
});

const tokenOf = ({ birth }: Shelf, seq: number): string => `${seq}-${birth}`;

function placeOf({ birth }: Shelf, token: string | null): number {
  const [seq, born] = token?.split('-') ?? [];
  return Number(born) === birth ? Number(seq) : 0;
}

const leavesOf = ([id, { rev, leaves }]: [string, Entry]) => ({ id, revs: [rev, ...leaves.map((leaf) => leaf.rev)] });

/** FNV-1a, twice: short, and spread enough for a few thousand revisions. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
