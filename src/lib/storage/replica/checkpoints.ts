// What is noted of a database beside how far it was pulled: by what its server is recognised, and what could not be read.
import type { OddChange } from '#lib/domain/document/odd.ts';
import type { Database } from '../database.ts';
import type { CheckpointRow, Receipt } from '../row.ts';

/** Where a pull goes on. */
export interface KnownCheckpoint extends Omit<CheckpointRow, 'witness' | 'sent' | 'odd'> {
  readonly witness: NonNullable<CheckpointRow['witness']> | null;
  readonly sent: readonly Receipt[];
  readonly odd: readonly OddChange[];
}

/** A server that knows the newest of them has lost none before it; a few, for one may have been purged. */
const RECEIPTS_MOST = 4;

/**
 * What this device has put on the server is not among the last changes that it has seen: these tell nothing any more. A
 * server that loses it is recognised by the receipts.
 */
export async function noteHeard(
  { checkpoints }: Database,
  heard: readonly { readonly database: string; readonly receipt: Receipt | null }[]
): Promise<void> {
  for (const database of new Set(heard.map((one) => one.database))) {
    const known = await checkpoints.get(database);
    if (known === undefined) continue;
    const { witness, sent = [], ...rest } = known;
    const receipts = heard.flatMap((one) => (one.database === database ? (one.receipt ?? []) : []));
    if (witness === undefined && receipts.length === 0) continue;
    await checkpoints.put({ ...rest, sent: [...sent, ...receipts].slice(-RECEIPTS_MOST) });
  }
}

/** What is noted as odd after some documents have come, and others have not. */
export function notesAfter(
  before: readonly OddChange[],
  came: readonly string[],
  odd: readonly OddChange[]
): readonly OddChange[] {
  if (before.length + odd.length === 0) return [];
  // Rows that do not even tell their id are noted as one: told again, they are not more.
  const noted = new Map(odd.map((one) => [one.id, one]));
  const settled = new Set([...came, ...noted.keys()]);
  return [...before.filter(({ id }) => !settled.has(id)), ...noted.values()];
}
