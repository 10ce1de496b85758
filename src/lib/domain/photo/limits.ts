// How large a photo may be on its way and in the office; the pipeline that makes them stays well below.

/** Bytes of the photo itself; the pipeline aims at 400 KB. */
export const MOST_PHOTO_BYTES = 1_500_000;
/** Bytes of its thumbnail. */
export const MOST_THUMB_BYTES = 150_000;
