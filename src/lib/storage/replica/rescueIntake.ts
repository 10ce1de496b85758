// Takes in what a rescue file holds: nothing newer gives way to it, and nothing of it is taken twice.
import { draftsWith } from '#lib/domain/document/draft.ts';
import { editIdOf, generationOf, isSameContent } from '#lib/domain/merge/rival.ts';
import { PHOTO_SIZES, type PhotoSize } from '#lib/domain/photo/attachments.ts';
import type { RescuedDraft, RescuedItem, RescuedPhoto } from '#lib/domain/rescue/contents.ts';
import { rescueStep } from '#lib/domain/rescue/step.ts';
import type { Database } from '../database.ts';
import { draftsOf, putDrafts } from '../drafts.ts';
import { sealedBytes } from '../photoSeals.ts';
import { bytesOfPhoto, notePhotos, waitingAgain } from '../photoSending.ts';
import { type KeptRow, type PhotoBytesRow, type PhotoRow, type Row, lastSentOf } from '../row.ts';
import { type StorePorts, stampOf } from '../stamp.ts';
import { Access, type Done } from './access.ts';
import { read, rowWith } from './incoming.ts';
import { SENT_MOST, sideOf } from './outboxSteps.ts';
import { Settling } from './settling.ts';
import { writeSettled } from './writing.ts';

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

const editKey = (id: string, editId: string): string => `${id} ${editId}`;

/** Takes in the contents of one file, part by part. */
export class RescueIntake {
  readonly #db: Database;
  readonly #ports: StorePorts;
  readonly #access: Access;

  /** @param ports for the stamps of what has to be written anew */
  constructor(db: Database, ports: StorePorts) {
    this.#db = db;
    this.#ports = ports;
    this.#access = new Access(db);
  }

  /**
   * Takes in what a rescue file holds, in one transaction; once, however often it is done. What has no receipt waits here
   * as it waited there, with what it builds on; nothing newer gives way to it.
   * @param madeOn the device that the file was made on
   */
  async take(rescued: readonly Rescued[], madeOn: string): Done<readonly RescueFate[]> {
    const { docs, outbox, checkpoints, kept, photos, photoBytes, facts } = this.#db;
    const tables = [docs, outbox, checkpoints, kept, photos, photoBytes, facts];
    return this.#access.attempt(async () => {
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
  async takeDrafts(rescued: readonly RescuedDraft[]): Done<readonly RescueFate[]> {
    const { facts } = this.#db;
    return this.#access.attempt(() =>
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
    const settling = new Settling(this.#ports);
    const { batch } = settling;
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
        batch.put(row);
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
        batch.put(row);
        batch.queue(all.length > 0 ? { ...edit, sent: all.slice(-SENT_MOST) } : edit);
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
          settling.meet(row, edit, { rev: here.rev ?? '', doc: here.doc, at });
          return 'taken';
        case 'write': {
          const stamp = stampOf(this.#ports);
          const { base = null, sent = [] } = hereEdit ?? {};
          batch.put({
            ...rowWith(database, id, '', read({ ...step.doc, ...stamp }), here.clash ?? []),
            rev: here.rev
          });
          batch.queue({
            id,
            database,
            editId: stamp.editId,
            since: hereEdit !== undefined && hereEdit.since < edit.since ? hereEdit.since : edit.since,
            state: 'waiting',
            base,
            sent: [...new Set([...(edit.sent ?? []), ...sent])].slice(-SENT_MOST),
            // What went out from here, if anything did, is newer than what the file knows of.
            ...lastSentOf({ row, waiting: edit }),
            ...lastSentOf({ row: here, waiting: hereEdit })
          });
          if (step.keeps === 'file') keep({ docId: id, doc: item.doc, why: 'overtaken', at });
          if (step.keeps === 'here') keep({ docId: id, doc: here.doc, why: 'overtaken', at });
          return 'taken';
        }
      }
    };
    const fate = decide();
    await writeSettled(this.#db, settling, this.#ports);
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
}
