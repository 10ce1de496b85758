// The 26 criteria sets to choose from, under their lines and groups.
import { offeredSets } from '#lib/domain/criteria/catalogue.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** The options of a field: "09 Tương, nước mắm …", found by number, name and group in both languages. */
export function setOptions(lang: Language): { value: string; label: string; group: string; find: string }[] {
  return offeredSets().map(({ id, number, name, group, line }) => ({
    value: id,
    label: `${setNumber(number)} ${lang.pick(name)}`,
    group: `${lang.pick(line)} · ${lang.pick(group)}`,
    find: `${name.vi} ${name.en} ${group.vi} ${group.en} ${line.vi}`
  }));
}

/** A set's number as the decision prints it: 09. */
export const setNumber = (number: number): string => String(number).padStart(2, '0');
