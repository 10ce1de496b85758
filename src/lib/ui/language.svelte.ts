// The language of the screen, handed down by context so that a component never imports a dictionary itself.
import { getContext, setContext } from 'svelte';
import { formatBytes, formatDay, formatNumber, formatTime, formatWeekday } from '#lib/i18n/format.ts';
import type { Bilingual, Locale } from '#lib/i18n/locale.ts';
import { type Messages, SOURCE, firstMessages, loadMessages } from '#lib/i18n/messages.ts';

const KEY = Symbol('language');

/** The current dictionary `m` and the formats that go with it. */
export class Language {
  locale = $state<Locale>('vi');
  m = $state.raw<Messages>(SOURCE);
  /** Whether the words of all screens are at hand, and not only those of the first ones. */
  isWhole = $state(false);

  /** Begins with the words of the first screens; `use` brings the others. */
  async begin(locale: Locale): Promise<void> {
    this.m = await firstMessages(locale);
    this.locale = locale;
    this.isWhole = false;
  }

  /** Switches the interface; the old words stay until the new ones are loaded. */
  async use(locale: Locale): Promise<void> {
    this.m = await loadMessages(locale);
    this.locale = locale;
    this.isWhole = true;
  }

  /** The text of data that carries both languages. */
  pick(text: Bilingual): string {
    return text[this.locale];
  }

  number(value: number, digits?: number): string {
    return formatNumber(value, this.locale, digits);
  }
  day(value: string | Date): string {
    return formatDay(value);
  }
  time(value: string | Date): string {
    return formatTime(value);
  }
  weekday(value: string | Date): string {
    return formatWeekday(value, this.locale);
  }
  bytes(value: number): string {
    return formatBytes(value, this.locale);
  }
}

/** Makes the language available to the components below. */
export function provideLanguage(language: Language): Language {
  return setContext(KEY, language);
}

/** The language that the nearest ancestor provides: `const lang = useLanguage()`, then `lang.m.today.title`. */
export function useLanguage(): Language {
  return getContext<Language>(KEY);
}
