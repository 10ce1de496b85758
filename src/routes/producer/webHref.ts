// The link behind a website as somebody typed it.
import { urlDoubt } from '#lib/domain/validation/format.ts';

/** An address to open, or null when the text is none: anything but http(s) could run as a script. */
export function webHref(text: string): string | null {
  if (urlDoubt(text) !== null) return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}
