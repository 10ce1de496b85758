// The photo worker, but that a file's name may kill it or make it hang.
import '#lib/app/photos/pipeline.worker.ts';

addEventListener('message', ({ data }: MessageEvent<{ file: File }>) => {
  const { name } = data.file;
  if (name.startsWith('kills')) throw new Error('Killed by a test.');
  while (name.startsWith('hangs'));
});
