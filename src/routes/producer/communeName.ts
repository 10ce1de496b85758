// A commune with its kind: "Xã Phan Rí Cửa".
import { communeByCode } from '#lib/domain/place/commune.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** @returns undefined where the list does not know the code */
export function communeName(code: string, lang: Language): string | undefined {
  const commune = communeByCode(code);
  return commune === undefined ? undefined : `${lang.m.producer.communeType[commune.type]} ${commune.name}`;
}
