// The answer to a geopoint question: a measured place, or why there is none.
import { type Fix, fixToText, textToFix } from './fix.ts';

/** Why a place could not be measured: under a roof · not allowed · no receiver · the survey is made elsewhere · said in words. */
export const NO_PLACE_REASONS = ['indoors', 'denied', 'noReceiver', 'elsewhere', 'other'] as const;
export type NoPlaceReason = (typeof NO_PLACE_REASONS)[number];

export type PlaceAnswer =
  | { readonly tag: 'fix'; readonly fix: Fix }
  /** `note` is what was written at `other`. */
  | { readonly tag: 'none'; readonly reason: NoPlaceReason; readonly note: string };

/** The longest note of a reason, in UTF-16 units. */
export const LONGEST_NOTE = 500;

const NONE = 'no-gps';

/**
 * The answer as a document keeps it.
 *
 * | answer              | text                                                            |
 * |---------------------|-----------------------------------------------------------------|
 * | a place             | XLSForm's geopoint: `10.9804 108.2614 12.3 8`                   |
 * | none, with a reason | `no-gps indoors`, and a note after it: `no-gps other Hầm chượp` |
 *
 * A program that expects a geopoint sees at the first word that there is none.
 */
export function placeToText(answer: PlaceAnswer): string {
  if (answer.tag === 'fix') return fixToText(answer.fix);
  const note = answer.note.trim().replace(/\s+/g, ' ').slice(0, LONGEST_NOTE).trim();
  return [NONE, answer.reason, note].filter((part) => part !== '').join(' ');
}

/** Reads such a text; null where it is neither. */
export function textToPlace(text: string): PlaceAnswer | null {
  const [first, word, ...rest] = text.trim().split(/\s+/);
  if (first !== NONE) {
    const fix = textToFix(text);
    return fix === null ? null : { tag: 'fix', fix };
  }
  const reason = NO_PLACE_REASONS.find((known) => known === word);
  const note = rest.join(' ');
  return reason === undefined || note.length > LONGEST_NOTE ? null : { tag: 'none', reason, note };
}
