// Parses XLSForm expressions by recursive descent, in XPath's order of precedence.
import { type Result, err, ok } from '../../result.ts';
import { FUNCTIONS, isFunctionName } from './functions.ts';
import { type Token, lex } from './lex.ts';
import type { Expression, Operator, SyntaxProblem } from './syntax.ts';
import { patternOf } from './value.ts';

/** Longer sources and deeper nesting are refused, so that no form can exhaust the stack. */
const LONGEST = 10_000;
const DEEPEST = 60;

/** Loosest first; operators of a level associate to the left. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod']
];

/**
 * @param source `${workers_local} <= ${workers} and not(selected(${certificates}, 'none'))`
 * @returns the tree, or the code and offset of the first thing that is wrong
 */
export function parseExpression(source: string): Result<Expression, SyntaxProblem> {
  if (source.length > LONGEST) return err({ code: 'tooLong', at: LONGEST, piece: '' });
  const tokens = lex(source);
  if (!tokens.ok) return tokens;
  return new Parser(tokens.value, source.length).parse();
}

/** Carries a problem out of the recursion; it never leaves this file. */
class Refusal extends Error {
  readonly problem: SyntaxProblem;
  constructor(problem: SyntaxProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

class Parser {
  #next = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  readonly #end: number;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parse(): Result<Expression, SyntaxProblem> {
    try {
      const expression = this.#level(0);
      if (this.#peek()) this.#unexpected();
      return ok(expression);
    } catch (error) {
      if (error instanceof Refusal) return err(error.problem);
      throw error;
    }
  }

  #level(index: number): Expression {
    const operators = LEVELS[index];
    if (operators === undefined) return this.#unary();
    let left = this.#level(index + 1);
    let operator = this.#operatorAmong(operators);
    while (operator) {
      const { at } = this.#take();
      left = { tag: 'operation', operator, left, right: this.#level(index + 1), at };
      operator = this.#operatorAmong(operators);
    }
    return left;
  }

  #unary(): Expression {
    if (!this.#isSymbol('-')) return this.#primary();
    const { at } = this.#take();
    return this.#deeper(at, () => ({ tag: 'negative', of: this.#unary(), at }));
  }

  #primary(): Expression {
    const token = this.#take();
    if (token.tag === 'number' || token.tag === 'text' || token.tag === 'question') return token;
    if (token.tag === 'name') {
      return this.#isSymbol('(') ? this.#call(token.name, token.at) : { tag: 'column', name: token.name, at: token.at };
    }
    if (token.symbol === '.') return { tag: 'self', at: token.at };
    if (token.symbol !== '(') this.#refuse('unexpectedToken', token.at, token.symbol);
    return this.#deeper(token.at, () => {
      const inner = this.#level(0);
      this.#expect(')');
      return inner;
    });
  }

  #call(name: string, at: number): Expression {
    if (!isFunctionName(name)) return this.#refuse('unknownFunction', at, name);
    this.#expect('(');
    const args: Expression[] = [];
    this.#deeper(at, () => {
      while (!this.#isSymbol(')')) {
        if (args.length > 0) this.#expect(',');
        args.push(this.#level(0));
      }
    });
    this.#expect(')');
    const signature = FUNCTIONS[name];
    if (args.length < signature.least || args.length > signature.most) this.#refuse('argumentCount', at, name);
    if (signature.aggregate && args[0]?.tag !== 'question') this.#refuse('badAggregate', at, name);
    if (name === 'regex' && (args[1]?.tag !== 'text' || patternOf(args[1].value) === null)) {
      this.#refuse('badPattern', args[1]?.at ?? at, name);
    }
    return { tag: 'call', name, args, at };
  }

  #deeper<T>(at: number, parse: () => T): T {
    if (this.#depth >= DEEPEST) this.#refuse('tooDeep', at, '');
    this.#depth++;
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  #operatorAmong(operators: readonly Operator[]): Operator | undefined {
    const token = this.#peek();
    if (token === undefined) return undefined;
    const word = token.tag === 'symbol' ? token.symbol : token.tag === 'name' ? token.name : '';
    return operators.find((operator) => operator === word);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token {
    const token = this.#tokens[this.#next++];
    return token ?? this.#refuse('unexpectedEnd', this.#end, '');
  }

  #isSymbol(symbol: string): boolean {
    const token = this.#peek();
    return token?.tag === 'symbol' && token.symbol === symbol;
  }

  #expect(symbol: string): void {
    if (!this.#isSymbol(symbol)) this.#unexpected();
    this.#next++;
  }

  #unexpected(): never {
    const token = this.#peek();
    if (token === undefined) return this.#refuse('unexpectedEnd', this.#end, '');
    const piece =
      token.tag === 'symbol'
        ? token.symbol
        : token.tag === 'text' || token.tag === 'number'
          ? String(token.value)
          : token.name;
    return this.#refuse('unexpectedToken', token.at, piece);
  }

  #refuse(code: SyntaxProblem['code'], at: number, piece: string): never {
    throw new Refusal({ code, at, piece });
  }
}
