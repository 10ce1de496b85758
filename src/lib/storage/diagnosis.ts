// What the tables tell somebody who looks for a fault, without telling of any document.
import type { OddChange } from '#lib/domain/document/odd.ts';
import type { Store } from './store.ts';
import { isUnsent } from './unsent.ts';

/** How far one database is. */
export interface DatabaseState {
  readonly name: string;
  /** How many changes the server had counted, as the head of its sequence tells; null = nothing was fetched. */
  readonly since: string | null;
  /** Server time of the last complete pull. */
  readonly completed: string | null;
  readonly unsent: number;
  /** Documents of the server that could not be taken in. */
  readonly odd: readonly OddChange[];
}

/** All databases that were pulled or have something to send, by name. */
export async function databaseStates(store: Store): Promise<DatabaseState[]> {
  const [checkpoints, outbox] = await Promise.all([store.tables.checkpoints.toArray(), store.tables.outbox.toArray()]);
  const waiting = outbox.filter(isUnsent);
  const known = new Map(checkpoints.map((row) => [row.database, row]));
  const names = new Set([...known.keys(), ...waiting.map(({ database }) => database)]);
  return [...names].sort().map((name) => ({
    name,
    since: known.get(name)?.since?.split('-')[0] ?? null,
    completed: known.get(name)?.completedAt ?? null,
    unsent: waiting.filter(({ database }) => database === name).length,
    odd: known.get(name)?.odd ?? []
  }));
}

/** Why documents were refused, the most frequent reason first. */
export async function refusalCounts(store: Store): Promise<(readonly [code: string, count: number])[]> {
  const refused = await store.tables.outbox.where('state').equals('refused').toArray();
  const counts = new Map<string, number>();
  for (const { reason } of refused) {
    const code = reason?.code ?? 'unknown';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** How many documents of the server could not be taken in (a live query). */
export async function oddCount(store: Store): Promise<number> {
  const checkpoints = await store.tables.checkpoints.toArray();
  return checkpoints.reduce((sum, { odd = [] }) => sum + odd.length, 0);
}
