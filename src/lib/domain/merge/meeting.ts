// What becomes of an unsent edit when it meets what the server has.
import { parseDocument } from '../document/parse.ts';
import { type Merged, merge } from './merge.ts';
import { valueAt } from './place.ts';
import {
  type AnyDocument,
  type Standing,
  type Unsent,
  editIdOf,
  generationOf,
  isEqual,
  isSameContent,
  mayComeOf,
  rivalry
} from './rival.ts';

/**
 * | tag        | the edit                                                                      |
 * |------------|-------------------------------------------------------------------------------|
 * | `current`  | builds on it: nothing has happened                                            |
 * | `arrived`  | is it: the answer was lost                                                    |
 * | `taken`    | says nothing that it does not: it is taken over                               |
 * | `onTop`    | goes on top of it; `isLosing`: it says something that then is nowhere else    |
 * | `merged`   | is merged with it, and goes on top of it                                      |
 * | `conflict` | changed the same places, or cannot be compared: both are kept, a person decides (law 5) |
 */
export type Meeting =
  | { readonly tag: 'current' | 'arrived' | 'taken' | 'conflict' }
  | { readonly tag: 'onTop'; readonly isLosing: boolean }
  | { readonly tag: 'merged'; readonly merged: Extract<Merged, { tag: 'both' }> };

/**
 * @param base what the edit was made from; null when there was nothing, or nobody knows
 * @param theirs the server's newest version
 */
export function meeting(mine: Unsent, base: AnyDocument | null, theirs: Standing): Meeting {
  switch (rivalry(mine, base, theirs)) {
    case 'base':
      return { tag: 'current' };
    case 'ours':
      return { tag: 'arrived' };
    case 'same':
      return { tag: 'taken' };
    case 'earlier':
      return { tag: 'onTop', isLosing: false };
    case 'older':
      return { tag: 'onTop', isLosing: true };
    case 'rival':
      return meetRival(mine, base, theirs);
  }
}

function meetRival(mine: Unsent, base: AnyDocument | null, standing: Standing): Meeting {
  const { rev, doc: theirs } = standing;
  // Of what theirs does not come from, what differs need not be anybody's edit.
  const origin = mine.isLost || !mayComeOf(rev, mine.rev) ? null : base;
  if (theirs === null) {
    const isNothingLost = mine.doc['deleted'] === true || (origin !== null && isSameContent(mine.doc, origin));
    return { tag: isNothingLost ? 'taken' : 'conflict' };
  }
  // A conflict has no conflicts, and its end is the last that is written of it.
  if (mine.doc['kind'] === 'conflict' && theirs['resolved'] !== undefined) return { tag: 'taken' };
  // A newer app knows fields whose meaning this one does not (law 17).
  if (!parseDocument(mine.doc).ok || !parseDocument(theirs).ok) return { tag: 'conflict' };
  const merged = merge(origin, mine.doc, theirs);
  if (mayBeOurs(mine, origin, { rev, doc: theirs }, merged)) return { tag: 'conflict' };
  switch (merged.tag) {
    case 'mine':
      return { tag: 'onTop', isLosing: false };
    case 'theirs':
      return { tag: 'taken' };
    case 'both':
      return parseDocument(merged.doc).ok ? { tag: 'merged', merged } : { tag: 'conflict' };
    case 'clash':
      return { tag: mine.doc['kind'] === 'conflict' ? 'taken' : 'conflict' };
  }
}

/**
 * Whether theirs may have been made on top of an earlier edit of ours that got no answer, and the two of us then disagree
 * about a place of it: what was set back here since looks as if they alone had changed it, what they have set back as if
 * only ours had.
 */
function mayBeOurs(
  { sent, editId, lastSent, rev }: Unsent,
  base: AnyDocument | null,
  theirs: { readonly rev: string; readonly doc: AnyDocument },
  merged: Merged
): boolean {
  const earlier = sent.filter((one) => one !== editId);
  if (earlier.length === 0 || merged.tag === 'clash') return false;
  if (base === null) return merged.tag !== 'mine';
  // The revision right after the one that ours was made from was made from it as well.
  if (generationOf(theirs.rev) <= generationOf(rev) + 1) return false;
  // What the ones before the last said is not known any more.
  if (earlier.length > 1 || lastSent === null || editIdOf(lastSent) !== earlier[0]) return true;
  if (hasSetBack(base, lastSent, theirs.doc)) return true;
  if (merged.tag === 'mine') return false;
  if (merged.tag === 'theirs') return !isSameContent(lastSent, base);
  return merged.changed.theirs.some((path) => !isEqual(valueAt(lastSent, path), valueAt(base, path)));
}

/** Whether a version, if it was made from another, lacks something that this other one had said. */
const hasSetBack = (base: AnyDocument, said: AnyDocument, after: AnyDocument): boolean =>
  merge(base, said, after).tag !== 'theirs' && !isSameContent(said, after);
