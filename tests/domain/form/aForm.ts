// Builds small forms for tests: only what a test speaks of has to be said.
import { type FormError, compileForm } from '#lib/domain/form/compile.ts';
import type { Form } from '#lib/domain/form/form.ts';

export const both = (text: string) => ({ vi: text, en: text });

type Row = Record<string, unknown> & { type: string; name: string };

/** A question (or a calculation, which needs no label) of a type. */
export const ask = (type: string, name: string, columns: Record<string, unknown> = {}): Row => ({
  type,
  name,
  ...(type === 'calculate' ? {} : { label: both(name) }),
  ...(columns['constraint'] === undefined ? {} : { constraint_message: both('constraint') }),
  ...(columns['warning'] === undefined ? {} : { warning_message: both('warning') }),
  ...columns
});

export const group = (name: string, children: Row[], columns: Record<string, unknown> = {}): Row => ({
  type: 'group',
  name,
  label: both(name),
  children,
  ...columns
});

/** A repeat headed by the first question in it. */
export const repeat = (name: string, children: Row[], columns: Record<string, unknown> = {}): Row => ({
  type: 'repeat',
  name,
  label: both(name),
  add_label: both('add'),
  title: children[0]?.name,
  children,
  ...columns
});

/** Form data with one section that holds these rows, and the lists `yes_no` and `fruit`. */
export const formData = (...children: Row[]): unknown => sectionsData(group('section', children));

export const sectionsData = (...sections: Row[]): unknown => ({
  id: 'sample',
  version: 1,
  title: both('sample'),
  other: { label: both('Other'), specify: both('Which') },
  choices: {
    yes_no: [
      { name: 'yes', label: both('yes') },
      { name: 'no', label: both('no') }
    ],
    fruit: [
      { name: 'mango', label: both('mango'), colour: 'yellow' },
      { name: 'dragon', label: both('dragon'), colour: 'red' }
    ]
  },
  sections
});

/** The compiled form; a bad one fails the test with its errors. */
export function aForm(...children: Row[]): Form {
  return compiled(formData(...children));
}

export function compiled(data: unknown): Form {
  const result = compileForm(data);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The errors of form data that must be refused. */
export function errorsOf(data: unknown): readonly FormError[] {
  const result = compileForm(data);
  if (result.ok) throw new Error('the form was not refused');
  return result.error;
}
