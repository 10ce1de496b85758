// A survey being filled in: relevance, faults, doubts, calculations, rows, and edits that look only where they must.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerRow } from '#lib/domain/document/document.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { doubts, problems, sectionProgress } from '#lib/domain/form/progress.ts';
import { FormState } from '#lib/domain/form/state.ts';
import { pathOf } from '#lib/domain/form/path.ts';
import { answersThatCount } from '#lib/domain/form/submission.ts';
import { aForm, ask, both, compiled, group, repeat, sectionsData } from './aForm.ts';

const TODAY = '2026-11-23';
const start = (form: Form, answers: AnswerRow = {}): FormState => new FormState(form, answers, TODAY);
const answer = (state: FormState, path: string): Answer | undefined => state.cell(path)?.answer;
const shown = (state: FormState, path: string): boolean | undefined => state.cell(path)?.relevant;
const faultAt = (state: FormState, path: string): string | undefined => state.cell(path)?.fault?.tag;

describe('skip logic', () => {
  const form = aForm(
    ask('select_one', 'has', { choices: 'yes_no' }),
    group('inner', [ask('text', 'which', { required: true }), ask('text', 'more', { relevant: "${which} != ''" })], {
      relevant: "${has} = 'yes'"
    })
  );

  it('a hidden answer is kept while editing, blank to others, and left out of what counts', () => {
    const state = start(form, { has: 'yes', which: 'HACCP', more: 'x' });
    expect(shown(state, 'more')).toBe(true);
    state.setAnswer('has', 'no');
    expect([shown(state, 'inner'), shown(state, 'which'), shown(state, 'more')]).toEqual([false, false, false]);
    expect(state.answers).toEqual({ has: 'no', which: 'HACCP', more: 'x' });
    expect(answersThatCount(form, state.answers, TODAY)).toEqual({ has: 'no' });
    state.setAnswer('has', 'yes');
    expect(answer(state, 'which')).toBe('HACCP');
    expect(answersThatCount(form, state.answers, TODAY)).toEqual({ has: 'yes', which: 'HACCP', more: 'x' });
  });

  it('a hidden question is not required', () => {
    const state = start(form, { has: 'no' });
    expect(problems(state)).toEqual([]);
    state.setAnswer('has', 'yes');
    expect(problems(state).map(({ path }) => path)).toEqual(['which']);
  });
});

