// Builders of documents for tests, with sensible defaults that a test overrides where it matters.
import type {
  Assessment,
  Conflict,
  Document,
  Paper,
  Person,
  Photo,
  Producer,
  Product,
  Review,
  Survey
} from '#lib/domain/document/document.ts';

/** The commune of every document that does not say otherwise: Phan Rí Cửa. */
export const COMMUNE = '22972';
/** A second one: Liên Hương. */
export const OTHER_COMMUNE = '22969';
/** The officer who writes every document that does not say otherwise. */
export const OFFICER = 'canbo.a';

const INSTANT = '2026-11-20T02:30:00.000Z';

/** A well-formed id: `anId('product', 7)` is always the same one. */
export const anId = (kind: string, number = 1): string => `${kind}:01KA${String(number).padStart(22, '0')}`;

const envelope = {
  commune: COMMUNE,
  schema: 1,
  createdAt: INSTANT,
  createdBy: OFFICER,
  updatedAt: INSTANT,
  updatedBy: OFFICER,
  device: '01KADEVICE0000000000000001',
  editId: '01KAEDIT000000000000000001'
};

export const aProducer = (over: Partial<Producer> = {}): Producer => ({
  ...envelope,
  _id: anId('producer'),
  kind: 'producer',
  name: 'Cơ sở mẫu 01',
  type: 'household',
  ...over
});

export const aProduct = (over: Partial<Product> = {}): Product => ({
  ...envelope,
  _id: anId('product'),
  kind: 'product',
  producerId: anId('producer'),
  name: 'Nước mắm mẫu 01',
  setId: 'qd26-09',
  ...over
});

export const aSurvey = (over: Partial<Survey> = {}): Survey => ({
  ...envelope,
  _id: anId('survey'),
  kind: 'survey',
  status: 'draft',
  trail: [],
  productId: anId('product'),
  producerId: anId('producer'),
  formId: 'product-survey',
  formVersion: 1,
  answers: {},
  ...over
});

export const anAssessment = (over: Partial<Assessment> = {}): Assessment => ({
  ...envelope,
  _id: anId('assessment'),
  kind: 'assessment',
  status: 'draft',
  trail: [],
  productId: anId('product'),
  producerId: anId('producer'),
  setId: 'qd26-09',
  setVersion: 1,
  choiceByCriterion: {},
  ...over
});

export const aReview = (over: Partial<Review> = {}): Review => ({
  ...envelope,
  _id: anId('review'),
  kind: 'review',
  subjectId: anId('survey'),
  createdBy: 'tuvan.t',
  updatedBy: 'tuvan.t',
  remarks: [{ at: INSTANT, by: 'tuvan.t', target: 'workers', text: 'Ghi rõ số lao động của xã.' }],
  ...over
});

export const aPaper = (over: Partial<Paper> = {}): Paper => ({
  ...envelope,
  _id: anId('paper'),
  kind: 'paper',
  productId: anId('product'),
  paperKind: 'test',
  ...over
});

export const aPhoto = (over: Partial<Photo> = {}): Photo => ({
  ...envelope,
  _id: anId('photo'),
  kind: 'photo',
  productId: anId('product'),
  sha256: '5e'.repeat(32),
  bytes: 301_234,
  thumbBytes: 12_345,
  width: 1600,
  height: 1200,
  ...over
});

export const aConflict = (over: Partial<Conflict> = {}): Conflict => ({
  ...envelope,
  _id: anId('conflict'),
  kind: 'conflict',
  subjectId: anId('producer'),
  base: aProducer(),
  mine: aProducer({ name: 'Của tôi' }),
  theirs: aProducer({ name: 'Của họ', updatedBy: 'canbo.b' }),
  places: ['name'],
  ...over
});

export const aPerson = (over: Partial<Person> = {}): Person => ({
  ...envelope,
  _id: 'person:tuvan.t',
  kind: 'person',
  commune: '00000',
  account: 'tuvan.t',
  displayName: 'Cán bộ mẫu T',
  ...over
});

const aMergeNote = () => ({
  at: INSTANT,
  by: OFFICER,
  parts: [
    { by: OFFICER, at: INSTANT, places: ['phone'] },
    { by: 'canbo.b', at: INSTANT, places: ['representative/name', 'note'] }
  ]
});

/** One document of every kind, all of them good. */
export const oneOfEach = (): Document[] => [
  aProducer(),
  aProduct(),
  aSurvey(),
  anAssessment(),
  aReview(),
  aPaper(),
  aPhoto(),
  aConflict(),
  aPerson()
];

