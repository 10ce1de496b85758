// The three-way merge of two versions: tables for what a person would expect, properties for what must never happen.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Assessment, Document, Survey } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { TRANSITIONS } from '#lib/domain/document/status.ts';
import { type Merged, merge, resolve, withMergeNote } from '#lib/domain/merge/merge.ts';
import { type Path, valueAt } from '#lib/domain/merge/place.ts';
import { type AnyDocument, isEqual, isSameContent } from '#lib/domain/merge/rival.ts';
import { aPhoto, aProducer, aProduct, aReview, aSurvey, anAssessment } from '../../support/documents.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';
import { whole } from '../../support/whole-survey.ts';

/** The document that a merge gives; where it clashes, with mine there. */
function outcome(merged: Merged, mine: AnyDocument, theirs: AnyDocument): AnyDocument {
  return merged.tag === 'mine' ? mine : merged.tag === 'theirs' ? theirs : merged.doc;
}
const clashesOf = (merged: Merged): string[] =>
  merged.tag === 'clash' ? merged.clashes.map(({ path }) => path.join('/')).sort() : [];

function merged(base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument) {
  const result = merge(base, mine, theirs);
  return { tag: result.tag, doc: outcome(result, mine, theirs), clashes: clashesOf(result) };
}

describe('fields', () => {
  const base = aProducer({ name: 'Gốc', phone: '1', email: 'e', representative: { name: 'A', position: 'p' } });

  test('different ones merge', () => {
    const mine = { ...base, phone: '2', representative: { name: 'B', position: 'p' } };
    const { email: _email, ...rest } = base;
    const theirs = { ...rest, note: 'n', representative: { name: 'A', position: 'q' } };
    const result = merged(base, mine, theirs);
    expect(result).toMatchObject({ tag: 'both', clashes: [] });
    expect(result.doc).toMatchObject({ phone: '2', note: 'n', representative: { name: 'B', position: 'q' } });
    expect(result.doc).not.toHaveProperty('email');
  });

  test('the same one clashes, the rest is merged', () => {
    const result = merged(base, { ...base, phone: '2', note: 'n' }, { ...base, phone: '3', email: 'f' });
    expect(result).toMatchObject({ tag: 'clash', clashes: ['phone'], doc: { phone: '2', note: 'n', email: 'f' } });
  });

  test('the same one written alike does not', () => {
    const result = merged(base, { ...base, phone: '2', note: 'n' }, { ...base, phone: '2', email: 'f' });
    expect(result).toMatchObject({ tag: 'both', doc: { phone: '2', note: 'n', email: 'f' } });
  });

  test('what is one fact stays one: stars never go to the decision of others', () => {
    const product = aProduct({ recognition: { stars: 3, decision: '12' } });
    const mine = { ...product, recognition: { stars: 4, decision: '12' } };
    const theirs = { ...product, recognition: { stars: 3, decision: '13' } };
    expect(merged(product, mine, theirs).clashes).toEqual(['recognition']);
  });

  test('nor a latitude to the longitude of others', () => {
    const at = (lat: number, lon: number) => aProducer({ place: { lat, lon, accuracy: 8 } });
    expect(merged(at(11, 108), at(11.1, 108), at(11, 108.1)).clashes).toEqual(['place']);
  });

  test('without a base every difference is a clash', () => {
    expect(merged(null, { ...base, phone: '2' }, { ...base, note: 'n' }).clashes).toEqual(['note', 'phone']);
  });

  test('a field of a newer app merges like any other', () => {
    const result = merged(base, { ...base, phone: '2' }, { ...base, tomorrow: [1] });
    expect(result.doc).toMatchObject({ phone: '2', tomorrow: [1] });
  });
});

