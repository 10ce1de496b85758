// Reads documents of the server, of which one may spoil the answer for all.
import { type Result, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';
import type { Current, Remote } from './ports.ts';

/**
 * Reads documents together, and where one of them spoils the answer, by halves.
 * @param patience so many requests in vain, one after the other, mean that the server is unwell, and not single documents
 * @returns those that can be read
 */
export async function readWhatCan(
  remote: Remote,
  database: string,
  ids: readonly string[],
  patience = Infinity
): Promise<Result<readonly Current[], SyncProblem>> {
  const found: Current[] = [];
  const rest: (readonly string[])[] = [ids];
  let vain = 0;
  for (let some = rest.shift(); some !== undefined; some = rest.shift()) {
    const read = await remote.read(database, some);
    if (read.ok) {
      found.push(...read.value);
      vain = 0;
      continue;
    }
    if (!maySpoil(read.error) || ++vain >= patience) return read;
    const middle = Math.ceil(some.length / 2);
    if (some.length > 1) rest.unshift(some.slice(0, middle), some.slice(middle));
  }
  return ok(found);
}

const maySpoil = ({ tag }: SyncProblem): boolean => tag === 'server' || tag === 'broken';
