// What of a survey counts when it is handed in.
import type { Answer, AnswerRow } from '../document/document.ts';
import { isUnanswered } from './answer.ts';
import type { Form, Item } from './form.ts';
import { FormState } from './state.ts';

/**
 * The answers that count: of shown questions only, calculated values included, blanks and unknown names left out.
 * @param today the calendar day of the device, `yyyy-mm-dd`
 */
export function answersThatCount(form: Form, answers: AnswerRow, today: string): AnswerRow {
  const state = new FormState(form, answers, today);
  const entriesOf = (items: readonly Item[], rowId: string | null): [string, Answer][] =>
    items.flatMap((item): [string, Answer][] => {
      const cell = state.cellOf(item, rowId);
      if (cell === undefined || !cell.relevant) return [];
      if (item.kind === 'group') return entriesOf(item.children, rowId);
      if (item.kind === 'repeat') {
        const rows = cell.rowIds.map((id) => ({ _id: id, ...Object.fromEntries(entriesOf(item.children, id)) }));
        return rows.length === 0 ? [] : [[item.name, rows]];
      }
      return item.type === 'note' || isUnanswered(cell.answer) ? [] : [[item.name, cell.answer]];
    });
  return Object.fromEntries(entriesOf(form.sections, null));
}
