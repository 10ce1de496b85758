// What becomes of an unsent edit by the server's word: laid out for one transaction, and read from none.
import type { Conflict } from '#lib/domain/document/document.ts';
import { bringingBack } from '#lib/domain/document/editing.ts';
import { type Meeting, meeting } from '#lib/domain/merge/meeting.ts';
import { isDecided, withAuthorNote, withMergeNote } from '#lib/domain/merge/merge.ts';
import { type AnyDocument, type Standing, editIdOf, isSameContent, mayComeOf } from '#lib/domain/merge/rival.ts';
import { asTwin } from '#lib/domain/merge/twin.ts';
import { type Lying, type OutboxRow, type Row, fieldOf } from '../row.ts';
import { type StorePorts, stampOf } from '../stamp.ts';
import { Batch } from './batch.ts';
import { sameClash, withClash } from './clash.ts';
import { read, rowOf, rowWith } from './incoming.ts';
import { endConflict, found, inConflict, isShut, lostAgain, onTopOf, unmarked, unsentOf } from './outboxSteps.ts';
import type { ServerChange, ServerVerdict, Settled } from './exchange.ts';

/** Collects in its batch what each word of the server makes of an edit. */
export class Settling {
  /** What all of it comes to. */
  readonly batch = new Batch();
  readonly #ports: StorePorts;