describe('surveys', () => {
  const answers = {
    workers: 3,
    markets: ['commune', 'province'],
    years: [
      { _id: 'r1', year: 2024, revenue: 10 },
      { _id: 'r2', year: 2025, revenue: 20 }
    ]
  };
  const base = aSurvey({ answers });
  const with_ = (over: Survey['answers'], rest: Partial<Survey> = {}) =>
    aSurvey({ answers: { ...answers, ...over }, ...rest });

  test('go question by question', () => {
    const result = merged(base, with_({ workers: 4 }), with_({ output: 8 }));
    expect(result).toMatchObject({ tag: 'both', doc: { answers: { ...answers, workers: 4, output: 8 } } });
  });

  test('a place and a signature go as a whole, and two of them clash', () => {
    const measured = (place: string, signature: string) =>
      aSurvey({ answers: { ...whole, visit_place: place, met_signature: signature } });
    const before = measured('11.17 108.57 0 42', 'drawn 1000x400 1 2 3 4');
    const mine = measured('11.18 108.57 0 8', 'drawn 1000x400 1 2 3 4');
    expect(merged(before, mine, measured('11.17 108.57 0 42', 'typed Người mẫu A'))).toMatchObject({
      tag: 'both',
      doc: { answers: { visit_place: '11.18 108.57 0 8', met_signature: 'typed Người mẫu A' } }
    });
    const theirs = measured('11.17 108.58 0 8', 'drawn 1000x400 9 9');
    expect(
      merged(before, { ...mine, answers: { ...mine.answers, met_signature: 'declined' } }, theirs).clashes
    ).toEqual(['answers/met_signature', 'answers/visit_place']);
  });

  test('lists of choices: added by either, taken out by either', () => {
    const result = merged(
      base,
      with_({ markets: ['province', 'abroad'] }),
      with_({ markets: ['commune', 'province', 'city'] })
    );
    expect(result.doc).toMatchObject({ answers: { markets: ['province', 'abroad', 'city'] } });
    expect(result.clashes).toEqual([]);
  });

  test('a choice that excludes the others never stands beside one', () => {
    const result = merged(base, with_({ markets: ['none'] }), with_({ markets: ['commune', 'province', 'city'] }));
    expect(result.clashes).toEqual(['answers/markets']);
  });

  test('rows go cell by cell, whoever added or took one out', () => {
    const [first, second] = answers.years;
    const mine = with_({ years: [{ ...first, revenue: 11 }, second ?? {}, { _id: 'r4', year: 2023 }] });
    const theirs = with_({
      years: [
        { ...first, profit: 2 },
        { _id: 'r3', year: 2026 }
      ]
    });
    expect(merged(base, mine, theirs)).toMatchObject({
      clashes: [],
      doc: {
        answers: {
          years: [
            { _id: 'r1', year: 2024, revenue: 11, profit: 2 },
            { _id: 'r3', year: 2026 },
            { _id: 'r4', year: 2023 }
          ]
        }
      }
    });
  });

  test('a row taken out here and changed there clashes as a row', () => {
    const [first, second] = answers.years;
    const mine = with_({ years: [first ?? {}] });
    const theirs = with_({ years: [first ?? {}, { ...second, revenue: 21 }] });
    const result = merge(base, mine, theirs);
    expect(clashesOf(result)).toEqual(['answers/years/r2']);
    if (result.tag !== 'clash') throw new Error('no clash');
    expect(resolve(result, mine, theirs, () => 'theirs')['answers']).toEqual(theirs.answers);
    expect(resolve(result, mine, theirs, () => 'mine')['answers']).toEqual(mine.answers);
  });

  test('the same cell clashes as a cell, and can be written anew', () => {
    const [first, second] = answers.years;
    const mine = with_({ years: [first ?? {}, { ...second, revenue: 21 }], workers: 5 });
    const theirs = with_({
      years: [
        { ...first, revenue: 11 },
        { ...second, revenue: 22 }
      ]
    });
    const result = merge(base, mine, theirs);
    expect(clashesOf(result)).toEqual(['answers/years/r2/revenue']);
    if (result.tag !== 'clash') throw new Error('no clash');
    expect(resolve(result, mine, theirs, () => ({ value: 23 }))).toMatchObject({
      answers: { workers: 5, years: [{ revenue: 11 }, { revenue: 23 }] }
    });
  });

  test('a reason for one answer never comes to stand beside another', () => {
    const mine = with_({}, { overrides: { workers: 'Đã hỏi lại: 3' } });
    const theirs = with_({ workers: 300 });
    const result = merge(base, mine, theirs);
    expect(clashesOf(result)).toEqual(['answers/workers']);
    if (result.tag !== 'clash') throw new Error('no clash');
    expect(resolve(result, mine, theirs, () => 'mine')).toMatchObject({
      answers: { workers: 3 },
      overrides: mine.overrides
    });
    for (const choice of ['theirs', { value: 30 }] as const) {
      const doc = resolve(result, mine, theirs, () => choice);
      expect(valueAt(doc, ['overrides', 'workers'])).toBeUndefined();
    }
  });

  test('nor one for a cell of a row that is taken out there', () => {
    const [first] = answers.years;
    const mine = with_({}, { overrides: { 'years[r2].revenue': 'Đúng vậy' } });
    const theirs = with_({ years: [first ?? {}] });
    const result = merge(base, mine, theirs);
    expect(clashesOf(result)).toEqual(['answers/years/r2']);
  });

  test('a count of sections of which nobody knows whether it holds is left out', () => {
    const mine = with_({ workers: 4 }, { progress: { done: 2, of: 14 } });
    const theirs = with_({ output: 8 }, { progress: { done: 3, of: 14 } });
    expect(merged(base, mine, theirs).doc).not.toHaveProperty('progress');
  });
});