/** A row of the table that the domain's parser and the server's validation function must judge alike. */
export interface StructureCase {
  readonly name: string;
  readonly document: unknown;
  /** `later` is kept and passed on although this build does not know it (a newer schema, an unknown kind). */
  readonly verdict: 'good' | 'later' | 'bad';
}

const without = (document: Document, field: string): unknown =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));

/** Good and bad documents, judged by `parseDocument` and by `validate_doc_update`. */
export const STRUCTURE_CASES: readonly StructureCase[] = [
  ...oneOfEach().map((document) => ({ name: `a plain ${document.kind}`, document, verdict: 'good' as const })),
  { name: 'a soft-deleted producer', document: aProducer({ deleted: true }), verdict: 'good' },
  {
    name: 'a conflict that is over',
    document: aConflict({ base: null, theirs: null, resolved: { at: INSTANT, by: OFFICER, editId: 'e' } }),
    verdict: 'good'
  },
  {
    name: 'a save by a clock that is off',
    document: aProducer({ skew: { at: INSTANT, ms: -600_000 } }),
    verdict: 'good'
  },
  { name: 'a skew in words', document: { ...aProducer(), skew: { at: INSTANT, ms: 'ten' } }, verdict: 'bad' },
  { name: 'a conflict with nobody', document: { ...aConflict(), mine: null }, verdict: 'bad' },
  { name: 'a conflict of words', document: { ...aConflict(), theirs: 'theirs' }, verdict: 'bad' },
  { name: 'a conflict ended by nobody', document: { ...aConflict(), resolved: { at: INSTANT } }, verdict: 'bad' },
  { name: 'a merged producer', document: aProducer({ merges: [aMergeNote()] }), verdict: 'good' },
  { name: 'a merge of nobody', document: { ...aProducer(), merges: [{ ...aMergeNote(), by: 7 }] }, verdict: 'bad' },
  { name: 'a merge of no parts', document: { ...aProducer(), merges: [{ at: INSTANT, by: 'x' }] }, verdict: 'bad' },
  {
    name: 'a merge at no time',
    document: { ...aProducer(), merges: [{ ...aMergeNote(), parts: [{ by: 'x', at: 'then', places: [] }] }] },
    verdict: 'bad'
  },
  { name: 'a producer with a field of tomorrow', document: { ...aProducer(), tomorrow: [1] }, verdict: 'good' },
  {
    name: 'a producer with everything',
    document: aProducer({
      registrationNumber: '48A8001234',
      registeredOn: '2019-04-02',
      address: 'Thôn mẫu 1',
      representative: {
        name: 'Người mẫu A',
        sex: 'female',
        ethnicity: 'Chăm',
        disability: false,
        residence: 'Thôn mẫu 1',
        position: 'Giám đốc'
      },
      phone: '0252000001',
      email: 'coso01@mau.invalid',
      website: 'https://mau.invalid',
      note: 'Gọi trước khi đến.',
      place: { lat: 11.1702, lon: 108.5713, altitude: 4.2, accuracy: 8 },
      plannedVisit: { at: '2026-12-01', note: 'Chụp ảnh nhãn' }
    }),
    verdict: 'good'
  },
  {
    name: 'a product with its recognition',
    document: aProduct({
      application: 'renewal',
      recognition: { stars: 3, decision: '12/QĐ-UBND', date: '2024-01-05', authority: 'Tỉnh', validUntil: '2027-01-05' }
    }),
    verdict: 'good'
  },
  {
    name: 'a survey with answers of every shape',
    document: aSurvey({
      answers: {
        name: 'Cơ sở',
        workers: 12,
        insured: null,
        has: true,
        papers: ['a', 'b'],
        years: [{ _id: 'r1', y: 2025 }]
      },
      overrides: { revenue: 'Đã hỏi lại' },
      progress: { done: 3, of: 14 }
    }),
    verdict: 'good'
  },
  {
    name: 'a submitted assessment with totals',
    document: anAssessment({
      status: 'submitted',
      trail: [{ status: 'submitted', at: INSTANT, by: OFFICER }],
      choiceByCriterion: { '1.1': { option: 2, note: 'Hợp đồng' }, '1.2': { option: null } },
      evidenceByCriterion: { '1.2': ['photo:1', 'paper:1'] },
      noteByCriterion: { '1.3': 'Hỏi lại' },
      disqualified: [],
      caseByCriterion: { '1.1': 'a' },
      totals: { total: 71, byPart: { A: 28, B: 16, C: 27 }, rankByPoints: 4, rankByMinimums: 3, estimate: 3 }
    }),
    verdict: 'good'
  },
  {
    name: 'an assessment without an estimate',
    document: anAssessment({
      totals: { total: 0, byPart: {}, rankByPoints: 1, rankByMinimums: 2, estimate: null }
    }),
    verdict: 'good'
  },
  { name: 'a time with an offset', document: aProducer({ updatedAt: '2026-11-20T09:30:00+07:00' }), verdict: 'good' },

  {
    name: 'a kind that is not known yet',
    document: { ...aProducer(), _id: anId('report'), kind: 'report' },
    verdict: 'later'
  },
  { name: 'a newer schema', document: { ...aSurvey(), schema: 2, answers: 'packed' }, verdict: 'later' },

  ...['commune', 'schema', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'device', 'editId'].map((field) => ({
    name: `a producer without ${field}`,
    document: without(aProducer(), field),
    verdict: 'bad' as const
  })),
  { name: 'an id without its kind', document: { ...aProducer(), _id: '01KA0000000000000000000001' }, verdict: 'bad' },
  { name: 'an id with a space', document: { ...aProducer(), _id: 'producer:a b' }, verdict: 'bad' },
  { name: 'a commune of four digits', document: aProducer({ commune: '2297' }), verdict: 'bad' },
  { name: 'a commune as a number', document: { ...aProducer(), commune: 22972 }, verdict: 'bad' },
  { name: 'schema 0', document: aProducer({ schema: 0 }), verdict: 'bad' },
  { name: 'schema 0.5', document: aProducer({ schema: 0.5 }), verdict: 'bad' },
  { name: 'a day where a time belongs', document: aProducer({ createdAt: '2026-11-20' }), verdict: 'bad' },
  { name: 'no time at all', document: aProducer({ updatedAt: 'hôm qua' }), verdict: 'bad' },
  { name: 'deleted: false', document: { ...aProducer(), deleted: false }, verdict: 'bad' },
  { name: 'a producer without a name', document: aProducer({ name: '' }), verdict: 'bad' },
  { name: 'an unknown type of producer', document: { ...aProducer(), type: 'company' }, verdict: 'bad' },
  { name: 'a day that is none', document: aProducer({ registeredOn: '2026-13-01' }), verdict: 'bad' },
  { name: 'a representative in one string', document: { ...aProducer(), representative: 'Ông A' }, verdict: 'bad' },
  { name: 'a sex that is none', document: { ...aProducer(), representative: { sex: 'x' } }, verdict: 'bad' },
  { name: 'a phone number as a number', document: { ...aProducer(), phone: 252000001 }, verdict: 'bad' },
  { name: 'a text without end', document: aProducer({ note: 'a'.repeat(200_001) }), verdict: 'bad' },
  { name: 'a product without a producer', document: without(aProduct(), 'producerId'), verdict: 'bad' },
  { name: 'a set with a path in its name', document: aProduct({ setId: '../qd26' }), verdict: 'bad' },
  { name: 'six stars', document: aProduct({ recognition: { stars: 6 } }), verdict: 'bad' },
  { name: 'half a star', document: aProduct({ recognition: { stars: 3.5 } }), verdict: 'bad' },
  { name: 'a survey in a status that is none', document: { ...aSurvey(), status: 'sent' }, verdict: 'bad' },
  { name: 'a survey without a trail', document: without(aSurvey(), 'trail'), verdict: 'bad' },
  {
    name: 'a step without a name',
    document: { ...aSurvey(), trail: [{ status: 'draft', at: INSTANT }] },
    verdict: 'bad'
  },
  {
    name: 'a place without its accuracy',
    document: { ...aProducer(), place: { lat: 11.1702, lon: 108.5713 } },
    verdict: 'bad'
  },
  {
    name: 'a place beyond the pole',
    document: { ...aProducer(), place: { lat: 90.5, lon: 108.5713, accuracy: 8 } },
    verdict: 'bad'
  },
  {
    name: 'a place on the other side of the date line',
    document: { ...aProducer(), place: { lat: 11.1702, lon: 180.5, accuracy: 8 } },
    verdict: 'bad'
  },
  {
    name: 'a place of less than no accuracy',
    document: { ...aProducer(), place: { lat: 11.1702, lon: 108.5713, accuracy: -1 } },
    verdict: 'bad'
  },
  { name: 'a place in words', document: { ...aProducer(), place: '11.1702 108.5713 4.2 8' }, verdict: 'bad' },
  {
    name: 'a place of tomorrow',
    document: aProducer({ place: { lat: 11.1702, lon: 108.5713, accuracy: 8, floor: 2 } }),
    verdict: 'good'
  },
  { name: 'answers in one string', document: { ...aSurvey(), answers: 'none' }, verdict: 'bad' },
  { name: 'an answer that is an object', document: { ...aSurvey(), answers: { a: { b: 1 } } }, verdict: 'bad' },
  { name: 'an answer of mixed rows', document: { ...aSurvey(), answers: { a: ['x', { y: 1 }] } }, verdict: 'bad' },
  { name: 'a form version in words', document: { ...aSurvey(), formVersion: '1' }, verdict: 'bad' },
  { name: 'progress without its total', document: { ...aSurvey(), progress: { done: 1 } }, verdict: 'bad' },
  {
    name: 'an option that is negative',
    document: anAssessment({ choiceByCriterion: { '1.1': { option: -1 } } }),
    verdict: 'bad'
  },
  {
    name: 'a choice without its option',
    document: { ...anAssessment(), choiceByCriterion: { '1.1': {} } },
    verdict: 'bad'
  },
  {
    name: 'a total beyond 100',
    document: anAssessment({ totals: { total: 101, byPart: {}, rankByPoints: 5, rankByMinimums: 5, estimate: 5 } }),
    verdict: 'bad'
  },
  {
    name: 'a paper with everything',
    document: aPaper({
      title: 'Phiếu kiểm nghiệm',
      number: '12/KN',
      issuer: 'Trung tâm mẫu',
      issuedOn: '2025-06-01',
      validUntil: '2027-06-01',
      photos: ['photo:1', 'photo:2'],
      note: 'Bản chính ở nhà.'
    }),
    verdict: 'good'
  },
  { name: 'a paper of no known kind', document: { ...aPaper(), paperKind: 'passport' }, verdict: 'bad' },
  { name: 'a paper of nothing', document: without(aPaper(), 'productId'), verdict: 'bad' },
  { name: 'a paper that holds until some day', document: aPaper({ validUntil: 'lâu dài' }), verdict: 'bad' },
  { name: 'photos in one string', document: { ...aPaper(), photos: 'photo:1' }, verdict: 'bad' },
  {
    name: 'a photo with everything',
    document: aPhoto({
      takenAt: INSTANT,
      place: { lat: 11.2345, lon: 108.5, accuracy: 12 },
      target: { id: anId('assessment'), place: '1.2' },
      caption: 'Xưởng'
    }),
    verdict: 'good'
  },
  { name: 'a photo without a hash', document: without(aPhoto(), 'sha256'), verdict: 'bad' },
  { name: 'a photo with half a hash', document: aPhoto({ sha256: '5e'.repeat(16) }), verdict: 'bad' },
  { name: 'a photo of no bytes', document: aPhoto({ bytes: 0 }), verdict: 'bad' },
  { name: 'a photo as large as a film', document: aPhoto({ bytes: 1_500_001 }), verdict: 'bad' },
  { name: 'a thumbnail as large as a photo', document: aPhoto({ thumbBytes: 150_001 }), verdict: 'bad' },
  { name: 'a photo of no width', document: aPhoto({ width: 0 }), verdict: 'bad' },
  { name: 'a photo from beyond the pole', document: aPhoto({ place: { lat: 91, lon: 0 } }), verdict: 'bad' },
  {
    name: 'a photo within less than nothing',
    document: aPhoto({ place: { lat: 1, lon: 0, accuracy: -1 } }),
    verdict: 'bad'
  },
  {
    name: 'evidence in one string',
    document: { ...anAssessment(), evidenceByCriterion: { '1.1': 'photo:1' } },
    verdict: 'bad'
  },
  { name: 'a review without remarks', document: without(aReview(), 'remarks'), verdict: 'bad' },
  { name: 'a person of one commune', document: { ...aPerson(), commune: COMMUNE }, verdict: 'bad' },
  { name: 'a person without a name', document: aPerson({ displayName: '' }), verdict: 'bad' },
  { name: 'a person without an account', document: without(aPerson(), 'account'), verdict: 'bad' },
  { name: 'a remark without its text', document: { ...aReview(), remarks: [{ at: INSTANT, by: 'x' }] }, verdict: 'bad' }
];
