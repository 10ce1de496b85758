// The 124 communes to choose from: the account's own on top, then those of the former Bình Thuận.
import { COMMUNES } from '#lib/domain/place/commune.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** An account of the whole province has no communes of its own to put on top. */
const OWN_MOST = 20;

/** The options of a field, in groups. */
export function communeOptions(
  own: readonly string[],
  lang: Language
): { value: string; label: string; hint: string; group: string }[] {
  const m = lang.m.producer;
  const isOwn = (code: string): boolean => own.length <= OWN_MOST && own.includes(code);
  const options = COMMUNES.map(({ code, name, type, binhThuan }) => ({
    value: code,
    label: name,
    hint: m.communeType[type],
    group: isOwn(code) ? m.myCommunes : binhThuan === true ? m.binhThuan : m.otherCommunes
  }));
  return [...options.filter(({ value }) => isOwn(value)), ...options.filter(({ value }) => !isOwn(value))];
}
