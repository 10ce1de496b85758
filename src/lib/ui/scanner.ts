// What the parts that scan need of the device; the screens hand it down.
import type { Result } from '#lib/domain/result.ts';

export interface Scanner {
  /** Opens the camera; the browser may ask the person first. */
  openCamera(): Promise<Result<MediaStream, 'denied' | 'absent'>>;
  /** Looks for a code in a picture, or in what a video shows now; null where there is none. */
  readCodeFrom(source: Blob | HTMLVideoElement): Promise<Result<string | null, 'noPicture' | 'tooLarge' | 'noReader'>>;
}
