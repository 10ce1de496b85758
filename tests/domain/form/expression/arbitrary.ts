// Random expressions for property tests, and a printer that puts every bracket in.
import fc from 'fast-check';
import type { Expression, Operator } from '#lib/domain/form/expression/syntax.ts';

/** An expression without its offsets, which a printed source cannot keep. */
export const withoutPlaces = (expression: Expression): unknown =>
  JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));

export function print(expression: Expression): string {
  switch (expression.tag) {
    case 'number':
      return String(expression.value);
    case 'text':
      return expression.value.includes("'") ? `"${expression.value}"` : `'${expression.value}'`;
    case 'self':
      return '.';
    case 'question':
      return `\${${expression.name}}`;
    case 'column':
      return expression.name;
    case 'negative':
      return `(-${print(expression.of)})`;
    case 'operation':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(print).join(', ')})`;
  }
}

const OPERATORS: Operator[] = ['=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'div', 'mod', 'and', 'or'];

/** @param names questions that may be looked at */
export function anExpression(names: readonly string[]): fc.Arbitrary<Expression> {
  const at = 0;
  return fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.nat(1000).map((value): Expression => ({ tag: 'number', value, at })),
      fc.stringMatching(/^[a-z0-9 ']{0,6}$/).map((value): Expression => ({ tag: 'text', value, at })),
      fc.constantFrom(...names).map((name): Expression => ({ tag: 'question', name, at })),
      fc.constant<Expression>({ tag: 'self', at }),
      fc
        .tuple(fc.constantFrom(...OPERATORS), tie('any'), tie('any'))
        .map(([operator, left, right]): Expression => ({ tag: 'operation', operator, left, right, at })),
      tie('any').map((of): Expression => ({ tag: 'negative', of, at })),
      fc.tuple(tie('any'), tie('any'), tie('any')).map((args): Expression => ({ tag: 'call', name: 'if', args, at })),
      fc
        .constantFrom('not', 'number', 'string-length', 'round', 'count-selected')
        .chain((name) => tie('any').map((arg): Expression => ({ tag: 'call', name, args: [arg], at }))),
      fc
        .constantFrom('coalesce', 'selected', 'format-date', 'round')
        .chain((name) => fc.tuple(tie('any'), tie('any')).map((args): Expression => ({ tag: 'call', name, args, at })))
    )
  })).any;
}
