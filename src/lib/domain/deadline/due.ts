// What falls due: renewals of certificates and the next round, in the order in which they press.
import { addDays } from './day.ts';
import { type Renewal, RENEWAL_OPENS_DAYS, renewalOf } from './certificate.ts';
import { type Round, nextRound } from './round.ts';

/** So many days before the window opens a renewal is announced. */
const ANNOUNCED_DAYS = 30;
/** So many days after its end a lapsed certificate is still called to mind. */
const REMEMBERED_DAYS = 180;

/** A product with the last day of its certificate. */
export interface Certified {
  readonly id: string;
  readonly validUntil: string;
}

export type DueItem =
  ({ readonly kind: 'renewal'; readonly productId: string } & Renewal) | ({ readonly kind: 'round' } & Round);

/** The ends of certificates, first and last, that `dueItems` looks at on that day: what a query has to fetch. */
export const dueRange = (today: string): { readonly from: string; readonly to: string } => ({
  from: addDays(today, -REMEMBERED_DAYS),
  to: addDays(today, RENEWAL_OPENS_DAYS + ANNOUNCED_DAYS)
});

/**
 * What falls due on a given day.
 * @param certificates any products with a certificate; those outside `dueRange` are left out
 * @param today the local day
 * @returns files that are late or due by the day on which they have to be in, then what has lapsed already, the
 *   latest lapse first; of two that are due on one day the product that comes first in `certificates`
 */
export function dueItems(certificates: readonly Certified[], today: string): DueItem[] {
  const { from, to } = dueRange(today);
  const renewals = certificates.flatMap(({ id, validUntil }): DueItem[] => {
    const renewal = validUntil >= from && validUntil <= to ? renewalOf(validUntil, today) : null;
    return renewal === null ? [] : [{ kind: 'renewal', productId: id, ...renewal }];
  });
  const round = nextRound(today);
  const items: DueItem[] = round === null ? renewals : [...renewals, { kind: 'round', ...round }];
  return items.sort((a, b) => pressure(a) - pressure(b));
}

/** Days until it has to be in; what has lapsed comes after everything that can still be done in time. */
function pressure(item: DueItem): number {
  return item.kind === 'renewal' && item.state === 'lapsed' ? 1000 - item.daysValid : item.daysLeft;
}
