// The device's side of replication: what the sync engine reads and writes, each call one transaction.
import { liveQuery } from 'dexie';
import type { Conflict, Document } from '#lib/domain/document/document.ts';
import { draftsWith } from '#lib/domain/document/draft.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { bringingBack } from '#lib/domain/document/editing.ts';
import type { OddChange } from '#lib/domain/document/odd.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { type Versions, conflictId } from '#lib/domain/merge/conflictRecord.ts';
import { type LeftOver, closing, leafRecordId, leafStep } from '#lib/domain/merge/leaf.ts';
import { type Meeting, meeting } from '#lib/domain/merge/meeting.ts';
import { isDecided, withAuthorNote, withMergeNote } from '#lib/domain/merge/merge.ts';
import {
  type AnyDocument,
  type Standing,
  type Unsent,
  editIdOf,
  generationOf,
  isOlder,
  isSameContent
} from '#lib/domain/merge/rival.ts';
import { asTwin } from '#lib/domain/merge/twin.ts';
import { PHOTO_SIZES, type PhotoSize, withAttachmentsOf } from '#lib/domain/photo/attachments.ts';
import type { RescuedDraft, RescuedItem, RescuedPhoto } from '#lib/domain/rescue/contents.ts';
import { type UnsentSide, rescueStep } from '#lib/domain/rescue/step.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { closed, opened, recordIn } from './conflictRecords.ts';
import type { Database } from './database.ts';
import { draftsOf, putDrafts } from './drafts.ts';
import { isClosed, isFull, telling } from './failure.ts';
import { type LetGo, letGo } from './handedOn.ts';
import {
  type WaitingPhoto,
  bytesOfPhoto,
  forgetPhotos,
  markRefused,
  markUpload,
  notePhotos,
  unsentPhotoIds,
  waitingAgain,
  waitingPhotos
} from './photoSending.ts';
import { type MaySpend, withRoom } from './room.ts';
import { sealedBytes } from './photoSeals.ts';
import {
  type CheckpointRow,
  type KeptRow,
  type Lying,
  type OutboxRow,
  type PhotoBytesRow,
  type PhotoRow,
  type Receipt,
  type Row,
  fieldOf,
  keysOf,
  textOf
} from './row.ts';
import { type StorePorts, stampOf } from './stamp.ts';
import { unsentIds } from './unsent.ts';

/** The disk is full, or the database is gone. */
export interface ReplicaProblem {
  readonly tag: 'storage';
  readonly cause: 'quota' | 'other';
  readonly detail: string;
}

type Done<T> = Promise<Result<T, ReplicaProblem>>;
type Doc = Row['doc'];

/** The server's word on one document. */
export type ServerVerdict =
  | {
      readonly tag: 'receipt';
      readonly id: string;
      readonly editId: string;
      readonly rev: string;
      readonly at: string;
      readonly doc: AnyDocument;
    }
  | {
      readonly tag: 'standing';
      readonly id: string;
      readonly rev: string | null;
      readonly doc: AnyDocument | null;
      readonly at: string;
    }
  | {
      readonly tag: 'refused';
      readonly id: string;
      readonly editId: string;
      readonly code: string;
      readonly message: string;
      readonly at: string;
    };

/** What became of a document by the server's word. */
export interface Settled {
  readonly id: string;
  readonly became: OutboxRow['state'] | 'sent' | 'unmet';
}

/** One document of a page of changes. */
export interface ServerChange {
  readonly id: string;
  readonly rev: string;
  readonly isDeleted: boolean;
  readonly doc: AnyDocument | null;
  readonly clash: readonly string[];
}

export interface ServerPage {
  readonly changes: readonly ServerChange[];
  /** Changes of this page that cannot be taken in: noted until they come. */
  readonly odd?: readonly OddChange[];
  readonly since: string;
  readonly identity: string;
  readonly witness: NonNullable<CheckpointRow['witness']> | null;
  readonly completedAt: string | null;
  readonly at: string;
}

/** A version that replication between servers left over. */
export interface ServerLeaf extends LeftOver {
  readonly id: string;
}

/** What is to be done with one. */
export interface LeafPlan {
  readonly leaf: { readonly id: string; readonly rev: string };
  /** What has to be on the server before the leaf goes, and on top of which revision; null: it is. */
  readonly first: { readonly id: string; readonly rev: string | null; readonly doc: AnyDocument } | null;
  readonly tombstone: AnyDocument;
}

/** A document out of a rescue file; of a photo, with its bytes. */
export interface Rescued {
  readonly item: RescuedItem;
  readonly photo: { readonly known: RescuedPhoto; readonly bytes: Readonly<Record<PhotoSize, ArrayBuffer>> } | null;
}

/**
 * | fate      | the document of the file                                                          |
 * |-----------|-----------------------------------------------------------------------------------|
 * | `taken`   | lies here now, merged with what lay here                                          |
 * | `already` | was here, or has arrived at the server                                            |
 * | `kept`    | is older than what lies here, which stays; what only it says is kept beside it    |
 * | `left`    | had its receipt, and comes with the next sync if the server still has it          |
 */
export type RescueFate = 'taken' | 'already' | 'kept' | 'left';

/** A photo whose bytes lie here again: it waits to be sent as before they were missed. */
function foundAgain(photo: PhotoRow): PhotoRow {
  return photo.state === 'refused' && photo.reason?.code === 'bytesMissing' ? waitingAgain(photo) : photo;
}

/** Whether a photo belongs to this phone, and is not only a copy, which may be let go of at any moment. */
const isOurs = (photo: PhotoRow | undefined): photo is PhotoRow => photo !== undefined && photo.state !== 'cached';

/** Name of the fact that tells which edits have been taken out of rescue files: each is taken once. */
const RESCUED = 'rescue:taken';
/** So many are remembered; the oldest go. */
const RESCUED_MOST = 5_000;

