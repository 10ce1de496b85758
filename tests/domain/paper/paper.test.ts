// Papers: which two are one, what looks wrong about their days, and what a survey says about them.
import { describe, expect, it, test } from 'vitest';
import type { AnswerRow } from '#lib/domain/document/document.ts';
import { paperDoubts } from '#lib/domain/paper/doubts.ts';
import { papersNotTaken } from '#lib/domain/paper/fromSurvey.ts';
import { type PaperFacts, isSamePaper } from '#lib/domain/paper/same.ts';
import { aSurvey } from '../../support/documents.ts';

type Facts = Omit<PaperFacts, 'paperKind'>;

const TODAY = '2026-11-24';

describe('two papers are one', () => {
  test.each([
    ['48/2024/ATTP', '48-2024 attp', true],
    ['48/2024/ATTP', '49/2024/ATTP', false],
    ['Số 48', 'so 48', true],
    [undefined, undefined, true],
    [undefined, '', true],
    [undefined, '48', false]
  ])('with the numbers %s and %s: %s', (one, other, expected) => {
    const [a, b] = [numbered(one), numbered(other)];
    expect(isSamePaper({ paperKind: 'test', ...a }, { paperKind: 'test', ...b })).toBe(expected);
    expect(isSamePaper({ paperKind: 'test', ...a }, { paperKind: 'award', ...b })).toBe(false);
  });

  test.each<[string, Facts, Facts, boolean]>([
    ['with the same photo', { photos: ['photo:a'] }, { photos: ['photo:b', 'photo:a'], issuer: 'Viện mẫu' }, true],
    [
      'with the same photo, one of them with a number',
      { photos: ['photo:a'] },
      { photos: ['photo:a'], number: '1' },
      true
    ],
    [
      'with the same photo of two numbers',
      { photos: ['photo:a'], number: '2' },
      { photos: ['photo:a'], number: '1' },
      false
    ],
    ['with photos of their own', { photos: ['photo:a'] }, { photos: ['photo:b'] }, false],
    ['of which the other has no photo', { photos: ['photo:a'] }, {}, false],
    ['of two issuers', { issuer: 'Viện mẫu' }, { issuer: 'Trung tâm mẫu' }, false],
    ['of one issuer, written otherwise', { issuer: 'viện Mẫu ' }, { issuer: 'Viện mẫu', issuedOn: '2026-01-02' }, true],
    ['of two days', { issuedOn: '2026-01-02' }, { issuedOn: '2026-03-04' }, false],
    ['with two ends', { validUntil: '2027-01-02' }, { validUntil: '2028-01-02' }, false],
    ['with two names', { title: 'Hữu cơ' }, { title: 'Rừng bền vững' }, false],
    ['of which the first says nothing', {}, { issuer: 'Viện mẫu', photos: ['photo:a'] }, true]
  ])('without a number, %s', (_, one, other, expected) => {
    expect(isSamePaper({ paperKind: 'test', ...one }, { paperKind: 'test', ...other })).toBe(expected);
  });

  const numbered = (number: string | undefined) => (number === undefined ? {} : { number });
});

describe('the days of a paper', () => {
  test.each([
    ['', '', null, null],
    ['2024-05-01', '2027-05-01', null, null],
    [TODAY, TODAY, null, null],
    ['2026-11-25', '', 'later', null],
    ['1979-12-31', '', 'year', null],
    ['0202-05-01', '2027-05-01', 'year', null],
    ['2024-05-01', '2024-04-30', null, 'before'],
    ['', '2020-01-01', null, null],
    ['', '2076-11-24', null, null],
    ['', '2076-11-25', null, 'year'],
    ['2024-05-01', '0027-05-01', null, 'year']
  ])('issued on “%s”, until “%s”', (issuedOn, validUntil, ofIssue, ofEnd) => {
    expect(paperDoubts(issuedOn, validUntil, TODAY)).toEqual({ issuedOn: ofIssue, validUntil: ofEnd });
  });
});

describe('the papers of a survey', () => {
  const survey = (...papers: AnswerRow[]) => aSurvey({ answers: { has_papers: 'yes', papers } });

  it('become papers with all that the row says', () => {
    const row = {
      _id: 'r1',
      paper_kind: 'food_safety',
      paper_number: ' 48/2024/ATTP ',
      paper_issuer: 'Chi cục mẫu',
      paper_issued_on: '2024-05-01',
      paper_until: '2027-05-01',
      paper_photo: ['photo:a', 'photo:b']
    };
    expect(papersNotTaken(survey(row), [])).toEqual([
      {
        paperKind: 'food_safety',
        number: '48/2024/ATTP',
        issuer: 'Chi cục mẫu',
        issuedOn: '2024-05-01',
        validUntil: '2027-05-01',
        photos: ['photo:a', 'photo:b']
      }
    ]);
  });

  it('are taken once: not those that the product has, nor twice the same', () => {
    const rows = [
      { _id: 'r1', paper_kind: 'test', paper_number: 'KN 12' },
      { _id: 'r2', paper_kind: 'test', paper_number: 'kn-12' },
      { _id: 'r3', paper_kind: 'award' },
      { _id: 'r4', paper_kind: 'barcode', paper_number: '893' }
    ];
    const has = [{ paperKind: 'barcode', number: '8 9 3' } as const];
    expect(papersNotTaken(survey(...rows), has)).toEqual([
      { paperKind: 'test', number: 'KN 12' },
      { paperKind: 'award' }
    ]);
  });

  it('are two where two reports without a number have photos of their own, and none once both were taken', () => {
    const rows = [
      { _id: 'r1', paper_kind: 'test', paper_photo: ['photo:a'] },
      { _id: 'r2', paper_kind: 'test', paper_photo: ['photo:b', 'photo:c'] }
    ];
    const offered = papersNotTaken(survey(...rows), []);
    expect(offered.map(({ photos }) => photos)).toEqual([['photo:a'], ['photo:b', 'photo:c']]);
    expect(papersNotTaken(survey(...rows), offered)).toEqual([]);
    // A number and a day that were added since, a photo that was taken off: they are the same papers.
    const since: PaperFacts[] = [
      { ...offered[0], paperKind: 'test', number: 'KN 1', issuedOn: '2026-01-02' },
      { ...offered[1], paperKind: 'test', photos: ['photo:c'] }
    ];
    expect(papersNotTaken(survey(...rows), since)).toEqual([]);
  });

  it('say what another kind is, and leave out what is no day and what has no kind', () => {
    expect(
      papersNotTaken(
        survey(
          { _id: 'r1', paper_kind: 'other', paper_kind_other: 'Giấy phép hữu cơ', paper_until: '2027-02-30' },
          { _id: 'r2', paper_number: '12' },
          { _id: 'r3', paper_kind: 'unheard_of', paper_number: '13' }
        ),
        []
      )
    ).toEqual([{ paperKind: 'other', title: 'Giấy phép hữu cơ' }]);
  });

  it('are none where the answer to “any papers” is no, or of another form', () => {
    const rows = [{ _id: 'r1', paper_kind: 'test' }];
    expect(papersNotTaken(aSurvey({ answers: { has_papers: 'no', papers: rows } }), [])).toEqual([]);
    expect(papersNotTaken({ ...survey(...rows), formId: 'another' }, [])).toEqual([]);
  });
});
