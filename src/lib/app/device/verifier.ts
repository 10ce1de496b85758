// Checks an account's password with no network, against a hash made when the server last accepted it.
import * as v from 'valibot';

/**
 * PBKDF2-HMAC-SHA-256 rounds of a new verifier: the least that OWASP advises, under a second on a cheap phone because
 * WebCrypto runs natively. Each verifier keeps its own number, so that this one may grow.
 */
const ITERATIONS = 600_000;
const HASH_BITS = 256;

export const verifierSchema = v.object({
  salt: v.instance(Uint8Array<ArrayBuffer>),
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hash: v.instance(Uint8Array<ArrayBuffer>)
});
/** What is kept instead of the password. */
export type Verifier = v.InferOutput<typeof verifierSchema>;

/** Makes the verifier of a password that the server has just accepted. */
export async function makeVerifier(password: string): Promise<Verifier> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, iterations: ITERATIONS, hash: await derive(password, salt, ITERATIONS) };
}

/** Whether this is the password that the verifier was made of. */
export async function verifies(verifier: Verifier, password: string): Promise<boolean> {
  const hash = await derive(password, verifier.salt, verifier.iterations);
  return hash.length === verifier.hash.length && hash.every((byte, i) => byte === verifier.hash[i]);
}

/** NFC first: two Vietnamese keyboards may spell the same letter differently. */
async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(password.normalize('NFC'));
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const derived = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, HASH_BITS);
  return new Uint8Array(derived);
}
