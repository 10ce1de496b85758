// The page in which photos are prepared: the app's own pipeline and worker, and the yardstick beside them.
import { PhotoPipeline } from '#lib/app/photos/pipeline.ts';
import { aPicture } from '../../app/photos/pictures.ts';

const pipeline = new PhotoPipeline();
const bareWorker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
let file: File | undefined;

/** Takes the photo: 12 megapixels with the grain of a small sensor. @returns its size, bytes */
async function take(): Promise<number> {
  file = new File([await aPicture({ width: 4000, height: 3000, noise: 48, dot: 2 })], 'IMG_0001.jpg');
  return file.size;
}

/** @param isCold with a worker that has to be started first @returns milliseconds, and what came of it */
async function prepare(isCold: boolean): Promise<{ ms: number; photo: number; thumb: number; longestTask: number }> {
  if (file === undefined) throw new Error('There is no photo yet.');
  if (isCold) pipeline.close();
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({ type: 'longtask' });
  const begun = performance.now();
  const result = await pipeline.prepare(file);
  const ms = performance.now() - begun;
  // A long task is told a task later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const { photo, thumb } = result.value;
  return { ms, photo: photo.byteLength, thumb: thumb.byteLength, longestTask };
}

/** Decodes and encodes the same photo in a warm worker, or does so many rounds of a fixed work; milliseconds. */
function bare(rounds?: number): Promise<number> {
  return new Promise((resolve) => {
    bareWorker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    bareWorker.postMessage(rounds ?? file);
  });
}

const photos = { take, prepare, bare };

declare global {
  interface Window {
    photos: typeof photos;
  }
}

window.photos = photos;
