// What looks wrong about the days of a paper: a word to the person, never a block.
import { addMonths } from '../deadline/day.ts';

/** No paper that is shown today was issued before. */
const EARLIEST = '1980-01-01';
/** No paper holds longer than this from today. */
const LONGEST_MONTHS = 50 * 12;

export interface PaperDoubts {
  /** later: the day is still to come; year: so old that the year is a slip. */
  readonly issuedOn: 'later' | 'year' | null;
  /** before: earlier than the day of issue; year: a year that no paper has. */
  readonly validUntil: 'before' | 'year' | null;
}

/**
 * Doubts about the days of a paper.
 * @param issuedOn `yyyy-mm-dd`, or '' when it is not known
 * @param validUntil the same, '' = it has no end
 * @param today the local day
 */
export function paperDoubts(issuedOn: string, validUntil: string, today: string): PaperDoubts {
  return {
    issuedOn: issuedOn === '' ? null : issuedOn < EARLIEST ? 'year' : issuedOn > today ? 'later' : null,
    validUntil: doubtOfEnd(issuedOn, validUntil, today)
  };
}

function doubtOfEnd(issuedOn: string, validUntil: string, today: string): PaperDoubts['validUntil'] {
  if (validUntil === '') return null;
  if (validUntil < EARLIEST || validUntil > addMonths(today, LONGEST_MONTHS)) return 'year';
  return validUntil < issuedOn ? 'before' : null;
}
