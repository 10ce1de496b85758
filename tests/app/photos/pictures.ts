// Makes real picture files for the tests: drawn on a canvas and encoded by the browser.

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly type?: 'image/jpeg' | 'image/png' | 'image/webp';
  /** Strength of the noise, 0 … 255; dots of so many pixels. */
  readonly noise?: number;
  readonly dot?: number;
}

/** Red above left, green above right, blue below left, white below right; a see-through picture has nothing there. */
export const CORNERS = ['red', 'green', 'blue', 'white'] as const;
export type Colour = (typeof CORNERS)[number] | 'black' | 'other';

export async function aPicture({
  width,
  height,
  type = 'image/jpeg',
  noise = 0,
  dot = 1
}: Look): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = draws(canvas);
  const [right, below] = [Math.round(width / 2), Math.round(height / 2)];
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.fillStyle = '#e01010';
  context.fillRect(0, 0, right, below);
  context.fillStyle = '#10b010';
  context.fillRect(right, 0, width - right, below);
  context.fillStyle = '#1010e0';
  context.fillRect(0, below, right, height - below);
  if (noise > 0) {
    const pattern = context.createPattern(noiseTile(noise), 'repeat');
    if (pattern === null) throw new Error('no pattern');
    context.imageSmoothingEnabled = false;
    context.scale(dot, dot);
    context.fillStyle = pattern;
    context.fillRect(0, 0, width / dot, height / dot);
  }
  const blob = await canvas.convertToBlob({ type, quality: 0.92 });
  if (blob.type !== type) throw new Error(`This browser writes no ${type}.`);
  return new Uint8Array(await blob.arrayBuffer());
}

/** The colour in the middle of each corner's quarter, in the order of `CORNERS`. */
export async function cornersOf(jpeg: ArrayBuffer): Promise<Colour[]> {
  const bitmap = await createImageBitmap(new Blob([jpeg]));
  const { width, height } = bitmap;
  const context = draws(new OffscreenCanvas(width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75]
  ].map(([x = 0, y = 0]) => named(context.getImageData(Math.floor(width * x), Math.floor(height * y), 1, 1).data));
}

export async function sizeOf(jpeg: ArrayBuffer): Promise<[width: number, height: number]> {
  const bitmap = await createImageBitmap(new Blob([jpeg]));
  const size: [number, number] = [bitmap.width, bitmap.height];
  bitmap.close();
  return size;
}

function named([red = 0, green = 0, blue = 0]: Uint8ClampedArray): Colour {
  const [isRed, isGreen, isBlue] = [red > 140, green > 140, blue > 140];
  if (isRed && isGreen && isBlue) return 'white';
  if (!isRed && !isGreen && !isBlue) return 'black';
  if (isRed && !isGreen && !isBlue) return 'red';
  if (!isRed && isGreen && !isBlue) return 'green';
  return isRed || isGreen ? 'other' : 'blue';
}

/** The same dots at each call. */
function noiseTile(strength: number): OffscreenCanvas {
  const tile = new OffscreenCanvas(512, 512);
  const context = draws(tile);
  const image = context.createImageData(512, 512);
  let seed = 1;
  for (let i = 0; i < image.data.length; i++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    image.data[i] = i % 4 === 3 ? strength : (seed >> 16) & 0xff;
  }
  context.putImageData(image, 0, 0);
  return tile;
}

function draws(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  return context;
}
