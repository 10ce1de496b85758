// Bytes that no compression makes smaller, as those of a photo.

/** Bytes of a thumbnail. */
export const THUMB_BYTES = 12_000;

/** What `getRandomValues` gives at most. */
const AT_ONCE = 65_536;

export function randomBytes(length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + AT_ONCE));
  return bytes.buffer;
}
