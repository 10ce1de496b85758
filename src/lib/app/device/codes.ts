// Reads QR and bar codes: with the browser's own detector where there is one, else with one that is loaded when needed.
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Decoded } from '../photos/decode.ts';

/**
 * noPicture: the file is no picture that opens · tooLarge: it is one, and this phone's memory does not bear it · noReader:
 * the reader is not on the device, and there is no network.
 */
export type CodeProblem = 'noPicture' | 'tooLarge' | 'noReader';

/** What is printed on goods and papers. */
const FORMATS = ['qr_code', 'ean_13', 'ean_8', 'upc_a', 'code_128', 'data_matrix'] as const;

/** A picture is looked at in this size at most: enough for a code, and quick on a cheap phone. Pixels. */
const LONGEST_SIDE = 1280;
/** And opened in at least that size where it can be: the browser's own detector finds smaller codes in it. Pixels. */
const OPENED_SIDE = 2560;

/**
 * Looks for a code in a picture file or in what a video shows now.
 * @returns its text, null where there is none
 */
export async function readCodeFrom(source: Blob | HTMLVideoElement): Promise<Result<string | null, CodeProblem>> {
  const opened = source instanceof Blob ? await opening(source) : await frameOf(source);
  if (!opened.ok) return opened;
  if (opened.value === null) return ok(null);
  const picture = opened.value;
  try {
    const own = await ownDetector();
    if (own !== null) {
      // A detector may be there without the part of the system that it needs.
      const found = await own.detect(picture).catch(() => null);
      if (found !== null) return ok(found[0]?.rawValue ?? null);
    }
    const reader = await import('./codeReader.ts').catch(() => null);
    return reader === null ? err('noReader') : await reader.readPixels(pixelsOf(picture));
  } catch {
    return err('noReader');
  } finally {
    picture.close();
  }
}

type Opened = Result<Decoded['image'] | null, 'noPicture' | 'tooLarge'>;

/** What it takes is known before it is taken: a tab that runs out of memory dies with the form behind it. */
async function opening(file: Blob): Promise<Opened> {
  const [{ isBearable, pictureIn }, { decode }] = await Promise.all([
    import('../photos/bearable.ts'),
    import('../photos/decode.ts')
  ]);
  const found = await pictureIn(file).catch(() => null);
  if (found === null || !found.ok) return err('noPicture');
  if (!isBearable(found.value, OPENED_SIDE)) return err('tooLarge');
  const decoded = await decode(file, found.value, OPENED_SIDE);
  return decoded === null ? err('noPicture') : ok(decoded.image);
}

/** A video has no picture before its first frame. */
const frameOf = async (video: HTMLVideoElement): Promise<Opened> =>
  ok(video.videoWidth === 0 ? null : await createImageBitmap(video).catch(() => null));

/** Brings the reader to the device while there is a network, where the browser has none of its own. */
export async function fetchCodeReader(): Promise<void> {
  if (savesData() || (await ownDetector()) !== null) return;
  const reader = await import('./codeReader.ts').catch(() => null);
  await reader?.fetchReader();
}

function savesData(): boolean {
  const connection: unknown = 'connection' in navigator ? navigator.connection : undefined;
  return (
    typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true
  );
}

async function ownDetector(): Promise<BarcodeDetector | null> {
  if (!('BarcodeDetector' in globalThis)) return null;
  const known: readonly string[] = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = FORMATS.filter((format) => known.includes(format));
  return formats.includes('qr_code') ? new BarcodeDetector({ formats }) : null;
}

function pixelsOf(picture: Decoded['image']): ImageData {
  const sides =
    'displayWidth' in picture ? [picture.displayWidth, picture.displayHeight] : [picture.width, picture.height];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(...sides));
  const [width, height] = sides.map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = document.createElement('canvas');
  canvas.width = width ?? 1;
  canvas.height = height ?? 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return new ImageData(1, 1);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
