// What becomes of a document of a rescue file on a phone that knows the document already.
import { meeting } from '../merge/meeting.ts';
import { merge } from '../merge/merge.ts';
import { type AnyDocument, type Unsent, editIdOf, generationOf, isSameContent, writtenAt } from '../merge/rival.ts';
import { parseDocument } from '../document/parse.ts';

/** A document with an edit that no receipt is known for. */
export interface UnsentSide extends Unsent {
  readonly base: AnyDocument | null;
  readonly state: 'waiting' | 'refused' | 'conflict' | 'lost';
}

/** The document on this phone; `edit` null: the server has it as it lies here. */
export interface HereSide {
  readonly doc: AnyDocument;
  readonly rev: string | null;
  readonly edit: UnsentSide | null;
}

/**
 * | tag       | then                                                                                          |
 * |-----------|-----------------------------------------------------------------------------------------------|
 * | `already` | nothing: what the file says stands here; `keeps`: but for something that is nowhere else      |
 * | `take`    | the file's edit lies here from now on; `keeps`: what lay here is kept beside it                |
 * | `meet`    | the file's edit meets the server's version that lies here, as it would have by a pull         |
 * | `write`   | `doc` holds what both edits say, and where both spoke the newer one; `keeps`: the older one    |
 */
export type RescueStep =
  | { readonly tag: 'already'; readonly keeps: boolean }
  | { readonly tag: 'take'; readonly keeps: boolean }
  | { readonly tag: 'meet' }
  | { readonly tag: 'write'; readonly doc: AnyDocument; readonly keeps: 'none' | 'file' | 'here' };

/**
 * @param file the edit in the file
 * @param madeOn the device that the file was made on
 * @param device this one
 */
export function rescueStep(file: UnsentSide, here: HereSide, madeOn: string, device: string): RescueStep {
  const isHere = editIdOf(here.doc) === file.editId || here.edit?.sent.includes(file.editId) === true;
  if (isHere || isSameContent(here.doc, file.doc)) return { tag: 'already', keeps: false };
  return here.edit === null ? onTopOfServer(file, here, madeOn === device) : besideEdit(file, here.edit);
}

function onTopOfServer(file: UnsentSide, here: HereSide, isSamePhone: boolean): RescueStep {
  const newest = generationOf(here.rev) - generationOf(file.rev);
  // This phone has not heard of what the edit builds on: met with it, it would look as if somebody had set that back.
  if (newest < 0) return { tag: 'take', keeps: false };
  const rev = here.rev ?? '';
  const met = meeting(file, file.base, { rev, doc: here.doc });
  if (met.tag === 'arrived' || met.tag === 'taken') return { tag: 'already', keeps: false };
  // Its own later edits have gone up since, from here or by the same phone: the file is a look back.
  const isLater = deviceOf(here.doc) === deviceOf(file.doc) && writtenAt(here.doc) >= writtenAt(file.doc);
  if (newest > 0 && (isSamePhone || isLater)) return { tag: 'already', keeps: true };
  return { tag: 'meet' };
}

function besideEdit(file: UnsentSide, here: UnsentSide): RescueStep {
  const isFileNewer = writtenAt(file.doc) > writtenAt(here.doc);
  const isSettled = file.state !== 'conflict' && here.state !== 'conflict';
  if (isSettled && deviceOf(file.doc) === deviceOf(here.doc)) {
    // One device wrote both, one after the other. Its clock may have been set back, so the other one is kept.
    const [older, newer] = isFileNewer ? [here, file] : [file, here];
    const keeps = saysMore(older, newer);
    return isFileNewer ? { tag: 'take', keeps } : { tag: 'already', keeps };
  }
  const isComparable = isSettled && file.rev === here.rev && [file.doc, here.doc].every((doc) => parseDocument(doc).ok);
  if (!isComparable) return { tag: 'already', keeps: saysMore(file, here) };
  const [older, newer] = isFileNewer ? [here, file] : [file, here];
  const merged = merge(here.base, newer.doc, older.doc);
  switch (merged.tag) {
    case 'mine':
      return isFileNewer ? { tag: 'take', keeps: false } : { tag: 'already', keeps: false };
    case 'theirs':
      return isFileNewer ? { tag: 'already', keeps: false } : { tag: 'take', keeps: false };
    case 'both':
    case 'clash': {
      if (!parseDocument(merged.doc).ok) return { tag: 'already', keeps: true };
      const keeps = merged.tag === 'both' ? 'none' : isFileNewer ? 'here' : 'file';
      return { tag: 'write', doc: merged.doc, keeps };
    }
  }
}

/** Whether an edit says something that another one does not. */
const saysMore = (one: UnsentSide, other: UnsentSide): boolean => merge(one.base, one.doc, other.doc).tag !== 'theirs';

const deviceOf = (doc: AnyDocument): unknown => doc['device'];
