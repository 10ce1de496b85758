// What becomes of a picture's file: the bytes to store with what they prove, or the reason why there are none.
import * as v from 'valibot';

const bytes = v.instance(ArrayBuffer);
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1));
/** CouchDB's digest of an attachment, without `md5-` before it. */
const md5 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{22}==$/));

export const placeSchema = v.object({
  /** Degrees, WGS 84, six decimals: a tenth of a metre. */
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  /** Metres. */
  accuracy: v.exactOptional(v.pipe(v.number(), v.minValue(0)))
});
/** Where a picture was taken, as its camera has noted it. */
export type PhotoPlace = v.InferOutput<typeof placeSchema>;

export const preparedSchema = v.object({
  /** A JPEG whose EXIF holds time and place, as far as they are known, and nothing else. */
  photo: bytes,
  /** A small JPEG of the same without EXIF. */
  thumb: bytes,
  /** Of the photo, as a person sees it. */
  width: pixels,
  height: pixels,
  /** By the camera's clock; null where the file does not tell. */
  takenAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  place: v.nullable(placeSchema),
  /** Of `photo`. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  photoMd5: md5,
  thumbMd5: md5
});
export type PreparedPhoto = v.InferOutput<typeof preparedSchema>;

export const problemSchema = v.variant('tag', [
  v.object({ tag: v.literal('empty') }),
  /** The bytes are no picture's, whatever the name says. */
  v.object({ tag: v.literal('notAnImage'), found: v.picklist(['pdf', 'video', 'other']) }),
  /** A picture, but this browser cannot open its format. */
  v.object({ tag: v.literal('unsupported'), format: v.string() }),
  /** Cut off, or damaged. */
  v.object({ tag: v.literal('broken') }),
  /** More than this phone's memory bears. */
  v.object({ tag: v.literal('tooLarge'), megapixels: v.number() }),
  /** The phone does not give its bytes: it lies in a cloud, or was deleted meanwhile. */
  v.object({ tag: v.literal('unreadable') }),
  /** The worker died of it, or did not answer. */
  v.object({ tag: v.literal('crashed') }),
  /** Who had asked for it has called it off. */
  v.object({ tag: v.literal('aborted') })
]);
/** Why a file has not become a photo; nothing of it is kept. */
export type PhotoProblem = v.InferOutput<typeof problemSchema>;
