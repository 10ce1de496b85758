// Plausible answers to the product survey for a fictional producer and product.
import type { AnswerRow } from '#lib/domain/document/document.ts';
import { type Form, type Item } from '#lib/domain/form/form.ts';
import { placeToText } from '#lib/domain/place/answer.ts';
import { signatureToText } from '#lib/domain/signature/signature.ts';
import type { Calendar } from './calendar.ts';
import type { SampleProducer, SampleProduct } from './cast.ts';
import { placeOf } from './places.ts';
import { SCRIBBLE } from './scribble.ts';

/**
 * Answers every required question of the survey.
 * @param officer what the officer is called
 */
export function wholeSurvey(
  producer: SampleProducer,
  product: SampleProduct,
  calendar: Calendar,
  officer: string
): AnswerRow {
  const [workers, local, insured, women] = producer.people;
  const [before, last] = calendar.pastYears;
  const place = placeOf(producer);
  const revenue = 320 + 85.5 * product.number;
  return {
    producer_name: producer.name,
    producer_type: producer.type,
    registered_on: calendar.day(-2200 - 30 * producer.number),
    producer_address: producer.address,
    representative_name: producer.representative,
    representative_position: producer.type === 'cooperative' ? 'Giám đốc' : 'Chủ cơ sở',
    representative_sex: producer.sex,
    representative_ethnicity: producer.ethnicity,
    phone: producer.phone ?? '0252 000 0000',
    workers,
    workers_local: local,
    workers_insured: insured,
    workers_women: women,
    product_name: product.name,
    criteria_set: product.setId,
    presentation: product.presentation,
    ...application(product, calendar),
    material_source: 'Trong xã và các xã lân cận',
    area_own: 2.5,
    area_linked: 10,
    province_share: 'from_75',
    commune_share: 80,
    material_certificates: ['none'],
    season: 'Quanh năm, nhiều nhất từ tháng 4 đến tháng 9',
    process: 'Chọn nguyên liệu, sơ chế, chế biến, đóng gói, bảo quản.',
    machines: 'Máy rửa, máy đóng gói',
    output_unit: product.unit,
    capacity: 24_000,
    output: 18_500,
    quality_plan: 'yes',
    quality_plan_practice: 'Ghi sổ từng mẻ, lưu mẫu sáu tháng.',
    has_linkage: 'yes',
    linkages: [{ _id: 'r1', partner: 'Đại lý mẫu 1', partner_agreement: 'written', partner_share: 55 }],
    years: [
      { _id: 'r1', year: before, revenue, profit: 40 },
      { _id: 'r2', year: last, revenue: revenue + 120, profit: 62.5 }
    ],
    has_papers: 'yes',
    papers: [{ _id: 'r1', paper_kind: 'food_safety', paper_number: 'Mẫu 12/GCN', paper_until: calendar.day(400) }],
    packaging_kinds: ['plastic_bottle'],
    has_label: 'yes',
    label_bilingual: 'no',
    label_story: 'no',
    label_qr: 'yes',
    label_qr_code: 'https://mau.invalid/qr',
    markets: ['province', 'country'],
    agents: 4,
    has_ecommerce: 'no',
    has_fairs: 'yes',
    fairs_province: 2,
    fairs_country: 1,
    has_story: 'yes',
    story_text: 'Nghề truyền trong nhà từ ba đời, nguyên liệu của chính vùng này.',
    story_channels: ['leaflet'],
    difficulties: ['packaging', 'market'],
    difficulty_first: 'market',
    supports: ['packaging', 'trade'],
    visited_on: calendar.day(-6),
    officer,
    met: producer.representative,
    met_signature: signatureToText({ tag: 'drawn', strokes: SCRIBBLE }),
    visit_place: placeToText(
      place === null ? { tag: 'none', reason: 'noReceiver', note: '' } : { tag: 'fix', fix: place }
    )
  };
}

function application({ recognised }: SampleProduct, calendar: Calendar): AnswerRow {
  if (!recognised) return { application: 'first' };
  const [stars, endsInDays] = recognised;
  const until = calendar.day(endsInDays);
  return {
    application: 'renewal',
    stars_now: String(stars),
    decision_date: calendar.decidedFor(until),
    recognised_until: until
  };
}

/** The answers of the first sections only, as of a draft that someone is still filling in. */
export function firstSections(form: Form, answers: AnswerRow, count: number): AnswerRow {
  const names = (items: readonly Item[]): string[] =>
    items.flatMap((item) => (item.kind === 'group' ? names(item.children) : [item.name]));
  const asked = new Set(names(form.sections.slice(0, count)));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)));
}
