// The hash by which photos and records are known to be whole.
import { hexOf } from '#lib/domain/text/hex.ts';

/** SHA-256, hexadecimal. */
export const sha256Of = async (bytes: BufferSource): Promise<string> =>
  hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
