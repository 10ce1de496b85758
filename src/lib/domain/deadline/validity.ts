// How long a paper holds, on a given day, and which of two runs out first.
import { addDays, daysBetween } from './day.ts';

/** A paper that holds for fewer days than this is about to run out. */
export const SOON_DAYS = 60;
/** So many days after its end a paper is still called to mind. */
const REMEMBERED_DAYS = 180;

/**
 * Where a paper stands on a given day.
 *
 * | state     | its last day, counted in days from today        |
 * |-----------|-------------------------------------------------|
 * | `endless` | it has none                                     |
 * | `valid`   | 60 or more                                      |
 * | `soon`    | 59 … 0: it still holds on its last day          |
 * | `expired` | past                                            |
 * | `unknown` | no day of the calendar (30 February)            |
 */
export type Validity =
  | { readonly state: 'endless' | 'unknown' }
  | ({ readonly state: 'valid' } & Ending)
  | ({ readonly state: 'soon' | 'expired' } & Ending);

/** The end of a paper, seen from a day. */
interface Ending {
  /** The last day. */
  readonly until: string;
  /** Days from today to the last day; negative when it has passed. */
  readonly daysLeft: number;
}

/** What there is to do something about. */
export type Pressing = Extract<Validity, { state: 'soon' | 'expired' }>;

export const isPressing = (validity: Validity): validity is Pressing =>
  validity.state === 'soon' || validity.state === 'expired';

/**
 * Whether a paper holds.
 * @param until its last day, `yyyy-mm-dd`; undefined = it has none
 * @param today the local day
 */
export function validityOf(until: string | undefined, today: string): Validity {
  if (until === undefined) return { state: 'endless' };
  const daysLeft = daysBetween(today, until);
  if (Number.isNaN(daysLeft)) return { state: 'unknown' };
  if (daysLeft >= SOON_DAYS) return { state: 'valid', until, daysLeft };
  return { state: daysLeft < 0 ? 'expired' : 'soon', until, daysLeft };
}

/** The last days of papers, first and last, that are called to mind on that day: expired lately, or about to run out. */
export const paperDueRange = (today: string): { readonly from: string; readonly to: string } => ({
  from: addDays(today, -REMEMBERED_DAYS),
  to: addDays(today, SOON_DAYS - 1)
});

/** Orders papers by what runs out first; those without a last day come last. */
export function firstToEnd(a: { readonly validUntil?: string | undefined }, b: typeof a): number {
  const [ends, others] = [a.validUntil ?? '9999-99-99', b.validUntil ?? '9999-99-99'];
  return ends === others ? 0 : ends < others ? -1 : 1;
}
