// The tree that an XLSForm expression is parsed into.

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | 'div' | 'mod';
export type Connective = 'and' | 'or';
export type Operator = Comparison | Arithmetic | Connective;

/** `at` is the offset in the source, for the place of an error. */
export type Expression =
  | { readonly tag: 'number'; readonly value: number; readonly at: number }
  | { readonly tag: 'text'; readonly value: string; readonly at: number }
  /** `.`: the answer of the question that the expression stands at. */
  | { readonly tag: 'self'; readonly at: number }
  /** `${name}`: the answer of another question. */
  | { readonly tag: 'question'; readonly name: string; readonly at: number }
  /** A bare name: a column of the choice that `choice_filter` looks at. */
  | { readonly tag: 'column'; readonly name: string; readonly at: number }
  | { readonly tag: 'negative'; readonly of: Expression; readonly at: number }
  | {
      readonly tag: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly tag: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number };

/** Why a text is no expression. */
export interface SyntaxProblem {
  readonly code:
    | 'unexpectedCharacter'
    | 'unclosedText'
    | 'unclosedReference'
    | 'unexpectedToken'
    | 'unexpectedEnd'
    | 'unknownFunction'
    | 'argumentCount'
    | 'badPattern'
    | 'badAggregate'
    | 'tooLong'
    | 'tooDeep';
  /** Offset in the source, from 0. */
  readonly at: number;
  /** The piece of source that the code speaks of. */
  readonly piece: string;
}