describe('assessments', () => {
  const base = anAssessment({
    choiceByCriterion: { '1.1': { option: 1 }, '1.2': { option: null } },
    evidenceByCriterion: { '1.1': ['photo:1'] },
    noteByCriterion: { '1.1': 'n' },
    caseByCriterion: { '1.1': 'a' },
    disqualified: ['x']
  });
  const with_ = (over: Partial<Assessment>): Assessment => ({ ...base, ...over });

  test('go criterion by criterion: option, note, evidence', () => {
    const mine = with_({
      choiceByCriterion: { '1.1': { option: 1 }, '1.2': { option: 2 } },
      evidenceByCriterion: { '1.1': ['photo:1', 'photo:3'], '1.2': ['paper:4'] },
      disqualified: []
    });
    const theirs = with_({
      choiceByCriterion: { '1.1': { option: 0 }, '1.2': { option: null }, '2.1': { option: 3 } },
      evidenceByCriterion: { '1.1': ['photo:2'], '1.2': ['photo:5'] },
      noteByCriterion: { '1.1': 'n', '1.2': 'm' },
      disqualified: ['x', 'y']
    });
    expect(merged(base, mine, theirs)).toMatchObject({
      clashes: [],
      doc: {
        choiceByCriterion: {
          '1.1': { option: 0 },
          '1.2': { option: 2 },
          '2.1': { option: 3 }
        },
        evidenceByCriterion: { '1.1': ['photo:2', 'photo:3'], '1.2': ['paper:4', 'photo:5'] },
        noteByCriterion: { '1.1': 'n', '1.2': 'm' },
        disqualified: ['y']
      }
    });
  });

  test('the same option clashes, its evidence does not', () => {
    const mine = with_({
      choiceByCriterion: { ...base.choiceByCriterion, '1.2': { option: 1 } },
      evidenceByCriterion: { ...base.evidenceByCriterion, '1.2': ['photo:9'] }
    });
    const theirs = with_({ choiceByCriterion: { ...base.choiceByCriterion, '1.2': { option: 2 } } });
    expect(merged(base, mine, theirs)).toMatchObject({
      clashes: ['choiceByCriterion/1.2/option'],
      doc: { choiceByCriterion: { '1.2': { option: 1 } }, evidenceByCriterion: { '1.2': ['photo:9'] } }
    });
  });

  test('a choice taken back here and changed there clashes', () => {
    const mine = with_({ choiceByCriterion: { '1.1': base.choiceByCriterion['1.1'] ?? { option: 1 } } });
    const theirs = with_({ choiceByCriterion: { ...base.choiceByCriterion, '1.2': { option: 2 } } });
    expect(merged(base, mine, theirs).clashes).toEqual(['choiceByCriterion/1.2']);
  });

  test('an option never comes to stand in another case than the one it was chosen in', () => {
    const mine = with_({ choiceByCriterion: { ...base.choiceByCriterion, '1.1': { option: 2 } } });
    const { '1.1': _taken, ...others } = base.choiceByCriterion;
    const theirs = with_({ choiceByCriterion: others, caseByCriterion: { '1.1': 'b' } });
    for (const there of [theirs, with_({ caseByCriterion: { '1.1': 'b' } })]) {
      const result = merge(base, mine, there);
      expect(clashesOf(result)).toEqual(['choiceByCriterion/1.1']);
      if (result.tag !== 'clash') throw new Error('no clash');
      for (const side of ['mine', 'theirs'] as const) {
        const doc = resolve(result, mine, there, () => side);
        const from = side === 'mine' ? mine : there;
        expect(doc['choiceByCriterion']).toEqual(from.choiceByCriterion);
        expect(doc['caseByCriterion']).toEqual(from.caseByCriterion);
      }
    }
  });
});

