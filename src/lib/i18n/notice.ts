// The few words that are spoken while no screen is open, apart from the dictionaries of the screens.
import { notice as en } from './en/notice.ts';
import type { Locale, Translation } from './locale.ts';
import { notice as vi } from './vi/notice.ts';

export type NoticeWords = Translation<typeof vi>;

/** The words of a language. */
export const noticeWords = (locale: Locale): NoticeWords => (locale === 'vi' ? vi : en);
