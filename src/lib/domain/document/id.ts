// Identifiers that a device makes without asking anyone: `kind:ulid`.

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Makes a ULID: 10 letters of time, 16 of chance, sortable by time.
 * @param timeMs milliseconds since 1970, as the caller's clock says
 * @param random 16 bytes of chance (one letter is taken from each)
 */
export function ulid(timeMs: number, random: Uint8Array): string {
  let rest = Math.floor(timeMs);
  let time = '';
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let chance = '';
  for (let i = 0; i < 16; i++) chance += CROCKFORD.charAt((random[i] ?? 0) % 32);
  return time + chance;
}

/** The id of a new document: `product:01J…`. */
export const documentId = (kind: string, timeMs: number, random: Uint8Array): string =>
  `${kind}:${ulid(timeMs, random)}`;

/** The id of an account's person: the same however often it is written. */
export const personId = (account: string): string => `person:${account}`;

/** The kind that an id names, or '' when it names none. */
export function kindOfId(id: string): string {
  const colon = id.indexOf(':');
  return colon < 0 ? '' : id.slice(0, colon);
}
