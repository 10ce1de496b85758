// A file from camera or gallery becomes a photo to store, or a reason: real files, a real worker, a real decoder.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PhotoPipeline, type PipelineOptions } from '#lib/app/photos/pipeline.ts';
import { attachmentMd5 } from '#lib/app/photos/md5.ts';
import type { PreparedPhoto } from '#lib/app/photos/outcome.ts';
import { CAMERA, GPS_HERE, joined, tiff, withExif } from './exif-writer.ts';
import { dump } from './exif-dump.ts';
import { type Colour, CORNERS, aPicture, cornersOf, sizeOf } from './pictures.ts';

const MAX_PHOTO = 400 * 1024;
const MORNING = '2026:11:20 08:20:05';

const pipelines: PhotoPipeline[] = [];

function aPipeline(options: PipelineOptions = {}): PhotoPipeline {
  const pipeline = new PhotoPipeline(options);
  pipelines.push(pipeline);
  return pipeline;
}

afterEach(() => {
  for (const pipeline of pipelines.splice(0)) pipeline.close();
});

const mortal = () => new Worker(new URL('./workers/mortal.worker.ts', import.meta.url), { type: 'module' });
const plain = () => new Worker(new URL('./workers/plain.worker.ts', import.meta.url), { type: 'module' });

const aFile = (bytes: BlobPart | Uint8Array<ArrayBuffer>, name = 'IMG_0001.jpg', type = 'image/jpeg') =>
  new File([bytes], name, { type });
const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

