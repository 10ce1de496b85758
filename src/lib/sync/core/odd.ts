// Reads documents once more that could not be taken in when their change came: less and less often, and for ever.
import { currentToChange } from './current.ts';
import type { SyncProblem } from './errors.ts';
import { readWhatCan } from './halves.ts';
import type { Checkpoint, Conduct } from './ports.ts';

/** By database: how many runs to leave out before the next try, and how many after that one. */
export type OddMemory = Map<string, { readonly left: number; readonly next: number }>;

/** Runs between two tries at most: some hours. An app that has been opened anew tries at once, for it may be a newer one. */
const MOST_LEFT_OUT = 128;
/** Documents asked for in one request. */
const AT_ONCE = 50;

/**
 * @param checkpoint as it was before this run: what it has noted as odd is read, if it is time
 * @returns what has kept it from asking; that a document is still odd is no trouble of the run
 */
export async function rereadOdd(
  conduct: Conduct,
  database: string,
  checkpoint: Checkpoint | null,
  memory: OddMemory
): Promise<SyncProblem | null> {
  const ids = (checkpoint?.odd ?? []).map(({ id }) => id).filter((id) => id !== '');
  if (ids.length === 0) {
    memory.delete(database);
    return null;
  }
  const { left, next } = memory.get(database) ?? { left: 0, next: 1 };
  if (left > 0) {
    memory.set(database, { left: left - 1, next });
    return null;
  }
  memory.set(database, { left: next, next: Math.min(MOST_LEFT_OUT, next * 2) });
  const allowed = await conduct.authorise();
  if (!allowed.ok) return allowed.error;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const found = await readWhatCan(conduct.remote, database, ids.slice(at, at + AT_ONCE), Infinity);
    if (!found.ok) return found.error;
    if (found.value.length === 0) continue;
    const gone = found.value.flatMap(({ id, rev }) => (rev === null ? [id] : []));
    // What came without a document may have been the deletion itself: no other change tells of it.
    const taken = await conduct.local.retake(database, found.value.flatMap(currentToChange), gone, conduct.now());
    if (!taken.ok) return taken.error;
  }
  return null;
}
