// Expressions mean what XLSForm says they mean, and a bad one is refused with its place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Scope, evaluate } from '#lib/domain/form/expression/evaluate.ts';
import { parseExpression } from '#lib/domain/form/expression/parse.ts';
import { referencesOf } from '#lib/domain/form/expression/references.ts';
import type { Value } from '#lib/domain/form/expression/value.ts';
import { anExpression, print, withoutPlaces } from './arbitrary.ts';

interface World {
  readonly answers?: Readonly<Record<string, Value>>;
  readonly rows?: Readonly<Record<string, readonly Value[]>>;
  readonly self?: Value;
}

const scope = ({ answers = {}, rows = {}, self = null }: World): Scope => ({
  self,
  today: '2026-11-23',
  question: (name) => answers[name] ?? null,
  rows: (name) => rows[name] ?? [],
  column: () => null
});

function valueOf(source: string, world: World = {}): Value {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(`${source}: ${parsed.error.code} at ${String(parsed.error.at)}`);
  return evaluate(parsed.value, scope(world));
}

describe('values', () => {
  it.each<[string, Value, World?]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['7 div 2', 3.5],
    ['7 mod 4', 3],
    ['-3 + 5', 2],
    ['2 - -2', 4],
    ['1 div 0', null],
    ['0 div 0', null],
    ['${a} + 1', null],
    ['${a} + 1', 4, { answers: { a: 3 } }],
    ['${a} + 1', 4, { answers: { a: '3' } }],
    ['${a} * 2', null, { answers: { a: 'three' } }],
    ["'2026-03-01' - '2026-02-28'", 1],
    ['true() + 1', 2],
    ['1 < 2 and 2 < 3', true],
    ['1 > 2 or 2 > 3', false],
    ['1 = 1 or 1 div 0', true],
    ['not(1 = 1)', false],
    // `and` binds tighter than `or`.
    ['true() or false() and false()', true],
    ['1 + 1 = 2', true],
    ["'a' = 'a'", true],
    ["'10' = 10", true],
    ["'abc' = 0", false],
    ["'9' < '10'", true],
    ["'2025-12-31' < '2026-01-01'", true],
    ['${a} = 3', false],
    ['${a} != 3', true],
    ['${a} < 3', false],
    ['${a} >= 0', false],
    ["${a} = ''", true],
    ["${a} != ''", false],
    ["${a} = ''", true, { answers: { a: '   ' } }],
    ["${a} = ''", true, { answers: { a: [] } }],
    ["${a} = ''", false, { answers: { a: 0 } }],
    ['. <= 5', true, { self: 5 }],
    ["selected(${a}, 'x')", true, { answers: { a: ['y', 'x'] } }],
    ["selected(${a}, 'x')", false, { answers: { a: ['xy'] } }],
    ["selected(${a}, 'x')", true, { answers: { a: 'x' } }],
    ["selected(${a}, 'x')", false],
    ['count-selected(${a})', 2, { answers: { a: ['y', 'x'] } }],
    ['count-selected(${a})', 0],
    ["if(${a} > 1, 'many', 'few')", 'few'],
    ["if(${a} > 1, 'many', 'few')", 'many', { answers: { a: 2 } }],
    ['coalesce(${a}, ${b}, 7)', 7, { answers: { b: '' } }],
    ['coalesce(${a}, 7)', 0, { answers: { a: 0 } }],
    ['sum(${m})', 0],
    ['sum(${m})', 5, { rows: { m: [2, null, 3] } }],
    ['count(${m})', 3, { rows: { m: [2, null, 3] } }],
    ['today()', '2026-11-23'],
    ["today() > '2026-11-22'", true],
    ["number(format-date(today(), '%Y'))", 2026],
    ["format-date('23/11/2026', '%Y')", null],
    ["regex(., '\\d{3}')", true, { self: '123' }],
    ["regex(., '\\d{3}')", false, { self: '1234' }],
    ["regex(., '[a-zđ]+')", true, { self: 'đa' }],
    ["string-length('Đỗ')", 2],
    ['string-length(${a})', 0],
    ["number('12.5')", 12.5],
    ["number('12a')", null],
    // As on paper, not as in binary: 0.7999999999999999, 100.00000000000001, 0.30000000000000004.
    ['0.1 + 0.7', 0.8],
    ['${a} <= 0.1 + 0.7', true, { answers: { a: 0.8 } }],
    ['sum(${m})', 100, { rows: { m: [48.7, 21.1, 30.2] } }],
    ['sum(${m}) <= 100', true, { rows: { m: [48.7, 21.1, 30.2] } }],
    ['0.8 - 0.1 = 0.7', true],
    ['3 * 1.1 = 3.3', true],
    ['0.3 div 0.1 >= 3', true],
    ['1 div 3 * 3 = 1', true],
    ['5.5 mod 1.1 < 0.1', true],
    ['9007199254740991 - 1', 9007199254740990],
    ['round(2.5)', 3],
    ['round(-2.5)', -2],
    ['round(1.005, 2)', 1.01],
    ['round(${a})', null]
  ])('%s → %j', (source, expected, world) => {
    expect(valueOf(source, world)).toEqual(expected);
  });

  it('reckons with decimals as on paper', () => {
    const decimal = fc.tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.constantFrom(1, 10, 100, 1000));
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1, maxLength: 20 }), (decimals) => {
        const m = decimals.map(([digits, scale]) => digits / scale);
        const thousandths = decimals.reduce((sum, [digits, scale]) => sum + digits * (1000 / scale), 0);
        const world = { rows: { m }, answers: { total: thousandths / 1000, more: (thousandths + 1) / 1000 } };
        expect(valueOf('sum(${m})', world)).toBe(thousandths / 1000);
        expect(valueOf('sum(${m}) <= ${total} and sum(${m}) >= ${total} and sum(${m}) = ${total}', world)).toBe(true);
        expect(valueOf('sum(${m}) >= ${more}', world)).toBe(false);
        expect(valueOf('${more} - sum(${m}) = 0.001', world)).toBe(true);
      })
    );
  });

  it('counts letters, not code units', () => {
    expect(valueOf("string-length('🐟')")).toBe(1);
  });
});