describe('faults and doubts', () => {
  const form = aForm(
    ask('integer', 'workers', { required: true, constraint: '. >= 0', warning: '. > 500' }),
    ask('integer', 'local', { constraint: '. <= coalesce(${workers}, .)' }),
    ask('date', 'day', { constraint: '. <= today()' }),
    ask('text', 'phone', { appearance: 'phone' }),
    ask('select_one', 'fruit', { choices: 'fruit', choice_filter: 'colour = ${colour}' }),
    ask('text', 'colour'),
    ask('select_multiple', 'kinds', { choices: 'fruit' })
  );

  it('checks an answer against another whichever of the two changes', () => {
    const state = start(form, { workers: 10, local: 8 });
    expect(faultAt(state, 'local')).toBeUndefined();
    expect([...state.setAnswer('workers', 5)].sort()).toEqual(['local', 'workers']);
    expect(faultAt(state, 'local')).toBe('constraint');
    state.setAnswer('local', 5);
    expect(faultAt(state, 'local')).toBeUndefined();
  });

  it('a constraint does not look at a blank, `required` does', () => {
    const state = start(form);
    expect(state.cell('workers')?.fault).toEqual({ tag: 'required', message: null });
    expect(faultAt(state, 'local')).toBeUndefined();
    state.setAnswer('workers', 0);
    expect(faultAt(state, 'workers')).toBeUndefined();
  });

  it('a doubt does not stand against handing in', () => {
    const state = start(form, { workers: 501, phone: '12345' });
    expect(problems(state)).toEqual([]);
    expect(doubts(state).map(({ path, doubt }) => [path, doubt])).toEqual([
      ['workers', { tag: 'said', message: both('warning') }],
      ['phone', { tag: 'format', code: 'phoneLength' }]
    ]);
  });

  it('filters choices; a choice that no longer fits is kept and wrong', () => {
    const state = start(form, { colour: 'red', fruit: 'dragon' });
    expect(state.cell('fruit')?.choices.map(({ name }) => name)).toEqual(['dragon']);
    state.setAnswer('colour', 'yellow');
    expect(state.cell('fruit')?.choices.map(({ name }) => name)).toEqual(['mango']);
    expect(answer(state, 'fruit')).toBe('dragon');
    expect(state.cell('fruit')?.fault).toEqual({ tag: 'type', expected: 'choice' });
  });

  it.each<[string, Answer, string]>([
    ['workers', '12a', 'integer'],
    ['workers', 1.5, 'integer'],
    ['workers', Number.NaN, 'integer'],
    ['day', '2026-02-30', 'date'],
    ['day', 20, 'date'],
    ['phone', 5, 'text'],
    ['phone', 'x'.repeat(200_001), 'tooLong'],
    ['kinds', ['mango', 'pear'], 'choice'],
    ['kinds', 'mango', 'choice'],
    ['kinds', [{ _id: 'r' }], 'choice']
  ])('%s: keeps an answer of a wrong type and says so', (path, given, expected) => {
    const state = start(form);
    state.setAnswer(path, given);
    expect(state.cell(path)?.fault).toEqual({ tag: 'type', expected });
    expect(state.cell(path)?.seen).toBeNull();
  });

  it.each([
    ['geopoint', '11.17 108.57 0 8', '11.17 108.57'],
    ['geopoint', 'no-gps indoors', 'indoors'],
    ['signature', 'drawn 1000x400 1 2 3 4', 'drawn 1 2 3 4'],
    ['signature', 'declined', ''],
    ['barcode', '8938501234567', 8938501234567]
  ])('a %s may say “%s” but not “%s”', (type, good, bad) => {
    const form = aForm(ask(type, 'a', { required: true }));
    const said = (answer: string | number) => new FormState(form, { a: answer }, TODAY).cell('a')?.fault?.tag;
    expect(said(good)).toBeUndefined();
    expect(said(bad)).toBe(bad === '' ? 'required' : 'type');
  });

  it('never throws, whatever the answer', () => {
    const paths = [...form.itemByName.keys(), 'nowhere', 'nowhere[1].x'];
    const anything: fc.Arbitrary<Answer> = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.constant<Answer>([{ _id: 'r' }]),
      fc.constant('x'.repeat(5_000_000))
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), anything), { maxLength: 6 }), (edits) => {
        const state = start(form);
        for (const [path, given] of edits) state.setAnswer(path, given);
        expect(Array.isArray(problems(state))).toBe(true);
      }),
      { numRuns: 60 }
    );
  });
});

describe('a question that photos answer', () => {
  const form = aForm(
    ask('image', 'visit', { required: true }),
    repeat('papers', [ask('text', 'number'), ask('image', 'scan', { required: true })]),
    ask('text', 'why', { relevant: 'selected(${visit}, "photo:a")' })
  );
  const row = { _id: 'r', number: '12' };

  it('is asked: required, answered by the ids of photos in their order, in rows too', () => {
    const state = start(form, { papers: [row] });
    expect(problems(state).map(({ path }) => path)).toEqual(['visit', pathOf('scan', 'papers', 'r')]);
    state.setAnswer('visit', ['photo:b', 'photo:a']);
    state.setAnswer(pathOf('scan', 'papers', 'r'), ['photo:c']);
    expect(problems(state)).toEqual([]);
    expect(answersThatCount(form, state.answers, TODAY)).toEqual({
      visit: ['photo:b', 'photo:a'],
      papers: [{ ...row, scan: ['photo:c'] }]
    });
    state.setAnswer('visit', []);
    expect(faultAt(state, 'visit')).toBe('required');
  });

  it('a new order is another answer', () => {
    const state = start(form, { visit: ['photo:a', 'photo:b'] });
    expect([...state.setAnswer('visit', ['photo:b', 'photo:a'])]).toContain('visit');
    expect([...state.setAnswer('visit', ['photo:b', 'photo:a'])]).toEqual([]);
  });

  it.each([[['paper:x']], [['photo:a', 'IMG_1.jpg']], ['photo:a'], [7], [[{ _id: 'r' }]]] as [Answer][])(
    '%j is no list of photos',
    (given) => {
      const state = start(form, { visit: given });
      expect(state.cell('visit')?.fault).toEqual({ tag: 'type', expected: 'image' });
      expect(state.cell('visit')?.seen).toBeNull();
    }
  );

  it('expressions see the ids', () => {
    const state = start(form, { visit: ['photo:a'] });
    expect(shown(state, 'why')).toBe(true);
    state.setAnswer('visit', ['photo:b']);
    expect(shown(state, 'why')).toBe(false);
  });

  it('counts in the progress of its section', () => {
    const state = start(form);
    const [section] = form.sections;
    if (section === undefined) throw new Error('no section');
    expect(sectionProgress(state, section).state).toBe('todo');
    state.setAnswer('visit', ['photo:a']);
    expect(sectionProgress(state, section).state).toBe('done');
  });
});

