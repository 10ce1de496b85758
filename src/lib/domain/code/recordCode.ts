// What a scanned code says: the address of one of our records, or something foreign.

/** Records that have a code of their own. */
const KINDS = ['product', 'producer'] as const;
export type CodedKind = (typeof KINDS)[number];

export type ScannedCode =
  | { readonly tag: 'record'; readonly kind: CodedKind; readonly id: string }
  | { readonly tag: 'foreign'; readonly text: string };

/** The longest text of a code: a QR code holds about 4,300 letters at most. */
export const LONGEST_CODE = 4_500;

/** What the code of a record says. @param origin where the app is served, `https://…` without a slash at the end */
export const recordAddress = (origin: string, kind: CodedKind, id: string): string => `${origin}/${kind}/${id}`;

/**
 * Reads a code. The host is not looked at: a province may move to another address, and the codes on its shelves stay;
 * the id says which record it is.
 */
export function readCode(text: string): ScannedCode {
  const trimmed = text.trim();
  const match = /^https?:\/\/[^/\s]+\/(product|producer)\/([^/?#\s]+)$/.exec(trimmed);
  const kind = KINDS.find((known) => known === match?.[1]);
  const id = decoded(match?.[2] ?? '');
  return kind !== undefined && new RegExp(`^${kind}:[0-9A-Za-z._-]+$`).test(id)
    ? { tag: 'record', kind, id }
    : { tag: 'foreign', text: trimmed };
}

/** `%3A` is what some scanners make of the colon; a text that is no such code stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
