// What becomes of a version that replication between servers left over beside the one that won (a losing leaf).
import type { Stamp } from '../document/document.ts';
import { parseDocument } from '../document/parse.ts';
import { newConflict } from './conflictRecord.ts';
import { isOfLeaf, merge, withLeafNote } from './merge.ts';
import { type AnyDocument, isEqual } from './rival.ts';
import { asTwin } from './twin.ts';

/** A revision with what it says. */
export interface Version {
  readonly rev: string;
  readonly doc: AnyDocument;
}

/** A losing leaf, and what it is compared with. */
export interface LeftOver {
  readonly leaf: Version;
  readonly winner: Version;
  /** What both come from; null when the server does not have it any more, and where they have nothing in common. */
  readonly base: AnyDocument | null;
  /** They come from one version, whether or not it can still be read. */
  readonly isKin: boolean;
}

/**
 * | tag      | what is to be written before the leaf may be closed                                         |
 * |----------|---------------------------------------------------------------------------------------------|
 * | `close`  | nothing: what it says is on the server otherwise                                             |
 * | `merge`  | `doc`, on top of the winner: both, merged                                                    |
 * | `record` | `doc`, a conflict's record that keeps both until a person has chosen                         |
 * | `leave`  | it stays as it is: a newer app has to read it                                                |
 */
export type LeafStep =
  | { readonly tag: 'close' }
  | { readonly tag: 'leave' }
  | { readonly tag: 'merge' | 'record'; readonly doc: AnyDocument };

/**
 * The next step with a losing leaf.
 * @param isRecorded whether the server has a record of it already, see `leafRecordId`
 */
export function leafStep({ leaf, winner, ...left }: LeftOver, isRecorded: boolean, stamp: Stamp): LeafStep {
  const parsed = parseDocument(winner.doc);
  if (!parsed.ok || !parseDocument(leaf.doc).ok) return { tag: 'leave' };
  // The bytes of an attachment lie with the leaf that has it: another one cannot name them.
  if (!isEqual(leaf.doc['_attachments'], winner.doc['_attachments'])) return { tag: 'leave' };
  if (isRecorded || isOfLeaf(winner.doc, leaf.rev)) return { tag: 'close' };
  const twin = left.base === null && !left.isKin ? asTwin(leaf.doc, winner.doc) : null;
  const base = twin?.origin ?? left.base;
  const mine = twin?.mine ?? leaf.doc;
  const merged = merge(base, mine, winner.doc);
  if (merged.tag === 'theirs') return { tag: 'close' };
  // A record of a conflict is no matter of choice, and people are provisioned.
  if (parsed.value.kind === 'conflict' || parsed.value.kind === 'person') return { tag: 'leave' };
  if (merged.tag === 'clash') {
    const versions = { base, mine: leaf.doc, theirs: winner.doc };
    const record = newConflict(versions, parsed.value.commune, stamp);
    return { tag: 'record', doc: { ...record, _id: leafRecordId(leaf.doc._id, leaf.rev) } };
  }
  const doc = withLeafNote(merged, mine, winner.doc, leaf.rev, stamp);
  return parseDocument(doc).ok ? { tag: 'merge', doc } : { tag: 'leave' };
}

/** The id of the record of a losing leaf: whoever finds the leaf makes the same one. */
export const leafRecordId = (id: string, rev: string): string =>
  `conflict:${id.replace(/[^0-9A-Za-z._-]/g, '_')}.leaf.${rev}`;

/**
 * The tombstone that closes a losing leaf. It keeps all that the leaf says, and names what stands instead: the server
 * takes it from whoever could edit that version, and knows it by this from the deletion of a document.
 * @param heir the revision that stands
 */
export const closing = (leaf: AnyDocument, heir: string, stamp: Stamp): AnyDocument => ({
  ...leaf,
  ...stamp,
  heir,
  _deleted: true
});
