// The code reader of browsers that have none: ZXing as WebAssembly, from our own origin.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { type Result, err, ok } from '#lib/domain/result.ts';

let isPrepared = false;

/** @returns the text of the first code, null where there is none; `noReader` when its file cannot be had now */
export async function readPixels(pixels: ImageData): Promise<Result<string | null, 'noReader'>> {
  if (!(await prepared())) return err('noReader');
  const found = await readBarcodes(pixels, {
    formats: ['QRCode', 'EAN13', 'EAN8', 'UPCA', 'Code128', 'DataMatrix'],
    tryHarder: true,
    maxNumberOfSymbols: 1
  });
  return ok(found[0]?.text ?? null);
}

/** Has the file kept by the service worker. */
export async function fetchReader(): Promise<void> {
  await file();
}

/** ZXing would fetch its file from a stranger's server, and after a failure never again: it is handed the bytes. */
async function prepared(): Promise<boolean> {
  if (isPrepared) return true;
  const wasmBinary = await file();
  if (wasmBinary === null) return false;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  isPrepared = true;
  return true;
}

/** @returns null where there is neither a network nor a kept copy */
async function file(): Promise<ArrayBuffer | null> {
  const response = await fetch(wasm).catch(() => null);
  return response?.ok === true ? response.arrayBuffer() : null;
}
