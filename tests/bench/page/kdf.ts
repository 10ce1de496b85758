// Makes the key of a PIN in the page, as the lock screen does.
import { freshKdf, keyOfSecret } from '#lib/app/lock/wrapping.ts';

const kdf = {
  /** @returns milliseconds */
  async make(): Promise<number> {
    const settings = freshKdf();
    const begun = performance.now();
    await keyOfSecret('274916', settings);
    return performance.now() - begun;
  }
};

declare global {
  interface Window {
    kdf: typeof kdf;
  }
}

window.kdf = kdf;
