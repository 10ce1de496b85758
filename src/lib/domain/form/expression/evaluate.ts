// Gives an expression its value in a scope; total: no answer can make it throw.
import { isFunctionName } from './functions.ts';
import type { Expression } from './syntax.ts';
import {
  type Value,
  calculate,
  chosen,
  compare,
  formatDate,
  isBlank,
  matches,
  patternOf,
  round,
  sum,
  toBoolean,
  toNumber,
  toText
} from './value.ts';

/** What the expression can see. Answers that `relevant` hides are blank here. */
export interface Scope {
  /** `.` */
  readonly self: Value;
  /** The calendar day of the device, `yyyy-mm-dd`. */
  readonly today: string;
  /** `${name}` */
  question(name: string): Value;
  /** A question of a repeat in every row where it is not hidden; for the repeat itself one entry per row. */
  rows(name: string): readonly Value[];
  /** A column of the choice that `choice_filter` looks at. */
  column(name: string): Value;
}

/** @returns the value; blank (`null`) where an operand is missing, see `compare` and `calculate` for the truth tables */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.tag) {
    case 'number':
    case 'text':
      return expression.value;
    case 'self':
      return scope.self;
    case 'question':
      return scope.question(expression.name);
    case 'column':
      return scope.column(expression.name);
    case 'negative':
      return calculate('-', 0, evaluate(expression.of, scope));
    case 'operation':
      return operate(expression, scope);
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

function operate(expression: Extract<Expression, { tag: 'operation' }>, scope: Scope): Value {
  const { operator } = expression;
  const left = evaluate(expression.left, scope);
  if (operator === 'and') return toBoolean(left) && toBoolean(evaluate(expression.right, scope));
  if (operator === 'or') return toBoolean(left) || toBoolean(evaluate(expression.right, scope));
  const right = evaluate(expression.right, scope);
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case 'div':
    case 'mod':
      return calculate(operator, left, right);
    default:
      return compare(operator, left, right);
  }
}

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  const value = (index: number): Value => {
    const arg = args[index];
    return arg === undefined ? null : evaluate(arg, scope);
  };
  if (!isFunctionName(name)) return null;
  switch (name) {
    case 'not':
      return !toBoolean(value(0));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'selected':
      return chosen(value(0)).includes(toText(value(1)));
    case 'count-selected':
      return chosen(value(0)).length;
    case 'if':
      return toBoolean(value(0)) ? value(1) : value(2);
    case 'coalesce':
      return args.map((_, index) => value(index)).find((each) => !isBlank(each)) ?? null;
    case 'sum':
      return sum(rows(args[0], scope));
    case 'count':
      return rows(args[0], scope).length;
    case 'today':
      return scope.today;
    case 'regex': {
      const pattern = patternOf(toText(value(1)));
      return pattern !== null && matches(value(0), pattern);
    }
    case 'string-length':
      return [...toText(value(0))].length;
    case 'number':
      return toNumber(value(0));
    case 'round':
      return round(value(0), value(1));
    case 'format-date':
      return formatDate(value(0), toText(value(1)));
  }
}

const rows = (expression: Expression | undefined, scope: Scope): readonly Value[] =>
  expression?.tag === 'question' ? scope.rows(expression.name) : [];
