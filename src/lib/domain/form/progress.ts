// How far each section of a survey is, and what still stands against handing it in.
import { isUnanswered } from './answer.ts';
import type { Cell } from './cell.ts';
import { type Group, isAsked } from './form.ts';
import type { FormState } from './state.ts';

/**
 * | state    | means                                                          |
 * |----------|----------------------------------------------------------------|
 * | hidden   | the whole section is not asked                                 |
 * | todo     | nothing in it is answered                                      |
 * | started  | something is answered, something required is not               |
 * | faulty   | an answer is wrong                                             |
 * | done     | nothing required is missing, nothing is wrong                  |
 */
export interface SectionProgress {
  readonly state: 'hidden' | 'todo' | 'started' | 'faulty' | 'done';
  /** Wrong answers. */
  readonly faults: number;
  /** Required answers not given. */
  readonly missing: number;
  readonly doubts: number;
}

/** The progress of one section. */
export function sectionProgress(state: FormState, section: Group): SectionProgress {
  let faults = 0;
  let missing = 0;
  let doubts = 0;
  let answered = 0;
  for (const cell of state.cellsIn(section, null)) {
    if (!cell.relevant) continue;
    if (cell.fault?.tag === 'required') missing++;
    else if (cell.fault !== null) faults++;
    if (cell.doubt !== null) doubts++;
    if (isAsked(cell.item) && !isUnanswered(cell.answer)) answered++;
  }
  const counts = { faults, missing, doubts };
  if (!(state.cellOf(section, null)?.relevant ?? false)) return { state: 'hidden', ...counts };
  if (faults > 0) return { state: 'faulty', ...counts };
  if (answered === 0) return { state: 'todo', ...counts };
  return { state: missing > 0 ? 'started' : 'done', ...counts };
}

/** Everything that stands against handing in, in the form's order. */
export function problems(state: FormState): Cell[] {
  return [...state.cells()].filter((cell) => cell.relevant && cell.fault !== null);
}

/** Every doubt about an answer, in the form's order. */
export function doubts(state: FormState): Cell[] {
  return [...state.cells()].filter((cell) => cell.relevant && cell.doubt !== null);
}
