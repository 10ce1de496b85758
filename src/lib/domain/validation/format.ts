// Whether a text has the format that Vietnamese papers and networks give it; never more than a doubt.

/** What is odd about a text: a code for the sentence. */
export type FormatDoubt = 'phoneLength' | 'phonePrefix' | 'taxCode' | 'taxCodeCheck' | 'registration' | 'email' | 'url';

/**
 * The doubt about a text under a format, or null when it looks right (a blank text always does).
 * @param format a format's name, as `appearance` in survey forms gives it; others know no doubt
 */
export function formatDoubt(format: string, text: string): FormatDoubt | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (format) {
    case 'phone':
      return phoneDoubt(trimmed);
    case 'tax_code':
      return taxCodeDoubt(trimmed);
    case 'registration':
      return registrationDoubt(trimmed);
    case 'email':
      return emailDoubt(trimmed);
    case 'url':
      return urlDoubt(trimmed);
    default:
      return null;
  }
}

/**
 * A Vietnamese phone number: 10 digits from 03, 05, 07, 08, 09 (mobile, since 2018), 11 digits from 02 (fixed line with
 * its area code), or 1800/1900 numbers; also as +84 or 84. Spaces, dots, hyphens and brackets do not count.
 */
export function phoneDoubt(text: string): FormatDoubt | null {
  const digits = domesticPhone(text);
  if (digits === null) return 'phoneLength';
  if (/^1[89]00\d{4,6}$/.test(digits)) return null;
  if (!/^0[235789]/.test(digits)) return /^0\d{9,10}$/.test(digits) ? 'phonePrefix' : 'phoneLength';
  return digits.length === (digits.startsWith('02') ? 11 : 10) ? null : 'phoneLength';
}

/** The digits of a phone number as dialled inside Vietnam (`0912345678`), or null when it holds other letters. */
export function domesticPhone(text: string): string | null {
  const bare = text.length > 40 ? '' : text.replace(/[\s.\-()]/g, '');
  if (!/^\+?\d+$/.test(bare)) return null;
  return bare.replace(/^(\+84|84(?=\d{9,10}$))0?/, '0');
}

/** Weights of the first nine digits; the tenth is 10 less the remainder of their sum by 11. */
const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/**
 * A tax code: 10 digits with a check digit, `-` and 3 digits for a dependent unit, or the 12 digits of a personal
 * identification number (which households use since 1 July 2025, circular 86/2024/TT-BTC).
 */
export function taxCodeDoubt(text: string): FormatDoubt | null {
  const bare = text.trim();
  if (/^\d{12}$/.test(bare)) return null;
  if (!/^\d{10}(-?\d{3})?$/.test(bare)) return 'taxCode';
  const sum = TAX_WEIGHTS.reduce((total, weight, index) => total + weight * Number(bare.charAt(index)), 0);
  return 10 - (sum % 11) === Number(bare.charAt(9)) ? null : 'taxCodeCheck';
}

/**
 * A business registration number: an enterprise's or cooperative's tax code (10 or 10-3 digits), a household's 12 digits,
 * or an older number of district offices such as `48A8001234` or `12/GCN-HTX`: letters, digits, `/`, `-`, `.`, with at
 * least three digits.
 */
export function registrationDoubt(text: string): FormatDoubt | null {
  const bare = text.trim();
  const plausible = bare.length <= 40 && /^[\p{L}\d/.\- ]+$/u.test(bare) && (bare.match(/\d/g)?.length ?? 0) >= 3;
  return plausible ? null : 'registration';
}

/** An e-mail address: one @, a domain with a dot, no spaces. */
export const emailDoubt = (text: string): FormatDoubt | null =>
  text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim()) ? null : 'email';

/** A web address: http(s) or none, a host with a dot. */
export const urlDoubt = (text: string): FormatDoubt | null =>
  text.length <= 2000 && /^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i.test(text.trim()) ? null : 'url';
