// What is known of a picture before it is decoded.
import type { Result } from '#lib/domain/result.ts';
import type { PhotoProblem } from './outcome.ts';

/** Formats whose size can be read before they are decoded. */
export type Format = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'BMP' | 'HEIC' | 'AVIF';

export interface Picture {
  readonly format: Format;
  /** As stored, before any turning. */
  readonly width: number;
  readonly height: number;
  /** Only JPEG: it comes in passes over the whole picture, so that none of it is ready before all. */
  readonly isProgressive: boolean;
  /** Where its own coding begins; before it, a JPEG may hold a whole thumbnail. */
  readonly codedFrom: number;
  /** The TIFF structure that time and place are read from; may be cut off. */
  readonly exif: Uint8Array | null;
}

/** `more`: the head ends before it is known. */
export type Reading = Result<Picture, PhotoProblem | { readonly tag: 'more' }>;
