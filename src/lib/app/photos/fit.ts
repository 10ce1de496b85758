// Draws a picture on white at the size that is wanted, and writes it as a JPEG of at most so many bytes.
import type { Decoded } from './decode.ts';

/** JPEG everywhere: WebKit gives PNG when it is asked for WebP. */
const TYPE = 'image/jpeg';

/** What is tried in turn: the long edge as a share, the quality, and about how large that is against the first. */
const STEPS = [
  { share: 1, quality: 0.8, weight: 1 },
  { share: 1, quality: 0.7, weight: 0.77 },
  { share: 1, quality: 0.6, weight: 0.63 },
  { share: 1, quality: 0.5, weight: 0.53 },
  { share: 0.8, quality: 0.6, weight: 0.38 },
  { share: 0.8, quality: 0.5, weight: 0.32 },
  { share: 0.64, quality: 0.5, weight: 0.21 },
  { share: 0.5, quality: 0.5, weight: 0.13 },
  { share: 0.4, quality: 0.5, weight: 0.07 },
  { share: 0.3, quality: 0.5, weight: 0.04 }
] as const;
/** A step is passed over when it would miss by more: each costs a slow phone a tenth of a second. */
const TOLERANCE = 1.1;

/** Draws a decoded picture and lets it go. @param edge the longest that its long edge may become, pixels */
export function draw({ image, width, height }: Decoded, edge: number): OffscreenCanvas {
  const canvas = scaled(image, width, height, edge);
  image.close();
  return canvas;
}

/** A smaller copy. */
export const shrink = (canvas: OffscreenCanvas, edge: number): OffscreenCanvas =>
  scaled(canvas, canvas.width, canvas.height, edge);

function scaled(source: CanvasImageSource, width: number, height: number, edge: number): OffscreenCanvas {
  const scale = Math.min(1, edge / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  // In the processor's memory: the same bytes each time, and no way back from the graphics card.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to draw on.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export interface Encoded {
  readonly jpeg: Blob;
  readonly width: number;
  readonly height: number;
}

/** Writes a JPEG; first its quality gives way, then its size. */
export async function encodeWithin(canvas: OffscreenCanvas, maxBytes: number): Promise<Encoded> {
  const edge = Math.max(canvas.width, canvas.height);
  let drawn = canvas;
  for (let step = 0; ;) {
    const { share, quality, weight } = STEPS[step] ?? STEPS[0];
    if (Math.max(drawn.width, drawn.height) !== Math.round(edge * share))
      drawn = shrink(canvas, Math.round(edge * share));
    const jpeg = await drawn.convertToBlob({ type: TYPE, quality });
    const isLast = step === STEPS.length - 1;
    if (jpeg.size <= maxBytes || isLast) return { jpeg, width: drawn.width, height: drawn.height };
    const next = STEPS.findIndex((other, i) => i > step && (other.weight / weight) * jpeg.size <= maxBytes * TOLERANCE);
    step = next === -1 ? STEPS.length - 1 : next;
  }
}
