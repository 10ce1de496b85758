// After the server was restored or re-created: finds what it has lost and puts that back into the outbox (law 9).
import { type Result, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';
import type { Checkpoint, Conduct } from './ports.ts';

/** Revisions asked about in one request, some 60 bytes each. */
const AT_ONCE = 1000;

/**
 * Whether this is the server of the checkpoint, and knows what was last seen there and last sent to it. By these a server
 * is recognised whose files were put back from a backup: its uuid and the database's birth are in these files.
 */
export async function isSameServer(
  { remote }: Conduct,
  database: string,
  { identity, witness, sent }: Pick<Checkpoint, 'identity' | 'witness' | 'sent'>
): Promise<Result<boolean, SyncProblem>> {
  const seen = (witness?.rows ?? []).flatMap(({ id, revs: [rev] }) => (rev === undefined ? [] : [{ id, rev }]));
  const revs = newestOf([...seen, ...sent]);
  const [current, missing] = await Promise.all([
    remote.identity(database),
    revs.length === 0 ? ok<readonly string[]>([]) : remote.missing(database, revs)
  ]);
  if (!current.ok) return current;
  return missing.ok ? ok(current.value === identity && missing.value.length === 0) : missing;
}

/**
 * Compares the device with a server of another identity than last time. Nothing local is wiped.
 * @returns how many documents the server has lost
 */
export async function recover(conduct: Conduct, database: string): Promise<Result<number, SyncProblem>> {
  const held = await conduct.local.held(database);
  if (!held.ok) return held;
  let lost = 0;
  for (let at = 0; at < held.value.length; at += AT_ONCE) {
    const missing = await conduct.remote.missing(database, held.value.slice(at, at + AT_ONCE));
    if (!missing.ok) return missing;
    if (missing.value.length === 0) continue;
    const back = await conduct.local.putBack(missing.value);
    if (!back.ok) return back;
    lost += missing.value.length;
  }
  const noted = await conduct.local.compared(database);
  return noted.ok ? ok(lost) : noted;
}

/** One revision of each document, the last that is named. */
const newestOf = (
  revs: readonly { readonly id: string; readonly rev: string }[]
): readonly { readonly id: string; readonly rev: string }[] => [...new Map(revs.map((one) => [one.id, one])).values()];
