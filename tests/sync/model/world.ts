// The model's world: one server, four phones of three people, writes that went astray, and the memory of what was saved.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import type { Document, Kind } from '#lib/domain/document/document.ts';
import { mayDecide } from '#lib/domain/document/editing.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { merge, resolve } from '#lib/domain/merge/merge.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { type Conflict, type Decision, conflictOf, decide } from '#lib/storage/conflicts.ts';
import { retry } from '#lib/storage/outbox.ts';
import { conflictsElsewhere, decideRecorded, recordedConflict } from '#lib/storage/recordedConflicts.ts';
import type { Store } from '#lib/storage/store.ts';
import type { Verdict, WireDocument } from '#lib/sync/core/ports.ts';
import { COMMUNE, OTHER_COMMUNE, aProducer, aSurvey, anAssessment, anId } from '../../support/documents.ts';
import type { LocalCall, Stray } from '../support/gates.ts';
import { type Asker, MemoryServer } from '../support/memory-server.ts';
import { officeRules } from '../support/rules.ts';
import { Ledger, type Path, type Saved, holds, valueAt, versionsIn, withValue } from './ledger.ts';
import { type Contents, Phone, asVersionOne } from './phone.ts';

export const DB = communeDatabase(COMMUNE);
export const OTHER = communeDatabase(OTHER_COMMUNE);

const officerA: Asker = { name: 'canbo.a', roles: ['officer'] };
const officerB: Asker = { name: 'canbo.b', roles: ['officer'] };
const reviewer: Asker = { name: 'tuvan.t', roles: ['reviewer'] };
const ADMIN = 'quantri';

/** The places that people of the model fill in, by kind of document. */
const PLACES: Partial<Record<Kind, readonly Path[]>> = {
  producer: [['phone'], ['note'], ['representative', 'name']],
  survey: [
    ['answers', 'q1'],
    ['answers', 'q2'],
    ['answers', 'tags']
  ],
  assessment: [['noteByCriterion', '1.1'], ['noteByCriterion', '1.2'], ['description']]
};
const LIST: Path = ['answers', 'tags'];
const POISON: Path = ['poison'];
const TOMORROW: Path = ['tomorrow'];
const ALL_PLACES: readonly Path[] = [...Object.values(PLACES).flat(), POISON, TOMORROW, ['status'], ['deleted']];

export const POISONS = ['forbidden', '400', '412', '500', 'large'] as const;
/** What the app never writes in that form: it stands for any content that a server stumbles over. */
const LARGE = 'x'.repeat(7000);
const LIMIT = 6000;
/** More at a time mean to the engine, and rightly, that the server is unwell. */
const MOST_STUMBLES = 2;

/** What a run of the model has reached, by name. */
export type Counts = Map<string, number>;

export class World {
  readonly server = new MemoryServer().create(DB, OTHER);
  readonly phones: readonly Phone[];
  readonly ledger = new Ledger();
  /** Writes that nobody waits for any more, and that may still arrive. */
  readonly strays: Stray[] = [];
  /** A server came back with less than it had, and not all phones have met it since. */
  isShaken = false;
  /** A server has ever come back so. */
  wasShaken = false;
  readonly #counts: Counts;
  readonly #barred = new Set<string>();
  readonly #noticed = new Set<string>();
  readonly #backups: (() => void)[] = [];
  #isPoisonOff = false;
  #tokens = 0;

