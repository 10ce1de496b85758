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

/** What is known when a survey begins. */
export interface Known {
  readonly producer?: Producer | undefined;
  readonly product?: Product | undefined;
  /** The newest survey of the product. */
  readonly last?: Survey | undefined;
  /** The newest survey of the producer, of whichever product. */
  readonly lastOfProducer?: Survey | undefined;
  /** Who begins it. */
  readonly account?: { readonly displayName: string } | undefined;
}

/**
 * The answers to begin with, each with its origin. A value that does not fit its question is left out.
 *
 * `prefill: 'last'` fills a question from the last survey of this product, `'lastOfProducer'` what is true of the producer
 * with any product, both of the same form only; a path reads the document it names. What comes from the account has no
 * origin: it is no older than the survey.
 * @param dayOf the day of an instant where the phone is
 */
export function prefill(form: Form, known: Known, dayOf: (instant: string) => string): Prefill {
  const answers: [string, Answer][] = [];
  const origins: [string, Origin][] = [];
  for (const item of form.itemByName.values()) {
    if (item.kind === 'group' || item.prefill === null || item.repeat !== null) continue;
    const found = find(item.prefill, item.name, form, known);
    if (found === undefined) continue;
    if (item.kind === 'question' && seenBy(item, found.answer) === null) continue;
    if (item.kind === 'repeat' && !isRows(found.answer)) continue;
    answers.push([item.name, found.answer]);
    if (found.origin !== null) origins.push([item.name, { from: found.origin.from, day: dayOf(found.origin.at) }]);
  }
  return { answers: Object.fromEntries(answers), originByName: Object.fromEntries(origins) };
}

interface Found {
  readonly answer: Answer;
  /** Null: of the account. */
  readonly origin: { readonly from: Origin['from']; readonly at: string } | null;
}

function find(source: string, name: string, form: Form, known: Known): Found | undefined {
  if (source === 'last' || source === 'lastOfProducer') {
    const survey = known[source];
    if (survey?.formId !== form.id || !Object.hasOwn(survey.answers, name)) return undefined;
    const answer = survey.answers[name];
    if (answer === undefined || isUnanswered(answer)) return undefined;
    return { answer, origin: { from: 'last', at: survey.updatedAt } };
  }
  const [from, ...keys] = source.split('.');
  if (from !== 'producer' && from !== 'product' && from !== 'account') return undefined;
  const answer = toAnswer(keys.reduce<unknown>(property, known[from]), form.itemByName.get(name));
  if (answer === undefined) return undefined;
  const document = from === 'account' ? undefined : known[from];
  return { answer, origin: from === 'account' || document === undefined ? null : { from, at: document.updatedAt } };
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
