// The numbers of Exif 2.32 (CIPA DC-008) that time and place are written with.

/** In IFD0: where the other two lists are. */
export const EXIF_LIST = 0x8769;
export const GPS_LIST = 0x8825;

/** In the Exif list: the camera's wall clock, `yyyy:mm:dd hh:mm:ss`, with its distance from UTC, `+hh:mm`. */
export const DATE_TIME_ORIGINAL = 0x9003;
export const OFFSET_TIME_ORIGINAL = 0x9011;

/** In the GPS list: `N`/`S`, three rationals of degrees, minutes, seconds; the same with `E`/`W`; metres. */
export const LATITUDE_REF = 1;
export const LATITUDE = 2;
export const LONGITUDE_REF = 3;
export const LONGITUDE = 4;
export const POSITIONING_ERROR = 0x1f;

export const ASCII = 2;
export const LONG = 4;
export const RATIONAL = 5;

/** What stands before the TIFF structure in a JPEG's APP1 segment. */
export const EXIF_HEADER = [0x45, 0x78, 0x69, 0x66, 0, 0] as const;
