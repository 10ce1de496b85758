// Cuts the source of an XLSForm expression into tokens.
import { type Result, err, ok } from '../../result.ts';
import type { SyntaxProblem } from './syntax.ts';

export type Token =
  | { readonly tag: 'number'; readonly value: number; readonly at: number }
  | { readonly tag: 'text'; readonly value: string; readonly at: number }
  | { readonly tag: 'question'; readonly name: string; readonly at: number }
  | { readonly tag: 'name'; readonly name: string; readonly at: number }
  | { readonly tag: 'symbol'; readonly symbol: string; readonly at: number };

const SPACE = /\s+/y;
const NUMBER = /\d+(?:\.\d+)?|\.\d+/y;
const QUESTION = /\$\{\s*([A-Za-z]\w*)\s*\}/y;
const NAME = /[A-Za-z_][\w-]*/y;
const SYMBOL = /!=|<=|>=|[=<>+\-*(),.]/y;

/**
 * @param source the expression as the form's author wrote it
 * @returns its tokens in order, or where the first character that fits nowhere stands
 */
export function lex(source: string): Result<readonly Token[], SyntaxProblem> {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const quote = source.charAt(at);
    if (quote === "'" || quote === '"') {
      const end = source.indexOf(quote, at + 1);
      if (end < 0) return err({ code: 'unclosedText', at, piece: source.slice(at, at + 20) });
      tokens.push({ tag: 'text', value: source.slice(at + 1, end), at });
      at = end + 1;
      continue;
    }
    const number = take(NUMBER);
    const question = take(QUESTION);
    const name = take(NAME);
    const symbol = take(SYMBOL);
    if (number) tokens.push({ tag: 'number', value: Number(number[0]), at });
    else if (question) tokens.push({ tag: 'question', name: question[1] ?? '', at });
    else if (name) tokens.push({ tag: 'name', name: name[0], at });
    else if (symbol) tokens.push({ tag: 'symbol', symbol: symbol[0], at });
    else {
      const code = source.startsWith('${', at) ? 'unclosedReference' : 'unexpectedCharacter';
      return err({ code, at, piece: source.slice(at, at + 20) });
    }
    at += (number ?? question ?? name ?? symbol)?.[0].length ?? 1;
  }
  return ok(tokens);
}
