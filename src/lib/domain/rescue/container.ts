// The outside of a rescue file: a head, chunks that each stand alone, the head once more, so that damage stays where it is.
import { type Result, err, ok } from '../result.ts';

/**
 * | bytes | head (at the beginning, and again at the end)       |
 * |-------|-----------------------------------------------------|
 * | 16    | `SoTayOCOP.rescue`                                  |
 * | 1     | version of this form                                |
 * | 4     | rounds of PBKDF2-HMAC-SHA-256                       |
 * | 16    | salt                                                |
 * | 16    | tells whether a passphrase is the right one         |
 * | 4     | CRC-32 of the above                                 |
 *
 * | bytes  | chunk                                              |
 * |--------|----------------------------------------------------|
 * | 16     | the salt again: where a chunk begins, after damage  |
 * | 4      | its number                                         |
 * | 4      | length of what follows the CRC                     |
 * | 12     | IV of AES-GCM                                      |
 * | 4      | CRC-32 of the above                                |
 * | length | ciphertext with its tag; the first 24 bytes are its additional data |
 */
const MAGIC = new TextEncoder().encode('SoTayOCOP.rescue');
const VERSION = 1;
export const SALT_BYTES = 16;
export const CHECK_BYTES = 16;
export const IV_BYTES = 12;
export const HEAD_BYTES = MAGIC.length + 1 + 4 + SALT_BYTES + CHECK_BYTES + 4;
const CHUNK_HEAD_BYTES = SALT_BYTES + 4 + 4 + IV_BYTES + 4;
const BOUND_BYTES = SALT_BYTES + 4 + 4;

/** More rounds would keep a phone busy for minutes: damage, or malice. */
const MOST_ROUNDS = 10_000_000;
const LEAST_ROUNDS = 600_000;
/** What is looked through at a time for the next chunk. */
const WINDOW_BYTES = 256 * 1024;

export type Bytes = Uint8Array<ArrayBuffer>;

/** What a passphrase is turned into a key with. */
export interface Head {
  readonly rounds: number;
  readonly salt: Bytes;
  readonly check: Bytes;
}

/**
 * | tag         | means                                            |
 * |-------------|--------------------------------------------------|
 * | `otherFile` | it is no rescue file                             |
 * | `damaged`   | it is one, but neither of its heads can be read  |
 * | `newer`     | a newer version of the app has written it        |
 */
export interface HeadProblem {
  readonly tag: 'otherFile' | 'damaged' | 'newer';
}

/** Reads bytes of the file; never asked for more than it has. */
export type ReadAt = (at: number, length: number) => Promise<Bytes>;

/** A chunk whose own head is whole. */
export interface Chunk {
  readonly number: number;
  readonly iv: Bytes;
  /** Additional data of AES-GCM: a chunk opens only at its own number, in its own file. */
  readonly bound: Bytes;
  readonly sealed: Bytes;
}

export function headBytes({ rounds, salt, check }: Head): Bytes {
  const bytes = new Uint8Array(HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint8(MAGIC.length, VERSION);
  view.setUint32(MAGIC.length + 1, rounds);
  bytes.set(salt, MAGIC.length + 5);
  bytes.set(check, MAGIC.length + 5 + SALT_BYTES);
  view.setUint32(HEAD_BYTES - 4, crc32(bytes.subarray(0, HEAD_BYTES - 4)));
  return bytes;
}

/** The head of a file: the first one, or the one at the end where the first is damaged. */
export async function readHead(read: ReadAt, size: number): Promise<Result<Head, HeadProblem>> {
  const problems: HeadProblem['tag'][] = [];
  for (const at of [0, size - HEAD_BYTES]) {
    // A file that was cut off in its first head.
    const length = Math.min(HEAD_BYTES, size);
    const found = headIn(await read(Math.max(0, at), length));
    if (found.ok) return found;
    problems.push(found.error.tag);
  }
  return err({ tag: (['newer', 'damaged'] as const).find((tag) => problems.includes(tag)) ?? 'otherFile' });
}

function headIn(bytes: Bytes): Result<Head, HeadProblem> {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return err({ tag: 'otherFile' });
  if (bytes.length < HEAD_BYTES) return err({ tag: 'damaged' });
  const view = viewOf(bytes);
  if (view.getUint32(HEAD_BYTES - 4) !== crc32(bytes.subarray(0, HEAD_BYTES - 4))) return err({ tag: 'damaged' });
  if (view.getUint8(MAGIC.length) > VERSION) return err({ tag: 'newer' });
  const rounds = view.getUint32(MAGIC.length + 1);
  if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) return err({ tag: 'damaged' });
  const salt = bytes.slice(MAGIC.length + 5, MAGIC.length + 5 + SALT_BYTES);
  return ok({ rounds, salt, check: bytes.slice(MAGIC.length + 5 + SALT_BYTES, HEAD_BYTES - 4) });
}

