// Real picture files for the file input, drawn and encoded by the phone's own browser.
import * as v from 'valibot';

/** A page, whoever drives it. */
interface DrawingPage {
  evaluate(draw: (scene: Scene) => Promise<string>, scene: Scene): Promise<unknown>;
}
type Scene = readonly [words: string, ground: string, width: number, height: number];

export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A JPEG of a scene in one colour under a sky, with its name written on it. */
export async function aPhotoFile(
  page: DrawingPage,
  name: string,
  colour: string,
  width = 1200,
  height = 900
): Promise<PictureFile> {
  const base64 = v.parse(
    v.string(),
    await page.evaluate(
      async ([words, ground, w, h]) => {
        const canvas = new OffscreenCanvas(w, h);
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        const sky = context.createLinearGradient(0, 0, 0, h);
        sky.addColorStop(0, '#7fb2d6');
        sky.addColorStop(1, '#f2ead8');
        context.fillStyle = sky;
        context.fillRect(0, 0, w, h);
        context.fillStyle = ground;
        context.fillRect(0, h * 0.6, w, h * 0.4);
        for (let i = 0; i < 5; i++) {
          context.fillRect(w * (0.08 + i * 0.18), h * 0.35, w * 0.1, h * 0.3);
        }
        context.fillStyle = '#fff';
        context.font = `${h / 10}px sans-serif`;
        context.fillText(words, w * 0.06, h * 0.85);
        const bytes = new Uint8Array(
          await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer()
        );
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      },
      [name, colour, width, height] as const
    )
  );
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** What calls itself a photo and is none. */
export const aBrokenFile = (name: string): PictureFile => ({
  name,
  mimeType: 'image/jpeg',
  buffer: Buffer.from('%PDF-1.4 không phải ảnh')
});
