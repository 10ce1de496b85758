// Makes the records that the bench fills a commune with: plainly fictional, of the size of real ones, always the same.
import type { Document } from '#lib/domain/document/document.ts';
import { aProducer, aProduct, aSurvey, anAssessment, anId } from '../support/documents.ts';

const GOODS = [
  'Nước mắm',
  'Thanh long sấy dẻo',
  'Hạt điều rang muối',
  'Mực một nắng',
  'Cá cơm sấy',
  'Muối hầm',
  'Bánh tráng'
];
const SETS = ['qd26-09', 'qd26-07', 'qd26-07', 'qd26-08', 'qd26-08', 'qd26-10', 'qd26-06'];

/**
 * Fictional products with their producers, and what belongs to them.
 * @param products how many; every fifth starts a new producer, every fourth has a draft survey, every fourth an assessment
 */
export function someRecords(products: number): Document[] {
  const documents: Document[] = [];
  for (let i = 0; i < products; i++) {
    const producerId = anId('producer', Math.floor(i / 5));
    if (i % 5 === 0) {
      documents.push(aProducer({ _id: producerId, name: `Cơ sở mẫu ${String(i / 5 + 1)}`, note: PADDING }));
    }
    const productId = anId('product', i);
    const name = `${GOODS[i % GOODS.length] ?? ''} mẫu ${String(i + 1)}`;
    const setId = SETS[i % SETS.length] ?? 'qd26-09';
    documents.push(aProduct({ _id: productId, producerId, name, setId, presentation: PADDING }));
    if (i % 4 === 0) documents.push(aSurvey({ _id: anId('survey', i), productId, producerId }));
    if (i % 4 === 1) documents.push(anAssessment({ _id: anId('assessment', i), productId, producerId, setId }));
  }
  return documents;
}

/** A draft survey with that many linkage contracts in its repeat. */
export function aSurveyWithLinkages(number: number, rows: number): Document {
  const linkages = Array.from({ length: rows }, (_, i) => ({
    _id: `row-${String(i)}`,
    partner: `Bên liên kết mẫu ${String(i + 1)}`,
    partner_agreement: 'written',
    partner_contract: `12/2026/HĐ-${String(i + 1)}`,
    partner_share: 1,
    partner_since: '2025-03-02'
  }));
  return aSurvey({
    _id: anId('survey', number),
    productId: anId('product', 0),
    producerId: anId('producer', 0),
    answers: { has_linkage: 'yes', linkages }
  });
}

/** A colleague of the commune. */
const COLLEAGUE = 'canbo.b';

/**
 * What a commune holds after some years, 1.8 KB each on the wire: a colleague's producers, products, accepted surveys
 * and self-assessments, and at the end of the feed a few drafts of the officer himself.
 */
export function recordsOfYears(count: number): Document[] {
  const theirs = { createdBy: COLLEAGUE, updatedBy: COLLEAGUE };
  const AT = '2026-11-20T02:30:00.000Z';
  const accepted = {
    ...theirs,
    status: 'accepted' as const,
    trail: [{ status: 'accepted' as const, at: AT, by: 'tuvan.t' }]
  };
  const documents = Array.from({ length: count - OWN_DRAFTS }, (_, i): Document => {
    const producerId = anId('producer', Math.floor(i / 5));
    const productId = anId('product', Math.floor(i / 5));
    switch (i % 5) {
      case 0:
        return aProducer({ ...theirs, _id: producerId, name: `Cơ sở mẫu ${String(i + 1)}`, note: PADDING.repeat(4) });
      case 1:
        return aSurvey({
          ...accepted,
          _id: anId('survey', i),
          productId,
          producerId,
          answers: { production_place: PADDING.repeat(2), market: PADDING.repeat(2), has_linkage: 'yes', workers: 12 }
        });
      case 2:
        return anAssessment({
          ...accepted,
          _id: anId('assessment', i),
          productId,
          producerId,
          choiceByCriterion: Object.fromEntries(
            Array.from({ length: 26 }, (_, no) => [
              `${String((no % 5) + 1)}.${String(no + 1)}`,
              { option: 1, note: 'Đã xem' }
            ])
          )
        });
      default:
        return aProduct({
          ...theirs,
          _id: i % 5 === 3 ? productId : anId('product', count + i),
          producerId,
          name: `${GOODS[i % GOODS.length] ?? ''} mẫu ${String(i + 1)}`,
          presentation: PADDING.repeat(4)
        });
    }
  });
  return [...documents, ...ownSurveys(OWN_DRAFTS)];
}
const OWN_DRAFTS = 20;

/** The officer's own draft surveys, 1.8 KB each on the wire. */
export function ownSurveys(count: number): Document[] {
  return Array.from({ length: count }, (_, i) =>
    aSurvey({
      _id: ownSurveyId(i),
      productId: anId('product', i),
      producerId: anId('producer', i),
      answers: { production_place: PADDING.repeat(2), market: PADDING.repeat(2), has_linkage: 'yes', workers: 12 }
    })
  );
}

export const ownSurveyId = (i: number): string => anId('survey', 1_000_000 + i);

const PADDING =
  'Đoạn chữ mẫu dùng để đo, dài như ghi chú của một chuyến thăm thật: nơi sản xuất, người gặp, việc hẹn lần sau, giấy tờ còn thiếu. '.repeat(
    2
  );
