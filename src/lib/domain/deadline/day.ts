// Arithmetic on calendar days written `yyyy-mm-dd`, with no time zone in it.

const DAY_MS = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Year, month (1–12) and day of the month; null when the text is no day of the calendar. */
function partsOf(day: string): [number, number, number] | null {
  const match = DAY.exec(day);
  if (match === null) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month) ? [year, month, date] : null;
}

/** Whether a text is a day of the calendar, `2024-02-29` but not `2023-02-29`. */
export const isDay = (text: string): boolean => partsOf(text) !== null;

/** The day that many days later (earlier when negative); an invalid day gives ''. */
export function addDays(day: string, days: number): string {
  const parts = partsOf(day);
  return parts === null ? '' : dayOfUtc(utcOf(parts) + days * DAY_MS);
}

/**
 * The same day of the month that many months later; where that month is shorter, its last day (29 February 2024
 * and 36 months: 28 February 2027). An invalid day gives ''.
 */
export function addMonths(day: string, months: number): string {
  const parts = partsOf(day);
  if (parts === null) return '';
  const count = parts[0] * 12 + (parts[1] - 1) + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return written(year, month, Math.min(parts[2], daysInMonth(year, month)));
}

/** Days from one day to another, negative when `to` is earlier; NaN when either is no day. */
export function daysBetween(from: string, to: string): number {
  const [start, end] = [partsOf(from), partsOf(to)];
  return start === null || end === null ? Number.NaN : Math.round((utcOf(end) - utcOf(start)) / DAY_MS);
}

const utcOf = ([year, month, date]: [number, number, number]): number => Date.UTC(year, month - 1, date);

function dayOfUtc(ms: number): string {
  const date = new Date(ms);
  return written(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const written = (year: number, month: number, date: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
