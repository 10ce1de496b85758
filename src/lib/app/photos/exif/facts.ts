// The two facts that a picture's EXIF is kept for: when and where it was taken.
import type { PhotoPlace } from '../outcome.ts';

/** An instant with the wall clock that it was read from. */
export interface Taken {
  /** Milliseconds since 1970, UTC; whole seconds. */
  readonly at: number;
  /** What the camera's clock was ahead of UTC. */
  readonly offsetMinutes: number;
}

export interface Facts {
  readonly taken: Taken | null;
  readonly place: PhotoPlace | null;
}

export const NO_FACTS: Facts = { taken: null, place: null };
