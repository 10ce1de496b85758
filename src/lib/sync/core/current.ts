// What the server has of a document that was asked for by its id, as a change to apply.
import type { Change, Current } from './ports.ts';

/** @returns nothing where there is no document: a deletion has a place of its own among the changes */
export const currentToChange = ({ id, rev, doc, clash }: Current): Change[] =>
  rev === null || doc === null ? [] : [{ id, rev, isDeleted: false, doc, clash }];
