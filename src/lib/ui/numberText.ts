// Numbers as they are typed: thousands separators come by themselves and the caret stays with its digit.
import type { Locale } from '#lib/i18n/locale.ts';

/** The signs of a language's numbers. */
const SIGNS: Readonly<Record<Locale, { readonly group: string; readonly decimal: string }>> = {
  vi: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' }
};

/** More digits than this are not exact in a double. */
const MOST_DIGITS = 15;

export interface NumberRules {
  readonly locale: Locale;
  /** Decimals that may be typed; 0 for whole numbers. */
  readonly digits: number;
  readonly negative: boolean;
}

export interface TypedNumber {
  readonly text: string;
  readonly caret: number;
}

/** A number as the text of its field: 1850.5 → "1.850,5" in Vietnamese; null → "". */
export function numberToText(value: number | null, { locale, digits, negative }: NumberRules): string {
  if (value === null || !Number.isFinite(value)) return '';
  const plain = value.toFixed(digits).replace(/\.?0+$/, digits > 0 ? '' : '$&');
  const text = plain.replace('.', SIGNS[locale].decimal);
  return retype({ text, caret: text.length }, null, { locale, digits, negative: negative || value < 0 }).text;
}

/** The number that a field's text stands for; null when there is none yet ("", "-"). */
export function textToNumber(text: string, locale: Locale): number | null {
  const { group, decimal } = SIGNS[locale];
  const plain = text.replaceAll(group, '').replace(decimal, '.');
  return /\d/.test(plain) ? Number(plain) : null;
}

/**
 * Puts a number in order after a keystroke.
 * @param typed what stands in the input now, with its caret
 * @param key the sign just typed before the caret, if a single one: "." and "," both mean the decimal sign, because
 *   phone keyboards often offer only one of them and thousands are never typed
 * @returns the text with its separators and the caret behind the same digit
 */
export function retype(typed: TypedNumber, key: string | null, rules: NumberRules): TypedNumber {
  const { decimal } = SIGNS[rules.locale];
  const { signs, before } = significant(typed, key, rules);
  let caretSigns = before;

  while (signs.length > 1 && signs[0] === '0' && signs[1] !== ',') {
    signs.shift();
    caretSigns = Math.max(0, caretSigns - 1);
  }
  if (signs[0] === ',') {
    signs.unshift('0');
    caretSigns++;
  }
  const negative = rules.negative && typed.text.trimStart().startsWith('-');
  const cut = signs.indexOf(',');
  const whole = (cut < 0 ? signs : signs.slice(0, cut)).slice(0, MOST_DIGITS);
  const rest = cut < 0 ? [] : signs.slice(cut + 1, cut + 1 + rules.digits);

  const head = (negative ? '-' : '') + grouped(whole, rules.locale);
  const text = cut < 0 ? head : head + decimal + rest.join('');
  return { text, caret: caretAfter(text, caretSigns, rules.locale, negative && typed.caret > 0) };
}

/**
 * Reads a pasted number whose decimal sign may be the other language's: "1850.5" in a Vietnamese field.
 * @returns the text as the language writes it, without separators
 */
export function readPasted(text: string, locale: Locale): string {
  const { group, decimal } = SIGNS[locale];
  const clean = text.replace(/[^\d.,-]/g, '');
  const last = Math.max(clean.lastIndexOf('.'), clean.lastIndexOf(','));
  if (last < 0) return clean;
  const sign = clean.charAt(last);
  const other = sign === '.' ? ',' : '.';
  const single = clean.indexOf(sign) === last;
  // "1.850,5" and "1,850.5" tell by themselves; one sign alone is decimal unless it is the group sign before 3 digits.
  const isDecimal =
    single && (clean.includes(other) || sign === decimal || (sign === group && clean.length - last - 1 !== 3));
  const digitsOf = (part: string): string => part.replace(/[.,]/g, '');
  return isDecimal ? digitsOf(clean.slice(0, last)) + decimal + digitsOf(clean.slice(last + 1)) : digitsOf(clean);
}

/** Digits and at most one decimal sign (written ","), and how many of them stand before the caret. */
function significant(
  { text, caret }: TypedNumber,
  key: string | null,
  { locale, digits }: NumberRules
): { signs: string[]; before: number } {
  const { decimal } = SIGNS[locale];
  const standing = [...text].findIndex((sign, index) => sign === decimal && index !== caret - 1);
  const isPoint = (sign: string, index: number): boolean => {
    if (digits === 0) return false;
    if ((key === '.' || key === ',') && index === caret - 1) return standing < 0;
    return sign === decimal && index === (standing < 0 ? text.indexOf(decimal) : standing);
  };
  const signs: string[] = [];
  let before = 0;
  [...text].forEach((sign, index) => {
    const kept = /\d/.test(sign) ? sign : isPoint(sign, index) ? ',' : null;
    if (kept === null) return;
    signs.push(kept);
    if (index < caret) before++;
  });
  return { signs, before };
}

const grouped = (whole: readonly string[], locale: Locale): string =>
  whole.join('').replace(/\B(?=(\d{3})+$)/g, SIGNS[locale].group);

/** The place in `text` right after its first `count` significant signs. */
function caretAfter(text: string, count: number, locale: Locale, pastMinus: boolean): number {
  let seen = 0;
  for (let place = 0; place < text.length; place++) {
    if (seen === count && !(place === 0 && pastMinus)) return place;
    const sign = text.charAt(place);
    if (sign !== SIGNS[locale].group && sign !== '-') seen++;
  }
  return text.length;
}
