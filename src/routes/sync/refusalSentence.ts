// A server's refusal in the officer's words.
import { REFUSAL_RULES } from '#lib/domain/refusal.ts';
import type { Refusal } from '#lib/domain/sending.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

const CODES = [...REFUSAL_RULES, 'tooLarge', 'malformed', 'bytesMissing', 'other'] as const;

/** The kind of a refusal: the rule that our server names, or the kind of answer; `other` when it is none we know. */
export function refusalCode({ code }: Refusal): (typeof CODES)[number] {
  const word = code.replace('forbidden:', '');
  return CODES.find((known) => known === word) ?? 'other';
}

/** Why the server did not take a record. */
export const refusalSentence = (refusal: Refusal, lang: Language): string => lang.m.refusal[refusalCode(refusal)];
