// Passwords as CouchDB keeps them: PBKDF2 hashes that can be moved from one server to another.
import { createHash, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonObject } from '../json.ts';

const derive = promisify(pbkdf2);
/** Enough for a demo on loopback; CouchDB 3.5 itself takes 600,000. */
const ITERATIONS = 100_000;

/** The fields that a `_users` document keeps instead of the password. */
export interface PasswordHash {
  readonly password_scheme: 'pbkdf2';
  readonly pbkdf2_prf: string;
  readonly iterations: number;
  readonly salt: string;
  readonly derived_key: string;
}

const KEY_BYTES: Readonly<Record<string, number>> = {
  sha: 20,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64
};

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16).toString('hex');
  const key = await derive(password, salt, ITERATIONS, 32, 'sha256');
  return {
    password_scheme: 'pbkdf2',
    pbkdf2_prf: 'sha256',
    iterations: ITERATIONS,
    salt,
    derived_key: key.toString('hex')
  };
}

/** Reads the hash out of a `_users` document, also one that was made by an older CouchDB (SHA-1, 10 iterations). */
export function readPasswordHash(user: JsonObject): PasswordHash | null {
  const { password_scheme, pbkdf2_prf = 'sha', iterations, salt, derived_key } = user;
  if (password_scheme !== 'pbkdf2' || typeof iterations !== 'number') return null;
  if (typeof salt !== 'string' || typeof derived_key !== 'string' || typeof pbkdf2_prf !== 'string') return null;
  return { password_scheme, pbkdf2_prf, iterations, salt, derived_key };
}

/** Hashes of passwords that were right lately: Basic authentication asks with every request. */
const lately = new Map<string, true>();
const REMEMBERED = 1000;

export async function isPassword(password: string, hash: PasswordHash): Promise<boolean> {
  const ticket = createHash('sha256').update(`${hash.salt}\n${hash.derived_key}\n${password}`).digest('hex');
  if (lately.has(ticket)) return true;
  const bytes = KEY_BYTES[hash.pbkdf2_prf];
  if (bytes === undefined) return false;
  const digest = hash.pbkdf2_prf === 'sha' ? 'sha1' : hash.pbkdf2_prf;
  const key = await derive(password, hash.salt, hash.iterations, bytes, digest);
  const known = Buffer.from(hash.derived_key, 'hex');
  if (known.length !== key.length || !timingSafeEqual(known, key)) return false;
  if (lately.size >= REMEMBERED) lately.clear();
  lately.set(ticket, true);
  return true;
}
