// Reads documents of the server, of which one may spoil the answer for all.
import { type Result, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';
import type { Current, Remote } from './ports.ts';

/**
 * Reads documents together, and where one of them spoils the answer, by halves.
 * @returns those that can be read
 */
export async function readWhatCan(
  remote: Remote,
  database: string,
  ids: readonly string[]
): Promise<Result<readonly Current[], SyncProblem>> {
  const all = await remote.read(database, ids);
  if (all.ok || !maySpoil(all.error)) return all;
  if (ids.length < 2) return ok([]);
  const middle = Math.ceil(ids.length / 2);
  const first = await readWhatCan(remote, database, ids.slice(0, middle));
  if (!first.ok) return first;
  const second = await readWhatCan(remote, database, ids.slice(middle));
  return second.ok ? ok([...first.value, ...second.value]) : second;
}

const maySpoil = ({ tag }: SyncProblem): boolean => tag === 'server' || tag === 'broken';