  /**
   * @param hasRules whether the server judges authority by the real validation function, or takes everything that is
   *   not poisoned
   */
  constructor(
    readonly hasRules: boolean,
    counts: Counts
  ) {
    this.#counts = counts;
    Dexie.dependencies.indexedDB = new IDBFactory();
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    const { server } = this;
    server.limit = LIMIT;
    server.mayUse = ({ name }, database) => !this.#barred.has(`${name} ${database}`);
    server.poison = (doc) => this.#stumble(doc);
    server.validate = (doc, old, asker, db) => {
      if (this.#poisonOf(doc) === 'forbidden') return 'locked: poison';
      return hasRules ? officeRules(doc, old, asker, db) : null;
    };
    const phone = (name: string, asker: Asker, seed: number, ...databases: string[]) =>
      new Phone({
        name,
        asker,
        databases,
        seed,
        remote: server.as(asker),
        mayUse: (database) => server.mayUse(asker, database),
        onForgotten: () => this.#noteForgotten(),
        onStray: (stray) => this.strays.push(stray),
        onLocal: (method, argument) => {
          this.#countCall(method, argument);
        }
      });
    this.phones = [
      phone('a1', officerA, 1, DB, OTHER),
      phone('a2', officerA, 2, DB, OTHER),
      phone('b1', officerB, 3, DB),
      phone('t1', reviewer, 4, OTHER, DB)
    ];
    server.edit(DB, anId('producer', 1), aProducer({ _id: anId('producer', 1) }));
    server.edit(DB, anId('survey', 1), aSurvey({ _id: anId('survey', 1) }));
    // One is with the reviewer already.
    const trail = [{ status: 'submitted' as const, at: '2026-11-20T02:30:00.000Z', by: officerA.name }];
    server.edit(DB, anId('survey', 2), aSurvey({ _id: anId('survey', 2), status: 'submitted', trail }));
    server.edit(DB, anId('assessment', 1), anAssessment({ _id: anId('assessment', 1) }));
    server.edit(OTHER, anId('producer', 2), aProducer({ _id: anId('producer', 2), commune: OTHER_COMMUNE }));
  }

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  phone(pick: number): Phone {
    const phone = this.phones[pick % this.phones.length];
    if (phone === undefined) throw new Error('no phone');
    return phone;
  }

  /** All phones have what the server has, as after a first day at the office. */
  async handOut(): Promise<void> {
    for (const phone of this.phones) for (const database of phone.databases) await this.replay(phone, database);
  }

  /** Applies everything that the server has once more, as after a rewound checkpoint. */
  async replay(phone: Phone, database: string): Promise<void> {
    const [identity, page] = [await this.server.identity(database), await this.server.changes(database, null, 1000)];
    if (!identity.ok || !page.ok) throw new Error('the server is gone');
    const { changes, lastSeq, witness, serverTime } = page.value;
    const done = await phone.replica.apply(database, {
      changes,
      since: lastSeq,
      identity: identity.value,
      witness,
      completedAt: serverTime,
      at: serverTime
    });
    if (!done.ok) throw new Error(done.error.detail);
  }

  async create(phone: Phone, tab: number, pick: number): Promise<void> {
    const commune = pick % 4 === 3 && phone.databases.includes(OTHER) ? OTHER_COMMUNE : COMMUNE;
    const filed = { status: 'draft' as const, trail: [], productId: anId('product'), producerId: anId('producer') };
    await this.#save(phone, tab, null, (store) =>
      pick % 2 === 0
        ? store.create('producer', commune, { name: this.#token() })
        : store.create('survey', commune, {
            ...filed,
            formId: 'product-survey',
            formVersion: 1,
            answers: { q1: this.#token() }
          })
    );
  }

  async edit(phone: Phone, tab: number, pickDoc: number, pickPlace: number): Promise<void> {
    await this.#change(phone, tab, pickDoc, (doc) => {
      const places = PLACES[doc.kind] ?? [];
      const path = places[pickPlace % places.length];
      return path === undefined ? doc : withValue(doc, path, this.#next(doc, path));
    });
  }

  /** Puts something into a document that the server does not take, or takes it out again. */
  async poison(phone: Phone, tab: number, pickDoc: number, kind: (typeof POISONS)[number] | null): Promise<void> {
    if (kind === '500' && (await this.#stumbles()) >= MOST_STUMBLES) return;
    await this.#change(phone, tab, pickDoc, (doc) => {
      const value = kind === null ? undefined : kind === 'large' ? LARGE : kind;
      return valueAt(doc, POISON) === value ? doc : withValue(doc, POISON, value);
    });
  }

  /** Hands on a survey or assessment that this person has in hand, as the table of transitions allows. */
  async handOn(phone: Phone, tab: number, pickDoc: number): Promise<void> {
    const isOfficer = phone.asker.roles.includes('officer');
    const held: readonly unknown[] = isOfficer ? ['draft', 'returned'] : ['submitted'];
    const inHand = [...(await phone.contents()).rows.values()].filter(({ doc }) =>
      held.includes(valueAt(doc, ['status']))
    );
    const id = inHand[pickDoc % Math.max(1, inHand.length)]?.id;
    if (id === undefined) return;
    await this.#changeOf(phone, tab, id, (doc) => {
      if ((doc.kind !== 'survey' && doc.kind !== 'assessment') || !held.includes(doc.status)) return doc;
      const status = isOfficer ? 'submitted' : pickDoc % 3 === 0 ? 'accepted' : 'returned';
      this.count(status);
      const step = { status, at: doc.updatedAt, by: phone.asker.name } as const;
      return { ...doc, status, trail: [...doc.trail, step] };
    });
  }