test('remarks of a reviewer with two devices come together', () => {
  const base = aReview();
  const remark = (at: string, text: string) => ({ at, by: 'tuvan.t', text });
  const mine = aReview({ remarks: [...base.remarks, remark('2026-11-21T00:00:00.000Z', 'b')] });
  const theirs = aReview({ remarks: [...base.remarks, remark('2026-11-20T20:00:00.000Z', 'a')] });
  const { doc } = merged(base, mine, theirs);
  expect(doc['remarks']).toMatchObject([base.remarks[0], { text: 'a' }, { text: 'b' }]);
});

describe('deletion', () => {
  const base = aProducer({ name: 'Gốc' });
  const gone = aProducer({ name: 'Gốc', deleted: true, editId: 'd' });
  const edited = aProducer({ name: 'Sửa', editId: 'e' });

  test.each([
    ['here, nothing there', gone, { ...base, editId: 'x', updatedBy: 'y' }, 'mine', []],
    ['there, nothing here', { ...base, editId: 'x' }, gone, 'theirs', []],
    ['on both sides', gone, { ...gone, editId: 'x' }, 'theirs', []],
    ['here, edited there', gone, edited, 'clash', ['deleted']],
    ['edited here, there', edited, gone, 'clash', ['deleted']]
  ] as const)('%s', (_name, mine, theirs, tag, clashes) => {
    expect(merged(base, mine, theirs)).toMatchObject({ tag, clashes });
  });

  test('an undone one: back with what the other side wrote', () => {
    const deleted = aProducer({ deleted: true, note: 'n' });
    const result = merged(deleted, aProducer({ note: 'n' }), { ...deleted, note: 'm' });
    expect(result).toMatchObject({ tag: 'both', doc: { note: 'm' } });
    expect(result.doc).not.toHaveProperty('deleted');
  });

  test('against a survey that was handed in', () => {
    const survey = aSurvey();
    const handedIn = aSurvey({ status: 'submitted', trail: [step('submitted')] });
    expect(merged(survey, aSurvey({ deleted: true }), handedIn).tag).toBe('clash');
    expect(merged(survey, handedIn, aSurvey({ deleted: true })).tag).toBe('clash');
  });
});

const step = (status: Survey['status'], at = '2026-11-21T00:00:00.000Z') => ({ status, at, by: 'canbo.a' });

