// A signature in the reader's words.
import type { Signature } from '#lib/domain/signature/signature.ts';
import type { Language } from './language.svelte.ts';

/** What was signed, and how. */
export function saySignature(lang: Language, signature: Signature): string {
  const words = lang.m.signature;
  switch (signature.tag) {
    case 'drawn':
      return words.drawn({ strokes: lang.number(signature.strokes.length) });
    case 'typed':
      return words.typed({ name: signature.name });
    case 'declined':
      return signature.reason === '' ? words.declined : words.declinedBecause({ reason: signature.reason });
  }
}
