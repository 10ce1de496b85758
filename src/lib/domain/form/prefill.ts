// First answers of a new survey, from what is already known about its producer and product.
import type { Answer, AnswerRow, Producer, Product, Survey } from '../document/document.ts';
import { isUnanswered, seenBy } from './answer.ts';
import type { Form, Item } from './form.ts';

/** Where a first answer comes from, and of which day it is (`yyyy-mm-dd`). */
export interface Origin {
  readonly from: 'producer' | 'product' | 'last';
  readonly day: string;
}

export interface Prefill {
  readonly answers: AnswerRow;
  readonly originByName: Readonly<Record<string, Origin>>;
}

/** What is known; `last` is this producer's newest survey, of whichever product. */
export interface Known {
  readonly producer?: Producer | undefined;
  readonly product?: Product | undefined;
  readonly last?: Survey | undefined;
}

/**
 * The answers to begin with, each with its origin. A value that does not fit its question is left out.
 * Questions with `prefill: 'last'` are filled from the last survey of the same form; a path reads the document it names.
 */
export function prefill(form: Form, known: Known): Prefill {
  const answers: [string, Answer][] = [];
  const origins: [string, Origin][] = [];
  for (const item of form.itemByName.values()) {
    if (item.kind === 'group' || item.prefill === null || item.repeat !== null) continue;
    const found = find(item.prefill, item.name, form, known);
    if (found === undefined) continue;
    if (item.kind === 'question' && seenBy(item, found.answer) === null) continue;
    if (item.kind === 'repeat' && !isRows(found.answer)) continue;
    answers.push([item.name, found.answer]);
    origins.push([item.name, found.origin]);
  }
  return { answers: Object.fromEntries(answers), originByName: Object.fromEntries(origins) };
}

function find(source: string, name: string, form: Form, known: Known): { answer: Answer; origin: Origin } | undefined {
  const [from, ...keys] = source.split('.');
  if (from === 'last') {
    const { last } = known;
    if (last?.formId !== form.id || !Object.hasOwn(last.answers, name)) return undefined;
    const answer = last.answers[name];
    if (answer === undefined || isUnanswered(answer)) return undefined;
    return { answer, origin: { from: 'last', day: dayOf(last.updatedAt) } };
  }
  if (from !== 'producer' && from !== 'product') return undefined;
  const document = known[from];
  if (document === undefined) return undefined;
  const answer = toAnswer(keys.reduce<unknown>(property, document), form.itemByName.get(name));
  return answer === undefined ? undefined : { answer, origin: { from, day: dayOf(document.updatedAt) } };
}

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** A field of a document as an answer; a truth becomes the choice `yes` or `no`, a number that is a choice its name. */
function toAnswer(value: unknown, item: Item | undefined): Answer | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return item?.kind === 'question' && item.type === 'select_one' ? String(value) : value;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const isRows = (answer: Answer): boolean => Array.isArray(answer) && answer.every((row) => typeof row === 'object');

const dayOf = (instant: string): string => instant.slice(0, 10);
