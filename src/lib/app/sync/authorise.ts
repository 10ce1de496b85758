// Asks the server for whom it takes us, before a run writes anything (law 14).
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Conduct } from '#lib/sync/core/ports.ts';
import type { CouchConnection } from '#lib/sync/couchdb/remote.ts';

/**
 * For one run: asks when it is first called, or told to ask anew, and remembers the answer. After a sign-in with no
 * network the browser may still carry the cookie of who was here before, and that of an office's screen at any time.
 * @param onRoles told of the roles that the server knows the account by
 * @returns gives `signedOut` when the cookie is nobody's or somebody else's
 */
export function authoriser(
  connection: Pick<CouchConnection, 'owner'>,
  account: string,
  signal: AbortSignal,
  onRoles: (roles: readonly string[]) => Promise<void> = () => Promise.resolve()
): Conduct['authorise'] {
  const ask = async (): Promise<Result<void, SyncProblem>> => {
    const owner = await connection.owner(signal);
    if (!owner.ok) return owner;
    if (owner.value.name !== account) return err({ tag: 'signedOut' });
    await onRoles(owner.value.roles);
    return ok(undefined);
  };
  let answer: Promise<Result<void, SyncProblem>> | undefined;
  return (how) => (how === 'anew' ? (answer = ask()) : (answer ??= ask()));
}