describe('refusals', () => {
  it.each([
    ['1 +', 'unexpectedEnd', 3],
    ['1 2', 'unexpectedToken', 2],
    ["'abc", 'unclosedText', 0],
    ['1 + ${a', 'unclosedReference', 4],
    ['${a b}', 'unclosedReference', 0],
    ['1 & 2', 'unexpectedCharacter', 2],
    ['pow(2, 3)', 'unknownFunction', 0],
    ['1 + constructor(1)', 'unknownFunction', 4],
    ['if(1, 2)', 'argumentCount', 0],
    ['not()', 'argumentCount', 0],
    ['selected(${a} ,)', 'unexpectedToken', 15],
    ['(1', 'unexpectedEnd', 2],
    ['1)', 'unexpectedToken', 1],
    ['sum(1 + 2)', 'badAggregate', 0],
    ["regex(., '[')", 'badPattern', 9],
    ['regex(., ${a})', 'badPattern', 9],
    ['', 'unexpectedEnd', 0]
  ])('%s: %s at %i', (source, code, at) => {
    expect(parseExpression(source)).toMatchObject({ ok: false, error: { code, at } });
  });

  it('refuses nesting and length that could exhaust the stack', () => {
    expect(parseExpression(`${'('.repeat(9000)}1`)).toMatchObject({ ok: false, error: { code: 'tooDeep' } });
    expect(parseExpression('-'.repeat(9000))).toMatchObject({ ok: false, error: { code: 'tooDeep' } });
    expect(parseExpression('1'.repeat(10_001))).toMatchObject({ ok: false, error: { code: 'tooLong' } });
  });
});

it('lists what an expression looks at', () => {
  const parsed = parseExpression('if(. > ${a}, sum(${b}), col)');
  if (!parsed.ok) throw new Error('does not parse');
  const { questions, columns, self } = referencesOf(parsed.value);
  expect(questions).toEqual([
    { name: 'a', allRows: false, at: 7 },
    { name: 'b', allRows: true, at: 17 }
  ]);
  expect(columns).toEqual([{ name: 'col', at: 24 }]);
  expect(self).toEqual([3]);
});

describe('properties', () => {
  const anyValue: fc.Arbitrary<Value> = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(fc.string()),
    fc.constantFrom('2026-02-30', '2026-11-23', '', ' ', '1e309', '٣')
  );

  it('a printed expression parses back to the same tree', () => {
    fc.assert(
      fc.property(anExpression(['a', 'b']), (expression) => {
        const parsed = parseExpression(print(expression));
        expect(parsed.ok && withoutPlaces(parsed.value)).toEqual(withoutPlaces(expression));
      })
    );
  });

  it('any expression has a value for any answers, and never a number that does not exist', () => {
    fc.assert(
      fc.property(anExpression(['a', 'b']), anyValue, anyValue, anyValue, (expression, a, b, self) => {
        const value = evaluate(expression, scope({ answers: { a, b }, self }));
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      })
    );
  });

  // Of quotients JavaScript has digits more than are sure, and a remainder jumps at the last of them.
  it.each([
    ['to the digit', ['+', '-', '*', 'mod'], 0],
    ['but for the last digits of quotients', ['+', '-', '*', 'div'], 1e-13]
  ])('arithmetic without brackets gives what JavaScript gives, %s', (_, operators, least) => {
    const term = fc.integer({ min: 1, max: 99 });
    const rest = fc.array(fc.tuple(fc.constantFrom(...operators), term), { maxLength: 7 });
    fc.assert(
      fc.property(term, rest, (first, pairs) => {
        const source = [String(first), ...pairs.map(([operator, n]) => `${operator} ${String(n)}`)].join(' ');
        const js = source.replaceAll('div', '/').replaceAll('mod', '%');
        const expected = Number(new Function(`return ${js}`)());
        // As large as the terms can be: what is left of a difference is as sure as what it was taken from.
        const largest = [first, ...pairs.map(([, n]) => n)].reduce((product, n) => product * n, 1);
        expect(Math.abs(Number(valueOf(source)) - expected)).toBeLessThanOrEqual(least * largest);
      })
    );
  });

  it('never throws on any source', () => {
    const piece = fc.constantFrom('${', '}', 'a', '(', ')', "'", '"', '.', '1', 'and', ' ', 'sum', ',', '<=', '-', 'đ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join(''))
        ),
        (source) => {
          expect(typeof parseExpression(source).ok).toBe('boolean');
        }
      )
    );
  });
});
