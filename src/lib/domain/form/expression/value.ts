// The values of expressions, with XPath's conversions as XLSForm uses them.

/**
 * A blank is `null`: an answer not given, hidden by `relevant`, or a number that does not exist (`1 div 0`).
 * Numbers are always finite. A list is the answer of a select_multiple.
 */
export type Value = null | string | number | boolean | readonly string[];

/** The longest text that `regex()` looks at; longer ones do not match, so that no answer can stall the screen. */
const PATTERN_REACH = 10_000;

/** Whether nothing was answered: null, a text of spaces, an empty list. */
export function isBlank(value: Value): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || (typeof value === 'object' && value.length === 0);
}

/**
 * As a number, or null where there is none.
 * | value          | number                          |
 * |----------------|---------------------------------|
 * | blank          | null                            |
 * | text           | what it spells, else null       |
 * | day yyyy-mm-dd | days since 1 January 1970       |
 * | boolean        | 1 or 0                          |
 * | list           | as its text                     |
 */
export function toNumber(value: Value): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value).trim();
  if (text === '' || text.length > 400) return null;
  const day = dayNumber(text);
  if (day !== null) return day;
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(text) ? finite(Number(text)) : null;
}

/** As a text: blank is '', a list its names between spaces, a boolean `true` or `false`. */
export function toText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'object') return value.join(' ');
  return String(value);
}

/** As a condition: blank, 0 and false are false. */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  return !isBlank(value);
}

/**
 * The truth of a comparison.
 * | operator    | both blank | one blank | both given                                                        |
 * |-------------|------------|-----------|-------------------------------------------------------------------|
 * | `=`         | true       | false     | as numbers if one is a number, as conditions if one is, else text |
 * | `!=`        | false      | true      | the contrary of `=` (so `${a} != ''` asks whether a is answered)  |
 * | `<` … `>=`  | false      | false     | as numbers (days count as numbers); false where there is none     |
 */
export function compare(operator: '=' | '!=' | '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean {
  if (operator === '=') return equal(left, right);
  if (operator === '!=') return !equal(left, right);
  const a = written(left);
  const b = written(right);
  if (a === null || b === null) return false;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

/**
 * Arithmetic on numbers, as on paper: 0.1 + 0.7 is 0.8, and no certified area is larger than its whole by a binary digit.
 * A quotient is left as it is, so that a third three times is one.
 * @returns blank if either side is blank or no number, or where the result does not exist
 */
export function calculate(operator: '+' | '-' | '*' | 'div' | 'mod', left: Value, right: Value): number | null {
  const a = toNumber(left);
  const b = toNumber(right);
  if (a === null || b === null) return null;
  if (operator === '+') return onPaper(a + b, a, b);
  if (operator === '-') return onPaper(a - b, a, b);
  if (operator === '*') return onPaper(a * b);
  return operator === 'div' ? finite(a / b) : onPaper(a - b * Math.trunc(onPaper(a / b) ?? NaN), a, b);
}

/** Blanks count as nothing, so that an unfinished table still has a total. */
export const sum = (values: readonly Value[]): number | null =>
  values.reduce<number | null>((total, value) => calculate('+', total, toNumber(value) ?? 0), 0);

/** Rounds half up, as XPath does: 2.5 → 3, -2.5 → -2. `digits` are decimals, at most 15. */
export function round(value: Value, digits: Value): number | null {
  const number = written(value);
  if (number === null) return null;
  const places = Math.min(15, Math.max(0, Math.trunc(toNumber(digits) ?? 0)));
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  // Shifting the decimal exponent in text avoids 1.005 * 100 = 100.49999999999999.
  const shifted = Math.round(Number(`${mantissa}e${String(Number(exponent) + places)}`));
  if (!Number.isFinite(shifted)) return number;
  const [back = '', power = '0'] = String(shifted).split('e');
  return finite(Number(`${back}e${String(Number(power) - places)}`));
}

/** Whether the whole text fits the pattern, as ODK Collect matches; blank fits only where the pattern allows ''. */
export function matches(value: Value, pattern: RegExp): boolean {
  const text = toText(value);
  return text.length <= PATTERN_REACH && pattern.test(text);
}

/** The names chosen in a select_multiple (or the one of a select_one). */
export function chosen(value: Value): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'object') return value;
  return toText(value)
    .split(/\s+/)
    .filter((name) => name !== '');
}

/** The regular expression of a `regex()` pattern, or null where it is none. */
export function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    return null; // RegExp has no way to ask first.
  }
}

/** Days from 1970-01-01 to a day `yyyy-mm-dd`, or null where the calendar has no such day. */
export function dayNumber(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // 2026-02-30 parses in some engines as 2 March: it must come back as written.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return null;
  return ms / 86_400_000;
}

/** A day in `format-date`'s letters: %Y year, %m month, %d day of the month; blank for what is no day. */
export function formatDate(value: Value, format: string): string | null {
  const text = toText(value);
  if (dayNumber(text) === null) return null;
  return format
    .replaceAll('%Y', text.slice(0, 4))
    .replaceAll('%m', text.slice(5, 7))
    .replaceAll('%d', text.slice(8, 10));
}

function equal(left: Value, right: Value): boolean {
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right);
  if (typeof left === 'boolean' || typeof right === 'boolean') return toBoolean(left) === toBoolean(right);
  if (typeof left === 'number' || typeof right === 'number') {
    const number = written(left);
    return number !== null && number === written(right);
  }
  return toText(left) === toText(right);
}

/** Decimal digits that a binary number holds for sure. */
const SURE_DIGITS = 15;

/**
 * A result without the digits that only its binary form has.
 * @param operands as large ones leave such digits in a small difference
 */
function onPaper(value: number, ...operands: readonly number[]): number | null {
  if (Number.isInteger(value) || !Number.isFinite(value)) return finite(value);
  const largest = Math.max(...[value, ...operands].map(Math.abs));
  const decimals = SURE_DIGITS - 1 - Math.floor(Math.log10(largest));
  return Number(value.toFixed(Math.min(100, Math.max(0, decimals))));
}

/** As a number that one would write down: a quotient with as many digits as are sure. */
function written(value: Value): number | null {
  const number = toNumber(value);
  return number === null ? null : onPaper(number);
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
