// A photo as the parts that show it take it.
import type { Sending } from '#lib/domain/sending.ts';

/**
 * | state   | means                                                                          |
 * |---------|--------------------------------------------------------------------------------|
 * | loading | the picture is on its way to the screen                                        |
 * | shown   | `src` is its address                                                           |
 * | waiting | a colleague's, whose bytes have not reached the server yet                     |
 * | offline | on the server only, and there is no network                                    |
 * | failed  | on the server only, and it did not come                                        |
 * | deleted | whoever made it has deleted it, and a record still names it                     |
 * | unknown | a record names it, and nothing of it has arrived                               |
 */
export type PhotoLook =
  | { readonly state: 'loading' | 'waiting' | 'offline' | 'failed' | 'deleted' | 'unknown' }
  | { readonly state: 'shown'; readonly src: string };

/** What is known of a photo besides its picture. */
export interface PhotoFacts {
  readonly caption: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly sending: Sending;
  /** Who made it, as people call him. */
  readonly by: string;
  /** ISO instant, as the camera says. */
  readonly takenAt: string | null;
  /** Degrees and metres, as the camera says. */
  readonly place: { readonly lat: number; readonly lon: number; readonly accuracy?: number | undefined } | null;
  readonly bytes: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Its caption is the reader's to write. */
  readonly isOwn: boolean;
}

export interface ShownPhoto {
  readonly id: string;
  readonly look: PhotoLook;
  /** Null while nothing of it has arrived. */
  readonly facts: PhotoFacts | null;
}

/** Eight letters of the hash: enough to tell two photos apart on the phone. */
export const shortHash = (sha256: string): string => sha256.slice(0, 8);
