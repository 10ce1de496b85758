// The code reader of browsers that have none: ZXing as WebAssembly, from our own origin.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { type Result, err, ok } from '#lib/domain/result.ts';

// Its own default is a stranger's server.
prepareZXingModule({ overrides: { locateFile: () => wasm } });

/** @returns the text of the first code, null where there is none; `noReader` when its file cannot be had */
export async function readPixels(pixels: ImageData): Promise<Result<string | null, 'noReader'>> {
  try {
    const found = await readBarcodes(pixels, {
      formats: ['QRCode', 'EAN13', 'EAN8', 'UPCA', 'Code128', 'DataMatrix'],
      tryHarder: true,
      maxNumberOfSymbols: 1
    });
    return ok(found[0]?.text ?? null);
  } catch {
    return err('noReader');
  }
}

/** Has the file kept by the service worker. A failure is let go: reading tries again, and says so. */
export async function fetchReader(): Promise<void> {
  await fetch(wasm).catch(() => undefined);
}