describe('steps', () => {
  const base = aSurvey({ answers: { workers: 3 } });
  const edited = aSurvey({ answers: { workers: 4 } });
  const submitted = aSurvey({ answers: { workers: 3, output: 1 }, status: 'submitted', trail: [step('submitted')] });
  const returned = { ...submitted, status: 'returned' as const, trail: [...submitted.trail, step('returned')] };
  const again = {
    ...submitted,
    trail: [step('submitted', '2026-11-22T00:00:00.000Z')]
  };

  test.each([
    ['handed in here, nothing there', submitted, { ...base, editId: 'x' }, 'mine'],
    ['handed in there, nothing here', { ...base, editId: 'x' }, submitted, 'theirs'],
    ['handed in here and returned there', submitted, returned, 'theirs'],
    ['edited here, handed in there', edited, submitted, 'clash'],
    ['handed in here, edited there', submitted, edited, 'clash'],
    ['handed in on both sides with the same contents', submitted, again, 'theirs'],
    ['handed in on both sides with other contents', submitted, { ...again, answers: { workers: 9 } }, 'clash']
  ] as const)('%s', (_name, mine, theirs, tag) => {
    expect(merged(base, mine, theirs)).toMatchObject({ tag, clashes: tag === 'clash' ? ['status'] : [] });
  });

  test('a clash of steps is decided for the version as a whole', () => {
    const result = merge(base, edited, submitted);
    if (result.tag !== 'clash') throw new Error('no clash');
    expect(resolve(result, edited, submitted, () => 'theirs')).toEqual(submitted);
    expect(resolve(result, edited, submitted, () => 'mine')).toEqual(edited);
  });
});

test('a merge leaves a note of who contributed what, and has stamps of its own', () => {
  const base = aProducer();
  const mine = { ...base, phone: '2', updatedBy: 'canbo.a', updatedAt: '2026-11-21T00:00:00.000Z' };
  const theirs = { ...base, note: 'n', updatedBy: 'canbo.b', updatedAt: '2026-11-22T00:00:00.000Z' };
  const result = merge(base, mine, theirs);
  if (result.tag !== 'both') throw new Error(result.tag);
  const stamp = { updatedAt: '2026-11-23T00:00:00.000Z', updatedBy: 'canbo.a', device: 'd', editId: 'merged' };
  const doc = withMergeNote(result, mine, theirs, stamp);
  expect(doc).toMatchObject({
    ...stamp,
    merges: [
      {
        at: stamp.updatedAt,
        by: 'canbo.a',
        parts: [
          { by: 'canbo.a', at: mine.updatedAt, places: ['phone'] },
          { by: 'canbo.b', at: theirs.updatedAt, places: ['note'] }
        ]
      }
    ]
  });
  expect(parseDocument(doc).ok).toBe(true);
  const next = merge(doc, { ...doc, email: 'e' }, { ...doc, website: 'w' });
  expect(next).toMatchObject({ tag: 'both', doc: { merges: doc['merges'] } });
});

test('of however many merges it stays who merged what of whom; only the places of the oldest go, on either side', () => {
  const day = (no: number) => new Date(Date.UTC(2026, 0, no)).toISOString();
  const stampOf = (no: number) => ({
    updatedAt: day(no),
    updatedBy: `canbo.${no}`,
    device: 'd',
    editId: `merged ${no}`
  });
  let doc: AnyDocument = aProducer();
  for (let no = 1; no <= 50; no++) {
    const [mine, theirs] = [
      { ...doc, phone: `${no}`, ...stampOf(no) },
      { ...doc, note: `${no}`, updatedBy: 'canbo.b' }
    ];
    const result = merge(doc, mine, theirs);
    if (result.tag !== 'both') throw new Error(result.tag);
    doc = withMergeNote(result, mine, theirs, stampOf(no));
  }
  const notes = v.parse(
    v.array(v.looseObject({ by: v.string(), parts: v.array(v.looseObject({ places: v.array(v.string()) })) })),
    doc['merges']
  );
  expect(notes.map(({ by }) => by)).toEqual(Array.from({ length: 50 }, (_, i) => `canbo.${i + 1}`));
  expect(notes.map(({ parts }) => parts.flatMap(({ places }) => places).length)).toEqual([
    ...Array.from({ length: 30 }, () => 0),
    ...Array.from({ length: 20 }, () => 2)
  ]);
  expect(parseDocument(doc).ok).toBe(true);
  // A side that has thinned a note, and one that has not, have one note of it.
  const last = notes.slice(-20);
  const thin = last.map((note) => ({ ...note, parts: note.parts.map((part) => ({ ...part, places: [] })) }));
  const next = merge(doc, { ...doc, email: 'e', merges: last }, { ...doc, website: 'w', merges: thin });
  expect(next.tag === 'both' && next.doc['merges']).toEqual(thin);
});

