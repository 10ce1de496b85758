// A bad form is refused with the place of what is wrong.
import { describe, expect, it } from 'vitest';
import { aForm, ask, both, errorsOf, formData, group, repeat, sectionsData } from './aForm.ts';

describe('a bad form', () => {
  it.each<[string, unknown, string, string]>([
    ['no object', 'form', '', 'malformed'],
    ['an unknown type', formData(ask('audio', 'a')), 'sections.0.children.0.type', 'malformed'],
    ['a misspelt column', formData(ask('text', 'a', { relevent: '1' })), 'sections.0.children.0.relevent', 'malformed'],
    ['a name with a space', formData(ask('text', 'a b')), 'sections.0.children.0.name', 'malformed'],
    ['the same name twice', formData(ask('text', 'a'), group('g', [ask('text', 'a')])), 'a', 'duplicateName'],
    ['a label missing', formData({ type: 'text', name: 'a' }), 'a', 'missingLabel'],
    ['a calculation missing', formData({ type: 'calculate', name: 'a' }), 'a', 'missingCalculation'],
    ['a message missing', formData({ ...ask('text', 'a'), constraint: '1' }), 'a.constraint', 'missingMessage'],
    ['an unknown list', formData(ask('select_one', 'a', { choices: 'stars' })), 'a.choices', 'unknownChoices'],
    ['no list', formData(ask('select_one', 'a')), 'a.choices', 'unknownChoices'],
    ['an unknown question', formData(ask('text', 'a', { relevant: '${b} = 1' })), 'a.relevant', 'unknownQuestion'],
    [
      'a group looked at',
      formData(group('g', []), ask('text', 'a', { relevant: '${g} = 1' })),
      'a.relevant',
      'unknownQuestion'
    ],
    ['an unknown name in a text', formData(ask('note', 'a', { label: both('${b}') })), 'a.label', 'unknownQuestion'],
    ['a broken expression', formData(ask('text', 'a', { constraint: '. >' })), 'a.constraint', 'unexpectedEnd'],
    ['`.` in relevant', formData(ask('text', 'a', { relevant: '. = 1' })), 'a.relevant', 'selfOutsideCheck'],
    [
      'a column outside a filter',
      formData(ask('text', 'a', { relevant: 'colour = 1' })),
      'a.relevant',
      'columnOutsideFilter'
    ],
    [
      'an unknown column',
      formData(ask('select_one', 'a', { choices: 'fruit', choice_filter: 'size = 1' })),
      'a.choice_filter',
      'unknownColumn'
    ],
    [
      'a repeat in a repeat',
      formData(repeat('r', [ask('text', 'a'), repeat('s', [ask('text', 'b')])])),
      's',
      'nestedRepeat'
    ],
    [
      'a row looked at from outside',
      formData(repeat('r', [ask('text', 'a')]), ask('text', 'b', { relevant: '${a} = 1' })),
      'b.relevant',
      'outsideRepeat'
    ],
    [
      'a sum over no repeat',
      formData(ask('integer', 'a'), ask('calculate', 'b', { calculation: 'sum(${a})' })),
      'b.calculation',
      'notInRepeat'
    ],
    [
      'a title from elsewhere',
      formData(ask('text', 'b'), repeat('r', [ask('text', 'a')], { title: 'b' })),
      'r.title',
      'unknownQuestion'
    ],
    [
      'or_other on a list that has one',
      formData(ask('select_one', 'a', { choices: 'fruit', or_other: true }), ask('text', 'a_other')),
      'a_other',
      'duplicateName'
    ]
  ])('%s', (_, data, place, code) => {
    expect(errorsOf(data)).toContainEqual(expect.objectContaining({ place, code }));
  });

  it('names every error, with the offset in the expression', () => {
    const errors = errorsOf(
      formData(ask('text', 'a', { relevant: "'x' = ${b}" }), ask('text', 'c', { constraint: ')' }))
    );
    expect(errors.map(({ place, at }) => [place, at])).toEqual([
      ['c.constraint', 0],
      ['a.relevant', 6]
    ]);
  });

  it.each([
    ['relevance', formData(ask('text', 'a', { relevant: '${b} = 1' }), ask('text', 'b', { relevant: '${a} = 1' }))],
    ['itself', formData(ask('text', 'a', { relevant: '${a} = 1' }))],
    [
      'calculations',
      formData(ask('calculate', 'a', { calculation: '${b}' }), ask('calculate', 'b', { calculation: '${a}' }))
    ],
    ['a group hidden by what it holds', formData(group('g', [ask('text', 'a')], { relevant: "${a} = 'x'" }))],
    [
      'a repeat hidden by the sum of its rows',
      formData(repeat('r', [ask('integer', 'a')], { relevant: 'sum(${a}) > 1' }))
    ]
  ])('a cycle through %s', (_, data) => {
    const errors = errorsOf(data);
    expect(errors).toContainEqual(expect.objectContaining({ code: 'cycle' }));
    const path = errors[0]?.piece.split(' → ') ?? [];
    expect(path.length).toBeGreaterThan(1);
    expect(path[0]).toBe(path.at(-1));
  });
});

it('two questions may check each other', () => {
  const form = aForm(ask('integer', 'a', { constraint: '. < ${b}' }), ask('integer', 'b', { constraint: '. > ${a}' }));
  expect([...form.itemByName.keys()]).toEqual(['section', 'a', 'b']);
});

it('or_other adds the choice and the question what it is', () => {
  const form = aForm(ask('select_multiple', 'kind', { choices: 'fruit', or_other: true }));
  expect(form.itemByName.get('kind')).toMatchObject({
    choices: [{ name: 'mango' }, { name: 'dragon' }, { name: 'other' }]
  });
  expect(form.itemByName.get('kind_other')).toMatchObject({ type: 'text', required: true });
});

it('takes several sections as pages in order', () => {
  const data = sectionsData(group('one', [ask('text', 'a')]), group('two', [ask('text', 'b')]));
  expect(errorsOf({ ...(data as object), sections: [] })).toContainEqual(
    expect.objectContaining({ place: 'sections' })
  );
});
