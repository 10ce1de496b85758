// How texts of a format are typed: the keyboard that a phone shows, and a year that is a number.
import type { Appearance } from '#lib/domain/form/data.ts';
import type { HTMLInputAttributes } from 'svelte/elements';

type Keyboard = { inputmode?: HTMLInputAttributes['inputmode']; autocapitalize?: 'none' };

/** By appearance; a plain text has the usual keyboard. */
export const KEYBOARDS: Readonly<Partial<Record<Appearance, Keyboard>>> = {
  phone: { inputmode: 'tel' },
  email: { inputmode: 'email', autocapitalize: 'none' },
  url: { inputmode: 'url', autocapitalize: 'none' },
  tax_code: { inputmode: 'numeric' }
};

/** A year without separators as its number; anything else stays the text that it is, and becomes a fault. */
export function textToYear(text: string): number | string {
  const bare = text.trim();
  return /^\d{1,4}$/.test(bare) ? Number(bare) : bare;
}
