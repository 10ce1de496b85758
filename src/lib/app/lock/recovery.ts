// The recovery key of a lock: it lies on the server in the account's own document, never on the phone.
import * as v from 'valibot';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { type HttpPorts, ask, refusalOf } from '#lib/sync/couchdb/http.ts';
import { KEY_BYTES, randomBytes } from './wrapping.ts';

export interface RecoveryKey {
  readonly id: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** `noRecovery`: the server does not hold that key (any more). */
export type RecoveryProblem = SyncProblem | { readonly tag: 'noRecovery' };

const FIELD = 'sotay_recovery';
const user = v.looseObject({
  _id: v.string(),
  _rev: v.string(),
  [FIELD]: v.optional(v.record(v.string(), v.string()), {})
});
type User = v.InferOutput<typeof user>;

const browser: HttpPorts = { fetch: (url, init) => fetch(url, init) };

/**
 * Makes a recovery key, and has the server keep it. CouchDB lets everybody write his own document, and keeps fields that it
 * does not know.
 * @see https://docs.couchdb.org/en/stable/intro/security.html#authentication-database
 */
export async function keepRecoveryKey(
  couchUrl: string,
  account: string,
  ports: HttpPorts = browser
): Promise<Result<RecoveryKey, SyncProblem>> {
  const made: RecoveryKey = { id: crypto.randomUUID(), key: randomBytes(KEY_BYTES) };
  for (;;) {
    const found = await ownDocument(couchUrl, account, ports);
    if (!found.ok) return found;
    const kept = { ...found.value[FIELD], [made.id]: base64(made.key) };
    const answer = await ask(ports, urlOf(couchUrl, account), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...found.value, [FIELD]: kept })
    });
    if (!answer.ok) return answer;
    // The office has changed the account in the same moment.
    if (answer.value.status === 409) continue;
    if (answer.value.status >= 400) return err(refusalOf(answer.value.status, answer.value.body, '_users'));
    return ok(made);
  }
}

/** Fetches the recovery key of a lock; the account has to be signed in. */
export async function recoveryKey(
  couchUrl: string,
  account: string,
  id: string,
  ports: HttpPorts = browser
): Promise<Result<Uint8Array<ArrayBuffer>, RecoveryProblem>> {
  const found = await ownDocument(couchUrl, account, ports);
  if (!found.ok) return found;
  const key = bytesOf(found.value[FIELD][id] ?? '');
  return key?.length === KEY_BYTES ? ok(key) : err({ tag: 'noRecovery' });
}

async function ownDocument(couchUrl: string, account: string, ports: HttpPorts): Promise<Result<User, SyncProblem>> {
  const answer = await ask(ports, urlOf(couchUrl, account));
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status >= 400) return err(refusalOf(status, body, '_users'));
  const parsed = v.safeParse(user, body);
  return parsed.success ? ok(parsed.output) : err({ tag: 'notCouch' });
}

const urlOf = (couchUrl: string, account: string): string =>
  `${couchUrl}/_users/${encodeURIComponent(`org.couchdb.user:${account}`)}`;

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