test('which bytes the server has is its own word, and nothing that anybody says', () => {
  const stubs = (digest: string) => ({ 'photo.jpg': { stub: true, digest, length: 3, revpos: 2 } });
  const base = aPhoto();
  const arrived = { ...base, _attachments: stubs('md5-a') };
  expect(merge(base, { ...base, caption: 'Nhãn' }, arrived)).toEqual({ tag: 'mine' });
  const both = merge(base, { ...base, caption: 'Nhãn' }, { ...arrived, note: 'new' });
  expect(both).toMatchObject({ tag: 'both', doc: { caption: 'Nhãn', _attachments: stubs('md5-a') } });
  // What was there once and is not any more is not brought back by naming it.
  const gone = merge({ ...base, ...arrived }, { ...arrived, caption: 'Nhãn' }, { ...base, note: 'new' });
  expect(gone).toMatchObject({ tag: 'both' });
  expect(gone.tag === 'both' && gone.doc).not.toHaveProperty('_attachments');
});

/* Random histories: a document, and what either side does to it. */

const text = fc.constantFrom('a', 'b', 'c');
const cell = fc.option(fc.oneof(text, fc.integer({ min: 0, max: 3 })), { nil: undefined });
const choices = fc.option(fc.subarray(['x', 'y', 'z', 'none']), { nil: undefined });
const row = fc.record({ revenue: cell, kinds: choices });
const rows = fc.dictionary(fc.constantFrom('r1', 'r2', 'r3', 'r4'), row, { maxKeys: 4 });
const someAnswers = fc.record({ workers: cell, has_label: cell, markets: choices, years: rows, constructor: cell });
const someOverrides = fc.dictionary(fc.constantFrom('workers', 'has_label', 'years[r1].revenue'), text, { maxKeys: 2 });
const someChoice = fc.option(fc.record({ option: fc.constantFrom(null, 0, 1, 2), note: cell.map(String) }), {
  nil: undefined
});
const criteria = ['1.1', '1.2', '2.1'];
const byCriterion = <T>(value: fc.Arbitrary<T>) => fc.tuple(value, value, value);

/** Drops what is undefined, as JSON does. */
const clean = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const surveys = fc.record({ answers: someAnswers, overrides: someOverrides }).map(({ answers, overrides }) =>
  clean(
    aSurvey({
      answers: clean({
        ...whole,
        ...answers,
        years: Object.entries(answers.years).map(([id, cells]) => ({ _id: id, ...cells }))
      }) as Survey['answers'],
      overrides
    })
  )
);
const assessments = fc
  .record({
    choices: byCriterion(someChoice),
    evidence: byCriterion(choices),
    notes: byCriterion(fc.option(text, { nil: undefined })),
    cases: byCriterion(fc.option(text, { nil: undefined })),
    disqualified: choices
  })
  .map(({ choices: chosen, evidence, notes, cases, disqualified }) => {
    const map = (values: readonly unknown[]) => Object.fromEntries(criteria.map((code, i) => [code, values[i]]));
    return clean({
      ...anAssessment(),
      choiceByCriterion: map(chosen),
      evidenceByCriterion: map(evidence),
      noteByCriterion: map(notes),
      caseByCriterion: map(cases),
      disqualified
    }) as Assessment;
  });
