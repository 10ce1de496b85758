// The same picture, chosen by one person on two phones that had not heard of each other: one photo, and no question.
import { ATTACHMENTS, type AnyDocument, UNSAID, isEqual } from './rival.ts';

/** What a person says of a photo; the rest is settled when it is made, and the server lets nobody change it. */
const SAID: readonly string[] = ['caption', 'deleted'];

/** One of two photos as an edit of the other one. */
export interface Twin {
  /** Ours, made as the server's was: its stamps stand, so that every phone comes to the same. */
  readonly mine: AnyDocument;
  /** What both would have come from. */
  readonly origin: AnyDocument;
  /** Ours says something of its own that is settled otherwise: where or what for it was taken. */
  readonly isSettledOtherwise: boolean;
}

/**
 * Two photos with one id and the same bytes, of which each was made without the other. Neither has deleted the other one,
 * which it did not know: the photo is there as long as one of them is.
 * @returns null where they are not such a pair
 */
export function asTwin(mine: AnyDocument, theirs: AnyDocument): Twin | null {
  const isPair = mine['kind'] === 'photo' && theirs['kind'] === 'photo' && mine._id === theirs._id;
  const { sha256 } = mine;
  if (!isPair || typeof sha256 !== 'string' || sha256 !== theirs['sha256']) return null;
  const settled = only(theirs, (name) => !SAID.includes(name) && !UNSAID.has(name));
  const stamps = only(mine, (name) => UNSAID.has(name) && name !== ATTACHMENTS);
  const { caption } = mine;
  const isDeleted = mine['deleted'] === true && theirs['deleted'] === true;
  const { caption: _caption, ...origin } = theirs;
  const dropped = Object.keys({ ...mine, ...theirs }).filter(
    (name) => name !== 'createdAt' && !SAID.includes(name) && !UNSAID.has(name)
  );
  return {
    mine: {
      ...settled,
      ...stamps,
      _id: mine._id,
      ...(caption === undefined ? {} : { caption }),
      ...(isDeleted ? { deleted: true } : {})
    },
    origin: { ...origin, _id: theirs._id },
    isSettledOtherwise: dropped.some((name) => !isEqual(mine[name], theirs[name]))
  };
}

const only = (doc: AnyDocument, is: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => is(name)));
