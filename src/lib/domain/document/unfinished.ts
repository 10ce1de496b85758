// Which documents somebody still has to work on, and what they belong to: asked of documents that nobody has parsed yet.
import type { AnyDocument } from '../merge/rival.ts';

/** Whether the ball is with the officer: a draft, or returned to him. */
export const isUnfinished = ({ status, deleted }: AnyDocument): boolean =>
  deleted !== true && (status === 'draft' || status === 'returned');

/** Ids of the product and the producer that a document names. */
export const ownersOf = ({ productId, producerId }: AnyDocument): string[] =>
  [productId, producerId].filter((id) => typeof id === 'string');