const producers = fc
  .record({
    name: text,
    phone: cell.map((value) => (value === undefined ? undefined : String(value))),
    note: fc.option(text, { nil: undefined }),
    representative: fc.option(fc.record({ name: text, position: text }, { requiredKeys: [] }), { nil: undefined })
  })
  .map((over) => clean(aProducer(over as Partial<ReturnType<typeof aProducer>>)));

/** What may become of a document besides its contents: deletion, and legal steps. */
const fate = fc.record({
  deleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  steps: fc.constantFrom<Survey['status'][]>([], [], [], [], ['submitted'], ['submitted', 'returned'])
});

/** Three states with the same beginning: each side changes any number of places, often none. */
const threes: fc.Arbitrary<readonly [Document, Document, Document]> = fc
  .constantFrom<fc.Arbitrary<Document>[]>(surveys, assessments, producers)
  .chain((kind) => fc.tuple(kind, kind, kind, fate, fate, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })))
  .map(([base, one, other, fateOfOne, fateOfOther, coins]) => [
    base,
    sideOf(base, one, fateOfOne, coins, 'one'),
    sideOf(base, other, fateOfOther, [...coins].reverse(), 'other')
  ]);

/** A side takes some of its fields from another random document, so that each field is often left alone. */
function sideOf(
  base: Document,
  other: Document,
  fate_: { deleted: boolean; steps: Survey['status'][] },
  coins: readonly boolean[],
  by: string
): Document {
  let coin = 0;
  const mix = (a: unknown, b: unknown, depth: number): unknown => {
    if (depth > 0 && isPlain(a) && isPlain(b)) {
      const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
      return Object.fromEntries(names.map((name) => [name, mix(own(a, name), own(b, name), depth - 1)]));
    }
    return coins[coin++ % coins.length] === true ? b : a;
  };
  const mixed = clean(mix(base, other, 2)) as Document & { trail?: Survey['trail'] };
  const steps = 'status' in base && !fate_.deleted ? fate_.steps : [];
  const trail = steps.map((status) => ({ ...step(status), by }));
  return {
    ...mixed,
    updatedBy: by,
    editId: by,
    ...(trail.length > 0 ? { trail, status: steps.at(-1) } : {}),
    ...(fate_.deleted ? { deleted: true } : {})
  } as Document;
}
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (map: Record<string, unknown>, name: string): unknown => (Object.hasOwn(map, name) ? map[name] : undefined);

const runs = { numRuns: RUNS * 10 };

