// A signature comes back from its text as it was, stays within its size, and nothing else is taken for one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LONGEST_SIGNATURE,
  PAD,
  type Point,
  type Signature,
  type Stroke,
  fits,
  signatureToText,
  simplified,
  strokeToPath,
  textToSignature
} from '#lib/domain/signature/signature.ts';
import { RUNS } from '../../support/arbitrary-answers.ts';

const arbitraryPoint = fc.tuple(fc.nat(PAD.width), fc.nat(PAD.height));
const arbitraryStroke: fc.Arbitrary<Stroke> = fc.array(arbitraryPoint, { minLength: 1, maxLength: 40 });
const arbitraryDrawn: fc.Arbitrary<Signature> = fc
  .array(arbitraryStroke, { minLength: 1, maxLength: 12 })
  .map((strokes) => ({ tag: 'drawn', strokes }));

it('writes strokes as steps', () => {
  expect(
    signatureToText({
      tag: 'drawn',
      strokes: [
        [
          [120, 80],
          [123, 76],
          [125, 70]
        ],
        [[300, 90]]
      ]
    })
  ).toBe('drawn 1000x400 120 80 3 -4 2 -6;300 90');
});

it('reads back what was drawn', () => {
  fc.assert(
    fc.property(arbitraryDrawn, (drawn) => {
      expect(textToSignature(signatureToText(drawn))).toEqual(drawn);
    }),
    { numRuns: RUNS }
  );
});

it('reads back names and refusals', () => {
  for (const signature of [
    { tag: 'typed', name: 'Nguyễn Văn Mẫu' },
    { tag: 'typed', name: 'drawn' },
    { tag: 'declined', reason: '' },
    { tag: 'declined', reason: 'Không có thẩm quyền ký' }
  ] satisfies Signature[]) {
    expect(textToSignature(signatureToText(signature))).toEqual(signature);
  }
});

it('nothing drawn and nothing typed is no signature', () => {
  expect(signatureToText({ tag: 'drawn', strokes: [] })).toBe('');
  expect(signatureToText({ tag: 'drawn', strokes: [[]] })).toBe('');
  expect(signatureToText({ tag: 'typed', name: '  ' })).toBe('');
});

it.each([
  '',
  'Nguyễn Văn Mẫu',
  'typed ',
  'drawn 1000x400 ',
  'drawn 500x400 1 2',
  'drawn 1000x400 1',
  'drawn 1000x400 1 2 3',
  'drawn 1000x400 1 2;',
  'drawn 1000x400 1 x',
  'drawn 1000x400 1001 2',
  'drawn 1000x400 1 2 -2 0',
  'drawn 1000x400 1.5 2',
  `drawn 1000x400 ${'1 2;'.repeat(6000)}1 2`,
  'declinedness'
])('“%s” is no signature', (text) => {
  expect(textToSignature(text)).toBeNull();
});

describe('a stroke as it is kept', () => {
  it('has whole units within the pad, and begins and ends where the pen did', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -50, max: 1100, noNaN: true }), fc.double({ min: -50, max: 500, noNaN: true })),
          { minLength: 1, maxLength: 200 }
        ),
        (raw) => {
          const kept = simplified(raw);
          const inside = ([x, y]: Point = [0, 0]): Point => [
            Math.min(PAD.width, Math.max(0, Math.round(x))),
            Math.min(PAD.height, Math.max(0, Math.round(y)))
          ];
          expect(kept.length).toBeGreaterThan(0);
          expect(kept.length).toBeLessThanOrEqual(raw.length);
          expect(kept[0]).toEqual(inside(raw[0]));
          if (kept.length > 1) expect(kept.at(-1)).toEqual(inside(raw.at(-1)));
          expect(kept.every(([x, y]) => Number.isInteger(x) && Number.isInteger(y))).toBe(true);
          const drawn: Signature = { tag: 'drawn', strokes: [kept] };
          expect(textToSignature(signatureToText(drawn))).toEqual(drawn);
        }
      ),
      { numRuns: RUNS }
    );
  });

  it('a straight line of many points is kept as two', () => {
    expect(simplified(Array.from({ length: 100 }, (_, i): Point => [i * 5, i * 2]))).toEqual([
      [0, 0],
      [495, 198]
    ]);
  });

  it('a curve keeps its shape', () => {
    const circle = Array.from({ length: 200 }, (_, i): Point => [
      500 + 150 * Math.cos((i / 199) * 2 * Math.PI),
      200 + 150 * Math.sin((i / 199) * 2 * Math.PI)
    ]);
    const kept = simplified(circle);
    expect(kept.length).toBeLessThan(80);
    for (const [x, y] of kept) expect(Math.abs(Math.hypot(x - 500, y - 200) - 150)).toBeLessThan(1);
  });

  it('a tap is a dot', () => {
    expect(
      strokeToPath(
        simplified([
          [3.2, 4.4],
          [3.1, 4.3]
        ])
      )
    ).toBe('M3 4h0');
    expect(
      strokeToPath([
        [1, 2],
        [3, 4]
      ])
    ).toBe('M1 2L3 4');
  });

  it('a pad scribbled full does not fit, and is told before it is kept', () => {
    const stroke = Array.from({ length: 500 }, (_, i): Point => [(i * 37) % 1000, (i * 91) % 400]);
    expect(fits([stroke])).toBe(true);
    const full = Array.from({ length: 12 }, () => stroke);
    expect(fits(full)).toBe(false);
    expect(signatureToText({ tag: 'drawn', strokes: full }).length).toBeGreaterThan(LONGEST_SIGNATURE);
  });
});
