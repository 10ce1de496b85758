// Decodes a picture, upright, in as little memory as the browser allows, and tells beforehand how much that is.
import type { Picture } from './picture.ts';

/** A decoded picture; whoever has drawn it closes it. */
export interface Decoded {
  readonly image: ImageBitmap | VideoFrame;
  /** As a person sees it. */
  readonly width: number;
  readonly height: number;
}

/** Bytes of a decoded pixel, and of the coefficients of a progressive JPEG's pixel (two each, colour halved twice). */
const PIXEL = 4;
const PROGRESSIVE_PIXEL = 3;

/**
 * What decoding will take at its height, bytes.
 * @param edge the long edge that is needed, pixels
 */
export function memoryNeeded(picture: Picture, edge: number): number {
  const pixels = picture.width * picture.height;
  const scale = scaleOf(picture, edge);
  return pixels * (scale * scale * PIXEL + (picture.isProgressive ? PROGRESSIVE_PIXEL : 0));
}

/**
 * Decodes at least as large as needed.
 * @param edge the long edge that is needed, pixels
 * @returns null when the browser cannot
 */
export async function decode(file: Blob, picture: Picture, edge: number): Promise<Decoded | null> {
  try {
    const scale = scaleOf(picture, edge);
    if (scale < 1) return await decodeScaled(file, picture, scale);
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { image, width: image.width, height: image.height };
  } catch {
    return null; // Browsers say no more than that it could not be decoded.
  }
}

async function decodeScaled(file: Blob, { width, height }: Picture, scale: number): Promise<Decoded> {
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

/**
 * What this browser can leave out while it decodes: Chromium scales JPEGs by eighths, in half of the time and a fourth of
 * the memory. `rotation` came with the version that turns such frames as EXIF says.
 * @returns 1 where it decodes everything
 */
function scaleOf({ format, width, height }: Picture, edge: number): number {
  const isAble = 'ImageDecoder' in globalThis && 'VideoFrame' in globalThis && 'rotation' in VideoFrame.prototype;
  return format === 'JPEG' && isAble ? Math.min(8, Math.ceil((8 * edge) / Math.max(width, height))) / 8 : 1;
}
