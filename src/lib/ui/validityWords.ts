// How long a paper holds, in words.
import type { Validity } from '#lib/domain/deadline/validity.ts';
import type { Language } from './language.svelte.ts';

/** "Sắp hết hạn (17 ngày), đến 12/12/2026". */
export function validityWords(validity: Validity, lang: Language): string {
  const m = lang.m.common.validity;
  switch (validity.state) {
    case 'endless':
    case 'unknown':
      return m[validity.state];
    case 'valid':
    case 'expired':
      return m[validity.state]({ day: lang.day(validity.until) });
    case 'soon':
      return m.soon({ days: validity.daysLeft, day: lang.day(validity.until) });
  }
}
