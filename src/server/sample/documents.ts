// All documents of the demonstration, dated from the day of the first start so that its deadlines are always near.
import type { Assessment, Document, Paper, Producer, Product, Review, Survey } from '#lib/domain/document/document.ts';
import { SCHEMA } from '#lib/domain/document/document.ts';
import { documentId } from '#lib/domain/document/id.ts';
import type { Status } from '#lib/domain/document/status.ts';
import { type CriteriaSet, MARKED_STARS } from '#lib/domain/criteria/set.ts';
import { loadSet } from '#lib/domain/criteria/load.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { CURRENT_FORM, loadForm } from '#lib/domain/form/load.ts';
import { sectionProgress } from '#lib/domain/form/progress.ts';
import { FormState } from '#lib/domain/form/state.ts';
import { freezeTotals } from '#lib/domain/scoring/freeze.ts';
import { scoreAssessment } from '#lib/domain/scoring/score.ts';
import { REVIEWER, SAMPLE_PEOPLE, officerOf } from './accounts.ts';
import { Calendar } from './calendar.ts';
import {
  FISH_SAUCE_POINTS,
  PAPERS,
  PRODUCERS,
  PRODUCTS,
  REMARKS_ON_ASSESSMENT,
  REMARKS_ON_SURVEY,
  type SamplePaper,
  type SampleProducer,
  type SampleProduct
} from './cast.ts';
import { choicesOfPoints, choicesReaching } from './choices.ts';
import { placeOf } from './places.ts';
import { firstSections, wholeSurvey } from './survey-answers.ts';

/** Ids are always the same, so that loading twice makes nothing twice. */
const ID_TIME_MS = Date.UTC(2026, 0, 1);
const idOf = (kind: string, number: number): string =>
  documentId(kind, ID_TIME_MS + number * 60_000, new Uint8Array(16).fill(number));

/** The product of whose sheet every number is known: 71 points, 4 stars by points, 3 by minimums. */
const COUNTABLE = 1;

/** Days ago on which a dossier took each step. */
const STEP_DAYS: Readonly<Record<Status, number>> = { draft: 9, submitted: 6, returned: 1, accepted: 2 };

type Envelope = Pick<
  Producer,
  'commune' | 'schema' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'device' | 'editId'
>;

/** @param now the time of the first start */
export async function sampleDocuments(now: Date): Promise<Document[]> {
  const calendar = new Calendar(now);
  const form = await theForm();
  const documents: Document[] = PRODUCERS.map((producer) => producerDocument(producer, calendar));
  for (const product of PRODUCTS) {
    const producer = PRODUCERS.find(({ number }) => number === product.producer);
    if (!producer) throw new Error(`Product ${product.number} of the sample has no producer.`);
    documents.push(productDocument(product, producer, calendar));
    for (const paper of papersOf(product)) documents.push(paperDocument(paper, producer, calendar));
    if (product.survey) {
      documents.push(surveyDocument(product, producer, product.survey, form, calendar));
      if (product.survey === 'returned') documents.push(reviewDocument('survey', product, producer, calendar));
    }
    if (product.assessment) {
      const set = await theSet(product.setId);
      documents.push(assessmentDocument(product, producer, product.assessment, set, calendar));
      if (product.assessment === 'returned') documents.push(reviewDocument('assessment', product, producer, calendar));
    }
  }
  return documents;
}

async function theForm(): Promise<Form> {
  const loaded = await loadForm(CURRENT_FORM.id, CURRENT_FORM.version);
  if (!loaded.ok) throw new Error('The product survey of this build cannot be read.');
  return loaded.value;
}

async function theSet(id: string): Promise<CriteriaSet> {
  const loaded = await loadSet(id, 1);
  if (!loaded.ok) throw new Error(`The criteria set ${id} of this build cannot be read.`);
  return loaded.value;
}

function envelope(commune: string, by: string, createdAt: string, updatedAt: string): Envelope {
  return {
    commune,
    schema: SCHEMA,
    createdAt,
    createdBy: by,
    updatedAt,
    updatedBy: by,
    device: 'sample',
    editId: `sample-${updatedAt}`
  };
}

function producerDocument(producer: SampleProducer, calendar: Calendar): Producer {
  const { number, name, type, commune, address, representative, sex, ethnicity, phone, visit } = producer;
  const made = calendar.instant(30 + number, '09:10');
  const place = placeOf(producer);
  const position = type === 'cooperative' || type === 'enterprise' ? 'Giám đốc' : 'Chủ cơ sở';
  return {
    ...envelope(commune, officerOf(commune), made, made),
    _id: idOf('producer', number),
    kind: 'producer',
    name,
    type,
    address,
    registeredOn: calendar.day(-2200 - 30 * number),
    representative: { name: representative, sex, ethnicity, position },
    ...(phone === undefined ? {} : { phone }),
    ...(place === null ? {} : { place }),
    ...(visit ? { plannedVisit: plannedVisit(visit, calendar) } : {})
  };
}

function plannedVisit(
  [inDays, time, note]: NonNullable<SampleProducer['visit']>,
  calendar: Calendar
): { at: string; note: string } {
  const day = calendar.day(inDays);
  return { at: time === '' ? day : `${day}T${time}`, note };
}

function productDocument(product: SampleProduct, producer: SampleProducer, calendar: Calendar): Product {
  const { number, name, setId, presentation, recognised } = product;
  const made = calendar.instant(25, '10:05');
  return {
    ...envelope(producer.commune, officerOf(producer.commune), made, made),
    _id: idOf('product', number),
    kind: 'product',
    producerId: idOf('producer', producer.number),
    name,
    setId,
    presentation,
    application: recognised ? 'renewal' : 'first',
    ...(recognised ? { recognition: recognition(recognised, number, calendar) } : {})
  };
}

