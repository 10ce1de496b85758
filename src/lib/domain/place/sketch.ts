// A sketch of places around a middle: where each dot and its number lie on the paper, north up, and which rings there are.

/** Of a dot: how far from the middle, metres, and in which direction, degrees clockwise from north. */
export interface Seen {
  readonly distanceM: number;
  readonly bearingDeg: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A dot on the paper, and where its number stands. */
export interface Mark extends Spot {
  readonly number: Spot;
}

/** In units of the paper, from its middle: x to the east, y to the south. */
export interface Sketch {
  /** In the order of the places. */
  readonly marks: readonly Mark[];
}

/** Half the side of the paper, and the radius of the outer ring, which leaves room for numbers and the north mark. */
export const HALF = 170;
export const RING = 140;

/** Half the size of a number's box, and how far from its dot it stands. */
const BOX = { x: 13, y: 11 };
const AWAY = [19, 30];

/** A ring no smaller than this: a fix is no better. Metres. */
const SMALLEST_RING_M = 50;

/** The smallest round ring (1, 2 or 5 with noughts) that holds as many of these as are asked for, or all. Metres. */
export function ringAround(distancesM: readonly number[], count: number): number {
  const nearest = distancesM.toSorted((a, b) => a - b).slice(0, count);
  return roundUp(Math.max(SMALLEST_RING_M, ...nearest));
}

/** The next wider round ring, metres. */
export const widerRing = (ringM: number): number => roundUp(ringM * 1.5);

/** The next narrower one; the smallest stays. Metres. */
export const narrowerRing = (ringM: number): number => Math.max(SMALLEST_RING_M, roundUp(ringM / 2.5));

/** Draws the places in a ring of this many metres; all of them have to lie within it. */
export function sketchOf(places: readonly Seen[], ringM: number): Sketch {
  const dots = places.map(({ distanceM, bearingDeg }): Spot => {
    const [radius, angle] = [(distanceM / ringM) * RING, (bearingDeg * Math.PI) / 180];
    return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
  });
  const numbers: Spot[] = [];
  for (const dot of dots) {
    const free = around(dot).find(
      (spot) =>
        Math.abs(spot.x) <= HALF - BOX.x &&
        Math.abs(spot.y) <= HALF - BOX.y &&
        numbers.every((other) => !overlap(spot, other, 2)) &&
        [...dots, MIDDLE].every((other) => !overlap(spot, other, 1.4))
    );
    numbers.push(free ?? around(dot)[0] ?? dot);
  }
  return { marks: dots.map((dot, index) => ({ ...dot, number: numbers[index] ?? dot })) };
}

const MIDDLE: Spot = { x: 0, y: 0 };

/** Where a number may stand: to the right first, where one reads on. */
const around = ({ x, y }: Spot): Spot[] =>
  AWAY.flatMap((away) =>
    [0, 180, 90, 270, 45, 315, 135, 225].map((degrees) => ({
      x: x + away * Math.cos((degrees * Math.PI) / 180),
      y: y + away * Math.sin((degrees * Math.PI) / 180)
    }))
  );

const overlap = (a: Spot, b: Spot, boxes: number): boolean =>
  Math.abs(a.x - b.x) < BOX.x * boxes && Math.abs(a.y - b.y) < BOX.y * boxes;

function roundUp(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([1, 2, 5].find((step) => step * power >= metres) ?? 10) * power;
}