  /** @param ports for the stamps of what is written anew, and whose account it is */
  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  /** Takes a step in a settling of its own, and nothing of it where it fails. @returns whether it has not */
  tries(step: (settling: Settling) => void): boolean {
    const attempt = new Settling(this.#ports);
    try {
      step(attempt);
    } catch {
      return false;
    }
    this.batch.add(attempt.batch);
    return true;
  }

  /** The server's word on an edit that was sent. */
  settle(row: Row, waiting: OutboxRow, verdict: ServerVerdict): Settled['became'] {
    switch (verdict.tag) {
      case 'receipt':
        // A conflict waits for a person, whatever an answer that was under way says.
        if (waiting.state === 'conflict') return 'conflict';
        if (waiting.editId === verdict.editId) {
          // As it was sent: it may name other attachments than the version that lies here.
          this.batch.put({ ...row, doc: verdict.doc, rev: verdict.rev, receivedAt: verdict.at });
          this.batch.dequeue(row.id);
          return 'sent';
        }
        // Edited while it was under way: what arrived is now what the newer edit builds on.
        this.batch.put({ ...row, rev: verdict.rev });
        this.batch.queue(onTopOf({ rev: verdict.rev, doc: verdict.doc }, waiting));
        return 'sent';
      case 'refused': {
        if (waiting.state === 'conflict') return 'conflict';
        if (waiting.editId !== verdict.editId) return 'waiting';
        const { code, message, at } = verdict;
        if (waiting.putBack !== undefined && fieldOf(row.doc, 'createdBy') !== this.#ports.account) {
          // Somebody else's document, which the server had before: whoever made it brings it back first.
          this.batch.queue(lostAgain(this.batch, row, waiting, waiting.putBack));
          return 'lost';
        }
        this.batch.queue({ ...unmarked(waiting), state: 'refused', reason: { code, message }, at });
        return 'refused';
      }
      case 'standing':
        if (verdict.rev !== null) return this.meet(row, waiting, { ...verdict, rev: verdict.rev });
        this.batch.put({ ...row, rev: null });
        this.batch.queue(onTopOf(null, waiting));
        return 'waiting';
    }
  }

  /** A change of the server to a document that has an unsent edit. */
  meetChange(row: Row, waiting: OutboxRow, change: ServerChange, at: string): void {
    const { rev, clash } = change;
    const known = sameClash(row.clash, clash) ? row : withClash(row, clash);
    if (known !== row) this.batch.put(known);
    this.meet(known, waiting, { rev, doc: change.isDeleted ? null : change.doc, at });
  }

  /** What the server has meets an unsent edit of ours, in a conflict or not. */
  meet(row: Row, waiting: OutboxRow, standing: Standing & { readonly at: string }): Settled['became'] {
    const { rev, doc, at } = standing;
    if (waiting.state === 'lost') return this.#meetLost(row, waiting, standing);
    // Nothing has changed over there: what is typed meanwhile is the person's to decide about as well.
    if (waiting.state === 'conflict' && waiting.theirs?.rev === rev) return 'conflict';
    if (waiting.state === 'conflict' && waiting.record !== undefined && isDecided(doc, waiting.record)) {
      // Its record, which is on its way, tells what the one who decided had seen of this edit.
      this.batch.queue(inConflict(waiting, rev, doc ?? { _id: row.id, _deleted: true }, at));
      return 'conflict';
    }
    const base = waiting.base?.doc ?? null;
    // An earlier edit of ours may stand there unheard of, and another one on it: then ours is no other photo.
    const mayBeOurs = waiting.isLost === true || (waiting.sent ?? []).some((editId) => editId !== waiting.editId);
    const twin = waiting.base === null && doc !== null && !mayBeOurs ? asTwin(row.doc, doc) : null;
    if (twin !== null) {
      if (twin.isSettledOtherwise) this.batch.kept.push({ docId: row.id, doc: row.doc, why: 'overtaken', at });
      const asTheirs = { ...rowWith(row.database, row.id, '', read(twin.mine), row.clash ?? []), rev: row.rev };
      this.batch.put(asTheirs);
      const met = meeting(unsentOf(asTheirs, waiting), twin.origin, standing);
      return this.#become(asTheirs, waiting, standing, met, null);
    }
    // What cannot have come of the base shows a server out of a backup, whether or not that was recognised (law 9), and
    // neither can what comes of it: a conflict stays one, however many edits follow over there.
    const isAside = waiting.base !== null && rev !== waiting.base.rev && !mayComeOf(rev, waiting.base.rev);
    const unsent: OutboxRow = isAside ? { ...waiting, isLost: true } : waiting;
    const met = meeting(unsentOf(row, unsent), base, standing);
    return this.#become(row, unsent, standing, met, unsent.isLost === true ? null : base);
  }

  /**
   * The server tells again of what it had lost. Nobody here has a question to answer: an older version leaves ours in its
   * place, any other takes it, and what ours says beside that is kept.
   */
  #meetLost(row: Row, waiting: OutboxRow, { rev, doc, at }: Standing & { readonly at: string }): Settled['became'] {
    const base = waiting.base?.doc ?? null;
    const met = meeting(unsentOf(row, waiting), base, { rev, doc });
    const isOnlyThere = met.tag === 'current' && waiting.base !== null;
    if (isOnlyThere) return 'lost';
    if (met.tag === 'onTop' && doc !== null) {
      if (met.isLosing) this.batch.kept.push({ docId: row.id, doc, why: 'restored', at });
      const state = bringingBack(row.doc, this.#ports.account) === 'asItIs' ? 'waiting' : 'lost';
      this.batch.put({ ...row, rev });
      this.batch.queue({ ...onTopOf({ rev, doc }, waiting), state });
      return state;
    }
    this.batch.dequeue(row.id);
    if (doc === null) this.batch.remove(row.id);
    else this.batch.put(rowOf(row.database, row.id, rev, doc, row.clash));
    if (doc === null || !isSameContent(row.doc, doc)) {
      this.batch.kept.push({ docId: row.id, doc: row.doc, why: 'restored', at });
    }
    return 'sent';
  }

  /**
   * Writes down what an unsent edit has become.
   * @param base what it was compared by
   */
  #become(
    row: Row,
    waiting: OutboxRow,
    standing: Standing & { readonly at: string },
    met: Meeting,
    base: AnyDocument | null
  ): Settled['became'] {
    const { rev, at } = standing;
    const doc = standing.doc ?? { _id: row.id, _deleted: true };
    const end = (outcome: AnyDocument) => {
      if (waiting.record !== undefined) this.batch.ended.push({ record: waiting.record, mine: row.doc, outcome });
    };
    switch (met.tag) {
      case 'current':
        // A restored server no longer has the other side of a conflict.
        if (waiting.state === 'conflict' && waiting.theirs !== undefined) {
          this.batch.queue(endConflict(this.batch, row, waiting, waiting.theirs.doc));
          return 'waiting';
        }
        // A 409 all the same: it has come to stand there since the answer was given.
        if (waiting.isLost === true && waiting.base?.rev === rev) this.batch.queue(found(waiting));
        return waiting.state;
      case 'arrived':
      case 'taken':
        end(doc);
        this.batch.dequeue(row.id);
        if (standing.doc === null) {
          this.batch.remove(row.id);
          // Deleted on both sides; what was written before that stands nowhere else.
          if (base === null || !isSameContent(row.doc, base)) {
            this.batch.kept.push({ docId: row.id, doc: row.doc, why: 'conflict', at });
          }
        } else {
          const receivedAt = met.tag === 'arrived' ? at : null;
          this.batch.put({ ...rowOf(row.database, row.id, rev, doc, row.clash), receivedAt });
        }
        return 'sent';
      case 'onTop':
        end(row.doc);
        if (met.isLosing) this.batch.kept.push({ docId: row.id, doc, why: 'restored', at });
        this.batch.put({ ...row, rev });
        this.batch.queue(onTopOf({ rev, doc }, waiting));
        return waiting.state === 'refused' ? 'refused' : 'waiting';
      case 'merged': {
        const stamp = stampOf(this.#ports);
        const merged = withMergeNote(met.merged, row.doc, doc, stamp);
        end(merged);
        this.batch.put(rowOf(row.database, row.id, rev, merged, row.clash));
        this.batch.queue({
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
        this.batch.queue(inIt);
        this.batch.opened.push({ row, waiting: inIt, versions: { base, mine: row.doc, theirs: standing.doc } });
        return 'conflict';
      }
    }
  }

  /**
   * A conflict was decided on another device: its edit gives way to what the server has. What has been typed here since
   * the decision was made is an edit of its own, made from the version that the one who decided had seen.
   */
  learn({ row, waiting }: Lying, record: Conflict): void {
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
    if (met.tag !== 'conflict') this.batch.kept.push({ docId: row.id, doc: row.doc, why: 'conflict', at });
    this.#become(row, unsent, standing, met, seen);
  }

  /** The server has lost the document: it waits to go back there, where it is this account's to bring back (law 9). */
  putBack(row: Row, waiting: OutboxRow | undefined): void {
    const { batch } = this;
    if (waiting?.theirs !== undefined) {
      batch.queue(endConflict(batch, row, waiting, waiting.theirs.doc));
    } else if (waiting !== undefined && waiting.state !== 'lost') batch.queue({ ...waiting, isLost: true });
    else if (row.rev !== null) this.#putBackClean(row, row.rev);
  }

  /** Nobody here has edited it since: it goes back if it is this account's to bring back, and else stays here (law 9). */
  #putBackClean(row: Row, rev: string): void {
    const { id, database, updatedAt: since } = row;
    const lost = { id, database, since, base: null, isLost: true, putBack: rev } as const;
    const how = bringingBack(row.doc, this.#ports.account);
    const stamp = stampOf(this.#ports);
    const editId = editIdOf(row.doc);
    // Written on the app's own account only: what a newer app means is not known here (law 17).
    const isAnew = how === 'anew' && row.foreign !== true;
    if (isAnew) this.batch.put(rowOf(database, id, rev, withAuthorNote(row.doc, stamp), row.clash));
    // What carries no edit was not made by this app: whoever made it brings it back.
    const isOurs = isAnew || (how === 'asItIs' && editId !== '');
    this.batch.queue({ ...lost, editId: isAnew ? stamp.editId : editId, state: isOurs ? 'waiting' : 'lost' });
  }
}
