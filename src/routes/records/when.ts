// Says when something was, as people do: hôm nay, hôm qua, else the day.
import { daysBetween } from '#lib/domain/deadline/day.ts';
import { localDay } from '#lib/app/records/localDay.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** How long ago: "hôm nay", "hôm qua", "3 ngày trước", from a week on the day itself. */
export function ago(at: string, today: string, lang: Language): string {
  const days = daysBetween(localDay(new Date(at)), today);
  const m = lang.m.today.ago;
  if (days <= 0) return m.today;
  if (days === 1) return m.yesterday;
  return days < 7 ? m.days({ days }) : lang.day(at);
}

/** The moment: "lúc 10:42" of today, else "21/11/2026, 16:05". */
export function moment(at: string, today: string, lang: Language): string {
  const m = lang.m.sync;
  const time = lang.time(at);
  return localDay(new Date(at)) === today ? m.at({ time }) : m.onDay({ day: lang.day(at), time });
}

/** The moment in the corner of a row: "10:42" of today, else "22/11". */
export const short = (at: string, today: string, lang: Language): string =>
  localDay(new Date(at)) === today ? lang.time(at) : lang.day(at).slice(0, 5);
