// Closes losing leaves: versions that replication between servers left over, merged or kept in a conflict's record first.
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from './errors.ts';
import { readWhatCan, writeWhatCan } from './halves.ts';
import type { Conduct, LeafPlan, Leaf, WriteAnswer, Writing } from './ports.ts';

/** Documents looked at within one run: such leaves are rare, and a run is bounded. */
const AT_ONCE = 50;

/**
 * Merges or records the losing leaves of a database, then closes them. Every step asks the server anew and is taken as
 * if the device had died after each of the ones before it: what is merged or recorded already is only closed. Those that
 * this account cannot close are noted, and left to others.
 * @returns how many writes the server has taken, closings among them
 */
export async function closeLeaves(conduct: Conduct, database: string): Promise<Result<number, SyncProblem>> {
  const { local, signal } = conduct;
  const known = await local.clashing(database, AT_ONCE);
  if (!known.ok) return known;
  if (known.value.length === 0) return ok(0);
  const allowed = await conduct.authorise();
  if (!allowed.ok) return allowed;
  const found = await leavesOf(conduct, database, known.value);
  if (!found.ok) return found;
  const planned = await local.planLeaves(found.value.leaves);
  if (!planned.ok) return planned;
  const isPlanned = new Set(planned.value.map(({ leaf }) => leaf.rev));
  const unread = found.value.leaves.filter(({ leaf }) => !isPlanned.has(leaf.rev));
  const vain = [...found.value.gone, ...unread.map(({ id, leaf }) => ({ id, rev: leaf.rev }))];
  const left = vain.length === 0 ? ok(undefined) : await local.leaveLeaves(vain);
  if (!left.ok) return left;
  if (signal.aborted) return err({ tag: 'aborted' });
  const secured = await secure(conduct, database, planned.value);
  if (!secured.ok) return secured;
  const closed = await close(conduct, database, secured.value.plans);
  return closed.ok ? ok(secured.value.written + closed.value) : closed;
}

/** What is known of a document here: the losing leaves that are still to be tried. */
interface Clashing {
  readonly id: string;
  readonly revs: readonly string[];
}

/** The leaves as the server has them now, and those that it does not show any more. */
interface Found {
  readonly leaves: readonly Leaf[];
  readonly gone: readonly { readonly id: string; readonly rev: string }[];
}

/** The leaves as the server has them now, each with the version that won and the one that both come from. */
async function leavesOf(
  { remote }: Conduct,
  database: string,
  known: readonly Clashing[]
): Promise<Result<Found, SyncProblem>> {
  const current = await readWhatCan(
    remote,
    database,
    known.map(({ id }) => id)
  );
  if (!current.ok) return current;
  const toTry = new Map(known.map(({ id, revs }) => [id, revs]));
  const pairs = current.value.flatMap(({ id, rev, doc, clash }) =>
    rev === null || doc === null
      ? []
      : // One at a time: the next one is compared with what comes of this one.
        leastOf(clash.filter((leaf) => toTry.get(id)?.includes(leaf))).map((leaf) => ({
          id,
          leaf,
          winner: { rev, doc }
        }))
  );
  if (pairs.length === 0) return ok({ leaves: [], gone: [] });
  const ends = await remote.versions(
    database,
    pairs.flatMap(({ id, leaf, winner }) => [
      { id, rev: leaf },
      { id, rev: winner.rev }
    ])
  );
  if (!ends.ok) return ends;
  const at = (id: string, rev: string) => ends.value.find((one) => one.id === id && one.rev === rev);
  const origins = pairs.map(({ id, leaf, winner }) => {
    const line = at(id, winner.rev)?.line ?? [];
    return at(id, leaf)?.line.find((rev) => line.includes(rev)) ?? null;
  });
  const wanted = pairs.flatMap(({ id }, i) => {
    const rev = origins[i] ?? null;
    return rev === null ? [] : [{ id, rev }];
  });
  const bases = wanted.length === 0 ? ok([]) : await remote.versions(database, wanted);
  if (!bases.ok) return bases;
  const leaves = pairs.flatMap(({ id, leaf, winner }, i): Leaf[] => {
    const doc = at(id, leaf)?.doc ?? null;
    const base = bases.value.find((one) => one.id === id && one.rev === origins[i])?.doc ?? null;
    return doc === null ? [] : [{ id, leaf: { rev: leaf, doc }, winner, base, isKin: origins[i] !== null }];
  });
  const gone = pairs.filter(({ id, leaf }) => (at(id, leaf)?.doc ?? null) === null);
  return ok({ leaves, gone: gone.map(({ id, leaf }) => ({ id, rev: leaf })) });
}

