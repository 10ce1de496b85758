// The device's side of replication: what the sync engine reads and writes, each call one transaction.
import { liveQuery } from 'dexie';
import { kindOfId } from '#lib/domain/document/id.ts';
import type { OddChange } from '#lib/domain/document/odd.ts';
import { closing, leafRecordId, leafStep } from '#lib/domain/merge/leaf.ts';
import type { Unsent } from '#lib/domain/merge/rival.ts';
import type { PhotoSize } from '#lib/domain/photo/attachments.ts';
import type { Database } from './database.ts';
import { letGo } from './handedOn.ts';
import {
  type WaitingPhoto,
  bytesOfPhoto,
  forgetPhotos,
  markRefused,
  markUpload,
  unsentPhotoIds,
  waitingPhotos
} from './photoSending.ts';
import { Access, type Done } from './replica/access.ts';
import type { Batch } from './replica/batch.ts';
import { type KnownCheckpoint, noteHeard, notesAfter } from './replica/checkpoints.ts';
import { leavesToTry, sameClash, withClash } from './replica/clash.ts';
import { type Incoming, type Read, asIncoming, isStorable, rowWith } from './replica/incoming.ts';
import { SENT_MOST, isShut, unsentOf } from './replica/outboxSteps.ts';
import { Settling } from './replica/settling.ts';
import type { LeafPlan, ServerChange, ServerLeaf, ServerPage, ServerVerdict, Settled } from './replica/exchange.ts';
import { writeSettled } from './replica/writing.ts';
import { withRoom } from './room.ts';
import type { CheckpointRow, OutboxRow, Row } from './row.ts';
import { type StorePorts, stampOf } from './stamp.ts';
import { unsentIds } from './unsent.ts';

/** Parents before children: nothing depends on it, but what arrives reads better. */
const ORDER: readonly string[] = ['producer', 'product', 'survey', 'assessment', 'review', 'paper', 'photo'];
const orderOf = (id: string): number => (ORDER.indexOf(kindOfId(id)) + ORDER.length + 1) % (ORDER.length + 1);

export class Replica {
  readonly #db: Database;
  readonly #access: Access;
  /**
   * Databases whose first pull is under way, with the ids of all rows there were and those that it has brought since: any
   * other id is new, and need not be looked up. (What is made here in the meantime is in the outbox.)
   */
  readonly #firstPull = new Map<string, Set<string>>();

  readonly #ports: StorePorts;
  /** How often this replica has changed the outbox itself. */
  #ownTouches = 0;

  /** @param ports for the stamps of merged documents */
  constructor(db: Database, ports: StorePorts) {
    this.#db = db;
    this.#access = new Access(db);
    this.#ports = ports;
  }

