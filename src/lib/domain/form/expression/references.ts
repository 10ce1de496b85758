// Lists what an expression looks at, so that it is evaluated again only when one of these changes.
import { FUNCTIONS, isFunctionName } from './functions.ts';
import type { Expression } from './syntax.ts';

/** A look at a question; `allRows` through `sum()` or `count()`. */
export interface Reference {
  readonly name: string;
  readonly allRows: boolean;
  readonly at: number;
}

export interface References {
  readonly questions: readonly Reference[];
  readonly columns: readonly { readonly name: string; readonly at: number }[];
  /** Offsets of `.` */
  readonly self: readonly number[];
}

/** Everything that the value of an expression can depend on, in source order, with repetitions. */
export function referencesOf(expression: Expression): References {
  const questions: Reference[] = [];
  const columns: { name: string; at: number }[] = [];
  const self: number[] = [];
  const visit = (part: Expression, allRows: boolean): void => {
    switch (part.tag) {
      case 'number':
      case 'text':
        return;
      case 'self':
        self.push(part.at);
        return;
      case 'question':
        questions.push({ name: part.name, allRows, at: part.at });
        return;
      case 'column':
        columns.push({ name: part.name, at: part.at });
        return;
      case 'negative':
        visit(part.of, false);
        return;
      case 'operation':
        visit(part.left, false);
        visit(part.right, false);
        return;
      case 'call': {
        const aggregate = isFunctionName(part.name) && FUNCTIONS[part.name].aggregate === true;
        for (const arg of part.args) visit(arg, aggregate);
      }
    }
  };
  visit(expression, false);
  return { questions, columns, self };
}