/** The first one in an order that is the same on every device. */
const leastOf = (revs: readonly string[]): readonly string[] => [...revs].sort().slice(0, 1);

/** Writes what must be on the server before the leaves go. @returns those that may be closed now */
async function secure(
  conduct: Conduct,
  database: string,
  plans: readonly LeafPlan[]
): Promise<Result<{ readonly plans: readonly LeafPlan[]; readonly written: number }, SyncProblem>> {
  const first = plans.flatMap(({ first }) => first ?? []);
  if (first.length === 0) return ok({ plans, written: 0 });
  const written = await writeWhatCan(conduct.remote, database, first);
  if (!written.ok) return written;
  const byId = new Map(written.value.map((answer) => [answer.id, answer]));
  const answerOf = ({ first }: LeafPlan) => (first === null ? undefined : byId.get(first.id));
  const left = await leave(
    conduct,
    plans.filter((plan) => plan.first !== null && isRefused(answerOf(plan)))
  );
  if (!left.ok) return left;
  const safe = plans.filter((plan) => {
    const { first } = plan;
    const answer = answerOf(plan);
    // Somebody else was quicker with a record of this leaf, which says the same; a merge is compared anew another time.
    const isRecorded = answer?.tag === 'conflict' && first?.rev === null;
    return first === null || answer?.tag === 'stored' || isRecorded;
  });
  return ok({ plans: safe, written: written.value.filter(({ tag }) => tag === 'stored').length });
}

/**
 * Closes leaves that are still losing ones: should the winner have been deleted, the leaf is the document.
 * @returns how many
 */
async function close(
  conduct: Conduct,
  database: string,
  plans: readonly LeafPlan[]
): Promise<Result<number, SyncProblem>> {
  const { remote, signal } = conduct;
  if (plans.length === 0) return ok(0);
  if (signal.aborted) return err({ tag: 'aborted' });
  const current = await readWhatCan(
    remote,
    database,
    plans.map(({ leaf }) => leaf.id)
  );
  if (!current.ok) return current;
  const losing = plans.filter(({ leaf: { id, rev } }) =>
    current.value.some((one) => one.id === id && one.doc !== null && one.clash.includes(rev))
  );
  if (losing.length === 0) return ok(0);
  const tombstones = losing.map(({ leaf, tombstone }): Writing => {
    const heir = current.value.find((one) => one.id === leaf.id)?.rev ?? '';
    return { ...leaf, doc: { ...tombstone, heir } };
  });
  const written = await writeWhatCan(remote, database, tombstones);
  if (!written.ok) return written;
  const byId = new Map(written.value.map((answer) => [answer.id, answer]));
  const left = await leave(
    conduct,
    losing.filter(({ leaf }) => isRefused(byId.get(leaf.id)))
  );
  if (!left.ok) return left;
  return ok(written.value.filter(({ tag }) => tag === 'stored').length);
}

/** Not this account's to write, or spoilt the answer for the others: then nobody knows better than to let it lie. */
const isRefused = (answer: WriteAnswer | undefined): boolean => answer === undefined || answer.tag === 'forbidden';

/** The server does not let this account close them; under somebody else's cookie it would say the same (law 14). */
async function leave({ local, authorise }: Conduct, plans: readonly LeafPlan[]): Promise<Result<void, SyncProblem>> {
  if (plans.length === 0) return ok(undefined);
  const allowed = await authorise('anew');
  return allowed.ok ? local.leaveLeaves(plans.map(({ leaf }) => leaf)) : allowed;
}
