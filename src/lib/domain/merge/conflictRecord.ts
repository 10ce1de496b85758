// The record of a conflict, which replicates: both versions are safe on the server, and how it ended is known everywhere.
import type { Conflict, Stamp } from '../document/document.ts';
import { SCHEMA } from '../document/document.ts';
import { merge } from './merge.ts';
import { type AnyDocument, editIdOf } from './rival.ts';

/** The versions that met. */
export interface Versions {
  readonly base: AnyDocument | null;
  /** The edit that waits on a device. */
  readonly mine: AnyDocument;
  /** The server's; null = deleted there. */
  readonly theirs: AnyDocument | null;
}

/** The same for the same two edits, whichever device meets them, from whichever side. */
export function conflictId({ mine, theirs }: Versions): string {
  const edits = [editIdOf(mine), theirs === null ? 'deleted' : editIdOf(theirs)].sort();
  return `conflict:${[mine._id, ...edits].join('.').replace(/[^0-9A-Za-z._-]/g, '_')}`;
}

/** The record of versions that have just met. */
export function newConflict(versions: Versions, commune: string, stamp: Stamp): Conflict {
  return {
    _id: conflictId(versions),
    kind: 'conflict',
    commune,
    schema: SCHEMA,
    createdAt: stamp.updatedAt,
    createdBy: stamp.updatedBy,
    ...stamp,
    subjectId: versions.mine._id,
    ...contents(versions)
  };
}

/** The record when one of the versions has changed since. */
export const metAgain = (before: Conflict, versions: Versions, stamp: Stamp): Conflict => ({
  ...before,
  ...stamp,
  ...contents(versions)
});

/**
 * The record when it is over.
 * @param mine as it was when it was decided
 * @param editId of the version that stands now
 */
export const ended = (before: Conflict, mine: AnyDocument, editId: string, stamp: Stamp): Conflict => ({
  ...before,
  ...stamp,
  mine,
  resolved: { at: stamp.updatedAt, by: stamp.updatedBy, editId }
});

function contents({ base, mine, theirs }: Versions): Pick<Conflict, 'base' | 'mine' | 'theirs' | 'places'> {
  const merged = theirs === null ? null : merge(base, mine, theirs);
  const clashes = merged?.tag === 'clash' ? merged.clashes : [];
  return { base, mine, theirs, places: clashes.map(({ path }) => path.join('/')) };
}
