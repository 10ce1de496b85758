// Whose edit is it that stands on the server where ours should be?
import { isHanded } from '../handover/note.ts';

/** A document of which nothing more need be known. */
export interface AnyDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** The field of a document in which CouchDB tells of its attachments. */
export const ATTACHMENTS = '_attachments';

/** Our side: an edit that the server has not acknowledged. */
export interface Unsent {
  readonly doc: AnyDocument;
  readonly editId: string;
  /** The server revision that it builds on; null = it was made here and never acknowledged. */
  readonly rev: string | null;
  /** Edits that went out without an answer. */
  readonly sent: readonly string[];
  /** The newest version before this one that went out without an answer; null when none did, or it is not known. */
  readonly lastSent: AnyDocument | null;
  /** The server came back from a backup that does not know `rev`. */
  readonly isLost: boolean;
}

/** The server's side: its newest revision; doc null = deleted. */
export interface Standing {
  readonly rev: string;
  readonly doc: AnyDocument | null;
}

/**
 * | verdict   | the server has                                     | so                                            |
 * |-----------|----------------------------------------------------|-----------------------------------------------|
 * | `base`    | what our edit builds on                            | just send                                     |
 * | `ours`    | this very edit                                     | the answer was lost: it has arrived           |
 * | `earlier` | an earlier edit of ours whose answer was lost      | send again on top of it                       |
 * | `same`    | another edit with the same content                 | nothing is left to say: take it over          |
 * | `older`   | out of a backup, an earlier version than it had    | send again on top of it                       |
 * | `rival`   | anything else, a deletion too                      | a conflict: both are kept, a person decides   |
 */
export type Rivalry = 'base' | 'ours' | 'earlier' | 'same' | 'older' | 'rival';

/** @param base what the edit was made from; null when there was nothing, or nobody knows */
export function rivalry(mine: Unsent, base: AnyDocument | null, theirs: Standing): Rivalry {
  if (theirs.rev === mine.rev) return 'base';
  if (theirs.doc === null) return 'rival';
  const editId = editIdOf(theirs.doc);
  if (editId !== '' && editId === mine.editId) return 'ours';
  // Somebody else has brought it there.
  if (isHanded(theirs.doc['handed'], { id: mine.doc._id, editId: mine.editId })) return 'ours';
  if (editId !== '' && mine.sent.includes(editId)) return 'earlier';
  if (isSameContent(mine.doc, theirs.doc)) return 'same';
  // What was written there after ours was made from it is somebody's work on the restored server, of whatever generation.
  const isEarlier = writtenAt(theirs.doc) <= writtenAt(base ?? mine.doc);
  if (mine.isLost && isEarlier && mine.rev !== null && isOlder(theirs.rev, mine.rev)) return 'older';
  return 'rival';
}

/** The edit that made this version, or '' when it carries none. */
export function editIdOf(doc: AnyDocument): string {
  const { editId } = doc;
  return typeof editId === 'string' ? editId : '';
}

/** Whether two versions say the same: stamps, counts and notes of merges aside. */
export function isSameContent(a: AnyDocument, b: AnyDocument): boolean {
  return isEqual(said(a), said(b));
}

/** Whether two JSON values are equal; the order of an object's fields means nothing. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size && left.every(([name, value]) => right.has(name) && isEqual(value, right.get(name)))
  );
}

/**
 * Fields in which nobody says anything: stamps that every save changes, counts that follow from the rest, notes of merges,
 * the server's word on which bytes it has.
 */
export const UNSAID: ReadonlySet<string> = new Set([
  'updatedAt',
  'updatedBy',
  'device',
  'editId',
  'skew',
  'progress',
  'merges',
  'handed',
  ATTACHMENTS
]);

function said(doc: AnyDocument): object {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => !UNSAID.has(name)));
}

/** Whether fewer edits led to this revision than to that one: the server has lost that one, or it was never there. */
export const isOlder = (rev: string, than: string): boolean => generationOf(rev) < generationOf(than);

/** Whether this revision may have come of that one: more edits led to it. It then still need not. */
export const mayComeOf = (rev: string, of: string | null): boolean => generationOf(rev) > generationOf(of);

/** The number before the dash: how many edits led to a revision; 0 where there is none. */
export const generationOf = (rev: string | null): number => Number.parseInt(rev ?? '', 10) || 0;

/** By the device's clock; '' where nothing is said of it. */
export function writtenAt({ updatedAt }: AnyDocument): string {
  return typeof updatedAt === 'string' ? updatedAt : '';
}
