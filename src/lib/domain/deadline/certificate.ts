// How long a certificate of recognition holds, and when the file for its renewal is due.
import { addDays, addMonths, daysBetween } from './day.ts';

/** A certificate holds for 36 months from the day of the decision (26/2026/QĐ-TTg). */
export const CERTIFICATE_MONTHS = 36;
/** The renewal file may be handed in from this many days before the end … */
export const RENEWAL_OPENS_DAYS = 180;
/** … until this many days before the end (26/2026/QĐ-TTg). */
export const RENEWAL_CLOSES_DAYS = 120;

/** The last day of a certificate whose decision was taken on that day. */
export const validUntilOf = (decidedOn: string): string => addMonths(decidedOn, CERTIFICATE_MONTHS);

/**
 * Where a certificate stands on a given day.
 *
 * | state   | when, counted in days to the end | the officer                                |
 * |---------|----------------------------------|--------------------------------------------|
 * | current | more than 180                    | has nothing to do                          |
 * | open    | 180 … 120                        | hands in the renewal file                  |
 * | late    | 119 … 0                          | has missed the window, the rank still holds |
 * | lapsed  | past the end                     | has a product without a rank               |
 */
export type CertificateState = 'current' | 'open' | 'late' | 'lapsed';

export interface Renewal {
  readonly state: CertificateState;
  /** First and last day for handing in the renewal file. */
  readonly opens: string;
  readonly closes: string;
  readonly validUntil: string;
  /** Days from today to `closes`; negative when it has passed. */
  readonly daysLeft: number;
  /** Days from today to the end of the certificate; negative when it has passed. */
  readonly daysValid: number;
}

/**
 * The renewal of a certificate as it stands today.
 * @param validUntil last day of the certificate
 * @param today the local day
 * @returns null when either is no day of the calendar
 */
export function renewalOf(validUntil: string, today: string): Renewal | null {
  const daysValid = daysBetween(today, validUntil);
  if (Number.isNaN(daysValid)) return null;
  return {
    state: stateOf(daysValid),
    opens: addDays(validUntil, -RENEWAL_OPENS_DAYS),
    closes: addDays(validUntil, -RENEWAL_CLOSES_DAYS),
    validUntil,
    daysLeft: daysValid - RENEWAL_CLOSES_DAYS,
    daysValid
  };
}

function stateOf(daysValid: number): CertificateState {
  if (daysValid < 0) return 'lapsed';
  if (daysValid < RENEWAL_CLOSES_DAYS) return 'late';
  return daysValid <= RENEWAL_OPENS_DAYS ? 'open' : 'current';
}
