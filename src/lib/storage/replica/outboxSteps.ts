// A row of the outbox: what it tells of its edit, and how it goes from one state to the next.
import type { Unsent } from '#lib/domain/merge/rival.ts';
import { withAttachmentsOf } from '#lib/domain/photo/attachments.ts';
import type { UnsentSide } from '#lib/domain/rescue/step.ts';
import { type Lying, type OutboxRow, type Row, fieldOf } from '../row.ts';
import type { Batch } from './batch.ts';

/** Unanswered edits remembered of one document: days of typing against a dead server, a few seconds apart, go on. */
export const SENT_MOST = 200;

/**
 * The server has lost the other version of a conflict: there is nothing to decide any more, but a copy to keep. Whether it
 * knows what the edit was made from is another question, which the next push asks.
 */
export function endConflict(batch: Batch, row: Row, waiting: OutboxRow, theirs: Row['doc']): OutboxRow {
  const { id, record, at = waiting.since } = waiting;
  if (record !== undefined) batch.ended.push({ record, mine: row.doc, outcome: row.doc });
  if (fieldOf(theirs, '_deleted') !== true) batch.kept.push({ docId: id, doc: theirs, why: 'restored', at });
  return { ...found(unmarked(waiting)), state: 'waiting' };
}

/** The row of which nobody says any more that the server does not know what it builds on. */
export function found(waiting: OutboxRow): OutboxRow {
  const { isLost: _isLost, ...rest } = waiting;
  return rest;
}

/** What the server now has is what the edit builds on; edits that were under way are settled by it. */
export function onTopOf(base: OutboxRow['base'], waiting: OutboxRow): OutboxRow {
  const {
    sent: _sent,
    lastSent: _lastSent,
    isLost: _isLost,
    ...rest
  } = waiting.state === 'refused' ? waiting : unmarked(waiting);
  return { ...rest, state: rest.state === 'refused' ? 'refused' : 'waiting', base };
}

/** What was to be put back is left to who may: under the revision that the server has lost, unless it has an older one. */
export function lostAgain(batch: Batch, row: Row, waiting: OutboxRow, putBack: string): OutboxRow {
  const lost: OutboxRow = { ...unmarked(waiting), state: 'lost' };
  if (waiting.base !== null) return lost;
  batch.put({ ...row, rev: putBack });
  return { ...lost, isLost: true };
}

/** The edit stops until a person has chosen between it and what the server has. @param at when they met */
export function inConflict(waiting: OutboxRow, rev: string, doc: Row['doc'], at: string): OutboxRow {
  const { record } = waiting;
  return {
    ...unmarked(waiting),
    state: 'conflict',
    theirs: { rev, doc },
    at,
    ...(record === undefined ? {} : { record })
  };
}

/** The row without what only a refusal or a conflict leaves on it. */
export function unmarked(waiting: OutboxRow): OutboxRow {
  const { reason: _reason, at: _at, theirs: _theirs, record: _record, ...rest } = waiting;
  return rest;
}

/** Whether something of it does not open. */
export const isShut = ({ row, waiting }: Lying): boolean => row?.shut === true || waiting?.shut === true;

/** The edit as it meets what the server has. */
export function unsentOf(row: Row, waiting: OutboxRow): Unsent {
  const { editId, sent = [], lastSent = null, isLost = false } = waiting;
  // A server that has lost the document knows none of its attachments either.
  const base = isLost ? null : (waiting.base?.doc ?? null);
  return { doc: withAttachmentsOf(row.doc, base), editId, rev: row.rev, sent, lastSent, isLost };
}

/** The edit as it meets what a rescue file holds. */
export const sideOf = (row: Row, waiting: OutboxRow): UnsentSide => ({
  ...unsentOf(row, waiting),
  base: waiting.base?.doc ?? null,
  state: waiting.state
});