/** Where a pull goes on. */
export interface KnownCheckpoint extends Omit<CheckpointRow, 'witness' | 'sent' | 'odd'> {
  readonly witness: NonNullable<CheckpointRow['witness']> | null;
  readonly sent: readonly Receipt[];
  readonly odd: readonly OddChange[];
}

/** A server that knows the newest of them has lost none before it; a few, for one may have been purged. */
const RECEIPTS_MOST = 4;

/** Parents before children: nothing depends on it, but what arrives reads better. */
const ORDER: readonly string[] = ['producer', 'product', 'survey', 'assessment', 'review', 'paper', 'photo'];
const orderOf = (id: string): number => (ORDER.indexOf(kindOfId(id)) + ORDER.length + 1) % (ORDER.length + 1);

/** So long is a losing leaf left to others, milliseconds: the account may have other roles by then, the app be a newer one. */
const LEFT_MS = 7 * 24 * 3_600_000;

/** Unanswered edits remembered of one document: days of typing against a dead server, a few seconds apart, go on. */
const SENT_MOST = 200;

export class Replica {
  readonly #db: Database;
  /**
   * Databases whose first pull is under way, with the ids of all rows there were and those that it has brought since: any
   * other id is new, and need not be looked up. (What is made here in the meantime is in the outbox.)
   */
  readonly #firstPull = new Map<string, Set<string>>();

  readonly #ports: StorePorts;

  /** @param ports for the stamps of merged documents */
  constructor(db: Database, ports: StorePorts) {
    this.#db = db;
    this.#ports = ports;
  }

