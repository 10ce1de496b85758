// A fingerprint (or the phone's own lock) as a way to the data key: WebAuthn with the PRF extension, where the phone has it.
import type { LockRow } from '#lib/storage/lock.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { KEY_BYTES, randomBytes, unwrapKey, wrapKey } from './wrapping.ts';

export type Passkey = NonNullable<LockRow['passkey']>;

/** Whether a finger could open the lock here; asked before it is offered. */
export async function mayHavePasskey(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis) || !isDomain()) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** WebAuthn knows domains only, no addresses of numbers. */
const isDomain = (): boolean => !/^(\d+\.){3}\d+$|:/.test(location.hostname);

/**
 * Makes a passkey of this phone for the account, and wraps the data key under what it gives.
 * @returns null when the person has broken off, or the phone's passkeys give no secret (no PRF)
 */
export async function makePasskey(
  account: { readonly name: string; readonly displayName: string },
  key: DataKey
): Promise<Passkey | null> {
  const salt = randomBytes(32);
  const made = await navigator.credentials
    .create({
      publicKey: {
        rp: { name: 'Sổ tay OCOP' },
        user: { id: randomBytes(16), name: account.name, displayName: account.displayName },
        challenge: randomBytes(32),
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 }
        ],
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          userVerification: 'required',
          residentKey: 'discouraged'
        },
        extensions: { prf: { eval: { first: salt } } }
      }
    })
    .catch(() => null);
  if (!(made instanceof PublicKeyCredential)) return null;
  const { prf } = made.getClientExtensionResults();
  if (prf?.enabled !== true && prf?.results === undefined) return null;
  const credentialId = new Uint8Array(made.rawId);
  // Some phones tell the secret only when the passkey is used.
  const secret = bytesOf(prf.results?.first) ?? (await secretOf({ credentialId, salt }));
  return secret === null ? null : { credentialId, salt, wrapped: await wrapKey(key, secret) };
}

/** Asks for the finger. @returns null when the person has broken off, or it is not the key */
export async function keyByPasskey(passkey: Passkey): Promise<DataKey | null> {
  const secret = await secretOf(passkey);
  return secret === null ? null : unwrapKey(passkey.wrapped, secret);
}

async function secretOf({
  credentialId,
  salt
}: Pick<Passkey, 'credentialId' | 'salt'>): Promise<Uint8Array<ArrayBuffer> | null> {
  const used = await navigator.credentials
    .get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } }
      }
    })
    .catch(() => null);
  return used instanceof PublicKeyCredential ? bytesOf(used.getClientExtensionResults().prf?.results?.first) : null;
}

function bytesOf(source: BufferSource | undefined): Uint8Array<ArrayBuffer> | null {
  if (source === undefined) return null;
  const bytes =
    source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer);
  return bytes.length === KEY_BYTES ? bytes : null;
}
