// A measured place: its accuracy, and the text of XLSForm's geopoint that it is kept as in an answer.
import * as v from 'valibot';

/** The schema of a measured place, in documents too. */
export const fixSchema = v.looseObject({
  /** Degrees north, WGS 84. */
  lat: v.pipe(v.number(), v.finite(), v.minValue(-90), v.maxValue(90)),
  /** Degrees east. */
  lon: v.pipe(v.number(), v.finite(), v.minValue(-180), v.maxValue(180)),
  /** Metres; 0 where the device does not tell, as ODK writes it. */
  altitude: v.optional(v.pipe(v.number(), v.finite())),
  /** Metres within which the place lies with a probability of 95 %. */
  accuracy: v.pipe(v.number(), v.finite(), v.minValue(0))
});

export type Fix = Readonly<v.InferOutput<typeof fixSchema>>;

/** Whether a value of unknown origin is a measured place. */
export const isFix = (value: unknown): value is Fix => v.is(fixSchema, value);

/** So good that measuring on would win nothing: a yard. Metres. */
export const TARGET_M = 10;
/** Taken with a warning: still the right hamlet. Metres. */
export const ACCEPTED_M = 100;

/** target: good · accepted: with a warning · poor: only if a person says so. */
export type Quality = 'target' | 'accepted' | 'poor';

/** How good a place is. @param accuracy metres */
export const qualityOf = ({ accuracy }: Pick<Fix, 'accuracy'>): Quality =>
  accuracy <= TARGET_M ? 'target' : accuracy <= ACCEPTED_M ? 'accepted' : 'poor';

/** A place as XLSForm's geopoint: `lat lon altitude accuracy`, to a centimetre and a tenth of a metre. */
export const fixToText = ({ lat, lon, altitude = 0, accuracy }: Fix): string =>
  [rounded(lat, 7), rounded(lon, 7), rounded(altitude, 1), rounded(accuracy, 1)].join(' ');

/** Reads a geopoint; altitude and accuracy have to be there, for a place of unknown accuracy proves nothing. */
export function textToFix(text: string): Fix | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 4 || !parts.every((part) => NUMBER.test(part))) return null;
  const [lat, lon, altitude, accuracy] = parts.map(Number);
  const parsed = v.safeParse(fixSchema, { lat, lon, altitude, accuracy });
  return parsed.success ? parsed.output : null;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Rounded, never in exponents, never `-0`. */
function rounded(value: number, digits: number): string {
  const text = value.toFixed(digits).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
