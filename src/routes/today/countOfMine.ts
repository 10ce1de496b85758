// How many of the account's own drafts or returned files the heading of their list tells.
import { MINE_MOST } from '#lib/app/records/today.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** Those that were not read are not known: the count does not pass for the whole. @param read how many were read */
export const countOfMine = (read: number, lang: Language): string =>
  `${lang.number(read)}${read < MINE_MOST ? '' : '+'}`;
