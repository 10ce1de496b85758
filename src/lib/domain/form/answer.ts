// What an answer must be for its question's type, and what expressions see of it.
import type { Answer } from '../document/document.ts';
import { kindOfId } from '../document/id.ts';
import { textToPlace } from '../place/answer.ts';
import { textToSignature } from '../signature/signature.ts';
import { type Value, dayNumber, isBlank } from './expression/value.ts';
import type { Choice, Question } from './form.ts';

/** The longest text a document takes, in UTF-16 units. */
export const LONGEST_TEXT = 200_000;

/** Which kind of answer was expected: a number, a whole number, a day of the calendar, one of the choices, photos, … */
export type TypeFault =
  'text' | 'tooLong' | 'integer' | 'decimal' | 'date' | 'choice' | 'image' | 'geopoint' | 'signature';

/**
 * Whether nothing was answered: nothing, spaces, no choice, no row.
 * @param answer what stands in the document, of whatever type
 */
export const isUnanswered = (answer: Answer | undefined): boolean =>
  answer === undefined || (Array.isArray(answer) ? answer.length === 0 : isBlank(answer));

/**
 * @param choices those that `choice_filter` leaves
 * @returns what is wrong with the type of an answer, or null (also for no answer)
 */
export function typeFault(question: Question, answer: Answer, choices: readonly Choice[]): TypeFault | null {
  if (isUnanswered(answer)) return null;
  switch (question.type) {
    case 'integer':
      return typeof answer === 'number' && Number.isSafeInteger(answer) ? null : 'integer';
    case 'decimal':
      return typeof answer === 'number' && Number.isFinite(answer) ? null : 'decimal';
    case 'date':
      return typeof answer === 'string' && dayNumber(answer) !== null ? null : 'date';
    case 'select_one':
      return typeof answer === 'string' && has(choices, answer) ? null : 'choice';
    case 'select_multiple':
      return Array.isArray(answer) && answer.every((name) => typeof name === 'string' && has(choices, name))
        ? null
        : 'choice';
    case 'geopoint':
      return typeof answer === 'string' && textToPlace(answer) !== null ? null : 'geopoint';
    case 'signature':
      return typeof answer === 'string' && textToSignature(answer) !== null ? null : 'signature';
    case 'image':
      return Array.isArray(answer) && answer.every((id) => typeof id === 'string' && kindOfId(id) === 'photo')
        ? null
        : 'image';
    case 'text':
    case 'barcode':
      if (typeof answer !== 'string') return 'text';
      return answer.length > LONGEST_TEXT ? 'tooLong' : null;
    default:
      return null;
  }
}

/** What expressions see of an answer: blank unless it is of the question's type. */
export function seenBy(question: Question, answer: Answer): Value {
  if (isUnanswered(answer) || typeFault(question, answer, question.choices) !== null) return null;
  if (Array.isArray(answer)) return answer.filter((name) => typeof name === 'string');
  return answer;
}

/** Whether two answers are the same, lists by their members in order. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((each, index) => Object.is(each, b[index]));
}

const has = (choices: readonly Choice[], name: string): boolean => choices.some((choice) => choice.name === name);
