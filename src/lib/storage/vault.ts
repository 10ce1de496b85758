// What seals and opens the account's database; `aesVault.ts` is it, and loaded only where there is a lock.

/** 32 random bytes, made when the lock is switched on; never on the disk in clear. */
export type DataKey = Uint8Array<ArrayBuffer>;

/**
 * Seals and opens with one data key. What is sealed is 12 random bytes (the IV), the ciphertext and 16 bytes that prove both
 * and `about`: which row it belongs to, so that nothing sealed can be moved to another one.
 */
export interface Vault {
  /** For the sync worker, which makes a vault of its own. */
  readonly key: DataKey;
  /**
   * Takes some 0.1 ms for a record; an IndexedDB transaction stays open. The buffer may be given once more for the same
   * text: it is neither changed nor transferred.
   */
  seal(text: string, about: string): ArrayBuffer;
  /** @returns null where it does not open: damaged, of another row, or of another key */
  open(sealed: ArrayBuffer, about: string): string | null;
  /** The same off the thread, for many at a time or for many bytes; an IndexedDB transaction does not live that long. */
  openLater(sealed: ArrayBuffer, about: string): Promise<string | null>;
  sealBytes(bytes: ArrayBuffer, about: string): Promise<ArrayBuffer>;
  openBytes(sealed: ArrayBuffer, about: string): Promise<ArrayBuffer | null>;
}

export const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What sealing adds. */
export const SEAL_BYTES = IV_BYTES + TAG_BYTES;