async function prepared(file: File, pipeline = aPipeline()): Promise<PreparedPhoto> {
  const result = await pipeline.prepare(file);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function refused(file: File, pipeline = aPipeline()) {
  const result = await pipeline.prepare(file);
  return result.ok ? 'a photo' : result.error;
}

describe('a picture of a camera', () => {
  test('becomes 1600 pixels and a thumbnail of 320, with hash and digests of exactly these bytes', async () => {
    const photo = await prepared(aFile(await aPicture({ width: 2400, height: 1800 })));
    expect([photo.width, photo.height]).toEqual([1600, 1200]);
    expect(await sizeOf(photo.photo)).toEqual([1600, 1200]);
    expect(await sizeOf(photo.thumb)).toEqual([320, 240]);
    expect(await cornersOf(photo.photo)).toEqual(CORNERS);
    expect(await cornersOf(photo.thumb)).toEqual(CORNERS);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', photo.photo));
    expect(photo.sha256).toBe([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    expect(photo.photoMd5).toBe(attachmentMd5(photo.photo));
    expect(photo.thumbMd5).toBe(attachmentMd5(photo.thumb));
    expect([photo.takenAt, photo.place]).toEqual([null, null]);
  });

  test.each([
    [1600, 1200, 1600, 1200],
    [640, 480, 640, 480],
    [1601, 3, 1600, 3],
    [400, 2000, 320, 1600],
    [1, 1, 1, 1]
  ])('of %i × %i becomes %i × %i: never larger', async (width, height, newWidth, newHeight) => {
    const photo = await prepared(aFile(await aPicture({ width, height })));
    expect([photo.width, photo.height]).toEqual([newWidth, newHeight]);
    expect(await sizeOf(photo.photo)).toEqual([newWidth, newHeight]);
  });

  test('twice is the same photo, also for a worker that was started anew', async () => {
    const bytes = withExif(await aPicture({ width: 3000, height: 2000, noise: 60 }), { gps: GPS_HERE });
    const one = aPipeline();
    const [first, second] = [await prepared(aFile(bytes), one), await prepared(aFile(bytes, 'Bản sao.jpg'), one)];
    const third = await prepared(aFile(bytes));
    expect(second.sha256).toBe(first.sha256);
    expect(third.sha256).toBe(first.sha256);
    expect(new Uint8Array(third.thumb)).toEqual(new Uint8Array(first.thumb));
  });

  /** What a person sees of the corners at each orientation of EXIF, and whether width and height change places. */
  const TURNS: [orientation: number, corners: Colour[], isTurned: boolean][] = [
    [1, ['red', 'green', 'blue', 'white'], false],
    [2, ['green', 'red', 'white', 'blue'], false],
    [3, ['white', 'blue', 'green', 'red'], false],
    [4, ['blue', 'white', 'red', 'green'], false],
    [5, ['red', 'blue', 'green', 'white'], true],
    [6, ['blue', 'red', 'white', 'green'], true],
    [7, ['white', 'green', 'blue', 'red'], true],
    [8, ['green', 'white', 'red', 'blue'], true]
  ];
  describe.each([
    ['this browser', undefined],
    ['a browser without ImageDecoder', plain]
  ])('in %s', (_, launch) => {
    test.each(TURNS)('orientation %i stands upright', async (orientation, corners, isTurned) => {
      const turned = withExif(await aPicture({ width: 2000, height: 1000 }), {
        root: { ...CAMERA, 0x0112: { shorts: [orientation] } },
        isLittle: orientation % 2 === 0
      });
      const photo = await prepared(aFile(turned), aPipeline(launch && { launch }));
      expect([photo.width, photo.height]).toEqual(isTurned ? [800, 1600] : [1600, 800]);
      expect(await cornersOf(photo.photo)).toEqual(corners);
      expect(await cornersOf(photo.thumb)).toEqual(corners);
    });
  });
});

describe('time and place', () => {
  /** What the browser writes into each of its JPEGs: that it is one, and that its colours are sRGB. */
  const CODING = ['E0 JFIF', 'E2 ICC_PROFILE'];
  const full = async (offset?: string) =>
    withExif(await aPicture({ width: 800, height: 600 }), {
      root: { ...CAMERA, 0x0112: { shorts: [1] }, 0x8298: 'Người chụp mẫu' },
      exif: { 0x9003: MORNING, ...(offset === undefined ? {} : { 0x9011: offset }), 0xa431: 'Số máy 0001' },
      gps: { ...GPS_HERE, 0x12: 'WGS-84', 0x1d: '2026:11:20' }
    });

  test('are read, and are all that the stored file says of itself', async () => {
    const photo = await prepared(aFile(await full('+07:00')));
    expect(photo.takenAt).toBe('2026-11-20T01:20:05.000Z');
    expect(photo.place).toEqual({ lat: 11.940367, lon: 108.436633, accuracy: 8.5 });
    const { segments, tags } = dump(photo.photo);
    expect(segments.filter((name) => !CODING.includes(name))).toEqual(['E1 Exif']);
    expect(Object.keys(tags)).toEqual([
      '0/8769',
      '8769/9003',
      '8769/9011',
      '0/8825',
      '8825/1',
      '8825/2',
      '8825/3',
      '8825/4',
      '8825/1f'
    ]);
    expect(tags).toMatchObject({ '8769/9003': MORNING, '8769/9011': '+07:00' });
    expect(dump(photo.thumb).segments.filter((name) => !CODING.includes(name))).toEqual([]);
  });

  test('are found before a colour profile of half a megabyte, as is the size behind it', async () => {
    const bytes = await full('+07:00');
    const segment = new Uint8Array(60_000);
    segment.set([0xff, 0xe2, (segment.length - 2) >> 8, (segment.length - 2) & 0xff]);
    const behindExif = 4 + ((bytes[4] ?? 0) << 8) + (bytes[5] ?? 0);
    const long = joined(
      bytes.subarray(0, behindExif),
      ...Array.from({ length: 9 }, () => segment),
      bytes.subarray(behindExif)
    );
    const photo = await prepared(aFile(long));
    expect([photo.width, photo.takenAt]).toEqual([800, '2026-11-20T01:20:05.000Z']);
  });

  test('survive when the stored photo is prepared once more', async () => {
    const once = await prepared(aFile(await full('+07:00')));
    const again = await prepared(aFile(once.photo));
    expect([again.takenAt, again.place]).toEqual([once.takenAt, once.place]);
  });

  test('without an offset the camera has the zone of this phone', async () => {
    const photo = await prepared(aFile(await full()));
    expect(photo.takenAt).toBe(new Date(2026, 10, 20, 8, 20, 5).toISOString());
    expect(dump(photo.photo).tags['8769/9003']).toBe(MORNING);
  });

  test('stand in PNG and WebP too', async () => {
    const facts = tiff({ exif: { 0x9003: MORNING, 0x9011: '+07:00' } });
    const png = await aPicture({ width: 80, height: 60, type: 'image/png' });
    const chunk = joined(new Uint8Array([0, 0, 0, facts.length]), letters('eXIf'), facts, new Uint8Array(4));
    new DataView(chunk.buffer).setUint32(chunk.length - 4, crc32(chunk.subarray(4, -4)));
    const withChunk = joined(png.subarray(0, 33), chunk, png.subarray(33));
    expect((await prepared(aFile(withChunk))).takenAt).toBe('2026-11-20T01:20:05.000Z');

    const webp = await aPicture({ width: 80, height: 60, type: 'image/webp' });
    const tail = joined(webp, letters('EXIF'), new Uint8Array([facts.length, 0, 0, 0]), facts);
    new DataView(tail.buffer).setUint32(4, tail.length - 8, true);
    expect((await prepared(aFile(tail))).takenAt).toBe('2026-11-20T01:20:05.000Z');
  });
});

describe('other pictures', () => {
  test.each(['image/png', 'image/webp'] as const)('%s stands on white where it is see-through', async (type) => {
    const file = aFile(await aPicture({ width: 1000, height: 2000, type }), 'Ảnh màn hình', '');
    const photo = await prepared(file);
    expect([photo.width, photo.height]).toEqual([800, 1600]);
    expect(await cornersOf(photo.photo)).toEqual(CORNERS);
    expect(await cornersOf(photo.thumb)).toEqual(CORNERS);
  });

  test.each(['image/jpeg', 'image/png', 'image/webp'] as const)('%s named HEIC is what it is', async (type) => {
    const photo = await prepared(
      aFile(await aPicture({ width: 640, height: 480, type }), 'IMG_0001.HEIC', 'image/heic')
    );
    expect([photo.width, photo.height]).toEqual([640, 480]);
    expect(await cornersOf(photo.photo)).toEqual(CORNERS);
  });

  test('a GIF and a BMP work', async () => {
    const gif = atob('R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==');
    expect(await cornersOf((await prepared(aFile(letters(gif)))).photo)).toEqual(['red', 'red', 'red', 'red']);
    const bmp = new Uint8Array(58);
    bmp.set(letters('BM'));
    const view = new DataView(bmp.buffer);
    for (const [at, value] of [
      [2, 58],
      [10, 54],
      [14, 40],
      [18, 1],
      [22, 1],
      [26, 1 | (24 << 16)]
    ]) {
      view.setUint32(at ?? 0, value ?? 0, true);
    }
    bmp.set([0xe0, 0, 0], 54);
    expect(await cornersOf((await prepared(aFile(bmp))).photo)).toEqual(['blue', 'blue', 'blue', 'blue']);
  });
});

describe('large and noisy', () => {
  test('12 megapixels of noise are at most 400 KB, still 1600 pixels where the noise is a photo’s', async () => {
    const file = aFile(await aPicture({ width: 4000, height: 3000, noise: 70, dot: 3 }));
    expect(file.size).toBeGreaterThan(3_000_000);
    const photo = await prepared(file);
    expect(photo.photo.byteLength).toBeLessThanOrEqual(MAX_PHOTO);
    expect(photo.photo.byteLength).toBeGreaterThan(MAX_PHOTO / 2);
    expect([photo.width, photo.height]).toEqual([1600, 1200]);
    expect(await sizeOf(photo.photo)).toEqual([1600, 1200]);
  });

  test('nothing but noise becomes smaller, until it fits', async () => {
    const photo = await prepared(aFile(await aPicture({ width: 1600, height: 1600, noise: 255 })));
    expect(photo.photo.byteLength).toBeLessThanOrEqual(MAX_PHOTO);
    expect(photo.width).toBeLessThan(1600);
    expect(await sizeOf(photo.photo)).toEqual([photo.width, photo.height]);
    expect(photo.thumb.byteLength).toBeLessThanOrEqual(40 * 1024);
  });

  test.each([
    ['this browser', undefined],
    ['a browser without ImageDecoder', plain]
  ])(
    'a panorama of 50 megapixels works in %s',
    async (_, launch) => {
      const file = aFile(await aPicture({ width: 12_500, height: 4_000, noise: 40, dot: 4 }));
      const photo = await prepared(file, aPipeline(launch && { launch }));
      expect([photo.width, photo.height]).toEqual([1600, 512]);
      expect(await cornersOf(photo.photo)).toEqual(CORNERS);
    },
    60_000
  );

  test('what the phone’s memory does not bear is refused before it is decoded, with its size', async () => {
    const frame = (marker: number) =>
      new Uint8Array([0xff, 0xd8, 0xff, marker, 0, 11, 8, 0xea, 0x60, 0xea, 0x60, 1, 1, 0x11, 0, 0xff, 0xd9]);
    const tooLarge = { tag: 'tooLarge', megapixels: 3600 };
    expect(await refused(aFile(frame(0xc2)))).toEqual(tooLarge);
    const png = joined(
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      letters('IHDR'),
      new Uint8Array([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 6, 0, 0, 0]),
      letters('IEND')
    );
    expect(await refused(aFile(png))).toEqual(tooLarge);
  });
});

describe('what is no picture is refused by name', () => {
  const heic = (brand: string) =>
    joined(
      new Uint8Array([0, 0, 0, 24]),
      letters(`ftyp${brand}`),
      new Uint8Array(4),
      letters(`mif1${brand}`),
      HEIC_META
    );
  const HEIC_META = joined(
    new Uint8Array([0, 0, 0, 32]),
    letters('meta'),
    new Uint8Array([0, 0, 0, 0, 0, 0, 0, 20]),
    letters('ispe'),
    new Uint8Array([0, 0, 0, 0, 0, 0, 0x0f, 0xc0, 0, 0, 0x0b, 0xd0]),
    new Uint8Array(500)
  );

  test.each<[string, Uint8Array<ArrayBuffer>, object]>([
    ['zero bytes', new Uint8Array(0), { tag: 'empty' }],
    ['a PDF', letters('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj'), { tag: 'notAnImage', found: 'pdf' }],
    ['a PDF behind a few bytes', letters('\n\n%PDF-1.4'), { tag: 'notAnImage', found: 'pdf' }],
    ['a text', letters('Biên bản'), { tag: 'notAnImage', found: 'other' }],
    ['one byte', letters('\xff'), { tag: 'notAnImage', found: 'other' }],
    ['a web page', letters('<!doctype html><img src=x>'), { tag: 'notAnImage', found: 'other' }],
    ['a film', letters('\0\0\0\x18ftypmp42\0\0\0\0isommp42'), { tag: 'notAnImage', found: 'video' }],
    ['a HEIC of a phone', heic('heic'), { tag: 'unsupported', format: 'HEIC' }],
    ['a HEIC without its size', heic('heix').slice(0, 24), { tag: 'unsupported', format: 'HEIC' }],
    ['a TIFF or raw file', letters('II*\0\x08\0\0\0'), { tag: 'unsupported', format: 'TIFF' }],
    ['a JPEG XL', letters('\0\0\0\x0cJXL \r\n\x87\n'), { tag: 'unsupported', format: 'JPEG XL' }],
    ['a JPEG of nothing', letters('\xff\xd8\xff\xd9'), { tag: 'broken' }],
    ['a PNG of nothing', letters('\x89PNG\r\n\x1a\n'), { tag: 'broken' }]
  ])('%s', async (_, bytes, problem) => {
    expect(await refused(aFile(bytes))).toEqual(problem);
  });

  test.each([0.02, 0.5, 0.9, 0.999])('a JPEG of which %f is there is broken, in any browser', async (share) => {
    const whole = await aPicture({ width: 2000, height: 1500, noise: 60 });
    const cut = aFile(withExif(whole, { exif: { 0x9003: MORNING } }).slice(0, whole.length * share));
    expect(await refused(cut)).toEqual({ tag: 'broken' });
    expect(await refused(cut, aPipeline({ launch: plain }))).toEqual({ tag: 'broken' });
  });

  test('a JPEG cut off behind the thumbnail in its EXIF is broken: that end is not its own', async () => {
    const thumb = await aPicture({ width: 160, height: 120 });
    const whole = withExif(await aPicture({ width: 2000, height: 1500, noise: 60 }), { thumb });
    expect((await prepared(aFile(whole))).width).toBe(1600);
    const cut = aFile(whole.slice(0, whole.length / 2));
    expect(await refused(cut)).toEqual({ tag: 'broken' });
    expect(await refused(cut, aPipeline({ launch: plain }))).toEqual({ tag: 'broken' });
  });

  test.each(
    (['image/png', 'image/webp'] as const).flatMap((type) =>
      [0.02, 0.5, 0.9, 0.999].map((share) => [type, share] as const)
    )
  )('%s of which %f is there is broken', async (type, share) => {
    const whole = await aPicture({ width: 2000, height: 1500, noise: 60, type });
    expect(await refused(aFile(whole.slice(0, whole.length * share)))).toEqual({ tag: 'broken' });
  });

  test('a JPEG with a film behind it, as phones write moving photos, is whole', async () => {
    const bytes = joined(await aPicture({ width: 400, height: 300 }), new Uint8Array(300_000).fill(7));
    expect((await prepared(aFile(bytes))).width).toBe(400);
  });

  test('a JPEG whose inside is damaged beyond its header is refused', async () => {
    const bytes = await aPicture({ width: 400, height: 300 });
    const header = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xda);
    bytes.fill(0xff, header, -2);
    expect(await refused(aFile(bytes))).toEqual({ tag: 'broken' });
  });

  test('a file that is gone when it is read', async () => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('gone.jpg', { create: true });
    const writer = await handle.createWritable();
    await writer.write(await aPicture({ width: 40, height: 30 }));
    await writer.close();
    const file = await handle.getFile();
    await folder.removeEntry('gone.jpg');
    expect(await refused(file)).toEqual({ tag: 'unreadable' });
  });
});

describe('the queue', () => {
  let small: Uint8Array<ArrayBuffer>;
  beforeEach(async () => {
    small = await aPicture({ width: 300, height: 200 });
  });

  /** Counts the workers, and those that were ended. */
  function counted(make: () => Worker) {
    const count = { started: 0, ended: 0 };
    const launch = () => {
      count.started++;
      const worker = make();
      const terminate = worker.terminate.bind(worker);
      worker.terminate = () => {
        count.ended++;
        terminate();
      };
      return worker;
    };
    return { count, launch };
  }

  test('takes files one by one, in their order, with one worker', async () => {
    const { count, launch } = counted(mortal);
    const pipeline = aPipeline({ launch });
    const order: number[] = [];
    const files = [900, 30, 500, 60].map(async (width, i) => {
      const photo = await prepared(aFile(await aPicture({ width, height: 20 })), pipeline);
      order.push(i);
      return photo.width;
    });
    expect(await Promise.all(files)).toEqual([900, 30, 500, 60]);
    expect(order).toHaveLength(4);
    expect(count).toEqual({ started: 1, ended: 0 });
  });

  test('a file in the queue and the one under way are called off, the others go on', async () => {
    const { count, launch } = counted(mortal);
    const pipeline = aPipeline({ launch });
    const [first, third] = [new AbortController(), new AbortController()];
    const large = aFile(await aPicture({ width: 4000, height: 3000 }));
    const answers = [
      pipeline.prepare(large, first.signal),
      pipeline.prepare(aFile(small)),
      pipeline.prepare(aFile(small, 'kills the worker, were it prepared.jpg'), third.signal),
      pipeline.prepare(aFile(small), AbortSignal.abort()),
      pipeline.prepare(aFile(small))
    ];
    third.abort();
    expect(await answers[2]).toEqual({ ok: false, error: { tag: 'aborted' } });
    first.abort();
    const outcomes = await Promise.all(answers);
    expect(outcomes.map((outcome) => (outcome.ok ? 'photo' : outcome.error.tag))).toEqual([
      'aborted',
      'photo',
      'aborted',
      'aborted',
      'photo'
    ]);
    expect(count).toEqual({ started: 2, ended: 1 });
    third.abort();
    first.abort();
    expect(count.ended).toBe(1);
  });

  test.each(['kills.jpg', 'kills twice.jpg', 'no canvas.jpg'])(
    'a worker that dies of %s costs that file only',
    async (name) => {
      const { count, launch } = counted(mortal);
      const pipeline = aPipeline({ launch });
      const dying = refused(aFile(small, name), pipeline);
      const next = prepared(aFile(small), pipeline);
      expect(await dying).toEqual({ tag: 'crashed' });
      expect((await next).width).toBe(300);
      expect(count).toEqual({ started: 2, ended: 1 });
    }
  );

  test('a worker that hangs counts as dead', async () => {
    const pipeline = aPipeline({ launch: mortal, patienceMs: 500 });
    expect(await refused(aFile(small, 'hangs.jpg'), pipeline)).toEqual({ tag: 'crashed' });
  });

  test('what is no answer to this file is not taken for one', async () => {
    expect((await prepared(aFile(small, 'mumbles.jpg'), aPipeline({ launch: mortal }))).width).toBe(300);
  });

  test('a worker that cannot be loaded is told, not waited for', async () => {
    const launch = () => new Worker('/there-is-none.js');
    expect(await refused(aFile(small), aPipeline({ launch }))).toEqual({ tag: 'crashed' });
  });

  test('a worker without work is closed, and started again for the next file', async () => {
    const { count, launch } = counted(mortal);
    const pipeline = aPipeline({ launch, idleMs: 50 });
    await prepared(aFile(small), pipeline);
    await expect.poll(() => count).toEqual({ started: 1, ended: 1 });
    await prepared(aFile(small), pipeline);
    expect(count.started).toBe(2);
  });

  test('closing calls everything off', async () => {
    const pipeline = aPipeline();
    const answers = [refused(aFile(small), pipeline), refused(aFile(small), pipeline)];
    pipeline.close();
    expect(await Promise.all(answers)).toEqual([{ tag: 'aborted' }, { tag: 'aborted' }]);
    expect((await prepared(aFile(small), pipeline)).width).toBe(300);
  });

  test('the page itself decodes and encodes nothing', async () => {
    const file = aFile(await aPicture({ width: 4000, height: 3000, noise: 40 }));
    const spies = [
      vi.spyOn(globalThis, 'createImageBitmap'),
      vi.spyOn(OffscreenCanvas.prototype, 'convertToBlob'),
      vi.spyOn(HTMLCanvasElement.prototype, 'toBlob'),
      vi.spyOn(globalThis, 'ImageDecoder'),
      vi.spyOn(Blob.prototype, 'arrayBuffer')
    ];
    expect((await prepared(file)).width).toBe(1600);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
