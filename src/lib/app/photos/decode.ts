// Decodes a picture, upright, in as little memory as the browser allows, and tells beforehand how much that is.
import type { Picture } from './picture.ts';

/** A decoded picture; whoever has drawn it closes it. */
export interface Decoded {
  readonly image: ImageBitmap | VideoFrame;
  /** As a person sees it. */
  readonly width: number;
  readonly height: number;
}

/**
 * Chromium's decoder can leave out what a smaller picture does not need: half of the time, a fourth of the memory and
 * less. `rotation` came with the version that turns its frames as EXIF says.
 */
const canScale = () => 'ImageDecoder' in globalThis && 'VideoFrame' in globalThis && 'rotation' in VideoFrame.prototype;

/** Bytes of a decoded pixel, and of the coefficients of a progressive JPEG's pixel (two each, colour halved twice). */
const PIXEL = 4;
const PROGRESSIVE_PIXEL = 3;

/**
 * What decoding will take at its height, bytes.
 * @param edge the long edge that is needed, pixels
 */
export function memoryNeeded({ format, width, height, isProgressive }: Picture, edge: number): number {
  const pixels = width * height;
  if (format !== 'JPEG' || !canScale()) return pixels * PIXEL;
  const scale = jpegScale(Math.max(width, height), edge);
  return pixels * (scale * scale * PIXEL + (isProgressive ? PROGRESSIVE_PIXEL : 0));
}

/**
 * Decodes at least as large as needed.
 * @param edge the long edge that is needed, pixels
 * @returns null when the browser cannot
 */
export async function decode(file: Blob, picture: Picture, edge: number): Promise<Decoded | null> {
  try {
    if (picture.format === 'JPEG' && canScale()) return await decodeScaled(file, picture, edge);
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { image, width: image.width, height: image.height };
  } catch {
    return null; // Browsers say no more than that it could not be decoded.
  }
}

async function decodeScaled(file: Blob, { width, height }: Picture, edge: number): Promise<Decoded> {
  const scale = jpegScale(Math.max(width, height), edge);
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    data: file.stream(),
    desiredWidth: Math.ceil(width * scale),
    desiredHeight: Math.ceil(height * scale)
  });
  try {
    const { image } = await decoder.decode();
    return { image, width: image.displayWidth, height: image.displayHeight };
  } finally {
    decoder.close();
  }
}

/** JPEG decoders scale by eighths. */
const jpegScale = (long: number, edge: number) => Math.min(8, Math.ceil((8 * edge) / long)) / 8;
