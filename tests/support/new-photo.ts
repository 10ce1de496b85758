// A photo as the camera and the pipeline hand it over to the store, for tests in node, in browsers and in the app's own page.
import type { NewPhoto } from '#lib/storage/photos.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import { COMMUNE, anId } from './documents.ts';

/**
 * @param photo its bytes; the hash is reckoned from them, the digests by which a server would know them are not
 * @param over what the test is about
 */
export const aNewPhoto = async (photo: ArrayBuffer, over: Partial<NewPhoto> = {}): Promise<NewPhoto> => ({
  commune: COMMUNE,
  productId: anId('product'),
  width: 1600,
  height: 1200,
  bytes: { photo, thumb: new ArrayBuffer(300) },
  sha256: await sha256Of(photo),
  digests: { photo: 'photo==', thumb: 'thumb==' },
  takenAt: undefined,
  place: undefined,
  target: undefined,
  caption: undefined,
  ...over
});