const papersOf = (product: SampleProduct): SamplePaper[] => PAPERS.filter((paper) => paper.product === product.number);

function paperDocument(paper: SamplePaper, producer: SampleProducer, calendar: Calendar): Paper {
  const { number, product, kind, title, code, issuer, issuedDaysAgo, endsInDays } = paper;
  const made = calendar.instant(20, '09:30');
  return {
    ...envelope(producer.commune, officerOf(producer.commune), made, made),
    _id: idOf('paper', number),
    kind: 'paper',
    productId: idOf('product', product),
    paperKind: kind,
    ...(title === undefined ? {} : { title }),
    number: code,
    issuer,
    issuedOn: calendar.day(-issuedDaysAgo),
    ...(endsInDays === undefined ? {} : { validUntil: calendar.day(endsInDays) })
  };
}

/** The papers of a product by the criteria that they prove. */
function evidenceOf(product: SampleProduct): NonNullable<Assessment['evidenceByCriterion']> {
  const byCriterion: Record<string, string[]> = {};
  for (const { number, proves = [] } of papersOf(product)) {
    for (const code of proves) (byCriterion[code] ??= []).push(idOf('paper', number));
  }
  return byCriterion;
}

function recognition(
  [stars, endsInDays]: NonNullable<SampleProduct['recognised']>,
  number: number,
  calendar: Calendar
): NonNullable<Product['recognition']> {
  const validUntil = calendar.day(endsInDays);
  return {
    stars,
    decision: `Mẫu ${String(number).padStart(2, '0')}/QĐ-UBND`,
    date: calendar.decidedFor(validUntil),
    authority: stars === 5 ? 'Bộ Nông nghiệp và Môi trường' : 'UBND tỉnh',
    validUntil
  };
}

/** The steps up to a status: the officer drafts and submits, the reviewer returns or accepts. */
function trailTo(status: Status, officer: string, calendar: Calendar): Survey['trail'] {
  const step = (to: Status, by: string): Survey['trail'][number] => ({
    status: to,
    at: calendar.instant(STEP_DAYS[to], '15:20'),
    by
  });
  const draft = step('draft', officer);
  if (status === 'draft') return [draft];
  const submitted = step('submitted', officer);
  return status === 'submitted' ? [draft, submitted] : [draft, submitted, step(status, REVIEWER)];
}

/** Everything that a survey and an assessment have in common. */
function filed(
  status: Status,
  product: SampleProduct,
  producer: SampleProducer,
  calendar: Calendar
): Envelope & Pick<Survey, 'status' | 'trail' | 'productId' | 'producerId'> {
  const officer = officerOf(producer.commune);
  const trail = trailTo(status, officer, calendar);
  const last = trail.at(-1);
  return {
    ...envelope(producer.commune, officer, trail[0]?.at ?? '', last?.at ?? ''),
    updatedBy: last?.by ?? officer,
    status,
    trail,
    productId: idOf('product', product.number),
    producerId: idOf('producer', producer.number)
  };
}

function surveyDocument(
  product: SampleProduct,
  producer: SampleProducer,
  status: Status,
  form: Form,
  calendar: Calendar
): Survey {
  const officer = SAMPLE_PEOPLE.find(({ user }) => user === officerOf(producer.commune))?.name ?? '';
  const whole = wholeSurvey(producer, product, calendar, officer);
  const answers = status === 'draft' ? firstSections(form, whole, product.sections ?? 0) : whole;
  const state = new FormState(form, answers, calendar.today);
  const sections = form.sections.map((section) => sectionProgress(state, section).state);
  const asked = sections.filter((section) => section !== 'hidden');
  return {
    ...filed(status, product, producer, calendar),
    _id: idOf('survey', product.number),
    kind: 'survey',
    formId: CURRENT_FORM.id,
    formVersion: CURRENT_FORM.version,
    answers: state.answers,
    progress: { done: asked.filter((section) => section === 'done').length, of: asked.length }
  };
}

function assessmentDocument(
  product: SampleProduct,
  producer: SampleProducer,
  status: Status,
  set: CriteriaSet,
  calendar: Calendar
): Assessment {
  const { number, reach = 0.6, criteria = Infinity, recognised } = product;
  const star = status === 'accepted' ? MARKED_STARS.find((mark) => mark === recognised?.[0]) : undefined;
  const chosen =
    number === COUNTABLE
      ? choicesOfPoints(set, FISH_SAUCE_POINTS)
      : choicesReaching(set, reach, criteria, star ?? null);
  const score = scoreAssessment(set, chosen);
  const evidence = evidenceOf(product);
  return {
    ...filed(status, product, producer, calendar),
    ...chosen,
    _id: idOf('assessment', number),
    kind: 'assessment',
    setId: set.id,
    setVersion: set.version,
    progress: score.progress,
    ...(Object.keys(evidence).length === 0 ? {} : { evidenceByCriterion: evidence }),
    ...(status === 'draft' ? {} : { totals: freezeTotals(score) })
  };
}

function reviewDocument(
  kind: 'survey' | 'assessment',
  product: SampleProduct,
  producer: SampleProducer,
  calendar: Calendar
): Review {
  const at = calendar.instant(STEP_DAYS.returned, '15:20');
  const remarks = kind === 'assessment' ? REMARKS_ON_ASSESSMENT : REMARKS_ON_SURVEY;
  // Products have one review each at most of a kind; the numbers keep their ids apart.
  const number = product.number + (kind === 'survey' ? 100 : 0);
  return {
    ...envelope(producer.commune, REVIEWER, at, at),
    _id: idOf('review', number),
    kind: 'review',
    subjectId: idOf(kind, product.number),
    remarks: remarks.map(([target, text]) => ({ at, by: REVIEWER, target, text }))
  };
}
