// The two rounds of a year in which communes send their requests to the province.
import { daysBetween, isDay } from './day.ts';

/** A round: the request of the commune goes out before `closes` (26/2026/QĐ-TTg: 30 April and 30 October). */
export interface Round {
  readonly number: 1 | 2;
  readonly year: number;
  readonly closes: string;
  /** Days from today to `closes`, 0 on the day itself. */
  readonly daysLeft: number;
}

/** The round that closes next, today included; null when `today` is no day of the calendar. */
export function nextRound(today: string): Round | null {
  if (!isDay(today)) return null;
  const year = Number(today.slice(0, 4));
  const rounds = [
    { number: 1, year, closes: `${String(year)}-04-30` },
    { number: 2, year, closes: `${String(year)}-10-30` },
    { number: 1, year: year + 1, closes: `${String(year + 1)}-04-30` }
  ] as const;
  const next = rounds.find(({ closes }) => closes >= today);
  return next === undefined ? null : { ...next, daysLeft: daysBetween(today, next.closes) };
}
