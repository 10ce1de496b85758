// Seals with AES-256-GCM: at once where a transaction has to stay open, else with WebCrypto; the bytes are the same.
import { gcm } from '@noble/ciphers/aes.js';
import { LastSealed } from './lastSealed.ts';
import { type DataKey, IV_BYTES, SEAL_BYTES, type Vault } from './vault.ts';

/** @param key 32 bytes */
export function vaultOf(key: DataKey): Vault {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const last = new LastSealed();
  let imported: Promise<CryptoKey> | undefined;
  const cryptoKey = () => (imported ??= crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']));
  const freshIv = () => crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = (iv: Uint8Array<ArrayBuffer>, about: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: encoder.encode(about)
  });
  // Thousands at a time: as few promises as it takes.
  const decrypt = <T>(sealed: ArrayBuffer, about: string, read: (bytes: ArrayBuffer) => T): Promise<T | null> => {
    if (sealed.byteLength < SEAL_BYTES) return Promise.resolve(null);
    const how = algorithm(new Uint8Array(sealed, 0, IV_BYTES), about);
    return cryptoKey()
      .then((known) => crypto.subtle.decrypt(how, known, new Uint8Array(sealed, IV_BYTES)))
      .then(read)
      .catch(() => null);
  };
  return {
    key,
    seal(text, about) {
      const before = last.sealed(about, text);
      if (before !== undefined) return before;
      const iv = freshIv();
      const sealed = joined(iv, gcm(key, iv, encoder.encode(about)).encrypt(encoder.encode(text)));
      last.note(about, text, sealed);
      return sealed;
    },
    open(sealed, about) {
      const known = last.text(about, sealed);
      if (known !== undefined) return known;
      try {
        const iv = new Uint8Array(sealed, 0, IV_BYTES);
        return decoder.decode(gcm(key, iv, encoder.encode(about)).decrypt(new Uint8Array(sealed, IV_BYTES)));
      } catch {
        return null;
      }
    },
    openLater: (sealed, about) => decrypt(sealed, about, (bytes) => decoder.decode(bytes)),
    async sealBytes(bytes, about) {
      const iv = freshIv();
      return joined(iv, new Uint8Array(await crypto.subtle.encrypt(algorithm(iv, about), await cryptoKey(), bytes)));
    },
    openBytes: (sealed, about) => decrypt(sealed, about, (bytes) => bytes)
  };
}

function joined(iv: Uint8Array, closed: Uint8Array): ArrayBuffer {
  const sealed = new Uint8Array(iv.length + closed.length);
  sealed.set(iv);
  sealed.set(closed, iv.length);
  return sealed.buffer;
}
