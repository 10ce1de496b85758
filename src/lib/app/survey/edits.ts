// Every change that the survey editor makes, as pure functions from one document to the next.
import type { Answer, AnswerRow, Survey } from '#lib/domain/document/document.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { parsePath } from '#lib/domain/form/path.ts';
import { FormState } from '#lib/domain/form/state.ts';
import { answersThatCount } from '#lib/domain/form/submission.ts';
import { originsOf } from './origins.ts';

/** Applied to what is on screen at once, and again to what is stored: another tab may have written in between. */
export type Edit = (doc: Survey) => Survey;

/**
 * Gives an answer, null takes it away. The reason for keeping the former answer and the note where it came from go.
 * A row that somebody else has deleted meanwhile comes back with this answer: nothing typed may vanish.
 */
export function setAnswer(path: string, answer: Answer): Edit {
  const { name, row: place } = parsePath(path);
  return (doc) => {
    if (place === null) {
      return settled({ ...doc, answers: withAnswer(doc.answers, name, answer) }, name, path);
    }
    const rows = rowsOf(doc, place.repeat);
    const known = rows.some((row) => row['_id'] === place.id);
    const all = known ? rows : [...rows, { _id: place.id }];
    const changed = all.map((row) => (row['_id'] === place.id ? withAnswer(row, name, answer) : row));
    return settled({ ...doc, answers: { ...doc.answers, [place.repeat]: changed } }, place.repeat, path);
  };
}

/** The ids in an answer: those of photos. */
export const idsIn = (answer: Answer | undefined): readonly string[] =>
  Array.isArray(answer) ? answer.filter((one) => typeof one === 'string') : [];

/**
 * Changes the list of ids that answers a question, whatever stands in it by then: a photo may be ready long after its
 * screen was left. One that is ready after the survey was handed in stays with the product, unplaced.
 */
export function changeIds(path: string, change: (ids: readonly string[]) => readonly string[]): Edit {
  const { name, row: place } = parsePath(path);
  return (doc) => {
    if (doc.status === 'submitted' || doc.status === 'accepted') return doc;
    const row = place === null ? doc.answers : rowsOf(doc, place.repeat).find((each) => each['_id'] === place.id);
    const before = idsIn(row?.[name]);
    const after = change(before);
    if (after === before) return doc;
    return setAnswer(path, after.length === 0 ? null : [...after])(doc);
  };
}

/** Puts a row in, at an index or at the end; one that is there already stays. */
export function putRow(repeat: string, row: AnswerRow, index?: number): Edit {
  return (doc) => {
    const rows = rowsOf(doc, repeat);
    if (rows.some((each) => each['_id'] === row['_id'])) return doc;
    const at = index ?? rows.length;
    const changed = [...rows.slice(0, at), row, ...rows.slice(at)];
    return settled({ ...doc, answers: { ...doc.answers, [repeat]: changed } }, repeat, '');
  };
}

/** Takes a row out. */
export function dropRow(repeat: string, rowId: string): Edit {
  return (doc) => {
    const left = rowsOf(doc, repeat).filter((row) => row['_id'] !== rowId);
    return settled({ ...doc, answers: { ...doc.answers, [repeat]: left } }, repeat, '');
  };
}

/** Rows that came without ids of their own get those that the form gives them, by their numbers. */
export function adoptRowIds(form: Form, today: string): Edit {
  return (doc) => ({ ...doc, answers: new FormState(form, doc.answers, today).answers });
}

/** Writes why an answer that looks odd stays; an empty reason goes. */
export function setReason(path: string, reason: string): Edit {
  return (doc) => {
    const { [path]: _before, ...others } = doc.overrides ?? {};
    return { ...doc, overrides: reason.trim() === '' ? others : { ...others, [path]: reason } };
  };
}

/** Keeps the count that lists show. */
export function setProgress(done: number, of: number): Edit {
  return (doc) => (doc.progress?.done === done && doc.progress.of === of ? doc : { ...doc, progress: { done, of } });
}

/**
 * Hands the survey to the reviewer with the answers that count; whether that is legal is the caller's question.
 * @param at now, as an ISO instant
 * @param today the calendar day of the device, `yyyy-mm-dd`
 */
export function handIn(form: Form, at: string, by: string, today: string): Edit {
  return (doc) => ({
    ...doc,
    status: 'submitted',
    trail: [...doc.trail, { status: 'submitted', at, by }],
    answers: answersThatCount(form, doc.answers, today)
  });
}

function rowsOf(doc: Survey, repeat: string): AnswerRow[] {
  const found = Object.hasOwn(doc.answers, repeat) ? doc.answers[repeat] : undefined;
  return Array.isArray(found) ? found.filter((row) => typeof row === 'object') : [];
}

function withAnswer(row: AnswerRow, name: string, answer: Answer): AnswerRow {
  const { [name]: _before, ...others } = row;
  return answer === null ? others : { ...others, [name]: answer };
}

/** What was said about the former answer holds no more. */
function settled(doc: Survey, name: string, path: string): Survey {
  const origins = originsOf(doc);
  const reasons = doc.overrides;
  let next = doc;
  if (Object.hasOwn(origins, name)) {
    const { [name]: _origin, ...others } = origins;
    next = { ...next, prefilled: others };
  }
  if (reasons !== undefined && Object.hasOwn(reasons, path)) {
    const { [path]: _reason, ...others } = reasons;
    next = { ...next, overrides: others };
  }
  return next;
}
