// What falls due: renewals of certificates, papers and the next round, in the order in which they press.
import { addDays } from './day.ts';
import { type Renewal, RENEWAL_OPENS_DAYS, renewalOf } from './certificate.ts';
import { type Round, nextRound } from './round.ts';
import { type Pressing, isPressing, paperDueRange, validityOf } from './validity.ts';

/** So many days before the window opens a renewal is announced. */
const ANNOUNCED_DAYS = 30;
/** So many days after its end a lapsed certificate is still called to mind. */
const REMEMBERED_DAYS = 180;

/** A product with the last day of its certificate. */
export interface Certified {
  readonly id: string;
  readonly validUntil: string;
}

/** A paper with its last day. */
export interface Dated {
  readonly id: string;
  readonly validUntil: string;
}

export type DueItem =
  | ({ readonly kind: 'renewal'; readonly productId: string } & Renewal)
  | ({ readonly kind: 'paper'; readonly paperId: string } & Pressing)
  | ({ readonly kind: 'round' } & Round);

/** The ends of certificates, first and last, that `dueItems` looks at on that day: what a query has to fetch. */
export const dueRange = (today: string): { readonly from: string; readonly to: string } => ({
  from: addDays(today, -REMEMBERED_DAYS),
  to: addDays(today, RENEWAL_OPENS_DAYS + ANNOUNCED_DAYS)
});

/**
 * What falls due on a given day.
 * @param certificates any products with a certificate; those outside `dueRange` are left out
 * @param papers any papers with a last day; those outside `paperDueRange` are left out
 * @param today the local day
 * @returns files that are late or due by the day on which they have to be in, and papers that run out by their last day;
 *   then what has lapsed already, the latest lapse first; of two that are due on one day the product that comes first in
 *   `certificates`
 */
export function dueItems(certificates: readonly Certified[], papers: readonly Dated[], today: string): DueItem[] {
  const { from, to } = dueRange(today);
  const renewals = certificates.flatMap(({ id, validUntil }): DueItem[] => {
    const renewal = validUntil >= from && validUntil <= to ? renewalOf(validUntil, today) : null;
    return renewal === null ? [] : [{ kind: 'renewal', productId: id, ...renewal }];
  });
  const round = nextRound(today);
  const rounds: DueItem[] = round === null ? [] : [{ kind: 'round', ...round }];
  return [...renewals, ...papersDue(papers, today), ...rounds].sort((a, b) => pressure(a) - pressure(b));
}

function papersDue(papers: readonly Dated[], today: string): DueItem[] {
  const { from, to } = paperDueRange(today);
  return papers.flatMap(({ id, validUntil }): DueItem[] => {
    const validity = validityOf(validUntil, today);
    const isDue = validUntil >= from && validUntil <= to && isPressing(validity);
    return isDue ? [{ kind: 'paper', paperId: id, ...validity }] : [];
  });
}

/** Days until it has to be in; what has lapsed comes after everything that can still be done in time. */
function pressure(item: DueItem): number {
  if (item.kind === 'renewal' && item.state === 'lapsed') return 1000 - item.daysValid;
  return item.kind === 'paper' && item.state === 'expired' ? 1000 - item.daysLeft : item.daysLeft;
}