describe('repeats', () => {
  const form = aForm(
    repeat(
      'years',
      [
        ask('integer', 'year'),
        ask('decimal', 'revenue', { required: true }),
        ask('decimal', 'profit', { constraint: '. <= coalesce(${revenue}, .)' }),
        ask('calculate', 'margin', { calculation: 'round(${profit} div ${revenue} * 100)' })
      ],
      { required: true }
    ),
    ask('calculate', 'total', { calculation: 'sum(${revenue})' }),
    ask('calculate', 'rows', { calculation: 'count(${years})' }),
    ask('note', 'big', { relevant: '${total} > 100' })
  );

  it('sums and counts rows, and looks at a row from inside', () => {
    const state = start(form);
    expect(faultAt(state, 'years')).toBe('required');
    state.addRow('years', { _id: 'a', revenue: 60, profit: 6 });
    state.addRow('years', { _id: 'b', revenue: 70, profit: 80 });
    expect(faultAt(state, 'years')).toBeUndefined();
    expect([answer(state, 'total'), answer(state, 'rows'), shown(state, 'big')]).toEqual([130, 2, true]);
    expect([answer(state, 'years[a].margin'), faultAt(state, 'years[b].profit')]).toEqual([10, 'constraint']);
    state.setAnswer('years[b].revenue', 30);
    expect([answer(state, 'total'), shown(state, 'big')]).toEqual([90, false]);
  });

  it('an edit in a row leaves the other rows alone', () => {
    const state = start(form);
    for (let i = 0; i < 50; i++) state.addRow('years', { _id: `r${String(i)}`, revenue: 1 });
    expect([...state.setAnswer('years[r7].profit', 1)].sort()).toEqual(['years[r7].margin', 'years[r7].profit']);
    const added = state.addRow('years', { _id: 'r50' });
    expect([...added].sort()).toEqual(
      ['rows', 'years', ...['margin', 'profit', 'revenue', 'year'].map((name) => `years[r50].${name}`)].sort()
    );
  });

  it('a row taken out can be put back where it was', () => {
    const state = start(form, {
      years: [
        { _id: 'a', revenue: 1 },
        { _id: 'b', revenue: 2 },
        { _id: 'c', revenue: 3 }
      ]
    });
    const before = state.answers;
    const taken = state.removeRow('years', 'b');
    expect(state.rowIds('years')).toEqual(['a', 'c']);
    expect([answer(state, 'total'), state.cell('years[b].revenue')]).toEqual([4, undefined]);
    if (taken) state.addRow('years', taken.removed.row, taken.removed.index);
    expect(state.answers).toEqual(before);
    expect(state.rowIds('years')).toEqual(['a', 'b', 'c']);
  });

  it('refuses a row without an id or with one that is taken', () => {
    const state = start(form, { years: [{ _id: 'a' }] });
    expect(state.addRow('years', { _id: 'a' }).size + state.addRow('years', {}).size).toBe(0);
    expect(state.rowIds('years')).toEqual(['a']);
  });

  it('gives rows that came without an id, or with the same one, ids of their own', () => {
    const state = start(form, { years: [{ revenue: 1 }, { _id: 'a', revenue: 2 }, { _id: 'a', revenue: 3 }] });
    expect(state.rowIds('years')).toEqual(['row-0', 'a', 'row-2']);
    expect(answer(state, 'total')).toBe(6);
  });

  it('takes what is no table of rows for no rows', () => {
    expect(start(form, { years: 'x' }).rowIds('years')).toEqual([]);
  });
});

describe('sections', () => {
  const form = compiled(
    sectionsData(
      group('one', [ask('text', 'a', { required: true }), ask('integer', 'b', { constraint: '. > 0' })]),
      group('two', [ask('text', 'c')], { relevant: "${a} = 'x'" })
    )
  );
  const stateOf = (answers: AnswerRow): string[] => {
    const state = start(form, answers);
    return form.sections.map((section) => sectionProgress(state, section).state);
  };

  it.each<[AnswerRow, string[]]>([
    [{}, ['todo', 'hidden']],
    [{ b: 1 }, ['started', 'hidden']],
    [{ b: -1 }, ['faulty', 'hidden']],
    [{ a: 'y' }, ['done', 'hidden']],
    [{ a: 'x' }, ['done', 'todo']],
    [{ a: 'x', c: 'z' }, ['done', 'done']]
  ])('%j → %j', (answers, expected) => {
    expect(stateOf(answers)).toEqual(expected);
  });
});

