// Formats of phones, tax codes and registrations as they are found on papers.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { domesticPhone, formatDoubt } from '#lib/domain/validation/format.ts';

describe.each<[string, [string, string | null][]]>([
  [
    'phone',
    [
      ['0912345678', null],
      ['0912 345 678', null],
      ['+84 912 345 678', null],
      ['84912345678', null],
      ['(0252) 3822 555', null],
      ['1900 1234', null],
      ['091234567', 'phoneLength'],
      ['09123456789', 'phoneLength'],
      ['0252382255', 'phoneLength'],
      ['0412345678', 'phonePrefix'],
      ['912345678', 'phoneLength'],
      ['hỏi chủ tịch', 'phoneLength'],
      ['0'.repeat(5_000_000), 'phoneLength'],
      ['', null]
    ]
  ],
  [
    'tax_code',
    [
      ['0100109106', null],
      ['0100109106-001', null],
      ['0100109107', 'taxCodeCheck'],
      ['010010910', 'taxCode'],
      ['068012345678', null],
      ['MST 0100109106', 'taxCode']
    ]
  ],
  [
    'registration',
    [
      ['0100109106', null],
      ['48A8001234', null],
      ['12/GCN-HTX 007', null],
      ['chưa có', 'registration'],
      ['12?', 'registration']
    ]
  ],
  [
    'email',
    [
      ['htx.mau@example.vn', null],
      ['htx.mau@example', 'email'],
      ['htx mau@example.vn', 'email'],
      ['@example.vn', 'email']
    ]
  ],
  [
    'url',
    [
      ['https://example.vn/sp?id=1', null],
      ['example.vn', null],
      ['facebook.com/htxmau', null],
      ['htxmau', 'url'],
      ['ftp://example.vn', 'url'],
      ['example .vn', 'url']
    ]
  ],
  ['multiline', [['anything', null]]]
])('%s', (format, cases) => {
  it.each(cases)('%s → %s', (text, expected) => {
    expect(formatDoubt(format, text)).toBe(expected);
  });
});

it('gives the digits to dial', () => {
  expect(['+84 91.234.5678', '84912345678', '(091) 234-5678'].map(domesticPhone)).toEqual(Array(3).fill('0912345678'));
  expect(domesticPhone('gọi sau')).toBeNull();
});

it('has an opinion on any text without failing', () => {
  const format = fc.constantFrom('phone', 'tax_code', 'registration', 'email', 'url', 'none');
  fc.assert(
    fc.property(format, fc.string(), (name, text) => {
      const doubt = formatDoubt(name, text);
      expect(doubt === null || typeof doubt === 'string').toBe(true);
    })
  );
});
