// The photo worker, but that a file's name may kill it, make it hang, talk nonsense, or meet a bug.
import '#lib/app/photos/pipeline.worker.ts';

addEventListener('message', ({ data }: MessageEvent<{ file: File }>) => {
  const { name } = data.file;
  if (name.startsWith('kills twice')) reportError(new Error('Killed by a test.'));
  if (name.startsWith('kills')) throw new Error('Killed by a test.');
  while (name.startsWith('hangs'));
  if (name.startsWith('mumbles')) {
    for (const nonsense of [null, 'prepared', { type: 'prepared', request: 1, photo: {} }]) postMessage(nonsense);
    postMessage({ type: 'refused', request: 0, problem: { tag: 'empty' } });
  }
  if (name.startsWith('no canvas')) OffscreenCanvas.prototype.getContext = () => null;
});
