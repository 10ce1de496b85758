// A signature: drawn as strokes, or a typed name, or why there is none; kept as one short text.

/** In units of the pad: 1000 wide, 400 high, from the top left corner. */
export type Point = readonly [x: number, y: number];
/** One touch of the pen from down to up; a dot has one point. */
export type Stroke = readonly Point[];

export type Signature =
  | { readonly tag: 'drawn'; readonly strokes: readonly Stroke[] }
  /** The name that a person typed as signed. */
  | { readonly tag: 'typed'; readonly name: string }
  /** Who was met does not sign; `reason` may be ''. */
  | { readonly tag: 'declined'; readonly reason: string };

export const PAD = { width: 1000, height: 400 } as const;

/** The most characters of the text: more than a page full of scribble, and little beside a photo. */
export const LONGEST_SIGNATURE = 20_000;
/** The longest name or reason, in UTF-16 units. */
export const LONGEST_WORDS = 500;

const PREFIX = { drawn: `drawn ${String(PAD.width)}x${String(PAD.height)} `, typed: 'typed ', declined: 'declined' };

/**
 * The signature as a document keeps it; '' where nothing was drawn or typed.
 *
 * | signature | text                                                                                   |
 * |-----------|----------------------------------------------------------------------------------------|
 * | drawn     | `drawn 1000x400 120 80 3 -4 2 -6;300 90`: strokes apart by `;`, of each the first point as |
 * |           | it is and the others as steps from the one before, x and y in turn                      |
 * | typed     | `typed Nguyễn Văn Mẫu`                                                                 |
 * | declined  | `declined`, with a reason `declined Không có thẩm quyền ký`                            |
 */
export function signatureToText(signature: Signature): string {
  switch (signature.tag) {
    case 'drawn': {
      const strokes = signature.strokes.filter((stroke) => stroke.length > 0);
      return strokes.length === 0 ? '' : PREFIX.drawn + strokes.map(strokeToText).join(';');
    }
    case 'typed': {
      const name = words(signature.name);
      return name === '' ? '' : PREFIX.typed + name;
    }
    case 'declined':
      return `${PREFIX.declined} ${words(signature.reason)}`.trim();
  }
}

/** Reads such a text; null where it is none, or too long. */
export function textToSignature(text: string): Signature | null {
  if (text.length > LONGEST_SIGNATURE) return null;
  if (text.startsWith(PREFIX.drawn)) {
    const strokes = text.slice(PREFIX.drawn.length).split(';').map(textToStroke);
    const whole = strokes.flatMap((stroke) => (stroke === null ? [] : [stroke]));
    return whole.length === strokes.length ? { tag: 'drawn', strokes: whole } : null;
  }
  if (text.startsWith(PREFIX.typed)) {
    const name = words(text.slice(PREFIX.typed.length));
    return name === '' ? null : { tag: 'typed', name };
  }
  if (text === PREFIX.declined) return { tag: 'declined', reason: '' };
  if (text.startsWith(`${PREFIX.declined} `)) {
    return { tag: 'declined', reason: words(text.slice(PREFIX.declined.length)) };
  }
  return null;
}

/** A stroke with a finger's jitter taken out: no point moves further than this from the line. Pad units. */
const TOLERANCE = 1.5;

/** The stroke in whole units within the pad, without points that a line between their neighbours shows as well. */
export function simplified(stroke: Stroke): Stroke {
  const whole = stroke.map(([x, y]): Point => [within(x, PAD.width), within(y, PAD.height)]);
  return thinned(
    whole.filter(([x, y], index) => index === 0 || x !== whole[index - 1]?.[0] || y !== whole[index - 1]?.[1])
  );
}

/** Whether a further stroke still fits into what a document keeps. */
export const fits = (strokes: readonly Stroke[]): boolean =>
  signatureToText({ tag: 'drawn', strokes }).length <= LONGEST_SIGNATURE;

/** A stroke as the data of an SVG path. */
export const strokeToPath = (stroke: Stroke): string =>
  stroke.length === 1
    ? // A dot is a line of no length: round caps draw it.
      `M${stroke.flat().join(' ')}h0`
    : stroke.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${String(x)} ${String(y)}`).join('');

/** Ramer, Douglas and Peucker, with a list of pieces instead of a recursion: a stroke may have thousands of points. */
function thinned(points: Stroke): Stroke {
  if (points.length <= 2) return points;
  const kept = new Set([0, points.length - 1]);
  const pieces: [number, number][] = [[0, points.length - 1]];
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [from, to] = piece;
    let [furthest, distance] = [from, TOLERANCE];
    for (let index = from + 1; index < to; index++) {
      const off = distanceToLine(points[index], points[from], points[to]);
      if (off > distance) [furthest, distance] = [index, off];
    }
    if (furthest === from) continue;
    kept.add(furthest);
    pieces.push([from, furthest], [furthest, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

function distanceToLine([x, y]: Point = [0, 0], [ax, ay]: Point = [0, 0], [bx, by]: Point = [0, 0]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length ** 2));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));

const words = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, LONGEST_WORDS).trim();

const strokeToText = (stroke: Stroke): string =>
  stroke
    .flatMap(([x, y], index) => {
      const [px, py] = stroke[index - 1] ?? [0, 0];
      return [x - px, y - py];
    })
    .join(' ');

function textToStroke(text: string): Stroke | null {
  const numbers = text.split(' ').map((part) => (/^-?\d{1,4}$/.test(part) ? Number(part) : NaN));
  if (numbers.length < 2 || numbers.length % 2 === 1 || numbers.some(Number.isNaN)) return null;
  let [x, y] = [0, 0];
  const stroke: Point[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    x += numbers[index] ?? 0;
    y += numbers[index + 1] ?? 0;
    if (x < 0 || y < 0 || x > PAD.width || y > PAD.height) return null;
    stroke.push([x, y]);
  }
  return stroke;
}
