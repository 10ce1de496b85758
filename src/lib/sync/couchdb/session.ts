// Signing in and out by CouchDB's `_session` cookie.
import * as v from 'valibot';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { SyncProblem } from '../core/errors.ts';
import { type Answer, type HttpPorts, ask, reasonIn, refusalOf } from './http.ts';

/** Why nobody was signed in. */
export type SignInProblem =
  | SyncProblem
  /** Name or password is wrong; the server does not tell which. */
  | { readonly tag: 'wrongPassword' }
  /** Too many wrong passwords: CouchDB ≥ 3.4 closes the account for a while. */
  | { readonly tag: 'lockedOut' };

const signedIn = v.object({ name: v.nullable(v.string()), roles: v.array(v.string()) });
const session = v.object({ userCtx: v.object({ name: v.nullable(v.string()), roles: v.array(v.string()) }) });
const profile = v.object({ displayName: v.pipe(v.string(), v.trim(), v.minLength(1)) });

const browser: HttpPorts = { fetch: (url, init) => fetch(url, init) };

/**
 * Signs in and leaves the cookie with the browser.
 * @param couchUrl where the CouchDB is, without the slash at the end
 * @see https://docs.couchdb.org/en/stable/api/server/authn.html#post--_session
 */
export async function signIn(
  couchUrl: string,
  name: string,
  password: string,
  ports: HttpPorts = browser
): Promise<Result<Account, SignInProblem>> {
  const answer = await ask(ports, `${couchUrl}/_session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, password })
  });
  if (!answer.ok) return answer;
  if (answer.value.status === 401) return err({ tag: 'wrongPassword' });
  if (answer.value.status === 403) return err({ tag: 'lockedOut' });
  const user = accepted(answer.value, signedIn);
  if (!user.ok) return user;
  // For a server administrator CouchDB answers with `name: null` here, although the cookie names him.
  return account(couchUrl, { name: user.value.name ?? name, roles: user.value.roles }, ports);
}

/**
 * Asks whose cookie the browser carries.
 * @returns the account; `signedOut` when there is no cookie or it has run out
 */
export async function whoAmI(couchUrl: string, ports: HttpPorts = browser): Promise<Result<Account, SyncProblem>> {
  const user = await cookieOwner(couchUrl, ports);
  return user.ok ? account(couchUrl, user.value, ports) : user;
}

/**
 * The same in one small request, without what people call the person.
 * @see https://docs.couchdb.org/en/stable/api/server/authn.html#get--_session
 */
export async function cookieOwner(
  couchUrl: string,
  ports: HttpPorts
): Promise<Result<{ name: string; roles: string[] }, SyncProblem>> {
  const answer = await ask(ports, `${couchUrl}/_session`);
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  // Not CouchDB's words, and nothing about a commune: as `noAccess` it would be left alone for minutes (backoff).
  if (status === 403 || status === 404) return err({ tag: 'rejected', status, reason: reasonIn(body) });
  const found = accepted(answer.value, session);
  if (!found.ok) return found;
  const { name, roles } = found.value.userCtx;
  return name === null ? err({ tag: 'signedOut' }) : ok({ name, roles });
}

/** Ends the session on the server and takes the cookie away. What is on the device stays. */
export async function signOut(couchUrl: string, ports: HttpPorts = browser): Promise<Result<void, SyncProblem>> {
  const answer = await ask(ports, `${couchUrl}/_session`, { method: 'DELETE' });
  if (!answer.ok) return answer;
  const ended = accepted(answer.value, v.object({ ok: v.literal(true) }));
  return ended.ok ? ok(undefined) : ended;
}

/** Adds what people call the person, from the own `_users` document where the office lets its members read it. */
async function account(
  couchUrl: string,
  user: { name: string; roles: string[] },
  ports: HttpPorts
): Promise<Result<Account, SyncProblem>> {
  const id = encodeURIComponent(`org.couchdb.user:${user.name}`);
  const answer = await ask(ports, `${couchUrl}/_users/${id}`);
  const found = answer.ok ? v.safeParse(profile, answer.value.body) : null;
  return ok({ ...user, displayName: found?.success ? found.output.displayName : user.name });
}

function accepted<T>(answer: Answer, schema: v.GenericSchema<unknown, T>): Result<T, SyncProblem> {
  if (answer.status >= 400) return err(refusalOf(answer.status, answer.body, '_session'));
  const parsed = v.safeParse(schema, answer.body);
  // JSON, but not CouchDB's: some other service answers at this address.
  return parsed.success ? ok(parsed.output) : err({ tag: 'notCouch' });
}
