// Finds a survey form by its id and version, loaded only when a survey is opened.
import { type Result, err, ok } from '../result.ts';
import { type FormError, compileForm } from './compile.ts';
import type { Form } from './form.ts';

export type LoadError =
  | { readonly tag: 'unknownForm'; readonly id: string; readonly version: number }
  | { readonly tag: 'badForm'; readonly errors: readonly FormError[] };

/** The form that a new survey gets. */
export const CURRENT_FORM = { id: 'product-survey', version: 1 } as const;

const SHIPPED: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  'product-survey-1': () => import('./forms/product-survey-1.json')
};

/**
 * The form of a survey: a survey stays with its form and version for ever.
 * @returns the compiled form, or why there is none
 */
export async function loadForm(id: string, version: number): Promise<Result<Form, LoadError>> {
  const key = `${id}-${String(version)}`;
  const load = Object.hasOwn(SHIPPED, key) ? SHIPPED[key] : undefined;
  if (load === undefined) return err({ tag: 'unknownForm', id, version });
  const compiled = compileForm((await load()).default);
  return compiled.ok ? ok(compiled.value) : err({ tag: 'badForm', errors: compiled.error });
}
