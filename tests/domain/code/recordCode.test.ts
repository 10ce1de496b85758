// A record's own code is recognised wherever the app is served; every other text is foreign, as it is.
import { expect, it } from 'vitest';
import { readCode, recordAddress } from '#lib/domain/code/recordCode.ts';
import { anId } from '../../support/documents.ts';

it.each(['product', 'producer'] as const)('reads back the code of a %s', (kind) => {
  const id = anId(kind, 7);
  for (const origin of ['https://sotay.example.vn', 'http://127.0.0.1:8060']) {
    expect(readCode(recordAddress(origin, kind, id))).toEqual({ tag: 'record', kind, id });
  }
});

it('reads it also where a scanner has written the colon in another way', () => {
  const id = anId('product');
  expect(readCode(`  https://sotay.example.vn/product/${id.replace(':', '%3A')}\n`)).toMatchObject({
    tag: 'record',
    id
  });
});

it.each([
  'https://truyxuat.example.vn/8938501234567',
  '8938501234567',
  'Nước mắm mẫu 01',
  `https://sotay.example.vn/survey/${anId('survey')}`,
  `https://sotay.example.vn/product/${anId('producer')}`,
  `https://sotay.example.vn/product/${anId('product')}/edit`,
  'https://sotay.example.vn/product/product:%ZZ',
  'https://sotay.example.vn/product/new',
  `javascript:alert(1)//product/${anId('product')}`
])('%s is foreign', (text) => {
  expect(readCode(text)).toEqual({ tag: 'foreign', text });
});
