// The record of a conflict, which replicates: both versions are safe on the server, and how it ended is known everywhere.
import type { Conflict, Stamp, Stands } from '../document/document.ts';
import { SCHEMA } from '../document/document.ts';
import { merge } from './merge.ts';
import { valueAt } from './place.ts';
import { type AnyDocument, editIdOf, isEqual } from './rival.ts';

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
 * @param versions as they were when it was decided
 * @param outcome the version that stands now
 */
export function ended(before: Conflict, versions: Versions, outcome: AnyDocument, stamp: Stamp): Conflict {
  const { mine, theirs } = versions;
  const { places } = contents(versions);
  const stands = places.map((place) => [place, whose(place, mine, theirs, outcome)] as const);
  return {
    ...metAgain(before, versions, stamp),
    resolved: {
      at: stamp.updatedAt,
      by: stamp.updatedBy,
      editId: editIdOf(outcome),
      stands: Object.fromEntries(stands)
    }
  };
}

/** The versions of a record. */
export const versionsOf = ({ base, mine, theirs }: Conflict): Versions => ({ base, mine, theirs });

function whose(place: string, mine: AnyDocument, theirs: AnyDocument | null, outcome: AnyDocument): Stands {
  const path = place.split('/');
  const value = valueAt(outcome, path);
  const isMine = isEqual(value, valueAt(mine, path));
  const isTheirs = theirs !== null && isEqual(value, valueAt(theirs, path));
  return isMine ? (isTheirs ? 'both' : 'mine') : isTheirs ? 'theirs' : 'neither';
}

function contents({ base, mine, theirs }: Versions): Pick<Conflict, 'base' | 'mine' | 'theirs' | 'places'> {
  const merged = theirs === null ? null : merge(base, mine, theirs);
  const clashes = merged?.tag === 'clash' ? merged.clashes : [];
  return { base, mine, theirs, places: clashes.map(({ path }) => path.join('/')) };
}
