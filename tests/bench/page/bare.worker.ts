// The yardstick of the photo pipeline: decode, draw smaller, encode, and nothing else; and a fixed piece of work.

addEventListener('message', async ({ data }: MessageEvent<File | number>) => {
  const begun = performance.now();
  if (typeof data === 'number') {
    let sum = 0;
    for (let i = 0; i < data; i++) sum += i % 7;
    postMessage(performance.now() - begun + sum * 0);
    return;
  }
  const bitmap = await createImageBitmap(data);
  const scale = 1600 / Math.max(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  postMessage(performance.now() - begun);
});
