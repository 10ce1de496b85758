// The photo worker in a browser without ImageDecoder: Safari, Firefox, older Chromium.
import '#lib/app/photos/pipeline.worker.ts';

Reflect.deleteProperty(globalThis, 'ImageDecoder');
