// How far and in which direction one place lies from another, and which are nearest.
import type { Fix } from './fix.ts';

type Point = Pick<Fix, 'lat' | 'lon'>;

/** Mean radius of the earth, metres (IUGG). */
const EARTH_M = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The way over the ground, metres, on a sphere (haversine): within 0.5 % of the ellipsoid. */
export function distanceM(from: Point, to: Point): number {
  const [lat1, lat2] = [radians(from.lat), radians(to.lat)];
  const half = (a: number, b: number): number => Math.sin((b - a) / 2) ** 2;
  const chord = half(lat1, lat2) + Math.cos(lat1) * Math.cos(lat2) * half(radians(from.lon), radians(to.lon));
  return 2 * EARTH_M * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** The direction in which one sets out, degrees clockwise from north, at least 0 and below 360. */
export function bearingDeg(from: Point, to: Point): number {
  const [lat1, lat2] = [radians(from.lat), radians(to.lat)];
  const east = radians(to.lon - from.lon);
  const y = Math.sin(east) * Math.cos(lat2);
  const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(east);
  const degrees = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
  return degrees === 360 ? 0 : degrees;
}

/** Clockwise from north, an eighth of the circle each. */
export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The nearest of the eight directions. @param degrees clockwise from north, any number */
export function directionOf(degrees: number): Direction {
  const eighth = Math.round((((degrees % 360) + 360) % 360) / 45) % 8;
  return DIRECTIONS[eighth] ?? 'n';
}

/** The things with the nearest first; those without a place come last, in the order in which they came. */
export function nearestFirst<T>(
  things: readonly T[],
  from: Point,
  placeOf: (thing: T) => Point | null
): readonly { readonly thing: T; readonly distanceM: number | null }[] {
  return things
    .map((thing) => {
      const place = placeOf(thing);
      return { thing, distanceM: place === null ? null : distanceM(from, place) };
    })
    .sort((a, b) => (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity) || 0);
}
