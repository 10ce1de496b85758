// The page in which photos are prepared and stored: the app's own pipeline, worker and store, and the yardstick beside them.
import { PhotoPipeline } from '#lib/app/photos/pipeline.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { openStore } from '#lib/storage/store.ts';
import { devicePorts } from '#lib/app/device/ports.ts';
import { aPicture } from '../../app/photos/pictures.ts';

const pipeline = new PhotoPipeline();
const bareWorker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
const store = openStore(devicePorts('bench', 'bench'));
let file: File | undefined;
let products = 0;

/** Takes the photo: 12 megapixels with the grain of a small sensor. @returns its size, bytes */
async function take(): Promise<number> {
  file = new File([await aPicture({ width: 4000, height: 3000, noise: 48, dot: 2 })], 'IMG_0001.jpg');
  return file.size;
}

/**
 * From the file to what is stored and read back, each time for another product: there it is another photo.
 * @param isCold with a worker that has to be started first
 * @returns milliseconds, and what came of it
 */
async function keep(isCold: boolean): Promise<{ ms: number; photo: number; thumb: number; longestTask: number }> {
  if (file === undefined) throw new Error('There is no photo yet.');
  if (isCold) pipeline.close();
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({ type: 'longtask' });
  const begun = performance.now();
  const prepared = await pipeline.prepare(file);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  const { photo, thumb, photoMd5, thumbMd5, takenAt, place, ...facts } = prepared.value;
  const productId = `product:${String(++products)}`;
  const kept = await addPhoto(store, {
    ...facts,
    commune: '22972',
    productId,
    target: { id: productId },
    takenAt: takenAt ?? undefined,
    place: place ?? undefined,
    caption: undefined,
    bytes: { photo, thumb },
    digests: { photo: photoMd5, thumb: thumbMd5 }
  });
  const ms = performance.now() - begun;
  if (!kept.ok) throw new Error(JSON.stringify(kept.error));
  // A long task is told a task later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  return { ms, photo: photo.byteLength, thumb: thumb.byteLength, longestTask };
}

/** Decodes and encodes the same photo in a warm worker, or does so many rounds of a fixed work; milliseconds. */
function bare(rounds?: number): Promise<number> {
  return new Promise((resolve) => {
    bareWorker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    bareWorker.postMessage(rounds ?? file);
  });
}

const photos = { take, keep, bare };

declare global {
  interface Window {
    photos: typeof photos;
  }
}

window.photos = photos;
