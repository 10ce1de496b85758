// Differences of two versions, and the one document that choices make of them: tables and properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChoices, differences } from '#lib/domain/merge/differences.ts';
import { anAssessment, aProducer, aSurvey } from '../../support/documents.ts';

describe('differences', () => {
  test('go by question, by criterion, by fact of the representative, and else by field', () => {
    expect(
      differences(
        aSurvey({ answers: { workers: 3, season: 'a', rows: [{ _id: '1' }] } }),
        aSurvey({ answers: { workers: 4, season: 'a', rows: [] } }),
        null
      ).map(({ path, mine, theirs }) => ({ path, mine, theirs }))
    ).toEqual([
      { path: ['answers', 'workers'], mine: 3, theirs: 4 },
      { path: ['answers', 'rows'], mine: [{ _id: '1' }], theirs: [] }
    ]);
    expect(
      differences(
        anAssessment({ choiceByCriterion: { '1.4': { option: 2 } } }),
        anAssessment({ choiceByCriterion: { '1.4': { option: 1 }, '2.1': { option: null } } }),
        null
      ).map(({ path }) => path)
    ).toEqual([
      ['choiceByCriterion', '1.4'],
      ['choiceByCriterion', '2.1']
    ]);
    expect(
      differences(aProducer({ representative: { name: 'A' } }), aProducer({ name: 'Khác' }), null).map(
        ({ path }) => path
      )
    ).toEqual([['name'], ['representative', 'name']]);
  });

  test('tell who alone has changed a place since the base', () => {
    const base = aProducer({ name: 'Gốc', phone: '1', email: 'e' });
    const mine = { ...base, name: 'Của tôi', phone: '2' };
    const theirs = { ...base, phone: '3', email: 'f' };
    expect(differences(mine, theirs, base).map(({ path, changedBy }) => [path[0], changedBy])).toEqual([
      ['name', 'mine'],
      ['phone', null],
      ['email', 'theirs']
    ]);
  });

  test('the stamps of a save and the count of progress are none', () => {
    const mine = aSurvey({ editId: 'a', updatedBy: 'x', progress: { done: 1, of: 14 } });
    expect(differences(mine, aSurvey({ editId: 'b', progress: { done: 2, of: 14 } }), null)).toEqual([]);
  });

  test('a question that is called like something every object has', () => {
    const [difference] = differences(aSurvey({ answers: { constructor: 'x' } }), aSurvey(), null);
    expect(difference).toMatchObject({ path: ['answers', 'constructor'], mine: 'x', theirs: undefined });
    const [back] = differences(aSurvey(), aSurvey({ answers: { constructor: 'x' } }), null);
    expect(back).toMatchObject({ mine: undefined, theirs: 'x' });
  });

  test('a step in the trail goes with the status', () => {
    const step = { status: 'submitted' as const, at: '2026-11-20T02:30:00.000Z', by: 'canbo.b' };
    const mine = aSurvey();
    const theirs = aSurvey({ status: 'submitted', trail: [step] });
    expect(differences(mine, theirs, null).map(({ path }) => path)).toEqual([['status']]);
    expect(applyChoices(mine, theirs, null, () => 'theirs')).toMatchObject({ status: 'submitted', trail: [step] });
    expect(applyChoices(mine, theirs, null, () => 'mine')).toMatchObject({ status: 'draft', trail: [] });
  });
});

const value = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string(), { maxLength: 3 }), fc.constant(null));
const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const version = fc.record({
  fields: fc.dictionary(fc.constantFrom('name', 'phone', 'note', 'recognition'), value),
  answers: fc.dictionary(name, value)
});
const asDocument = ({ fields, answers }: { fields: object; answers: object }) => ({
  ...fields,
  _id: 'survey:1',
  answers
});

describe('choices', () => {
  test('all mine gives mine, all theirs gives theirs', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [mine, theirs] = [asDocument(a), asDocument(b)];
        expect(applyChoices(mine, theirs, null, () => 'mine')).toEqual(mine);
        expect(
          differences(
            applyChoices(mine, theirs, null, () => 'theirs'),
            theirs,
            null
          )
        ).toEqual([]);
      })
    );
  });

  test('each place goes its own way, whatever the others do', () => {
    fc.assert(
      fc.property(version, version, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (a, b, coins) => {
        const [mine, theirs] = [asDocument(a), asDocument(b)];
        const places = differences(mine, theirs, null);
        const merged = applyChoices(mine, theirs, null, ({ path }) =>
          coins[places.findIndex((one) => one.path.join() === path.join())] ? 'mine' : 'theirs'
        );
        const left = differences(mine, merged, null).map(({ path }) => path.join());
        const taken = places.filter((_, i) => !coins[i]).map(({ path }) => path.join());
        expect(left.sort()).toEqual(taken.sort());
      })
    );
  });

  test('a place can be written anew', () => {
    const merged = applyChoices(aProducer({ name: 'A' }), aProducer({ name: 'B' }), null, () => ({ value: 'C' }));
    expect(merged).toMatchObject({ name: 'C' });
  });

  test('nothing differs from itself', () => {
    fc.assert(
      fc.property(version, (a) => {
        expect(differences(asDocument(a), structuredClone(asDocument(a)), null)).toEqual([]);
      })
    );
  });
});
