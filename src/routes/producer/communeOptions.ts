// The communes of a field to choose from; of a whole province, those of the former Bình Thuận first.
import { COMMUNES } from '#lib/domain/place/commune.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** Fewer are looked through without headings. */
const GROUPED_FROM = 20;

/** The options for these codes; a code that the list of communes does not know is left out. */
export function communeOptions(
  codes: readonly string[],
  lang: Language
): { value: string; label: string; hint: string; group?: string }[] {
  const m = lang.m.producer;
  const group = (isBinhThuan: boolean): { group?: string } =>
    codes.length < GROUPED_FROM ? {} : { group: isBinhThuan ? m.binhThuan : m.otherCommunes };
  return COMMUNES.filter(({ code }) => codes.includes(code)).map(({ code, name, type, binhThuan }) => ({
    value: code,
    label: name,
    hint: m.communeType[type],
    ...group(binhThuan === true)
  }));
}
