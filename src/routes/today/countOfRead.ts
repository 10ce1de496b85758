// How many files the heading of a list of Hôm nay tells, where only the first of them are read.
import type { Language } from '#lib/ui/language.svelte.ts';

/**
 * Those that were not read are not known: the count does not pass for the whole.
 * @param read how many were read
 * @param most how many are read at most
 */
export const countOfRead = (read: number, most: number, lang: Language): string =>
  `${lang.number(read)}${read < most ? '' : '+'}`;
