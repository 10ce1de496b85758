// A place, a distance and a direction in the reader's words.
import type { PlaceAnswer } from '#lib/domain/place/answer.ts';
import { directionOf, distanceM } from '#lib/domain/place/distance.ts';
import type { Fix } from '#lib/domain/place/fix.ts';
import type { Language } from './language.svelte.ts';

/** Latitude and longitude to a metre, with points in both languages: they are copied into maps. */
export const coordinates = ({ lat, lon }: Fix): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** Metres without decimals; never less than what is true. */
export const accuracyIn = (lang: Language, { accuracy }: Fix): string => lang.number(Math.ceil(accuracy), 0);

/** A measured place: "10.98043, 108.26140 · Sai số ±8 m". */
export const sayFix = (lang: Language, fix: Fix): string =>
  `${coordinates(fix)} · ${lang.m.place.accuracy({ accuracy: accuracyIn(lang, fix) })}`;

/** The answer to a geopoint question. */
export function sayPlace(lang: Language, answer: PlaceAnswer): string {
  if (answer.tag === 'fix') return sayFix(lang, answer.fix);
  const words = lang.m.place.reason[answer.reason];
  const reason = answer.note === '' ? words : answer.reason === 'other' ? answer.note : `${words} · ${answer.note}`;
  return lang.m.place.noneBecause({ reason });
}

/** A distance as people tell it: 350 m, 3,4 km, 27 km. */
export function sayDistance(lang: Language, metres: number): string {
  const words = lang.m.place.distance;
  if (metres < 995) return words.metres({ n: lang.number(Math.round(metres / 10) * 10, 0) });
  return words.kilometres({ n: lang.number(metres / 1000, metres < 9950 ? 1 : 0) });
}

/** How far a place is from here, or that nobody has measured it. */
export const sayAway = (lang: Language, place: Fix | null, here: Fix): string =>
  place === null
    ? lang.m.place.distance.unknown
    : lang.m.place.distance.away({ distance: sayDistance(lang, distanceM(here, place)) });

/** Where something lies: "350 m về hướng đông bắc", or "ngay tại đây" where no device could tell. */
export function sayFrom(lang: Language, metres: number, bearingDeg: number): string {
  const words = lang.m.place;
  if (metres < 5) return words.sketch.same;
  return words.sketch.from({
    distance: sayDistance(lang, metres),
    direction: words.direction[directionOf(bearingDeg)]
  });
}