  async remove(phone: Phone, tab: number, pickDoc: number): Promise<void> {
    await this.#change(phone, tab, pickDoc, (doc) =>
      doc.deleted === true ? withValue(doc, ['deleted'], undefined) : { ...doc, deleted: true }
    );
  }

  /** Takes back what this phone saved last, if it still stands there. */
  async undo(phone: Phone, tab: number): Promise<void> {
    const last = this.ledger.last(phone.name);
    if (last === undefined || last.path[0] === 'status') return;
    const at = (await phone.contents()).rows.get(last.docId);
    if (at === undefined || !holds(at.doc, last) || last.act === 'remove') return;
    await this.#changeOf(phone, tab, at.id, (doc) => {
      const list = valueAt(doc, last.path);
      const rest = Array.isArray(list) ? list.filter((entry) => entry !== last.value) : [];
      this.count('undo');
      return withValue(doc, last.path, last.act === 'add' ? rest : last.before);
    });
  }

  /** A person looks at a conflict and chooses. */
  async decide(phone: Phone, tab: number, pick: number, how: number): Promise<boolean> {
    const { outbox } = await phone.contents();
    const ids = [...outbox.values()].filter(({ state }) => state === 'conflict').map(({ id }) => id);
    const id = ids[pick % Math.max(1, ids.length)];
    if (id === undefined) return false;
    this.count('decision');
    await phone.act(tab, async (store) => {
      const conflict = await conflictOf(store, id);
      // A version that this build cannot read: the app can only take the other one as it is.
      await decide(store, id, conflict === undefined ? 'theirs' : decisionOn(conflict, how));
    });
    return true;
  }

  /** A person looks at a conflict whose edit waits on another phone, and chooses if the rules let him. */
  async decideElsewhere(phone: Phone, tab: number, pick: number, how: number): Promise<boolean> {
    const done = await phone.act(tab, async (store) => {
      const shown = await this.#shown(phone, store);
      const conflict = shown[pick % Math.max(1, shown.length)];
      if (conflict === undefined) return false;
      const decision = decisionOn(conflict, how);
      const merged = decision === 'mine' ? conflict.mine : decision === 'theirs' ? null : decision.merged;
      const isKept = merged === null || conflict.theirs === null;
      return (await decideRecorded(store, conflict, isKept ? 'theirs' : { merged })).ok;
    });
    if (done === true) this.count('decision elsewhere');
    return done === true;
  }

  /** Conflicts of other phones that this one can show, and its person may decide. */
  async #shown(phone: Phone, store: Store): Promise<readonly Conflict[]> {
    const records = await conflictsElsewhere(store);
    const shown = await Promise.all(records.map(({ _id }) => recordedConflict(store, _id)));
    const account = { ...phone.asker, displayName: '' };
    return shown.flatMap((one) => {
      if (one === undefined || isUnreadable(one.conflict)) return [];
      const { conflict } = one;
      const isFree = !this.hasRules || mayDecide(conflict.theirs, conflict.mine, account);
      return isFree ? [conflict] : [];
    });
  }

  /** A person asks for a refused document to be sent again. */
  async retry(phone: Phone, tab: number, pick: number): Promise<void> {
    const { outbox } = await phone.contents();
    const ids = [...outbox.values()].filter(({ state }) => state === 'refused').map(({ id }) => id);
    const id = ids[pick % Math.max(1, ids.length)];
    if (id === undefined) return;
    this.count('retry');
    await phone.act(tab, (store) => retry(store, id));
  }

  /** Everything that was refused is sent again. */
  async retryAll(phone: Phone): Promise<void> {
    for (const { id } of (await phone.contents()).outbox.values()) await phone.act(0, (store) => retry(store, id));
  }

  /** An administrator changes a document on the server, an app of tomorrow writes one, or somebody wipes it out. */
  office(database: string, pickDoc: number, pickPlace: number, act: 'edit' | 'newer' | 'purge' | 'clash'): void {
    const heads = this.server.heads(database).filter(({ doc }) => doc !== null);
    const head = heads[pickDoc % Math.max(1, heads.length)];
    if (head === undefined || head.doc === null) return;
    this.count(`office ${act}`);
    const { id, doc } = head;
    if (act === 'purge') {
      for (const gone of [doc, ...this.server.leaves(database, id), ...versionsIn(doc)])
        this.ledger.notePurge(gone, head.rev);
      this.server.edit(database, id, null);
      return;
    }
    const places = PLACES[String(doc['kind']) as Kind] ?? [];
    const path = act === 'newer' ? TOMORROW : places[pickPlace % places.length];
    if (path === undefined) return;
    const stamp = { updatedBy: ADMIN, editId: `office-${this.#token()}` };
    const next = {
      ...withValue(doc, path, this.#next(doc, path)),
      ...stamp,
      ...(act === 'newer' ? { schema: 2 } : {})
    };
    if (act === 'clash') {
      // Another server was edited at the same time, and replicated with this one since.
      const origin = this.server.origin(database, id);
      const stamped = { ...withValue(origin ?? doc, path, this.#next(origin ?? doc, path)), ...stamp };
      this.ledger.note(ADMIN, origin, stamped, [path]);
      this.server.clash(database, id, stamped);
      return;
    }
    this.ledger.note(ADMIN, doc, next, ALL_PLACES);
    this.server.edit(database, id, next);
  }

  /** Counts what phones have come to: conflicts, refusals, losing leaves, each once. */
  notice(all: readonly Contents[]): void {
    const note = (what: string, ...which: unknown[]) => {
      const key = [what, ...which].join(' ');
      if (!this.#noticed.has(key)) this.count(what);
      this.#noticed.add(key);
    };
    for (const [i, { rows, outbox }] of all.entries()) {
      for (const { id, state, editId, theirs, reason } of outbox.values()) {
        if (state === 'conflict') note('in conflict', i, id, theirs?.rev);
        if (state === 'refused') note(`refused ${reason?.code}`, i, id, editId);
        if (state === 'lost') note('left to others', i, id, editId);
      }
      for (const { id, clash = [] } of rows.values()) if (clash.length > 0) note('losing leaf known', i, id, clash);
    }
  }

  setRole(phone: Phone, database: string, has: boolean): void {
    const name = `${phone.asker.name} ${database}`;
    if (has) this.#barred.delete(name);
    else {
      this.count('role taken');
      this.#barred.add(name);
    }
  }

  /** A phone that may not see a commune any more cannot bring back what a restored server has lost of it. */
  async #noteForgotten(): Promise<void> {
    this.count('forgotten');
    if (!this.isShaken) return;
    const all = await this.all();
    const heads = [DB, OTHER].flatMap((database) => this.server.heads(database));
    this.ledger.forgive(
      (saved) =>
        all.some((contents) => isHeld(contents, saved)) ||
        heads.some(({ id, doc }) => id === saved.docId && holds(doc, saved))
    );
  }

  backUp(): void {
    this.#backups.push(this.server.backup());
  }

  /** The server loses its disk, and comes back with a backup or with nothing. */
  async shake(pick: number, how: 'restore' | 'recreate'): Promise<void> {
    const restore = this.#backups[pick % Math.max(1, this.#backups.length)];
    if (how === 'restore' && restore === undefined) return;
    const all = await this.all();
    this.ledger.forgive((saved) => all.some((contents) => isHeld(contents, saved)));
    this.isShaken = true;
    this.wasShaken = true;
    this.count(how);
    // What was under way to a server dies with it.
    this.strays.length = 0;
    if (how === 'restore') restore?.();
    else this.server.recreate(pick % 3 === 0 ? OTHER : DB);
  }

  /** A write that nobody waits for arrives after all. */
  async arrive(pick: number): Promise<void> {
    const [stray] = this.strays.splice(pick % Math.max(1, this.strays.length), 1);
    if (stray === undefined) return;
    this.count('stray arrived');
    await stray();
  }

  async upgrade(phone: Phone): Promise<void> {
    this.count('upgrade');
    await phone.reopen(asVersionOne);
  }

  all(): Promise<Contents[]> {
    return Promise.all(this.phones.map((phone) => phone.contents()));
  }

  /** Everything that stood in the way is gone. */
  calm(): void {
    this.#barred.clear();
    for (const phone of this.phones) {
      phone.isOnline = true;
      phone.disarm();
    }
  }

  passADay(): void {
    const { server } = this;
    server.serverTime = new Date(Date.parse(server.serverTime) + 25 * 60 * 60_000).toISOString();
  }

  healPoison(): void {
    this.#isPoisonOff = true;
    this.server.limit = Infinity;
  }

  /** Whether the server stumbles over this document, so that it has to wait and nobody is to blame. */
  isStumble = (doc: WireDocument): boolean => this.#poisonOf(doc) === '500';

  /** Whether anything in this document may keep it from being taken. */
  isPoisoned = (doc: WireDocument): boolean => this.#poisonOf(doc) !== undefined;

  close(): void {
    for (const phone of this.phones) phone.close();
  }

  #poisonOf(doc: WireDocument): unknown {
    return this.#isPoisonOff ? undefined : valueAt(doc, POISON);
  }

  #stumble(doc: WireDocument): ReturnType<MemoryServer['poison']> {
    const poison = this.#poisonOf(doc);
    if (poison === '500') return { tag: 'server', status: 500 };
    if (poison === '400' || poison === '412') return { tag: 'rejected', status: Number(poison), reason: 'Bad field' };
    return null;
  }

  async #stumbles(): Promise<number> {
    const all = await this.all();
    return all.flatMap(({ rows }) => [...rows.values()]).filter(({ doc }) => this.isStumble(doc)).length;
  }

  async #change(phone: Phone, tab: number, pickDoc: number, change: (doc: Document) => Document): Promise<void> {
    // A conflict's record is written by the app alone: nobody types into it, and nobody can delete it.
    const ids = [...(await phone.contents()).rows.keys()].filter((id) => kindOfId(id) !== 'conflict').sort();
    const id = ids[pickDoc % Math.max(1, ids.length)];
    if (id !== undefined) await this.#changeOf(phone, tab, id, change);
  }

  /** Counts the documents that the engine has merged. */
  countMerged(): void {
    for (const database of [...new Set(this.phones.flatMap(({ databases }) => databases))]) {
      for (const { doc } of this.server.heads(database)) if (doc?.['merges'] !== undefined) this.count('merged');
    }
  }

  async #changeOf(phone: Phone, tab: number, id: string, change: (doc: Document) => Document): Promise<void> {
    const row = (await phone.contents()).rows.get(id);
    const parsed = parseDocument(row?.doc);
    if (row?.foreign === true || !parsed.ok) return;
    await this.#save(phone, tab, id, (store) => store.update(parsed.value.kind, id, change));
  }

  /** Saves, and notes what was saved; also when the tab died of it after the save had been committed. */
  async #save(
    phone: Phone,
    tab: number,
    id: string | null,
    work: Parameters<typeof phone.act<{ ok: boolean; value?: Document; error?: unknown }>>[1]
  ): Promise<void> {
    const before = id === null ? null : ((await phone.contents()).rows.get(id)?.doc ?? null);
    const known = new Set((await phone.contents()).rows.keys());
    const result = await phone.act(tab, work);
    if (result !== null && !result.ok) throw new Error(`a save failed: ${JSON.stringify(result.error)}`);
    if (result === null) this.count('killed in a save');
    const { rows, outbox } = await phone.contents();
    const after = id === null ? [...rows.values()].find((row) => !known.has(row.id))?.doc : rows.get(id)?.doc;
    if (after !== undefined && after !== before) {
      const origin = outbox.get(after._id)?.base;
      this.ledger.note(phone.name, before, after, ALL_PLACES, origin);
    }
    if (result?.value !== undefined && after?.['editId' as never] !== result.value.editId) {
      throw new Error(`saved, and not there: ${result.value._id}`);
    }
  }

  #next(doc: WireDocument, path: Path): unknown {
    const token = this.#token();
    if (path.join() !== LIST.join()) return token;
    const list = valueAt(doc, path);
    return [...(Array.isArray(list) ? list : []), token];
  }

  #token(): string {
    return `v${++this.#tokens}`;
  }

  #countCall(method: LocalCall, argument: unknown): void {
    if (method === 'settle') for (const { tag } of argument as readonly Verdict[]) this.count(`verdict ${tag}`);
    else if (method === 'putBack') this.count('put back');
    else if (method === 'apply') this.count('page applied');
  }
}

