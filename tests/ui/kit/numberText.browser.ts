// Numbers as they are typed: separators, carets, the two decimal signs, pasted numbers.
import { describe, expect, test } from 'vitest';
import type { Locale } from '#lib/i18n/locale.ts';
import { numberToText, readPasted, retype, textToNumber } from '#lib/ui/numberText.ts';

const rules = (locale: Locale, digits = 2, negative = false) => ({ locale, digits, negative });

/** Types keys one after the other at the end, as a keyboard does. */
function typeAll(keys: string, locale: Locale, digits = 2, negative = false): string {
  let text = '';
  for (const key of keys) {
    text = retype({ text: text + key, caret: text.length + 1 }, key, rules(locale, digits, negative)).text;
  }
  return text;
}

describe('typing at the end', () => {
  test.each([
    ['1850', 'vi', '1.850'],
    ['1234567', 'vi', '1.234.567'],
    ['1234567', 'en', '1,234,567'],
    ['1850,5', 'vi', '1.850,5'],
    ['1850.5', 'vi', '1.850,5'], // a phone keyboard with only a full stop
    ['1850,5', 'en', '1,850.5'],
    ['12,345', 'vi', '12,34'], // two decimals at most
    ['1,2,3', 'vi', '1,23'], // a second decimal sign is not taken
    ['007', 'vi', '7'],
    ['0,5', 'vi', '0,5'],
    [',5', 'vi', '0,5'],
    ['12a4', 'vi', '124'],
    ['1234567890123456789', 'vi', '123.456.789.012.345'] // what a double holds exactly
  ] as const)('%s in %s gives %s', (keys, locale, text) => {
    expect(typeAll(keys, locale)).toBe(text);
  });

  test('a whole number takes no decimal sign', () => expect(typeAll('12,5', 'vi', 0)).toBe('125'));
  test('a minus only where it may stand', () => {
    expect(typeAll('-1200', 'vi')).toBe('1.200');
    expect(typeAll('-1200', 'vi', 2, true)).toBe('-1.200');
  });
});

describe('the caret stays behind its digit', () => {
  test.each([
    // [text after the key, caret, key, text, caret]
    ['1.2850', 4, '8', '12.850', 5 - 1], // 8 typed after "1.2"
    ['91.850', 1, '9', '91.850', 1],
    ['1.85', 4, null, '185', 3], // Backspace at the end
    ['1850', 1, null, '1.850', 1], // Backspace on the separator: next time it takes the 1
    ['1.8,50', 4, ',', '18,50', 3]
  ] as const)('%s|%i → %s', (text, caret, key, wanted, wantedCaret) => {
    expect(retype({ text, caret }, key, rules('vi'))).toEqual({ text: wanted, caret: wantedCaret });
  });
});

test.each([
  ['1.850,5', 'vi', '1850,5'],
  ['1,850.5', 'vi', '1850,5'], // copied from an English sheet
  ['1850.5', 'vi', '1850,5'],
  ['1.850', 'vi', '1850'],
  ['1.234.567', 'vi', '1234567'],
  ['12,5 ha', 'vi', '12,5'],
  ['1.850,5', 'en', '1850.5']
] as const)('pasted %s in %s reads %s', (pasted, locale, text) => {
  expect(readPasted(pasted, locale)).toBe(text);
});

test.each([0, 1, 12.5, 1850.5, 0.25, 1000000, 999.99, 1200, 100])('%d survives the way to text and back', (value) => {
  for (const locale of ['vi', 'en'] as const) {
    expect(textToNumber(numberToText(value, rules(locale)), locale)).toBe(value);
  }
});

test('no number is no text, and no text is no number', () => {
  expect(numberToText(null, rules('vi'))).toBe('');
  expect(textToNumber('', 'vi')).toBeNull();
  expect(textToNumber('-', 'vi')).toBeNull();
  expect(textToNumber('12,', 'vi')).toBe(12);
});