  /** Ids of a database's documents that wait to be sent. */
  waiting(database: string): Done<readonly string[]> {
    return this.#read(async () => {
      const ids = await this.#db.outbox.where('[database+state]').equals([database, 'waiting']).primaryKeys();
      // Ids of one kind sort by the time at which they were made.
      return ids.sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
    });
  }

  /** The databases that have something waiting. */
  databasesWaiting(): Done<readonly string[]> {
    return this.#read(async () => {
      const rows = await this.#db.outbox.where('state').equals('waiting').toArray();
      return [...new Set(rows.map(({ database }) => database))];
    });
  }

  /** The databases of which something has been pulled. */
  databasesPulled(): Done<readonly string[]> {
    return this.#read(() => this.#db.checkpoints.toCollection().primaryKeys());
  }

  /**
   * Forgets databases that the account may not see any more (law 10): clean documents and how far they were pulled, so
   * that they come from the start should they come again. What is unsent stays, with what it belongs to: a survey without
   * its product could not be shown.
   */
  forget(databases: readonly string[]): Done<void> {
    const { docs, outbox, checkpoints, photos, photoBytes } = this.#db;
    return this.#attempt(() =>
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
    return this.#write(async () => {
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet([...ids]), this.#db.outbox.bulkGet([...ids])]);
      const all: (Unsent & { readonly id: string })[] = [];
      const noted: OutboxRow[] = [];
      rows.forEach((row, i) => {
        const waiting = outbox[i];
        if (row === undefined || waiting?.state !== 'waiting' || isShut({ row, waiting })) return;
        all.push({ id: row.id, ...unsentOf(row, waiting) });
        const sent = waiting.sent ?? [];
        if (sent.at(-1) !== waiting.editId)
          noted.push({ ...waiting, sent: [...sent, waiting.editId].slice(-SENT_MOST), lastSent: row.doc });
      });
      if (noted.length > 0) await this.#db.outbox.bulkPut(noted);
      return all;
    });
  }

  /** Writes down what the server said, document by document (law 3). */
  settle(verdicts: readonly ServerVerdict[]): Done<readonly Settled[]> {
    return this.#write(async () => {
      const ids = verdicts.map(({ id }) => id);
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet(ids), this.#db.outbox.bulkGet(ids)]);
      const batch = new Batch();
      const settled = verdicts.flatMap((verdict, i): Settled[] => {
        const row = rows[i];
        const waiting = outbox[i];
        if (row === undefined || waiting === undefined || isShut({ row, waiting })) return [];
        let became: Settled['became'] = 'unmet';
        // What cannot be reconciled with it, or not be kept, holds up none of the others: the edit stays as it is.
        if (verdict.tag !== 'standing' || isStorable(verdict.doc))
          batch.tries(() => (became = this.#settleOne(batch, row, waiting, verdict)));
        return [{ id: row.id, became }];
      });
      await this.#put(batch);
      await this.#noteHeard(
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
    return this.#read(async () => {
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
    return this.#write(async () => {
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
    return this.#write(async () => {
      await this.#takeIn(database, incoming, at);
      await this.#noteHeard([{ database, receipt: null }]);
    });
  }

  /** Takes in documents that were noted as odd and can be read now; `gone`: there are none of them (any more). */
  retake(database: string, standing: readonly ServerChange[], gone: readonly string[], at: string): Done<void> {
    const storable = standing.filter(({ doc }) => isStorable(doc));
    const incoming = storable.map(asIncoming);
    return this.#write(async () => {
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
    return this.#read(() => waitingPhotos(this.#db, databases));
  }

  /** The photos of all databases whose bytes have not arrived, whatever keeps them. */
  unsentPhotoIds(): Done<readonly string[]> {
    return this.#read(() => unsentPhotoIds(this.#db));
  }

  /** Notes that the bytes of a photo may be on the server from now on, and gives both sizes; null when they are not here. */
  bytesToUpload(id: string): Done<Readonly<Record<PhotoSize, ArrayBuffer>> | null> {
    return this.#attempt(async () => {
      const [bytes] = await Promise.all([
        bytesOfPhoto(this.#db, id),
        withRoom(this.#db, 'reserve', () => markUpload(this.#db, id))
      ]);
      return bytes;
    });
  }

  /** The server does not take the bytes of a photo: it stays here with the reason (law 6). */
  refusePhoto(refused: Parameters<typeof markRefused>[1]): Done<void> {
    return this.#write(() => markRefused(this.#db, refused));
  }

  /** The server revisions that are held here, or that unsent edits build on; of a conflict, the other side's. */
  held(database: string): Done<readonly { readonly id: string; readonly rev: string }[]> {
    return this.#read(async () => {
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
    return this.#write(async () => {
      await this.#db.checkpoints.where('database').equals(database).modify({ sent: [] });
    });
  }

  /** Puts documents that the server has lost back into the outbox (law 9). */
  putBack(ids: readonly string[]): Done<void> {
    return this.#write(async () => {
      const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet([...ids]), this.#db.outbox.bulkGet([...ids])]);
      const batch = new Batch();
      rows.forEach((row, i) => {
        const waiting = outbox[i];
        if (row === undefined || isShut({ row, waiting })) return;
        if (waiting?.theirs !== undefined) {
          batch.outbox.push({ ...endConflict(batch, row, waiting, waiting.theirs.doc), isLost: true });
        } else if (waiting !== undefined && waiting.state !== 'lost') batch.outbox.push({ ...waiting, isLost: true });
        else if (row.rev !== null) this.#putBackClean(batch, row, row.rev);
      });
      await this.#put(batch);
      // Until the whole of it has been compared and pulled anew this is nobody's checkpoint: what is put back makes a
      // server that was restored look as if it had lost nothing.
      for (const database of new Set(rows.flatMap((row) => row?.database ?? []))) {
        await this.#db.checkpoints.update(database, { identity: '' });
      }
    }, 'copies');
  }

  /** Nobody here has edited it since: it goes back if it is this account's to bring back, and else stays here (law 9). */
  #putBackClean(batch: Batch, row: Row, rev: string): void {
    const { id, database, updatedAt: since } = row;
    const lost = { id, database, since, base: null, isLost: true, putBack: rev } as const;
    const how = bringingBack(row.doc, this.#ports.account);
    const stamp = stampOf(this.#ports);
    const editId = editIdOf(row.doc);
    // Written on the app's own account only: what a newer app means is not known here (law 17).
    const isAnew = how === 'anew' && row.foreign !== true;
    if (isAnew) batch.rows.push(rowOf(database, id, rev, withAuthorNote(row.doc, stamp), row.clash));
    // What carries no edit was not made by this app: whoever made it brings it back.
    const isOurs = isAnew || (how === 'asItIs' && editId !== '');
    batch.outbox.push({ ...lost, editId: isAnew ? stamp.editId : editId, state: isOurs ? 'waiting' : 'lost' });
  }

  /** Documents with losing leaves that are still to be tried, and with no unsent edit, as the newest pull told of them. */
  clashing(database: string, most: number): Done<readonly { readonly id: string; readonly revs: readonly string[] }[]> {
    return this.#read(async () => {
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
    return this.#write(async () => {
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
    return this.#read(async () => {
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
   * @returns the way to stop it
   */
  watchWaiting(onWaiting: () => void): () => void {
    const subscription = liveQuery(() => this.#db.outbox.where('state').equals('waiting').count()).subscribe({
      next: (count) => {
        if (count > 0) onWaiting();
      },
      // The timer still finds what waits.
      error: () => undefined
    });
    return () => {
      subscription.unsubscribe();
    };
  }

  /**
   * Takes in what a rescue file holds, in one transaction; once, however often it is done. What has no receipt waits here
   * as it waited there, with what it builds on; nothing newer gives way to it.
   * @param madeOn the device that the file was made on
   */
  async rescue(rescued: readonly Rescued[], madeOn: string): Done<readonly RescueFate[]> {
    const { docs, outbox, checkpoints, kept, photos, photoBytes, facts } = this.#db;
    const tables = [docs, outbox, checkpoints, kept, photos, photoBytes, facts];
    return this.#attempt(async () => {
      const lying = await this.#bytesLacking(rescued);
      return this.#db.transaction('rw', tables, async () => {
        const taken = await this.#takenBefore();
        const fates: RescueFate[] = [];
        for (const { item, photo } of rescued) {
          const fate = await this.#rescueOne(item, photo?.known.state !== 'sent' && photo !== null, madeOn, taken);
          if (item.waiting !== null) taken.add(editKey(item.id, item.waiting.editId));
          fates.push(photo === null ? fate : await this.#rescuePhoto(item, photo, lying.get(item.id) ?? null, fate));
        }
        await this.#noteTaken(taken);
        return fates;
      });
    });
  }

  /**
   * Takes in what was typed for new records on another phone, in one transaction; once, however often it is done. What was
   * typed here stays, and comes first in its form.
   */
  async rescueDrafts(rescued: readonly RescuedDraft[]): Done<readonly RescueFate[]> {
    const { facts } = this.#db;
    return this.#attempt(() =>
      this.#db.transaction('rw', facts, async () => {
        const taken = await this.#takenBefore();
        const fates: RescueFate[] = [];
        for (const { id, kind, fields } of rescued) {
          const { drafts, isShut } = await draftsOf(this.#db, kind);
          // Made a record of since, perhaps; but not where it cannot be read.
          const all = taken.has(id) && !isShut ? null : draftsWith(drafts, fields);
          if (all !== null) await putDrafts(this.#db, kind, all);
          taken.add(id);
          fates.push(all === null ? 'already' : 'taken');
        }
        await this.#noteTaken(taken);
        return fates;
      })
    );
  }

  async #takenBefore(): Promise<Set<unknown>> {
    const known = (await this.#db.facts.get(RESCUED))?.value;
    return new Set<unknown>(Array.isArray(known) ? known : []);
  }

  async #noteTaken(taken: ReadonlySet<unknown>): Promise<void> {
    await this.#db.facts.put({ name: RESCUED, value: [...taken].slice(-RESCUED_MOST) });
  }

  /** The bytes of photos as they are to lie, but for those that lie here for good. Bytes that do not open are no better than none. */
  async #bytesLacking(rescued: readonly Rescued[]): Promise<ReadonlyMap<string, readonly PhotoBytesRow[]>> {
    const lacking = new Map<string, readonly PhotoBytesRow[]>();
    for (const { item, photo } of rescued) {
      if (photo === null) continue;
      if (isOurs(await this.#db.photos.get(item.id)) && (await bytesOfPhoto(this.#db, item.id)) !== null) continue;
      const rows = PHOTO_SIZES.map((size) => sealedBytes(this.#db, item.id, size, photo.bytes[size]));
      lacking.set(item.id, await Promise.all(rows));
    }
    return lacking;
  }

  /** @param isNeeded whether something unsent belongs to the document, though it has its receipt */
  async #rescueOne(
    item: RescuedItem,
    isNeeded: boolean,
    madeOn: string,
    taken: ReadonlySet<unknown>
  ): Promise<RescueFate> {
    const { id, database, waiting: edit } = item;
    const [here, hereEdit, checkpoint, keptHere] = await Promise.all([
      this.#db.docs.get(id),
      this.#db.outbox.get(id),
      this.#db.checkpoints.get(database),
      this.#db.kept.where('docId').equals(id).toArray()
    ]);
    const at = this.#ports.now().toISOString();
    const batch = new Batch();
    const keep = (one: KeptRow) => {
      const isKept = [...keptHere, ...batch.kept].some(
        ({ doc, why }) => why === one.why && editIdOf(doc) === editIdOf(one.doc)
      );
      if (!isKept) batch.kept.push(one);
    };
    for (const version of item.kept) keep(version);
    const row: Row = {
      ...rowWith(database, id, '', read(item.doc), here?.clash ?? []),
      rev: item.rev,
      receivedAt: item.receivedAt
    };
    const decide = (): RescueFate => {
      if (edit === null) {
        const isDamaged = here?.shut === true && hereEdit === undefined;
        const isNoOlder = here?.rev === item.rev || generationOf(here?.rev ?? null) < generationOf(item.rev);
        if (here !== undefined && !(isDamaged && isNoOlder)) return 'already';
        // A phone that has pulled everything and has not this, has heard of its end, or will hear of its beginning.
        if (here === undefined && !isNeeded && typeof checkpoint?.completedAt === 'string') return 'left';
        batch.rows.push(row);
        return 'taken';
      }
      // Unsent work that does not open here can never be sent: the file brings it back.
      const isLostHere = here?.shut === true && hereEdit !== undefined;
      if (edit.state === 'lost' && here !== undefined && !isLostHere) {
        const isNew = here.shut !== true && !isSameContent(item.doc, here.doc);
        if (isNew) keep({ docId: id, doc: item.doc, why: 'restored', at });
        return isNew ? 'kept' : 'already';
      }
      if (!isLostHere && taken.has(editKey(id, edit.editId))) return 'already';
      const take = (sent: readonly string[] = []) => {
        const all = [...new Set([...sent, ...(edit.sent ?? [])])];
        batch.rows.push(row);
        batch.outbox.push(all.length > 0 ? { ...edit, sent: all.slice(-SENT_MOST) } : edit);
      };
      if (here === undefined || isLostHere) {
        take();
        return 'taken';
      }
      if (here.shut === true && generationOf(here.rev) > generationOf(item.rev)) {
        // It comes anew from the server, which has heard more since: nobody's decision is set back.
        keep({ docId: id, doc: item.doc, why: 'overtaken', at });
        return 'kept';
      }
      if (here.shut === true) {
        take();
        return 'taken';
      }
      const file = sideOf(row, edit);
      const lying = {
        doc: here.doc,
        rev: here.rev,
        edit: hereEdit === undefined || hereEdit.state === 'lost' ? null : sideOf(here, hereEdit)
      };
      const step = rescueStep(file, lying, madeOn, this.#ports.device);
      switch (step.tag) {
        case 'already':
          if (step.keeps) keep({ docId: id, doc: item.doc, why: 'overtaken', at });
          return step.keeps ? 'kept' : 'already';
        case 'take':
          if (step.keeps) keep({ docId: id, doc: here.doc, why: 'overtaken', at });
          take(hereEdit?.sent);
          return 'taken';
        case 'meet':
          take();
          this.#meet(batch, row, edit, { rev: here.rev ?? '', doc: here.doc, at });
          return 'taken';
        case 'write': {
          const stamp = stampOf(this.#ports);
          const { base = null, sent = [], lastSent = edit.lastSent } = hereEdit ?? {};
          batch.rows.push({
            ...rowWith(database, id, '', read({ ...step.doc, ...stamp }), here.clash ?? []),
            rev: here.rev
          });
          batch.outbox.push({
            id,
            database,
            editId: stamp.editId,
            since: hereEdit !== undefined && hereEdit.since < edit.since ? hereEdit.since : edit.since,
            state: 'waiting',
            base,
            sent: [...new Set([...(edit.sent ?? []), ...sent])].slice(-SENT_MOST),
            ...(lastSent === undefined ? {} : { lastSent })
          });
          if (step.keeps === 'file') keep({ docId: id, doc: item.doc, why: 'overtaken', at });
          if (step.keeps === 'here') keep({ docId: id, doc: here.doc, why: 'overtaken', at });
          return 'taken';
        }
      }
    };
    const fate = decide();
    await this.#put(batch);
    return fate;
  }

  /** @param lying its bytes as they are to lie here; null: they do */
  async #rescuePhoto(
    item: RescuedItem,
    photo: NonNullable<Rescued['photo']>,
    lying: readonly PhotoBytesRow[] | null,
    fate: RescueFate
  ): Promise<RescueFate> {
    const { docs, photos, photoBytes } = this.#db;
    const { id, database } = item;
    const [row, known] = await Promise.all([docs.get(id), photos.get(id)]);
    // Deleted for good, with its record.
    if (row === undefined) return 'left';
    // Of one that was freed the server has the bytes, and it is fetched when it is looked at.
    if (known?.state === 'freed') return fate;
    if (lying === null) {
      if (!isOurs(known) || foundAgain(known) === known) return fate;
      await photos.put(foundAgain(known));
      return 'taken';
    }
    await photoBytes.bulkPut([...lying]);
    const bytes = photo.bytes.photo.byteLength + photo.bytes.thumb.byteLength;
    await photos.put(foundAgain(isOurs(known) ? { ...known, bytes } : { id, database, ...photo.known, bytes }));
    await notePhotos(this.#db, [id], () => this.#ports.now());
    return known?.state === 'cached' && fate === 'already' ? 'already' : 'taken';
  }

  /** A fact of this account on this device; undefined when there is none or it cannot be read. */
  async fact(name: string): Promise<unknown> {
    const found = await this.#read(async () => (await this.#db.facts.get(name))?.value);
    return found.ok ? found.value : undefined;
  }

  /** Remembers a fact. Losing one never loses work. */
  async remember(name: string, value: unknown): Promise<void> {
    await this.#read(() => this.#db.facts.put({ name, value }));
  }

  #settleOne(batch: Batch, row: Row, waiting: OutboxRow, verdict: ServerVerdict): Settled['became'] {
    switch (verdict.tag) {
      case 'receipt':
        // A conflict waits for a person, whatever an answer that was under way says.
        if (waiting.state === 'conflict') return 'conflict';
        if (waiting.editId === verdict.editId) {
          // As it was sent: it may name other attachments than the version that lies here.
          batch.rows.push({ ...row, doc: verdict.doc, rev: verdict.rev, receivedAt: verdict.at });
          batch.done.push(row.id);
          return 'sent';
        }
        // Edited while it was under way: what arrived is now what the newer edit builds on.
        batch.rows.push({ ...row, rev: verdict.rev });
        batch.outbox.push(onTopOf({ rev: verdict.rev, doc: verdict.doc }, waiting));
        return 'sent';
      case 'refused': {
        if (waiting.state === 'conflict') return 'conflict';
        if (waiting.editId !== verdict.editId) return 'waiting';
        const { code, message, at } = verdict;
        if (waiting.putBack !== undefined && fieldOf(row.doc, 'createdBy') !== this.#ports.account) {
          // Somebody else's document, which the server had before: whoever made it brings it back first.
          batch.outbox.push(lostAgain(batch, row, waiting, waiting.putBack));
          return 'lost';
        }
        batch.outbox.push({ ...unmarked(waiting), state: 'refused', reason: { code, message }, at });
        return 'refused';
      }
      case 'standing':
        if (verdict.rev !== null) return this.#meet(batch, row, waiting, { ...verdict, rev: verdict.rev });
        batch.rows.push({ ...row, rev: null });
        batch.outbox.push(onTopOf(null, waiting));
        return 'waiting';
    }
  }

  /** A change of the server to a document that has an unsent edit. */
  #meetChange(batch: Batch, row: Row, waiting: OutboxRow, change: ServerChange, at: string): void {
    const { rev, clash } = change;
    const known = sameClash(row.clash, clash) ? row : withClash(row, clash);
    if (known !== row) batch.rows.push(known);
    this.#meet(batch, known, waiting, { rev, doc: change.isDeleted ? null : change.doc, at });
  }

  /** What the server has meets an unsent edit of ours, in a conflict or not. */
  #meet(batch: Batch, row: Row, waiting: OutboxRow, standing: Standing & { readonly at: string }): Settled['became'] {
    const { rev, doc, at } = standing;
    if (waiting.state === 'lost') return this.#meetLost(batch, row, waiting, standing);
    // Nothing has changed over there: what is typed meanwhile is the person's to decide about as well.
    if (waiting.state === 'conflict' && waiting.theirs?.rev === rev) return 'conflict';
    if (waiting.state === 'conflict' && waiting.record !== undefined && isDecided(doc, waiting.record)) {
      // Its record, which is on its way, tells what the one who decided had seen of this edit.
      batch.outbox.push(inConflict(waiting, rev, doc ?? { _id: row.id, _deleted: true }, at));
      return 'conflict';
    }
    const base = waiting.base?.doc ?? null;
    // An earlier edit of ours may stand there unheard of, and another one on it: then ours is no other photo.
    const mayBeOurs = waiting.isLost === true || (waiting.sent ?? []).some((editId) => editId !== waiting.editId);
    const twin = waiting.base === null && doc !== null && !mayBeOurs ? asTwin(row.doc, doc) : null;
    if (twin !== null) {
      if (twin.isSettledOtherwise) batch.kept.push({ docId: row.id, doc: row.doc, why: 'overtaken', at });
      const asTheirs = { ...rowWith(row.database, row.id, '', read(twin.mine), row.clash ?? []), rev: row.rev };
      batch.rows.push(asTheirs);
      const met = meeting(unsentOf(asTheirs, waiting), twin.origin, standing);
      return this.#become(batch, asTheirs, waiting, standing, met, null);
    }
    // A server that has gone back behind what it had is out of a backup, whether or not it was recognised (law 9).
    const isBack = waiting.base !== null && isOlder(rev, waiting.base.rev);
    const unsent = unsentOf(row, isBack ? { ...waiting, isLost: true } : waiting);
    return this.#become(batch, row, waiting, standing, meeting(unsent, base, standing), base);
  }

  /**
   * The server tells again of what it had lost. Nobody here has a question to answer: an older version leaves ours in its
   * place, any other takes it, and what ours says beside that is kept.
   */
  #meetLost(
    batch: Batch,
    row: Row,
    waiting: OutboxRow,
    { rev, doc, at }: Standing & { readonly at: string }
  ): Settled['became'] {
    const base = waiting.base?.doc ?? null;
    const met = meeting(unsentOf(row, waiting), base, { rev, doc });
    const isOnlyThere = met.tag === 'current' && waiting.base !== null;
    if (isOnlyThere) return 'lost';
    if (met.tag === 'onTop' && doc !== null) {
      const state = bringingBack(row.doc, this.#ports.account) === 'asItIs' ? 'waiting' : 'lost';
      batch.rows.push({ ...row, rev });
      batch.outbox.push({ ...onTopOf({ rev, doc }, waiting), state });
      return state;
    }
    batch.done.push(row.id);
    if (doc === null) batch.gone.push(row.id);
    else batch.rows.push(rowOf(row.database, row.id, rev, doc, row.clash));
    if (doc === null || !isSameContent(row.doc, doc)) {
      batch.kept.push({ docId: row.id, doc: row.doc, why: 'restored', at });
    }
    return 'sent';
  }

  /**
   * Writes down what an unsent edit has become.
   * @param base what it was compared by
   */
  #become(
    batch: Batch,
    row: Row,
    waiting: OutboxRow,
    standing: Standing & { readonly at: string },
    met: Meeting,
    base: AnyDocument | null
  ): Settled['became'] {
    const { rev, at } = standing;
    const doc = standing.doc ?? { _id: row.id, _deleted: true };
    const end = (outcome: AnyDocument) => {
      if (waiting.record !== undefined) batch.ended.push({ record: waiting.record, mine: row.doc, outcome });
    };
    switch (met.tag) {
      case 'current':
        // A restored server no longer has the other side of a conflict.
        if (waiting.state === 'conflict' && waiting.theirs !== undefined) {
          batch.outbox.push(endConflict(batch, row, waiting, waiting.theirs.doc));
          return 'waiting';
        }
        // A 409 all the same: it has come to stand there since the answer was given.
        return waiting.state;
      case 'arrived':
      case 'taken':
        end(doc);
        batch.done.push(row.id);
        if (standing.doc === null) {
          batch.gone.push(row.id);
          // Deleted on both sides; what was written before that stands nowhere else.
          if (base === null || !isSameContent(row.doc, base)) {
            batch.kept.push({ docId: row.id, doc: row.doc, why: 'conflict', at });
          }
        } else {
          const receivedAt = met.tag === 'arrived' ? at : null;
          batch.rows.push({ ...rowOf(row.database, row.id, rev, doc, row.clash), receivedAt });
        }
        return 'sent';
      case 'onTop':
        end(row.doc);
        if (met.isLosing) batch.kept.push({ docId: row.id, doc, why: 'restored', at });
        batch.rows.push({ ...row, rev });
        batch.outbox.push(onTopOf({ rev, doc }, waiting));
        return waiting.state === 'refused' ? 'refused' : 'waiting';
      case 'merged': {
        const stamp = stampOf(this.#ports);
        const merged = withMergeNote(met.merged, row.doc, doc, stamp);
        end(merged);
        batch.rows.push(rowOf(row.database, row.id, rev, merged, row.clash));
        batch.outbox.push({
          id: row.id,
          database: row.database,
          editId: stamp.editId,
          since: waiting.since,
          state: 'waiting',
          base: { rev, doc }
        });
        return 'waiting';
      }
      case 'conflict': {
        const inIt = inConflict(waiting, rev, doc, at);
        batch.outbox.push(inIt);
        batch.opened.push({ row, waiting: inIt, versions: { base, mine: row.doc, theirs: standing.doc } });
        return 'conflict';
      }
    }
  }

  /**
   * A conflict was decided on another device: its edit gives way to what the server has. What has been typed here since
   * the decision was made is an edit of its own, made from the version that the one who decided had seen.
   */
  #learn(batch: Batch, { row, waiting }: Lying, record: Conflict): void {
    if (row === undefined || waiting?.theirs === undefined || waiting.record !== record._id) return;
    if (isShut({ row, waiting })) return;
    const { rev, doc } = waiting.theirs;
    const at = record.resolved?.at ?? record.updatedAt;
    const standing = { rev, doc: fieldOf(doc, '_deleted') === true ? null : doc, at };
    const { record: _record, ...unsent } = waiting;
    const since = { doc: row.doc, editId: waiting.editId, rev: null, sent: [], lastSent: null, isLost: false };
    const { mine, theirs } = record;
    // Two devices that meet the same two edits from either side have one record.
    const seen = theirs !== null && editIdOf(theirs) === waiting.editId ? theirs : mine;
    const met = meeting(since, seen, standing);
    if (met.tag !== 'conflict') batch.kept.push({ docId: row.id, doc: row.doc, why: 'conflict', at });
    this.#become(batch, row, unsent, standing, met, seen);
  }

  /** Documents as they are going to be once a batch has been written. */
  async #lying(batch: Batch, ids: readonly string[]): Promise<Lying[]> {
    const [rows, outbox] = await Promise.all([this.#db.docs.bulkGet([...ids]), this.#db.outbox.bulkGet([...ids])]);
    return ids.map((id, i) => ({
      row: batch.rows.findLast((row) => row.id === id) ?? rows[i],
      waiting: batch.done.includes(id) ? undefined : (batch.outbox.findLast((row) => row.id === id) ?? outbox[i])
    }));
  }

  /** Writes a batch with the records of the conflicts that it begins and ends, and learns of those that others ended. */
  async #put(batch: Batch): Promise<void> {
    const decided = batch.rows.flatMap((row) => {
      const record = row.live === 'conflict' ? recordIn(row) : null;
      return record?.resolved === undefined ? [] : [record];
    });
    if (decided.length > 0) {
      const subjects = await this.#lying(
        batch,
        decided.map(({ subjectId }) => subjectId)
      );
      decided.forEach((record, i) => {
        const subject = subjects[i];
        if (subject !== undefined) this.#learn(batch, subject, record);
      });
    }
    for (const { waiting, versions } of batch.opened) waiting.record ??= conflictId(versions);
    const ids = [
      ...batch.opened.map(({ waiting }) => waiting.record ?? ''),
      ...batch.ended.map(({ record }) => record)
    ];
    if (ids.length > 0) {
      const lying = await this.#lying(batch, ids);
      const changes = [
        ...batch.opened.map(
          ({ row, versions }) =>
            (one: Lying) =>
              opened(one, row, versions, stampOf(this.#ports))
        ),
        ...batch.ended.map(
          ({ mine, outcome }) =>
            (one: Lying) =>
              closed(one, { mine }, outcome, stampOf(this.#ports))
        )
      ];
      changes.forEach((change, i) => {
        const one = lying[i];
        const written = one === undefined || isShut(one) ? null : change(one);
        if (written === null) return;
        batch.rows.push(written.row);
        batch.outbox.push(written.waiting);
      });
    }
    await batch.write(this.#db);
    await notePhotos(this.#db, batch.photos, () => this.#ports.now());
  }

  /**
   * What this device has put on the server is not among the last changes that it has seen: these tell nothing any more. A
   * server that loses it is recognised by the receipts.
   */
  async #noteHeard(heard: readonly { readonly database: string; readonly receipt: Receipt | null }[]): Promise<void> {
    for (const database of new Set(heard.map((one) => one.database))) {
      const known = await this.#db.checkpoints.get(database);
      if (known === undefined) continue;
      const { witness, sent = [], ...rest } = known;
      const receipts = heard.flatMap((one) => (one.database === database ? (one.receipt ?? []) : []));
      if (witness === undefined && receipts.length === 0) continue;
      await this.#db.checkpoints.put({ ...rest, sent: [...sent, ...receipts].slice(-RECEIPTS_MOST) });
    }
  }

  /** @returns those that this build cannot reconcile with what lies here, which stays as it is */
  async #takeIn(database: string, incoming: readonly Incoming[], at: string): Promise<readonly OddChange[]> {
    const changes = incoming.map(({ change }) => change);
    const ids = changes.map(({ id }) => id);
    const unsent = await this.#outboxOf(ids);
    const rows = await this.#rowsOf(database, ids, unsent);
    const batch = new Batch();
    for (const id of batch.take(await letGo(this.#db, changes, at))) unsent.delete(id);
    const unfit: OddChange[] = [];
    incoming.forEach(({ change, parsed }, i) => {
      const row = rows[i];
      const waiting = unsent.get(change.id);
      // An unsent edit that cannot be read can meet nothing: it stays as it lies.
      if (waiting !== undefined && isShut({ row, waiting })) {
        if (waiting.state !== 'lost') return;
        // Of what the server had lost it has one that can be read.
        batch.done.push(change.id);
        accept(batch, database, change, parsed);
      } else if (row !== undefined && waiting !== undefined) {
        const meet = () => this.#meetChange(batch, row, waiting, change, at);
        if (!batch.tries(meet)) unfit.push({ id: change.id, why: 'unfit' });
      }
      // What came from the server and is damaged here comes anew.
      else if (row === undefined || row.shut === true || row.rev !== change.rev)
        accept(batch, database, change, parsed);
      else if (!sameClash(row.clash, change.clash)) batch.rows.push(withClash(row, change.clash));
    });
    await this.#put(batch);
    return unfit;
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

  #read<T>(work: () => Promise<T>): Done<T> {
    return this.#attempt(work);
  }

  #write<T>(work: () => Promise<T>, maySpend: MaySpend = 'reserve'): Done<T> {
    const { docs, outbox, checkpoints, kept, photos } = this.#db;
    return this.#attempt(() =>
      withRoom(this.#db, maySpend, () =>
        this.#db.transaction('rw', docs, outbox, checkpoints, kept, photos, telling(work))
      )
    );
  }

  /** A connection that died under us is reopened and the work done once more (law 16). */
  async #attempt<T>(work: () => Promise<T>): Done<T> {
    try {
      return ok(await work());
    } catch (first) {
      if (!isClosed(first)) return err(problemOf(first));
      try {
        this.#db.close({ disableAutoOpen: false });
        return ok(await work());
      } catch (second) {
        return err(problemOf(second));
      }
    }
  }
}

/** Whether IndexedDB takes it: not what is nested deeper than a browser's stack. */
function isStorable(doc: AnyDocument | null): boolean {
  try {
    structuredClone(doc);
    JSON.stringify(doc);
    return true;
  } catch {
    return false;
  }
}

/** What is noted as odd after some documents have come, and others have not. */
function notesAfter(
  before: readonly OddChange[],
  came: readonly string[],
  odd: readonly OddChange[]
): readonly OddChange[] {
  if (before.length + odd.length === 0) return [];
  // Rows that do not even tell their id are noted as one: told again, they are not more.
  const noted = new Map(odd.map((one) => [one.id, one]));
  const settled = new Set([...came, ...noted.keys()]);
  return [...before.filter(({ id }) => !settled.has(id)), ...noted.values()];
}

/** What one transaction is going to write. */
class Batch {
  readonly rows: Row[] = [];
  readonly gone: string[] = [];
  readonly outbox: OutboxRow[] = [];
  readonly done: string[] = [];
  /** Conflicts that begin, or whose other side has changed. */
  readonly opened: { readonly row: Row; readonly waiting: OutboxRow; readonly versions: Versions }[] = [];
  readonly ended: { readonly record: string; readonly mine: Doc; readonly outcome: AnyDocument }[] = [];
  readonly kept: KeptRow[] = [];

  /** Ids of the photos among them. */
  get photos(): string[] {
    const ids = [...this.rows, ...this.outbox].map(({ id }) => id);
    return [...new Set(ids.filter((id) => kindOfId(id) === 'photo'))];
  }

  /** Takes in edits that others have brought to the server. @returns their ids */
  take({ rows, gone, done, kept }: LetGo): readonly string[] {
    this.rows.push(...rows);
    this.gone.push(...gone);
    this.done.push(...done);
    this.kept.push(...kept);
    return done;
  }

  /** Adds what a step wants written, or nothing of it where it fails. @returns whether it has not */
  tries(step: () => void): boolean {
    const lists = [this.rows, this.gone, this.outbox, this.done, this.opened, this.ended, this.kept];
    const lengths = lists.map(({ length }) => length);
    try {
      step();
      return true;
    } catch {
      lists.forEach((list, i) => (list.length = lengths[i] ?? 0));
      return false;
    }
  }

  async write({ docs, outbox, kept }: Database): Promise<void> {
    if (this.rows.length > 0) await docs.bulkPut(this.rows);
    if (this.gone.length > 0) await docs.bulkDelete(this.gone);
    if (this.outbox.length > 0) await outbox.bulkPut(this.outbox);
    if (this.done.length > 0) await outbox.bulkDelete(this.done);
    if (this.kept.length > 0) await kept.bulkAdd(this.kept);
  }
}

/** A change of the server to a document that nobody here has touched. */
function accept(batch: Batch, database: string, change: ServerChange, parsed: Read | null): void {
  if (change.isDeleted || parsed === null) {
    batch.gone.push(change.id);
    return;
  }
  batch.rows.push(rowWith(database, change.id, change.rev, parsed, change.clash));
}

/** The server has lost the other version of a conflict: there is nothing to decide any more, but a copy to keep. */
function endConflict(batch: Batch, row: Row, waiting: OutboxRow, theirs: Doc): OutboxRow {
  const { id, record, at = waiting.since } = waiting;
  if (record !== undefined) batch.ended.push({ record, mine: row.doc, outcome: row.doc });
  if (fieldOf(theirs, '_deleted') !== true) batch.kept.push({ docId: id, doc: theirs, why: 'restored', at });
  return { ...unmarked(waiting), state: 'waiting' };
}

/** What the server now has is what the edit builds on; edits that were under way are settled by it. */
function onTopOf(base: OutboxRow['base'], waiting: OutboxRow): OutboxRow {
  const {
    sent: _sent,
    lastSent: _lastSent,
    isLost: _isLost,
    ...rest
  } = waiting.state === 'refused' ? waiting : unmarked(waiting);
  return { ...rest, state: rest.state === 'refused' ? 'refused' : 'waiting', base };
}

/** What was to be put back is left to who may: under the revision that the server has lost, unless it has an older one. */
function lostAgain(batch: Batch, row: Row, waiting: OutboxRow, putBack: string): OutboxRow {
  const lost: OutboxRow = { ...unmarked(waiting), state: 'lost' };
  if (waiting.base !== null) return lost;
  batch.rows.push({ ...row, rev: putBack });
  return { ...lost, isLost: true };
}

function inConflict(waiting: OutboxRow, rev: string, doc: Doc, at: string): OutboxRow {
  const { record } = waiting;
  return {
    ...unmarked(waiting),
    state: 'conflict',
    theirs: { rev, doc },
    at,
    ...(record === undefined ? {} : { record })
  };
}

function unmarked(waiting: OutboxRow): OutboxRow {
  const { reason: _reason, at: _at, theirs: _theirs, record: _record, ...rest } = waiting;
  return rest;
}

/** Whether something of it does not open. */
const isShut = ({ row, waiting }: Lying): boolean => row?.shut === true || waiting?.shut === true;

function unsentOf(row: Row, waiting: OutboxRow): Unsent {
  const { editId, sent = [], lastSent = null, isLost = false } = waiting;
  // A server that has lost the document knows none of its attachments either.
  const base = isLost ? null : (waiting.base?.doc ?? null);
  return { doc: withAttachmentsOf(row.doc, base), editId, rev: row.rev, sent, lastSent, isLost };
}

const sideOf = (row: Row, waiting: OutboxRow): UnsentSide => ({
  ...unsentOf(row, waiting),
  base: waiting.base?.doc ?? null,
  state: waiting.state
});

const editKey = (id: string, editId: string): string => `${id} ${editId}`;

/** A document from the wire: as it came, and what this build makes of it. */
interface Read {
  readonly doc: Doc;
  readonly readable: Document | null;
}

/** A change, and what this build makes of its document; null for a deletion. */
interface Incoming {
  readonly change: ServerChange;
  readonly parsed: Read | null;
}

const asIncoming = (change: ServerChange): Incoming => ({
  change,
  parsed: change.doc === null ? null : read(change.doc)
});

function read(doc: AnyDocument): Read {
  const parsed = parseDocument(doc);
  // The document itself is kept as it came: parsing drops fields that only a newer build knows.
  return { doc, readable: parsed.ok ? parsed.value : null };
}

const rowOf = (database: string, id: string, rev: string, doc: AnyDocument, clash: readonly string[] = []): Row =>
  rowWith(database, id, rev, read(doc), clash);

function rowWith(database: string, id: string, rev: string, { doc, readable }: Read, clash: readonly string[]): Row {
  const row: Row = {
    id,
    database,
    commune: textOf(doc, 'commune'),
    updatedAt: textOf(doc, 'updatedAt'),
    doc,
    rev,
    receivedAt: null,
    ...keysOf(readable)
  };
  if (readable === null) row.foreign = true;
  if (clash.length > 0) row.clash = [...clash];
  return row;
}

/** A document's losing leaves that nobody has looked at in vain while this revision won, nor lately. */
function leavesToTry({ rev, clash = [], left }: Row, now: Date): readonly string[] {
  if (left === undefined || left.rev !== rev || now.getTime() - Date.parse(left.at) > LEFT_MS) return clash;
  return clash.filter((leaf) => !left.leaves.includes(leaf));
}

const sameClash = (a: readonly string[] = [], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

function withClash(row: Row, clash: readonly string[]): Row {
  const { clash: _old, ...rest } = row;
  return clash.length === 0 ? rest : { ...rest, clash: [...clash] };
}

function problemOf(thrown: unknown): ReplicaProblem {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { tag: 'storage', cause: isFull(thrown) ? 'quota' : 'other', detail };
}
