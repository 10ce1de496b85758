// Wraps the data key under keys made of a PIN or passphrase, of a fingerprint, or held by the server.
import { argon2id } from 'hash-wasm';
import type { LockRow } from '#lib/storage/lock.ts';
import { type DataKey, IV_BYTES } from '#lib/storage/vault.ts';

type Bytes = Uint8Array<ArrayBuffer>;
export type Kdf = LockRow['kdf'];

export const KEY_BYTES = 32;

/** The least that OWASP advises for Argon2id; about 0.3 s on a phone four times slower than a laptop (`bench -- lock`). */
const MEMORY_KIB = 19_456;
const PASSES = 2;

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const freshKdf = (): Kdf => ({ name: 'argon2id', memoryKiB: MEMORY_KIB, passes: PASSES, salt: randomBytes(16) });

/** The key that a secret makes. NFC first: two Vietnamese keyboards may spell the same letter differently. */
export async function keyOfSecret(secret: string, { memoryKiB, passes, salt }: Kdf): Promise<Bytes> {
  const key = await argon2id({
    password: secret.normalize('NFC'),
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: KEY_BYTES,
    outputType: 'binary'
  });
  return new Uint8Array(key);
}

/** @param under 32 bytes @returns IV, ciphertext and tag of AES-256-GCM */
export async function wrapKey(key: DataKey, under: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const closed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await aes(under), key));
  const wrapped = new Uint8Array(IV_BYTES + closed.length);
  wrapped.set(iv);
  wrapped.set(closed, IV_BYTES);
  return wrapped;
}

/** @returns null where it is not the key, or what was wrapped is damaged */
export async function unwrapKey(wrapped: Bytes, under: Bytes): Promise<DataKey | null> {
  const iv = wrapped.slice(0, IV_BYTES);
  const opened = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv }, await aes(under), wrapped.slice(IV_BYTES))
    .catch(() => null);
  return opened?.byteLength === KEY_BYTES ? new Uint8Array(opened) : null;
}

const aes = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
