// Days and instants of the sample, counted from the day of the first start.
import { addDays, addMonths } from '#lib/domain/deadline/day.ts';

/** Vietnam knows no summer time. */
const VIETNAM_OFFSET_MS = 7 * 3600 * 1000;

export class Calendar {
  /** Today in Vietnam, `yyyy-mm-dd`. */
  readonly today: string;

  constructor(now: Date) {
    this.today = new Date(now.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
  }

  /** A day so many days from today; negative is past. */
  day(inDays: number): string {
    return addDays(this.today, inDays);
  }

  /** The day of a decision whose certificate ends on that day, 36 months later. */
  decidedFor(validUntil: string): string {
    return addMonths(validUntil, -36);
  }

  /** A past instant: so many days ago, at a local time `hh:mm`. */
  instant(daysAgo: number, time: string): string {
    return new Date(`${this.day(-daysAgo)}T${time}:00+07:00`).toISOString();
  }

  /** The year before last and last year, for yearly figures. */
  get pastYears(): readonly [number, number] {
    const year = Number(this.today.slice(0, 4));
    return [year - 2, year - 1];
  }
}
