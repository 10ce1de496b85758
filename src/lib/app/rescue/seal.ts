// Locks and opens the chunks of a rescue file with a key made from a passphrase: PBKDF2, HKDF, AES-GCM of WebCrypto.
import {
  type Bytes,
  CHECK_BYTES,
  type Chunk,
  type Head,
  IV_BYTES,
  SALT_BYTES,
  boundOf,
  chunkHead
} from '#lib/domain/rescue/container.ts';

/** What OWASP advises for PBKDF2-HMAC-SHA-256; the file tells its own number, so that this one may grow. */
export const ROUNDS = 600_000;
/** A file goes through chats and mails for who knows how long: shorter ones can be guessed by a machine. */
export const LEAST_LETTERS = 10;
const TAG_BYTES = 16;

/** A key that locks one file. */
export interface FileKey {
  readonly head: Head;
  readonly key: CryptoKey;
}

/** The key of a new file. */
export async function newFileKey(passphrase: string): Promise<FileKey> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const { key, check } = await derive(passphrase, salt, ROUNDS);
  return { head: { rounds: ROUNDS, salt, check }, key };
}

/** The key of a file; null when it is not this passphrase. */
export async function keyOf(head: Head, passphrase: string): Promise<FileKey | null> {
  const { key, check } = await derive(passphrase, head.salt, head.rounds);
  return check.every((byte, i) => byte === head.check[i]) ? { head, key } : null;
}

/** A chunk as it stands in the file. */
export async function sealed({ head, key }: FileKey, number: number, plain: Bytes): Promise<readonly Bytes[]> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const bound = boundOf(head.salt, number, plain.length + TAG_BYTES);
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound }, key, plain);
  return [chunkHead(bound, iv), new Uint8Array(ciphertext)];
}

/** What a chunk holds; null when it is damaged. */
export async function openedChunk({ key }: FileKey, { iv, bound, sealed: cipher }: Chunk): Promise<Bytes | null> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound }, key, cipher);
    return new Uint8Array(plain);
  } catch {
    // WebCrypto has no other way to say that a tag does not fit.
    return null;
  }
}

/** NFC first: two Vietnamese keyboards may spell the same letter differently. */
async function derive(passphrase: string, salt: Bytes, iterations: number): Promise<{ key: CryptoKey; check: Bytes }> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFC'));
  const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const derived = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, secret, 256);
  const root = await crypto.subtle.importKey('raw', derived, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const use = (what: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: new TextEncoder().encode(`so-tay-ocop/rescue/${what}`)
  });
  const [key, check] = await Promise.all([
    crypto.subtle.deriveKey(use('key'), root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    crypto.subtle.deriveBits(use('check'), root, CHECK_BYTES * 8)
  ]);
  return { key, check: new Uint8Array(check) };
}
