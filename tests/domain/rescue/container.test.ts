// The container of a rescue file under every kind of damage: what is whole is read, nothing crashes, nothing huge is read.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bytes,
  HEAD_BYTES,
  type Head,
  IV_BYTES,
  boundOf,
  chunkHead,
  eachChunk,
  headBytes,
  readHead
} from '#lib/domain/rescue/container.ts';

const RUNS = process.env['LONG'] === undefined ? 200 : 5_000;

const bytesOf = (most: number, least = 0): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => new Uint8Array(bytes));

const head: fc.Arbitrary<Head> = fc.record({
  rounds: fc.integer({ min: 600_000, max: 10_000_000 }),
  salt: bytesOf(16, 16),
  check: bytesOf(16, 16)
});

function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface Built {
  readonly file: Bytes;
  readonly bodies: readonly Bytes[];
  /** Where each chunk lies: from, to. */
  readonly spans: readonly (readonly [number, number])[];
}

function built(of: Head, bodies: readonly Bytes[]): Built {
  const parts: Bytes[] = [headBytes(of)];
  const spans: [number, number][] = [];
  let at = HEAD_BYTES;
  bodies.forEach((body, number) => {
    const chunk = joined(chunkHead(boundOf(of.salt, number, body.length), new Uint8Array(IV_BYTES)), body);
    parts.push(chunk);
    spans.push([at, at + chunk.length]);
    at += chunk.length;
  });
  return { file: joined(...parts, headBytes(of)), bodies, spans };
}

/** Reads a file as the app does; a body is whole when it is the one that was written. */
async function read(file: Bytes, salt: Bytes, bodies: readonly Bytes[]) {
  const asked: number[] = [];
  const readAt = (at: number, length: number) => {
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at + length).toBeLessThanOrEqual(file.length);
    asked.push(length);
    return Promise.resolve(file.slice(at, at + length));
  };
  const found = new Set<number>();
  await eachChunk(readAt, file.length, salt, ({ number, sealed }) => {
    const body = bodies[number];
    const isWhole = body?.length === sealed.length && body.every((byte, i) => sealed[i] === byte);
    if (isWhole) found.add(number);
    return Promise.resolve(isWhole);
  });
  return { found: [...found].sort((a, b) => a - b), head: await readHead(readAt, file.length), asked };
}

const file = fc
  .tuple(head, fc.array(bytesOf(300), { minLength: 1, maxLength: 12 }))
  .map(([of, bodies]) => ({ of, ...built(of, bodies) }));

/** The chunks that lie wholly outside some places. */
const untouched = ({ spans }: Built, isTouched: (from: number, to: number) => boolean) =>
  spans.flatMap(([from, to], number) => (isTouched(from, to) ? [] : [number]));

describe('a container', () => {
  test('comes back as it was', () =>
    fc.assert(
      fc.asyncProperty(file, async ({ of, ...one }) => {
        const { found, head: again } = await read(one.file, of.salt, one.bodies);
        expect(found).toEqual(one.bodies.map((_, i) => i));
        expect(again).toEqual({ ok: true, value: of });
      }),
      { numRuns: RUNS }
    ));

  test('cut off anywhere, everything before the cut is read', () =>
    fc.assert(
      fc.asyncProperty(file, fc.double({ min: 0, max: 1, noNaN: true }), async ({ of, ...one }, part) => {
        const cut = Math.floor(one.file.length * part);
        const { found, head: again } = await read(one.file.slice(0, cut), of.salt, one.bodies);
        expect(found).toEqual(untouched(one, (_, to) => to > cut));
        if (cut >= HEAD_BYTES) expect(again.ok).toBe(true);
      }),
      { numRuns: RUNS }
    ));

  test('with its beginning or a piece of its middle gone, all that is left is read', () =>
    fc.assert(
      fc.asyncProperty(
        file,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        async ({ of, ...one }, part, gone) => {
          const from = Math.floor((one.file.length - 1) * part);
          const cut = joined(one.file.slice(0, from), one.file.slice(from + gone));
          const { found } = await read(cut, of.salt, one.bodies);
          // A gap can be closed by the same bytes from after it; more than is expected is no loss.
          expect(found).toEqual(expect.arrayContaining(untouched(one, (a, b) => a < from + gone && b > from)));
        }
      ),
      { numRuns: RUNS }
    ));

  test('damaged at random bytes, every chunk without one of them is read', () =>
    fc.assert(
      fc.asyncProperty(
        file,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 }),
        async ({ of, ...one }, damage) => {
          const damaged = one.file.slice();
          const places = damage.map(([at, by]) => {
            const place = at % damaged.length;
            damaged[place] = (damaged[place] ?? 0) ^ by;
            return place;
          });
          const { found, head: again } = await read(damaged, of.salt, one.bodies);
          const isTouched = (from: number, to: number) => places.some((place) => place >= from && place < to);
          expect(found).toEqual(expect.arrayContaining(untouched(one, isTouched)));
          const ends = [isTouched(0, HEAD_BYTES), isTouched(damaged.length - HEAD_BYTES, damaged.length)];
          if (ends.includes(false)) expect(again).toEqual({ ok: true, value: of });
        }
      ),
      { numRuns: RUNS }
    ));

  test('a length beyond the end of the file is not read for', async () => {
    const of: Head = { rounds: 600_000, salt: new Uint8Array(16).fill(7), check: new Uint8Array(16) };
    const body = new Uint8Array(50).fill(1);
    const beyond = [0xffffffff, 256 * 1024 * 1024, 1_000].map((length) =>
      chunkHead(boundOf(of.salt, 9, length), new Uint8Array(IV_BYTES))
    );
    const one = built(of, [body]);
    const { found, asked } = await read(joined(...beyond, one.file, ...beyond), of.salt, one.bodies);
    expect(found).toEqual([0]);
    expect(Math.max(...asked)).toBeLessThanOrEqual(256 * 1024);
  });

  test('anything else is none, and never crashes', () =>
    fc.assert(
      fc.asyncProperty(bytesOf(400), bytesOf(16, 16), async (bytes, salt) => {
        const { found, head: again } = await read(bytes, salt, []);
        expect(found).toEqual([]);
        expect(again).toEqual({ ok: false, error: { tag: 'otherFile' } });
      }),
      { numRuns: RUNS }
    ));

  test('one of a newer form says so; one whose heads are both damaged too', async () => {
    const whole = headBytes({ rounds: 600_000, salt: new Uint8Array(16), check: new Uint8Array(16) });
    const readOf = (bytes: Bytes) =>
      readHead((at, length) => Promise.resolve(bytes.slice(at, at + length)), bytes.length);
    const changed = (at: number, to: number, isSigned: boolean) => {
      const bytes = whole.slice();
      bytes[at] = to;
      if (isSigned) new DataView(bytes.buffer).setUint32(HEAD_BYTES - 4, crc32(bytes.subarray(0, HEAD_BYTES - 4)));
      return bytes;
    };
    const damaged = changed(30, 1, false);
    expect(await readOf(joined(damaged, damaged))).toEqual({ ok: false, error: { tag: 'damaged' } });
    expect(await readOf(joined(damaged, whole))).toMatchObject({ ok: true });
    expect(await readOf(whole.slice(0, 40))).toEqual({ ok: false, error: { tag: 'damaged' } });
    expect(await readOf(changed(16, 2, true))).toEqual({ ok: false, error: { tag: 'newer' } });
    // Rounds that would keep the phone busy for hours.
    expect(await readOf(changed(17, 0xff, true))).toEqual({ ok: false, error: { tag: 'damaged' } });
  });
});