/** What is bound to a chunk's ciphertext. @param length of the ciphertext with its tag */
export function boundOf(salt: Bytes, number: number, length: number): Bytes {
  const bytes = new Uint8Array(BOUND_BYTES);
  bytes.set(salt);
  viewOf(bytes).setUint32(SALT_BYTES, number);
  viewOf(bytes).setUint32(SALT_BYTES + 4, length);
  return bytes;
}

/** The bytes that stand before a chunk's ciphertext. */
export function chunkHead(bound: Bytes, iv: Bytes): Bytes {
  const bytes = new Uint8Array(CHUNK_HEAD_BYTES);
  bytes.set(bound);
  bytes.set(iv, BOUND_BYTES);
  viewOf(bytes).setUint32(CHUNK_HEAD_BYTES - 4, crc32(bytes.subarray(0, CHUNK_HEAD_BYTES - 4)));
  return bytes;
}

/**
 * Goes through the chunks of a file, however damaged it is: what cannot be read is stepped over to where the next begins.
 * @param open gives whether the chunk was whole: after one that was not, its length is not trusted either
 */
export async function eachChunk(
  read: ReadAt,
  size: number,
  salt: Bytes,
  open: (chunk: Chunk, at: number) => Promise<boolean>
): Promise<void> {
  let at = 0;
  while (at + CHUNK_HEAD_BYTES <= size) {
    const head = await read(at, CHUNK_HEAD_BYTES);
    const length = lengthIn(head, salt, size - at - CHUNK_HEAD_BYTES);
    if (length !== null) {
      const bound = head.slice(0, BOUND_BYTES);
      const sealed = await read(at + CHUNK_HEAD_BYTES, length);
      const number = viewOf(head).getUint32(SALT_BYTES);
      if (await open({ number, iv: head.slice(BOUND_BYTES, BOUND_BYTES + IV_BYTES), bound, sealed }, at)) {
        at += CHUNK_HEAD_BYTES + length;
        continue;
      }
    }
    at = await nextMark(read, size, salt, at + 1);
  }
}

/**
 * The length that a chunk's head tells; null where no head stands, or a damaged one, or one that tells nonsense: more than
 * is left of the file. There is no other limit, for a record with its versions may be as large as it likes.
 */
function lengthIn(head: Bytes, salt: Bytes, left: number): number | null {
  if (!salt.every((byte, i) => head[i] === byte)) return null;
  const view = viewOf(head);
  if (view.getUint32(CHUNK_HEAD_BYTES - 4) !== crc32(head.subarray(0, CHUNK_HEAD_BYTES - 4))) return null;
  const length = view.getUint32(SALT_BYTES + 4);
  return length > left ? null : length;
}

/** Where the salt stands next; the end of the file when it does not. */
async function nextMark(read: ReadAt, size: number, salt: Bytes, from: number): Promise<number> {
  for (let at = from; at + SALT_BYTES <= size; at += WINDOW_BYTES - SALT_BYTES) {
    const window = await read(at, Math.min(WINDOW_BYTES, size - at));
    const first = salt[0] ?? 0;
    for (let i = window.indexOf(first); i >= 0 && i + SALT_BYTES <= window.length; i = window.indexOf(first, i + 1)) {
      if (salt.every((byte, offset) => window[i + offset] === byte)) return at + i;
    }
  }
  return size;
}

const viewOf = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** CRC-32 as ZIP has it: tells damage, and nothing else. */
function crc32(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
