// A new PIN or passphrase, and what of the lock's row comes of it.
import type { SecretKind } from '#lib/domain/lock/secret.ts';
import { NO_TRIES } from '#lib/domain/lock/tries.ts';
import type { LockRow } from '#lib/storage/lock.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { freshKdf, keyOfSecret, wrapKey } from './wrapping.ts';

export interface NewSecret {
  readonly kind: SecretKind;
  readonly text: string;
}

/** @param secret one that `secretProblem` has let pass */
export async function wrapSecret(
  { kind, text }: NewSecret,
  key: DataKey
): Promise<Pick<LockRow, 'secret' | 'kdf' | 'wrapped' | 'tries'>> {
  const kdf = freshKdf();
  return { secret: kind, kdf, wrapped: await wrapKey(key, await keyOfSecret(text, kdf)), tries: NO_TRIES };
}