describe('incremental evaluation', () => {
  const form = compiled(
    sectionsData(
      group('one', [
        ask('integer', 'a'),
        ask('select_multiple', 'k', { choices: 'fruit', or_other: true }),
        ask('calculate', 'double', { calculation: '${a} * 2' }),
        ask('text', 't', { relevant: '${double} > 4', required: "selected(${k}, 'mango')" })
      ]),
      group(
        'two',
        [
          repeat(
            'r',
            [
              ask('integer', 'x', { required: true, warning: '. > ${a}' }),
              ask('integer', 'y', { relevant: '${x} > ${a}', constraint: '. < ${x} and ${all} < 20' }),
              ask('calculate', 'z', { calculation: '${x} + coalesce(${y}, 0)' })
            ],
            { relevant: '${a} != 3', required: true }
          ),
          ask('calculate', 'all', { calculation: 'sum(${z}) + count(${r})' }),
          ask('select_one', 'f', { choices: 'fruit', choice_filter: "colour = 'red' or ${all} > 5" }),
          ask('text', 'end', { relevant: 'count(${r}) > 1' })
        ],
        { relevant: "not(selected(${k}, 'dragon'))" }
      )
    )
  );

  const smallInt = fc.integer({ min: -1, max: 8 });
  const rowId = fc.constantFrom('p', 'q', 's');
  const edit = fc.oneof(
    fc.record({
      do: fc.constant('set' as const),
      path: fc.constantFrom('a', 'k', 't', 'f', 'end', 'k_other'),
      answer: fc.oneof(
        smallInt,
        fc.constant(null),
        fc.constantFrom<Answer[]>('mango', ['mango'], ['dragon'], ['other'], '')
      )
    }),
    fc.record({
      do: fc.constant('set' as const),
      path: fc.tuple(rowId, fc.constantFrom('x', 'y')).map(([id, name]) => `r[${id}].${name}`),
      answer: fc.oneof(smallInt, fc.constant(null))
    }),
    fc.record({ do: fc.constant('add' as const), id: rowId, index: fc.option(fc.nat(3), { nil: undefined }) }),
    fc.record({ do: fc.constant('remove' as const), id: rowId })
  );

  it('equals full evaluation after any sequence of edits, and names every cell it replaced', () => {
    const reached = { rows: 0, shown: 0, faults: 0, doubts: 0 };
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30, size: 'max' }), (edits) => {
        const state = start(form, {
          a: 1,
          r: [
            { _id: 'p', x: 4, y: 2 },
            { _id: 'q', x: 6 }
          ]
        });
        for (const step of edits) {
          const before = new Map([...state.cells()].map((cell) => [cell.path, cell]));
          const changed =
            step.do === 'set'
              ? state.setAnswer(step.path, step.answer)
              : step.do === 'add'
                ? state.addRow('r', { _id: step.id }, step.index)
                : (state.removeRow('r', step.id)?.changed ?? new Set<string>());
          for (const cell of state.cells()) {
            if (before.get(cell.path) !== cell) expect(changed).toContain(cell.path);
          }
        }
        expect([...state.cells()]).toEqual([...start(form, state.answers).cells()]);
        reached.rows += state.rowIds('r').length;
        reached.shown += shown(state, 't') === true ? 1 : 0;
        reached.faults += problems(state).filter(({ fault }) => fault?.tag === 'constraint').length;
        reached.doubts += doubts(state).length;
      }),
      { numRuns: process.env['LONG'] ? 5000 : 400 }
    );
    for (const [what, count] of Object.entries(reached)) expect(count, what).toBeGreaterThan(0);
  });
});

it('a change in a form of 60 questions looks at one question and its dependants only', () => {
  const questions = Array.from({ length: 60 }, (_, i) => ask('integer', `q${String(i)}`, { constraint: '. >= 0' }));
  const form = aForm(...questions, ask('calculate', 'sum01', { calculation: '${q0} + ${q1}' }));
  const state = start(form, { q0: 1 });
  expect([...state.setAnswer('q1', 2)].sort()).toEqual(['q1', 'sum01']);
  expect([...state.setAnswer('q30', -2)]).toEqual(['q30']);
});
