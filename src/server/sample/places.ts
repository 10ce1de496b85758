// Where the fictional producers are: around the middle of their commune, each always at the same spot.
import type { Fix } from '#lib/domain/place/fix.ts';
import { CENTRES, type SampleProducer } from './cast.ts';

/** Producers of whom nobody has measured the place yet. */
const UNMEASURED: ReadonlySet<number> = new Set([5, 12]);

/** The place of a producer of the sample; null where nobody has measured it. */
export function placeOf({ number, commune }: SampleProducer): Fix | null {
  const centre = CENTRES[commune];
  if (centre === undefined || UNMEASURED.has(number)) return null;
  const [lat, lon] = centre;
  // The golden angle spreads them evenly, whatever their number.
  const [radius, angle] = [0.002 + 0.0015 * (number % 7), number * 2.399];
  const shifted = (degrees: number, by: number): number => Number((degrees + radius * by).toFixed(6));
  return { lat: shifted(lat, Math.cos(angle)), lon: shifted(lon, Math.sin(angle)), accuracy: 5 + (number % 9) };
}
