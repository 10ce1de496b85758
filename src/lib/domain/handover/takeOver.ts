// What an edit that was handed over becomes under the account that takes it over.
import type { Document, HandedNote, Stamp } from '../document/document.ts';
import { canEdit } from '../document/status.ts';
import { merge } from '../merge/merge.ts';
import type { AnyDocument } from '../merge/rival.ts';
import type { Account } from '../scope.ts';
import type { HandOver, Handed } from './file.ts';
import { isHanded } from './note.ts';

/**
 * | tag       | when                                                                          | so                                    |
 * |-----------|-------------------------------------------------------------------------------|---------------------------------------|
 * | `already` | the record here tells of this very edit, or is it                             | nothing is written                    |
 * | `make`    | the server never had the record                                               | it is made anew by who takes it over  |
 * | `copy`    | it is somebody else's dossier, or is handed in: nobody may write into it       | a dossier of one's own with a new id  |
 * | `edit`    | it is here, and may be written: producers, products, papers, one's own open dossier | `doc` is merged of both               |
 * | `clash`   | the same, but both changed the same places                                    | a person chooses                      |
 * | `unknown` | the server has the record, and this phone has not                             | first sync, then once more            |
 */
export type TakeOver =
  | { readonly tag: 'already' }
  | { readonly tag: 'unknown' }
  | { readonly tag: 'make' | 'copy' | 'edit' | 'clash'; readonly doc: AnyDocument };

/**
 * @param here the record as it lies on this phone; undefined = it is not here
 * @param account who takes over
 * @param stamp of the save
 */
export function takeOver(
  { doc, base, by }: HandOver,
  here: Document | undefined,
  account: Account,
  stamp: Stamp
): TakeOver {
  const note: HandedNote = { id: doc._id, editId: doc.editId, by, at: stamp.updatedAt };
  if (here === undefined) {
    return base === null ? { tag: 'make', doc: anew(doc, doc._id, note, stamp) } : { tag: 'unknown' };
  }
  if (here.editId === doc.editId || isHanded(here.handed, note)) return { tag: 'already' };
  if (!isOpenTo(here, account)) return { tag: 'copy', doc: anew(doc, copyIdOf(doc), note, stamp) };
  // Only contents are handed over: whoever takes them makes the steps.
  const merged = merge(base && onlyContents(base, here), onlyContents(doc, here), here);
  const noted = { ...stamp, handed: [...(here.handed ?? []), note] };
  switch (merged.tag) {
    case 'theirs':
      return { tag: 'edit', doc: { ...here, ...noted } };
    case 'mine':
      return { tag: 'edit', doc: { ...onlyContents(doc, here), ...noted } };
    case 'both':
      return { tag: 'edit', doc: { ...merged.doc, ...noted } };
    case 'clash':
      return { tag: 'clash', doc: { ...onlyContents(doc, here), ...noted } };
  }
}

/** The id of the dossier that is made of somebody else's: the same whoever makes it, so that it is made once. */
export const copyIdOf = ({ kind, editId }: Pick<Handed, 'kind' | 'editId'>): string => `${kind}:handed-${editId}`;

/** Whether the server lets this account write into it (its rule is the last word). */
function isOpenTo(here: Document, { name, roles }: Account): boolean {
  if (here.kind !== 'survey' && here.kind !== 'assessment') return true;
  return here.status !== 'submitted' && here.createdBy === name && canEdit(here.status, roles);
}

/** A record under the name of who takes it over, as if made now: it begins as a draft, and its totals are not handed in. */
function anew(doc: Handed, id: string, note: HandedNote, stamp: Stamp): AnyDocument {
  const { merges: _merges, handed: _handed, ...rest } = doc;
  const made = { ...rest, ...stamp, _id: id, createdAt: stamp.updatedAt, createdBy: stamp.updatedBy, handed: [note] };
  if (made.kind !== 'survey' && made.kind !== 'assessment') return made;
  const { totals: _totals, ...draft } = { totals: undefined, ...made };
  return { ...draft, status: 'draft', trail: [{ status: 'draft', at: stamp.updatedAt, by: stamp.updatedBy }] };
}

/** A version with the life of the record here. */
function onlyContents(version: Handed, here: Document): AnyDocument {
  const {
    status: _status,
    trail: _trail,
    totals: _totals,
    ...contents
  } = {
    status: undefined,
    trail: undefined,
    totals: undefined,
    ...version
  };
  if (here.kind !== 'survey' && here.kind !== 'assessment') return contents;
  const totals = 'totals' in here ? { totals: here.totals } : {};
  return { ...contents, status: here.status, trail: here.trail, ...totals };
}
