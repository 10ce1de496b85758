// What a first pull brings before the long rest: the newest changes, and what unfinished work among them belongs to.
import { isUnfinished, ownersOf } from '#lib/domain/document/unfinished.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import { currentToChange } from './current.ts';
import type { SyncProblem } from './errors.ts';
import type { Change, Remote } from './ports.ts';

/** What a commune has worked on lately; more would hold up the rest, which brings them once more. */
export const AHEAD = 200;

/**
 * Fetches what a person goes on with: whoever signs in on another phone wants his drafts, and they are the last to come.
 * @returns changes to apply beside the pages; they are no step of the pull and move no checkpoint
 */
export async function fetchAhead(remote: Remote, database: string): Promise<Result<readonly Change[], SyncProblem>> {
  const newest = await remote.newest(database, AHEAD);
  if (!newest.ok) return newest;
  const here = new Set(newest.value.map(({ id }) => id));
  const owners = newest.value.flatMap(({ doc }) => (doc !== null && isUnfinished(doc) ? ownersOf(doc) : []));
  const missing = [...new Set(owners)].filter((id) => !here.has(id));
  if (missing.length === 0) return newest;
  const found = await remote.read(database, missing);
  if (!found.ok) return newest;
  // A deletion has a place of its own among the changes.
  const there = found.value.filter(({ doc }) => doc !== null);
  return ok([...newest.value, ...there.flatMap(currentToChange)]);
}