/** Whether a phone holds what was saved, in whatever place. */
export function isHeld({ rows, outbox, kept }: Contents, saved: Saved): boolean {
  const row = rows.get(saved.docId);
  return (row !== undefined && holds(row.doc, saved)) || isSafe({ rows, outbox, kept }, saved);
}

/** Whether a phone holds what was saved where it cannot get lost: waiting, refused, in conflict, or kept. */
export function isSafe({ rows, outbox, kept }: Omit<Contents, 'checkpoints'>, saved: Saved): boolean {
  const { docId } = saved;
  const waiting = outbox.get(docId);
  const row = rows.get(docId);
  return (
    (waiting !== undefined && row !== undefined && holds(row.doc, saved)) ||
    (waiting?.theirs !== undefined && holds(waiting.theirs.doc, saved)) ||
    kept.some((one) => one.docId === docId && holds(one.doc, saved))
  );
}

/** The document is of a newer app, or one of its versions is. */
const isUnreadable = ({ theirs, isDeletedThere }: Conflict): boolean => theirs === null && !isDeletedThere;

function decisionOn(conflict: Conflict, how: number): Decision {
  const { mine, theirs, base } = conflict;
  if (how % 3 === 0) return 'mine';
  if (how % 3 === 1 || theirs === null) return 'theirs';
  let turn = how;
  const merged = merge(base, mine, theirs);
  if (merged.tag === 'mine' || merged.tag === 'theirs') return merged.tag;
  const doc =
    merged.tag === 'both' ? merged.doc : resolve(merged, mine, theirs, () => (turn++ % 2 === 0 ? 'mine' : 'theirs'));
  const parsed = parseDocument(doc);
  return parsed.ok ? { merged: parsed.value } : 'mine';
}

/** The reason that a validation function throws, or null. */
