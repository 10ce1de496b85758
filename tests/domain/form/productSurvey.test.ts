// The product survey asks what it must, skips what it may, and refuses what cannot be.
import { describe, expect, it } from 'vitest';
import type { AnswerRow } from '#lib/domain/document/document.ts';
import { CURRENT_FORM, loadForm } from '#lib/domain/form/load.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { prefill } from '#lib/domain/form/prefill.ts';
import { doubts, problems, sectionProgress } from '#lib/domain/form/progress.ts';
import { FormState } from '#lib/domain/form/state.ts';
import { answersThatCount } from '#lib/domain/form/submission.ts';
import { fillIn, namesIn } from '#lib/domain/form/template.ts';
import { aSurvey } from '../../support/documents.ts';
import { whole } from '../../support/whole-survey.ts';

const TODAY = '2026-11-23';

async function theForm(): Promise<Form> {
  const loaded = await loadForm(CURRENT_FORM.id, CURRENT_FORM.version);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

const state = async (changes: AnswerRow = {}): Promise<FormState> =>
  new FormState(await theForm(), { ...whole, ...changes }, TODAY);

it('has 14 sections, and is whole with the answers that are required', async () => {
  const filled = await state();
  expect(filled.form.sections).toHaveLength(14);
  expect(problems(filled).map(({ path }) => path)).toEqual([]);
  expect(filled.form.sections.map((section) => sectionProgress(filled, section).state)).toEqual(Array(14).fill('done'));
});

it('every required answer is missed when it is taken away', async () => {
  for (const name of Object.keys(whole)) {
    const filled = await state();
    if (name === 'years') filled.removeRow('years', 'a');
    else filled.setAnswer(name, null);
    expect(
      problems(filled).map(({ path }) => path),
      name
    ).toContain(name);
  }
});

it('what adds up on paper adds up here', async () => {
  const linkage = { partner_agreement: 'written' };
  const filled = await state({
    area_own: 0.1,
    area_linked: 0.7,
    material_certificates: ['organic'],
    area_certified: 0.8,
    has_linkage: 'yes',
    linkages: [
      { _id: 'p', partner: 'A', partner_share: 48.7, ...linkage },
      { _id: 'q', partner: 'B', partner_share: 21.1, ...linkage },
      { _id: 'r', partner: 'C', partner_share: 30.2, ...linkage }
    ]
  });
  expect(problems(filled).map(({ path }) => path)).toEqual([]);
  expect(filled.cell('area_total')?.answer).toBe(0.8);
  expect(filled.cell('linked_share')?.answer).toBe(100);
});

it('a place of the visit is needed, or why there is none; a signature is not', async () => {
  const without = await state({ visit_place: null });
  const fault = without.cell('visit_place')?.fault;
  expect(fault?.tag === 'required' && fault.message?.vi).toBe('Đo vị trí, hoặc chọn “Không có GPS” và cho biết lý do.');
  expect(problems(await state({ visit_place: 'no-gps elsewhere' }))).toEqual([]);
  expect((await state()).cell('met_signature')).toMatchObject({ answer: null, required: false, fault: null });
});

it('what is measured, signed and scanned is handed in', async () => {
  const changes = {
    visit_place: '11.17 108.57 0 8',
    met_signature: 'typed Người mẫu A',
    has_label: 'yes',
    label_qr: 'yes',
    label_qr_code: '8938501234567'
  };
  expect(answersThatCount(await theForm(), { ...whole, ...changes }, TODAY)).toMatchObject(changes);
  const { label_qr_code: _hidden, ...shown } = answersThatCount(
    await theForm(),
    { ...whole, ...changes, label_qr: 'no' },
    TODAY
  );
  expect(_hidden).toBeUndefined();
  expect(shown).toMatchObject({ met_signature: 'typed Người mẫu A' });
});

const dayOf = (instant: string): string => instant.slice(0, 10);

it('a code of the last survey comes along, its place and signature never do', async () => {
  const last = aSurvey({
    answers: {
      ...whole,
      has_label: 'yes',
      label_qr: 'yes',
      label_qr_code: '8938501234567',
      met_signature: 'typed Người mẫu A'
    }
  });
  const { answers } = prefill(await theForm(), { last }, dayOf);
  expect(answers).toMatchObject({ label_qr_code: '8938501234567' });
  expect(Object.keys(answers)).not.toContain('visit_place');
  expect(Object.keys(answers)).not.toContain('met_signature');
});

it('each section can be started empty, none is done unless something was answered', async () => {
  const empty = new FormState(await theForm(), {}, TODAY);
  expect(empty.form.sections.map((section) => sectionProgress(empty, section).state)).toEqual(Array(14).fill('todo'));
});

describe('constraints', () => {
  it.each<[string, AnswerRow, string]>([
    ['more local workers than workers', { workers: 5, workers_local: 6 }, 'workers_local'],
    ['more women than workers', { workers_women: 13 }, 'workers_women'],
    ['fewer than no workers', { workers: -1, workers_local: null }, 'workers'],
    ['a share above 100', { commune_share: 101 }, 'commune_share'],
    [
      'more from the commune than from the province',
      { province_share: 'under_50', commune_share: 60 },
      'commune_share'
    ],
    [
      'certified area above the area',
      { area_own: 12.5, material_certificates: ['organic'], area_certified: 15 },
      'area_certified'
    ],
    [
      '“none” among certificates',
      { material_certificates: ['none', 'organic'], area_certified: 1 },
      'material_certificates'
    ],
    ['money below 0', { years: [{ _id: 'a', year: 2025, revenue: -1 }] }, 'years[a].revenue'],
    ['profit above revenue', { years: [{ _id: 'a', year: 2025, revenue: 10, profit: 11 }] }, 'years[a].profit'],
    ['a year to come', { years: [{ _id: 'a', year: 2027, revenue: 1 }] }, 'years[a].year'],
    ['a visit to come', { visited_on: '2026-11-24' }, 'visited_on'],
    [
      'a paper that ends before it begins',
      {
        has_papers: 'yes',
        papers: [{ _id: 'p', paper_kind: 'test', paper_issued_on: '2025-02-01', paper_until: '2025-01-31' }]
      },
      'papers[p].paper_until'
    ],
    [
      'shares above 100 together',
      {
        has_linkage: 'yes',
        linkages: [
          { _id: 'p', partner: 'A', partner_agreement: 'written', partner_share: 60 },
          { _id: 'q', partner: 'B', partner_agreement: 'written', partner_share: 41 }
        ]
      },
      'linkages[q].partner_share'
    ]
  ])('refuses %s', async (_, changes, path) => {
    const found = problems(await state(changes)).find((cell) => cell.path === path);
    expect(found?.fault?.tag).toBe('constraint');
  });

  it('says both numbers in the message', async () => {
    const filled = await state({ area_own: 12.5, material_certificates: ['organic'], area_certified: 15 });
    const fault = filled.cell('area_certified')?.fault;
    const text = fault?.tag === 'constraint' ? (fault.message?.vi ?? '') : '';
    expect(fillIn(text, (name) => String(filled.answerSeenFrom(name, null)?.answer))).toContain('(12.5 ha)');
  });

  it.each<[string, AnswerRow, string]>([
    ['an absurd revenue', { years: [{ _id: 'a', year: 2025, revenue: 1_850_000 }] }, 'years[a].revenue'],
    ['a loss', { years: [{ _id: 'a', year: 2025, revenue: 100, profit: -5 }] }, 'years[a].profit'],
    ['output above capacity', { capacity: 5000 }, 'output'],
    ['a phone of 9 digits', { phone: '091234567' }, 'phone'],
    [
      'an oral agreement',
      { suppliers: [{ _id: 's', supplier_name: 'A', supplier_agreement: 'oral' }] },
      'suppliers[s].supplier_agreement'
    ]
  ])('only doubts %s', async (_, changes, path) => {
    const filled = await state(changes);
    expect(problems(filled)).toEqual([]);
    expect(doubts(filled).map((cell) => cell.path)).toContain(path);
  });
});

describe('skip logic', () => {
  it('asks for papers only when there are some', async () => {
    const filled = await state({ papers: [{ _id: 'p', paper_kind: 'test' }] });
    expect(filled.cell('papers')?.relevant).toBe(false);
    expect(answersThatCount(filled.form, filled.answers, TODAY)).not.toHaveProperty('papers');
    filled.setAnswer('has_papers', 'yes');
    expect(answersThatCount(filled.form, filled.answers, TODAY)).toHaveProperty('papers', [
      { _id: 'p', paper_kind: 'test' }
    ]);
  });

  it('asks for the present recognition only on upgrade and renewal', async () => {
    const filled = await state();
    expect(filled.cell('stars_now')?.relevant).toBe(false);
    filled.setAnswer('application', 'renewal');
    expect(problems(filled).map(({ path }) => path)).toEqual(['stars_now']);
  });

  it('offers as the greatest difficulty only those that were chosen', async () => {
    const filled = await state({ difficulties: ['capital', 'expired'] });
    expect(filled.cell('difficulty_first')?.choices.map(({ name }) => name)).toEqual(['capital', 'expired']);
  });
});

it('calculates', async () => {
  const filled = await state({ area_own: 4, area_linked: 8.5 });
  expect(filled.cell('workers_local_share')?.answer).toBe(75);
  expect(filled.cell('area_total')?.answer).toBe(12.5);
  expect((await state()).cell('area_total')?.answer).toBeFalsy();
});

it('says the same in both languages: the same names stand in both texts', async () => {
  const form = await theForm();
  for (const item of form.itemByName.values()) {
    const texts = [
      item.label,
      item.hint,
      ...(item.kind === 'question' ? [item.constraintMessage, item.warningMessage] : [])
    ];
    for (const text of texts) if (text) expect(namesIn(text.en)).toEqual(namesIn(text.vi));
  }
});

it('refuses a form and a version that it does not know', async () => {
  expect(await loadForm('product-survey', 99)).toEqual({
    ok: false,
    error: { tag: 'unknownForm', id: 'product-survey', version: 99 }
  });
  expect((await loadForm('constructor', 1)).ok).toBe(false);
});

describe('prefill', () => {
  const envelope = {
    commune: '22918',
    schema: 1,
    createdAt: '2026-01-05T03:00:00.000Z',
    createdBy: 'a',
    updatedAt: '2026-03-10T03:00:00.000Z',
    updatedBy: 'a',
    device: 'd',
    editId: 'e'
  };

  it('takes what the documents know, with its day', async () => {
    const form = await theForm();
    const { answers, originByName } = prefill(
      form,
      {
        producer: {
          ...envelope,
          _id: 'producer:1',
          kind: 'producer',
          name: 'Cơ sở mẫu 01',
          type: 'farm',
          representative: { disability: false },
          registeredOn: '2019-05-06'
        },
        product: {
          ...envelope,
          _id: 'product:1',
          kind: 'product',
          producerId: 'producer:1',
          name: 'Mắm',
          setId: 'qd26-09',
          recognition: { stars: 3 }
        },
        last: {
          ...envelope,
          _id: 'survey:1',
          kind: 'survey',
          productId: 'product:1',
          producerId: 'producer:1',
          formId: 'product-survey',
          formVersion: 1,
          status: 'accepted',
          trail: [],
          updatedAt: '2026-01-31T03:00:00.000Z',
          answers: {
            workers: 11,
            process: ' ',
            suppliers: [{ _id: 's', supplier_name: 'A' }],
            met: 'B'
          }
        },
        lastOfProducer: {
          ...envelope,
          _id: 'survey:2',
          kind: 'survey',
          productId: 'product:2',
          producerId: 'producer:1',
          formId: 'product-survey',
          formVersion: 1,
          status: 'accepted',
          trail: [],
          updatedAt: '2026-02-01T03:00:00.000Z',
          answers: { workers: 12, workers_local: 'nine', process: 'of squid', officer: 'Cán bộ mẫu B' }
        },
        account: { displayName: 'Cán bộ mẫu A' }
      },
      dayOf
    );
    expect(answers).toEqual({
      producer_name: 'Cơ sở mẫu 01',
      producer_type: 'farm',
      registered_on: '2019-05-06',
      representative_disability: 'no',
      product_name: 'Mắm',
      criteria_set: 'qd26-09',
      stars_now: '3',
      workers: 12,
      suppliers: [{ _id: 's', supplier_name: 'A' }],
      officer: 'Cán bộ mẫu A'
    });
    expect(originByName['suppliers']).toEqual({ from: 'last', day: '2026-01-31' });
    expect(originByName['officer']).toBeUndefined();
    expect(originByName['workers']).toEqual({ from: 'last', day: '2026-02-01' });
    expect(originByName['producer_name']).toEqual({ from: 'producer', day: '2026-03-10' });
  });

  it('knows nothing of nothing', async () => {
    expect(prefill(await theForm(), {}, dayOf)).toEqual({ answers: {}, originByName: {} });
  });
});
