// The data key that a page leaves for the service worker while something is unsent: for 72 hours at most.
import * as v from 'valibot';
import type { DataKey } from '#lib/storage/vault.ts';
import { Fact } from '../device/fact.ts';

/** So long after an account was unlocked last its unsent work may go up by itself, milliseconds. */
export const LEFT_FOR_MS = 72 * 3_600_000;

const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const left = v.object({
  account: v.string(),
  /** Cannot be read out by a script, but lies in the browser's files like everything else. */
  wrappingKey: v.custom<CryptoKey>((value) => value instanceof CryptoKey),
  iv: bytes,
  wrapped: bytes,
  /** When it was left, and until when it holds: milliseconds since 1970, device clock. */
  at: v.number(),
  until: v.number()
});

const leftKeyFact = new Fact<v.InferOutput<typeof left> | null>('left-key', v.nullable(left), null);

/**
 * Leaves the key of an account.
 * @param unlockedAt when a person has opened the lock last, milliseconds since 1970
 */
export async function leaveKey(account: string, key: DataKey, unlockedAt: number): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrappingKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrappingKey, key));
  await leftKeyFact.change(() => ({
    account,
    wrappingKey,
    iv,
    wrapped,
    at: unlockedAt,
    until: unlockedAt + LEFT_FOR_MS
  }));
}

/** Takes it away: everything is sent, the setting says so, or nobody is in any more. */
export async function dropLeftKey(): Promise<void> {
  await leftKeyFact.change(() => null);
}

/** Takes it away where its time is over, or a clock that was set back would make it last for longer. */
export async function dropStaleKey(): Promise<void> {
  const found = await leftKeyFact.read();
  if (found !== null && isOver(found)) await dropLeftKey();
}

const isOver = ({ at, until }: { readonly at: number; readonly until: number }): boolean =>
  Date.now() >= until || Date.now() < at;

/** @returns the key that was left for the account; null when there is none, or its time is over: then it is dropped */
export async function keyLeftBehind(account: string): Promise<DataKey | null> {
  const found = await leftKeyFact.read();
  if (found === null) return null;
  if (found.account !== account || isOver(found)) {
    await dropLeftKey();
    return null;
  }
  const { wrappingKey, iv, wrapped } = found;
  const key = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrappingKey, wrapped).catch(() => null);
  return key === null ? null : new Uint8Array(key);
}