  /** Ids of a database's documents that wait to be sent. */
  waiting(database: string): Done<readonly string[]> {
    return this.#access.read(async () => {
      const ids = await this.#db.outbox.where('[database+state]').equals([database, 'waiting']).primaryKeys();
      // Ids of one kind sort by the time at which they were made.
      return ids.sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
    });
  }

  /** The databases that have something waiting. */
  databasesWaiting(): Done<readonly string[]> {
    return this.#access.read(async () => {
      const rows = await this.#db.outbox.where('state').equals('waiting').toArray();
      return [...new Set(rows.map(({ database }) => database))];
    });
  }

  /** The databases of which something has been pulled. */
  databasesPulled(): Done<readonly string[]> {
    return this.#access.read(() => this.#db.checkpoints.toCollection().primaryKeys());
  }

  /** Whether each of the databases was pulled to its end since that was last begun. */
  isPulledWhole(databases: readonly string[]): Done<boolean> {
    return this.#access.read(async () => {
      const checkpoints = await this.#db.checkpoints.bulkGet([...databases]);
      return checkpoints.every((row) => typeof row?.completedAt === 'string');
    });
  }

  /**
   * Forgets databases that the account may not see any more (law 10): clean documents and how far they were pulled, so
   * that they come from the start should they come again. What is unsent stays, with what it belongs to: a survey without
   * its product could not be shown.
   */
  forget(databases: readonly string[]): Done<void> {
    const { docs, outbox, checkpoints, photos, photoBytes } = this.#db;
    return this.#access.attempt(() =>
      this.#db.transaction('rw', docs, outbox, checkpoints, photos, photoBytes, async () => {
        const lost = new Set(databases);
        const owners = new Map<string, string | undefined>();
        await this.#db.docs.each(({ id, database, owner }) => {
          if (lost.has(database)) owners.set(id, owner);
        });
        const kept = new Set<string>();
        const unsentPhotos = await this.#db.photos.where('state').anyOf('waiting', 'refused').primaryKeys();
        for (const unsent of [...(await unsentIds(this.#db)), ...unsentPhotos]) {
          for (let id: string | undefined = unsent; id !== undefined && !kept.has(id); id = owners.get(id))
            kept.add(id);
        }
        const forgotten = [...owners.keys()].filter((id) => !kept.has(id));
        await this.#db.docs.bulkDelete(forgotten);
        // Of these it holds what a server has lost, which is clean.
        await this.#db.outbox.bulkDelete(forgotten);
        await forgetPhotos(this.#db, forgotten);
        await this.#db.checkpoints.bulkDelete([...databases]);
        for (const database of databases) this.#firstPull.delete(database);
      })
    );
  }

  /**
   * The documents to send. Each edit is noted as sent before it leaves: should the answer get lost, the device still
   * knows the edit when it meets it on the server (law 4).
   */
  outgoing(ids: readonly string[]): Done<readonly (Unsent & { readonly id: string })[]> {
    return this.#access.write(async () => {
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet([...ids]), this.#db.outbox.bulkGet([...ids])]);
      const all: (Unsent & { readonly id: string })[] = [];
      const noted: OutboxRow[] = [];
      rows.forEach((row, i) => {
        const waiting = outbox[i];
        if (row === undefined || waiting?.state !== 'waiting' || isShut({ row, waiting })) return;
        all.push({ id: row.id, ...unsentOf(row, waiting) });
        const sent = waiting.sent ?? [];
        if (sent.at(-1) !== waiting.editId)
          noted.push({ ...waiting, sent: [...sent, waiting.editId].slice(-SENT_MOST) });
      });
      if (noted.length > 0) await this.#db.outbox.bulkPut(noted);
      if (noted.length > 0) this.#ownTouches++;
      return all;
    });
  }

  /** Writes down what the server said, document by document (law 3). */
  settle(verdicts: readonly ServerVerdict[]): Done<readonly Settled[]> {
    return this.#access.write(async () => {
      const ids = verdicts.map(({ id }) => id);
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet(ids), this.#db.outbox.bulkGet(ids)]);
      const settling = new Settling(this.#ports);
      const settled = verdicts.flatMap((verdict, i): Settled[] => {
        const row = rows[i];
        const waiting = outbox[i];
        if (row === undefined || waiting === undefined || isShut({ row, waiting })) return [];
        let became: Settled['became'] = 'unmet';
        // What cannot be reconciled with it, or not be kept, holds up none of the others: the edit stays as it is.
        if (verdict.tag !== 'standing' || isStorable(verdict.doc))
          settling.tries((step) => (became = step.settle(row, waiting, verdict)));
        return [{ id: row.id, became }];
      });
      await this.#write(settling);
      await noteHeard(
        this.#db,
        verdicts.flatMap((verdict, i) => {
          const database = rows[i]?.database;
          if (database === undefined || verdict.tag === 'refused') return [];
          return [{ database, receipt: verdict.tag === 'receipt' ? { id: verdict.id, rev: verdict.rev } : null }];
        })
      );
      return settled;
    });
  }

  checkpoint(database: string): Done<KnownCheckpoint | null> {
    return this.#access.read(async () => {
      const known = (await this.#db.checkpoints.get(database)) ?? null;
      if (known === null) this.#firstPull.set(database, new Set(await this.#db.docs.toCollection().primaryKeys()));
      else this.#firstPull.delete(database);
      if (known === null) return null;
      const { witness = null, sent = [], odd = [] } = known;
      return { ...known, witness, sent, odd };
    });
  }

  /** Applies a page and moves the checkpoint, in one transaction (law 8). */
  async apply(database: string, page: ServerPage): Done<void> {
    const applied = await this.#applyPage(database, page);
    if (applied.ok || applied.error.cause === 'quota') return applied;
    // What IndexedDB cannot hold is noted, and costs the others nothing.
    const unfit = page.changes.filter(({ doc }) => !isStorable(doc));
    if (unfit.length === 0) return applied;
    const changes = page.changes.filter((change) => !unfit.includes(change));
    const odd = unfit.map(({ id }): OddChange => ({ id, why: 'unfit' }));
    return this.#applyPage(database, { ...page, changes, odd: [...(page.odd ?? []), ...odd] });
  }

  #applyPage(database: string, page: ServerPage): Done<void> {
    // Parsing is the larger half of the work, and needs no transaction to be open.
    const incoming = page.changes.map(asIncoming);
    return this.#access.write(async () => {
      const unfit = await this.#takeIn(database, incoming, page.at);
      const ids = page.changes.map(({ id }) => id);
      const { since, identity, completedAt, witness } = page;
      const { sent = [], odd = [] } = (await this.#db.checkpoints.get(database)) ?? {};
      const checkpoint: CheckpointRow = { database, since, identity, completedAt, sent };
      if (witness !== null) checkpoint.witness = witness;
      const noted = notesAfter(odd, ids, [...(page.odd ?? []), ...unfit]);
      if (noted.length > 0) checkpoint.odd = noted;
      await this.#db.checkpoints.put(checkpoint);
      const known = this.#firstPull.get(database);
      for (const id of ids) known?.add(id);
      if (completedAt !== null) this.#firstPull.delete(database);
    }, 'copies');
  }

  /**
   * Takes in what the server has of single documents, which it was asked about. It is no step of a pull; what came to be
   * there by this device's own doing is not among the last changes that it has seen.
   */
  takeStanding(database: string, standing: readonly ServerChange[], at: string): Done<void> {
    const incoming = standing.map(asIncoming);
    return this.#access.write(async () => {
      await this.#takeIn(database, incoming, at);
      await noteHeard(this.#db, [{ database, receipt: null }]);
    });
  }

  /** Takes in documents that were noted as odd and can be read now; `gone`: there are none of them (any more). */
  retake(database: string, standing: readonly ServerChange[], gone: readonly string[], at: string): Done<void> {
    const storable = standing.filter(({ doc }) => isStorable(doc));
    const incoming = storable.map(asIncoming);
    return this.#access.write(async () => {
      const unfit = await this.#takeIn(database, incoming, at);
      const known = await this.#db.checkpoints.get(database);
      if (known === undefined) return;
      const { odd = [], ...rest } = known;
      const noted = notesAfter(odd, [...storable.map(({ id }) => id), ...gone], unfit);
      await this.#db.checkpoints.put(noted.length > 0 ? { ...rest, odd: noted } : rest);
    }, 'copies');
  }

  /** The photos of some databases whose bytes can be sent, the oldest first. */
  waitingPhotos(databases: readonly string[]): Done<readonly WaitingPhoto[]> {
    return this.#access.read(() => waitingPhotos(this.#db, databases));
  }

  /** The photos of all databases whose bytes have not arrived, whatever keeps them. */
  unsentPhotoIds(): Done<readonly string[]> {
    return this.#access.read(() => unsentPhotoIds(this.#db));
  }

  /** Notes that the bytes of a photo may be on the server from now on, and gives both sizes; null when they are not here. */
  bytesToUpload(id: string): Done<Readonly<Record<PhotoSize, ArrayBuffer>> | null> {
    return this.#access.attempt(async () => {
      const [bytes] = await Promise.all([
        bytesOfPhoto(this.#db, id),
        withRoom(this.#db, 'reserve', () => markUpload(this.#db, id))
      ]);
      return bytes;
    });
  }

  /** The server does not take the bytes of a photo: it stays here with the reason (law 6). */
  refusePhoto(refused: Parameters<typeof markRefused>[1]): Done<void> {
    return this.#access.write(() => markRefused(this.#db, refused));
  }

  /** The server revisions that are held here, or that unsent edits build on; of a conflict, the other side's. */
  held(database: string): Done<readonly { readonly id: string; readonly rev: string }[]> {
    return this.#access.read(async () => {
      const stopped = await this.#db.outbox.where('[database+state]').equals([database, 'conflict']).toArray();
      const rivals = new Map(stopped.map(({ id, theirs }) => [id, theirs?.rev]));
      const revs: { id: string; rev: string }[] = [];
      await this.#db.docs.each((row) => {
        const rev = rivals.get(row.id) ?? row.rev;
        if (row.database === database && rev !== null) revs.push({ id: row.id, rev });
      });
      return revs;
    });
  }

  /** Everything of the database has been compared with the server: what was sent to it before tells nothing any more. */
  compared(database: string): Done<void> {
    return this.#access.write(async () => {
      await this.#db.checkpoints.where('database').equals(database).modify({ sent: [] });
    });
  }

  /** Puts documents that the server has lost back into the outbox (law 9). */
  putBack(ids: readonly string[]): Done<void> {
    return this.#access.write(async () => {
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet([...ids]), this.#db.outbox.bulkGet([...ids])]);
      const settling = new Settling(this.#ports);
      rows.forEach((row, i) => {
        const waiting = outbox[i];
        if (row === undefined || isShut({ row, waiting })) return;
        settling.putBack(row, waiting);
      });
      await this.#write(settling);
      // Until the whole of it has been compared and pulled anew this is nobody's checkpoint: what is put back makes a
      // server that was restored look as if it had lost nothing.
      for (const database of new Set(rows.flatMap((row) => row?.database ?? []))) {
        await this.#db.checkpoints.update(database, { identity: '' });
      }
    }, 'copies');
  }

  /** Documents with losing leaves that are still to be tried, and with no unsent edit, as the newest pull told of them. */
  clashing(database: string, most: number): Done<readonly { readonly id: string; readonly revs: readonly string[] }[]> {
    return this.#access.read(async () => {
      const now = this.#ports.now();
      const unsent = new Set(await this.#db.outbox.toCollection().primaryKeys());
      const rows = await this.#db.docs
        .where('clash')
        .above('')
        .distinct()
        .filter((row) => row.database === database && row.foreign !== true && !unsent.has(row.id))
        .filter((row) => leavesToTry(row, now).length > 0)
        .limit(most)
        .toArray();
      return rows.map((row) => ({ id: row.id, revs: leavesToTry(row, now) }));
    });
  }

  /** These were looked at in vain, and are left to others. */
  leaveLeaves(leaves: readonly { readonly id: string; readonly rev: string }[]): Done<void> {
    return this.#access.write(async () => {
      const now = this.#ports.now();
      for (const { id, rev: leaf } of leaves) {
        const row = await this.#db.docs.get(id);
        if (row?.rev === undefined || row.rev === null) continue;
        const before = row.left?.rev === row.rev ? row.left.leaves.filter((one) => one !== leaf) : [];
        await this.#db.docs.put({ ...row, left: { rev: row.rev, leaves: [...before, leaf], at: now.toISOString() } });
      }
    });
  }

  /** What is to be done with losing leaves; of those that are to stay as they are, nothing. Writes nothing. */
  planLeaves(leaves: readonly ServerLeaf[]): Done<readonly LeafPlan[]> {
    return this.#access.read(async () => {
      const records = await this.#db.docs.bulkGet(leaves.map(({ id, leaf }) => leafRecordId(id, leaf.rev)));
      return leaves.flatMap((left, i): LeafPlan[] => {
        const { id, leaf, winner } = left;
        const isRecorded = records[i]?.rev !== undefined && records[i]?.rev !== null;
        const step = leafStep(left, isRecorded, stampOf(this.#ports));
        if (step.tag === 'leave') return [];
        const plan = { leaf: { id, rev: leaf.rev }, tombstone: closing(leaf.doc, winner.rev, stampOf(this.#ports)) };
        if (step.tag === 'close') return [{ ...plan, first: null }];
        const rev = step.tag === 'merge' ? winner.rev : null;
        return [{ ...plan, first: { id: step.doc._id, rev, doc: step.doc } }];
      });
    });
  }

  /**
   * Calls back whenever the outbox has changed, in any tab, and something waits in it.
   * @param onWaiting is told whether somebody has saved: not so of what waited when the watching began, nor of what this
   *   replica has changed itself
   * @returns the way to stop it
   */
  watchWaiting(onWaiting: (isSaved: boolean) => void): () => void {
    let known: number | null = null;
    const subscription = liveQuery(() => this.#db.outbox.where('state').equals('waiting').count()).subscribe({
      next: (count) => {
        if (count > 0) onWaiting(known === this.#ownTouches);
        known = this.#ownTouches;
      },
      // The timer still finds what waits.
      error: () => undefined
    });
    return () => {
      subscription.unsubscribe();
    };
  }

  /** A fact of this account on this device; undefined when there is none or it cannot be read. */
  async fact(name: string): Promise<unknown> {
    const found = await this.#access.read(async () => (await this.#db.facts.get(name))?.value);
    return found.ok ? found.value : undefined;
  }

  /** Remembers a fact. Losing one never loses work. */
  async remember(name: string, value: unknown): Promise<void> {
    await this.#access.attempt(() => this.#db.facts.put({ name, value }));
  }

  /** @returns those that this build cannot reconcile with what lies here, which stays as it is */
  async #takeIn(database: string, incoming: readonly Incoming[], at: string): Promise<readonly OddChange[]> {
    const changes = incoming.map(({ change }) => change);
    const ids = changes.map(({ id }) => id);
    const unsent = await this.#outboxOf(ids);
    const rows = await this.#rowsOf(database, ids, unsent);
    const settling = new Settling(this.#ports);
    const { batch } = settling;
    for (const id of await letGo(this.#db, batch, changes, at)) unsent.delete(id);
    const unfit: OddChange[] = [];
    incoming.forEach(({ change, parsed }, i) => {
      const row = rows[i];
      const waiting = unsent.get(change.id);
      // An unsent edit that cannot be read can meet nothing: it stays as it lies.
      if (waiting !== undefined && isShut({ row, waiting })) {
        if (waiting.state !== 'lost') return;
        // Of what the server had lost it has one that can be read.
        batch.dequeue(change.id);
        accept(batch, database, change, parsed);
      } else if (row !== undefined && waiting !== undefined) {
        const isMet = settling.tries((step) => step.meetChange(row, waiting, change, at));
        if (!isMet) unfit.push({ id: change.id, why: 'unfit' });
      }
      // What came from the server and is damaged here comes anew.
      else if (row === undefined || row.shut === true || row.rev !== change.rev)
        accept(batch, database, change, parsed);
      else if (!sameClash(row.clash, change.clash)) batch.put(withClash(row, change.clash));
    });
    await this.#write(settling);
    return unfit;
  }

  async #write(settling: Settling): Promise<void> {
    await writeSettled(this.#db, settling, this.#ports);
    if (settling.batch.touchesOutbox) this.#ownTouches++;
  }

  async #rowsOf(
    database: string,
    ids: readonly string[],
    unsent: ReadonlyMap<string, OutboxRow>
  ): Promise<(Row | undefined)[]> {
    const known = this.#firstPull.get(database);
    if (known === undefined) return this.#db.docs.bulkGet([...ids]);
    const asked = ids.filter((id) => known.has(id) || unsent.has(id));
    const found = new Map((await this.#db.docs.bulkGet(asked)).map((row, i) => [asked[i], row]));
    return ids.map((id) => found.get(id));
  }

  async #outboxOf(ids: readonly string[]): Promise<Map<string, OutboxRow>> {
    const all = new Set(await this.#db.outbox.toCollection().primaryKeys());
    const rows = await this.#db.outbox.bulkGet(ids.filter((id) => all.has(id)));
    return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])));
  }
}

/** A change of the server to a document that nobody here has touched. */
function accept(batch: Batch, database: string, change: ServerChange, parsed: Read | null): void {
  if (change.isDeleted || parsed === null) {
    batch.remove(change.id);
    return;
  }
  batch.put(rowWith(database, change.id, change.rev, parsed, change.clash));
}
