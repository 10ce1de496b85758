// Ranges stay on one line, and nothing else changes.
import { expect, test } from 'vitest';
import { keepRanges } from '#lib/i18n/nobreak.ts';

test.each([
  ['Hợp đồng cho 50% – <75% sản lượng', 'Hợp đồng cho 50%\u00a0–\u2060\u00a0<75% sản lượng'],
  ['từ 75–100%', 'từ 75–\u2060100%'],
  ['ổn định ≥ 12 tháng', 'ổn định ≥\u00a012 tháng'],
  ['Nước mắm - mẫu 01', 'Nước mắm - mẫu 01'],
  ['xã – phường', 'xã – phường'],
  ['', '']
])('%s', (text, shown) => {
  expect(keepRanges(text)).toBe(shown);
});

test('nothing but spaces and the joiner changes', () => {
  const text = '50% – <75%; 3 – 5 năm; >= 90';
  expect(keepRanges(text).replaceAll('\u00a0', ' ').replaceAll('\u2060', '')).toBe(text);
});
