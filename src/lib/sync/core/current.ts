// What the server has of a document that was asked for by its id, as a change to apply.
import type { Change, Current } from './ports.ts';

/** @returns a deletion where there is no document any more, nothing where the server has never heard of one */
export const currentToChange = ({ id, rev, doc, clash }: Current): readonly Change[] =>
  rev === null ? [] : [{ id, rev, isDeleted: doc === null, doc, clash }];