describe('whatever two people do', () => {
  test('who changed nothing takes what the other says', () => {
    fc.assert(
      fc.property(threes, ([base, x]) => {
        const untouched = { ...base, editId: 'save', updatedBy: 'x' };
        expect(merged(base, x, untouched).doc).toEqual(x);
        expect(isSameContent(merged(base, untouched, x).doc, x)).toBe(true);
      }),
      runs
    );
  });

  test('it does not matter who is called mine', () => {
    const seen = { both: 0, clash: 0 };
    fc.assert(
      fc.property(threes, ([base, a, b]) => {
        const one = merged(base, a, b);
        const two = merged(base, b, a);
        expect(two.clashes).toEqual(one.clashes);
        if (one.clashes.length > 0) return void seen.clash++;
        if (one.tag === 'both') seen.both++;
        if (isEqual(stepsOf(a), stepsOf(b)) || one.tag === 'mine') expect(isSameContent(one.doc, two.doc)).toBe(true);
      }),
      runs
    );
    expect(seen.both).toBeGreaterThan(RUNS / 6);
    expect(seen.clash).toBeGreaterThan(RUNS);
  });

  test('nothing that either side has changed is lost: it is in the result or in a clash', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const result = merge(base, mine, theirs);
        const doc = outcome(result, mine, theirs);
        const clashes = result.tag === 'clash' ? result.clashes : [];
        // Handed in or handed on: the clash is about the versions as a whole.
        if (clashes.some(({ path }) => path[0] === 'status')) return;
        for (const side of [mine, theirs]) {
          for (const path of changedPlaces(base, side)) {
            if (clashes.some((clash) => touches(clash.path, path))) continue;
            expect({ path, value: valueAt(doc, path) }).toEqual({ path, value: valueAt(side, path) });
          }
        }
      }),
      runs
    );
  });

  test('a clash shows what each side says, and each can be chosen', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const result = merge(base, mine, theirs);
        if (result.tag !== 'clash') return;
        for (const { path, mine: m, theirs: t } of result.clashes) {
          expect(m).toEqual(valueAt(mine, path));
          expect(t).toEqual(valueAt(theirs, path));
          expect(valueAt(result.doc, path)).toEqual(m);
        }
        for (const side of ['mine', 'theirs'] as const) {
          const doc = resolve(result, mine, theirs, () => side);
          expect(parseDocument(doc)).toMatchObject({ ok: true });
          for (const clash of result.clashes) expect(valueAt(doc, clash.path)).toEqual(clash[side]);
        }
      }),
      runs
    );
  });

  test('the result is a document, in a status that somebody has brought it to by legal steps', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const { doc, clashes } = merged(base, mine, theirs);
        expect(parseDocument(doc)).toMatchObject({ ok: true });
        if (!('trail' in mine)) return;
        expect([stepsOf(mine), stepsOf(theirs)]).toContainEqual(stepsOf(doc));
        const { trail, status } = doc as unknown as Survey;
        let now: Survey['status'] = 'draft';
        for (const one of trail) {
          expect(TRANSITIONS[now]).toHaveProperty(one.status);
          now = one.status;
        }
        expect(status).toBe(now);
        // Onto the server's version it can be sent: what happened there stays the beginning of its trail.
        if (clashes.length === 0) {
          const past = (theirs as Survey).trail;
          if ((mine as Survey).trail.length > 0 && past.length > 0 && !isEqual(trail[0], past[0])) return;
          expect(trail.slice(0, past.length)).toEqual(past);
        }
      }),
      runs
    );
  });

  test('a document is deleted only when a side deleted it and the other changed nothing', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const { doc, clashes } = merged(base, mine, theirs);
        if (doc['deleted'] !== true || clashes.length > 0) return;
        for (const side of [mine, theirs]) expect(side.deleted === true || isSameContent(side, base)).toBe(true);
      }),
      runs
    );
  });
});

const stepsOf = (doc: object) => ('trail' in doc && 'status' in doc ? { trail: doc.trail, status: doc.status } : null);

/** The smallest places at which a side differs from the base; lists of choices are looked at by what was added. */
function changedPlaces(base: AnyDocument, side: AnyDocument): Path[] {
  const places: Path[] = [];
  const walk = (path: Path): void => {
    const [a, b] = path.length === 0 ? [base, side] : [valueAt(base, path), valueAt(side, path)];
    if (isEqual(a, b) || a === undefined || b === undefined) {
      if (!isEqual(a, b) && !isSetOrRows(a) && !isSetOrRows(b) && !isPlain(a) && !isPlain(b)) places.push(path);
      return;
    }
    if (isPlain(a) && isPlain(b)) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) walk([...path, name]);
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (const one of [...a, ...b] as unknown[])
        if (isPlain(one) && typeof one['_id'] === 'string') walk([...path, one['_id']]);
    } else places.push(path);
  };
  walk([]);
  const silent = ['updatedBy', 'editId', 'trail', 'status', 'deleted', '_id'];
  return places.filter(([field = '']) => !silent.includes(field));
}
const isSetOrRows = (value: unknown): boolean => Array.isArray(value);
const touches = (a: Path, b: Path): boolean => {
  const length = Math.min(a.length, b.length);
  const isReason = b[0] === 'overrides' && a[0] === 'answers' && (b[1] ?? '').includes(a[1] ?? '');
  const isCase = b[0] === 'caseByCriterion' && a[0] === 'choiceByCriterion' && a[1] === b[1];
  return isReason || isCase || isEqual(a.slice(0, length), b.slice(0, length));
};
