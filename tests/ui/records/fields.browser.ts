// The forms' flat texts and the documents behind them: nothing is lost on the way, nothing empty is kept.
import { describe, expect, it, test } from 'vitest';
import {
  NO_PRODUCER,
  fieldsToProducer,
  producerToFields,
  withProducerFields
} from '#lib/app/records/producerFields.ts';
import { NO_PRODUCT, fieldsToProduct, productToFields, withProductFields } from '#lib/app/records/productFields.ts';
import { fieldsToPaper, paperToFields, withPaperFields } from '#lib/app/records/paperFields.ts';
import { aPaper, aProducer, aProduct } from '../../support/documents.ts';

const whole = aProducer({
  registrationNumber: '48A8001234',
  registeredOn: '2019-04-02',
  address: 'Thôn mẫu 1',
  representative: { name: 'Người mẫu A', sex: 'female', ethnicity: 'Chăm', disability: true, position: 'Giám đốc' },
  phone: '0252000001',
  email: 'coso01@mau.invalid',
  website: 'mau.invalid',
  note: 'Gọi trước khi đến.',
  plannedVisit: { at: '2026-12-01T08:30', note: 'Chụp nhãn' }
});
const recognised = aProduct({
  presentation: 'Chai 500 ml',
  application: 'renewal',
  recognition: { stars: 3, decision: '12/QĐ', date: '2024-01-05', authority: 'Tỉnh', validUntil: '2027-01-05' },
  code: '68-22972-01-2026'
});

describe('a producer', () => {
  it('comes back from its form unchanged', () => {
    expect(withProducerFields(whole, {})).toEqual(whole);
    expect(withProducerFields(whole, producerToFields(whole))).toEqual(whole);
  });

  it('loses what is emptied, and only that', () => {
    const { phone: _phone, ...rest } = whole;
    expect(withProducerFields(whole, { phone: '  ' })).toEqual(rest);
    const emptied = withProducerFields(whole, {
      representative: '',
      sex: '',
      ethnicity: '',
      disability: '',
      position: '',
      visitDay: ''
    });
    expect(emptied).not.toHaveProperty('representative');
    expect(emptied).not.toHaveProperty('plannedVisit');
  });

  it('keeps its name when the field is emptied, and its commune whatever is chosen', () => {
    expect(withProducerFields(whole, { name: ' ', commune: '22918' })).toEqual(whole);
  });

  it('keeps what a newer app wrote, at the top and inside groups', () => {
    const newer = {
      ...whole,
      tomorrow: 1,
      representative: { ...whole.representative, born: 1980 },
      plannedVisit: { at: '2026-12-01', with: 'B' }
    };
    const edited = withProducerFields(newer, { phone: '0252000002', visitTime: '09:00' });
    expect(edited).toMatchObject({
      tomorrow: 1,
      phone: '0252000002',
      representative: { born: 1980, name: 'Người mẫu A' },
      plannedVisit: { at: '2026-12-01T09:00', with: 'B' }
    });
  });

  it('is made of what was typed, without empty fields', () => {
    expect(
      fieldsToProducer({ ...NO_PRODUCER, name: ' Cơ sở mẫu 02 ', commune: '22972', phone: '0252 000 002' })
    ).toEqual({
      name: 'Cơ sở mẫu 02',
      phone: '0252 000 002'
    });
  });
});

describe('a product', () => {
  it('comes back from its form unchanged', () => {
    expect(withProductFields(recognised, productToFields(recognised))).toEqual(recognised);
  });

  it('has no recognition without stars', () => {
    expect(withProductFields(recognised, { stars: '' })).not.toHaveProperty('recognition');
  });

  test.each([['name'], ['setId'], ['producerId']] as const)('never loses its %s', (field) => {
    expect(withProductFields(recognised, { [field]: '' })).toEqual(recognised);
  });

  it('is made of what was typed, without empty fields', () => {
    expect(
      fieldsToProduct({
        ...NO_PRODUCT,
        producerId: recognised.producerId,
        name: 'Mắm mẫu',
        setId: 'qd26-09',
        decision: 'x'
      })
    ).toEqual({ producerId: recognised.producerId, name: 'Mắm mẫu', setId: 'qd26-09' });
  });
});

describe('a paper', () => {
  const paper = aPaper({
    title: 'Kiểm nghiệm vi sinh',
    number: 'KN 12',
    issuer: 'Trung tâm mẫu',
    issuedOn: '2026-01-02',
    validUntil: '2027-01-02',
    note: 'Bản sao',
    photos: ['photo:a', 'photo:b']
  });

  it('comes back from its form unchanged, with its photos', () => {
    expect(withPaperFields(paper, {})).toEqual(paper);
    expect(withPaperFields(paper, paperToFields(paper))).toEqual(paper);
  });

  it('loses what is emptied, and only that; its kind stays', () => {
    const { validUntil: _until, title: _title, ...rest } = paper;
    expect(withPaperFields(paper, { validUntil: '', title: ' ', paperKind: '' })).toEqual(rest);
  });

  it('stays with its product, and keeps what a newer app wrote', () => {
    const newer = { ...paper, tomorrow: 1 };
    expect(withPaperFields(newer, { productId: 'product:other', number: 'KN 13' })).toEqual({
      ...newer,
      number: 'KN 13'
    });
  });

  it('is made of what was typed', () => {
    const fields = { ...paperToFields(aPaper()), paperKind: 'award', number: ' 5 ' };
    expect(fieldsToPaper(fields, 'award')).toEqual({ productId: paper.productId, paperKind: 'award', number: '5' });
  });
});
