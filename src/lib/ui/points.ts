// The numbers behind a bar of points: what is got, what is still open, what is lost.

/** One part of a criteria set; `max` is also its width beside the others (40 : 25 : 35). */
export interface PartPoints {
  readonly code: string;
  readonly max: number;
  /** Points of the options chosen. */
  readonly got: number;
  /** Points that criteria not looked at could still give. */
  readonly unseen: number;
}

/** Widths in percent of `max` for the three pieces of a bar; together 100. */
export function barShares(max: number, got: number, unseen: number): { got: number; unseen: number; lost: number } {
  if (max <= 0) return { got: 0, unseen: 0, lost: 100 };
  const gotShare = clamp((got / max) * 100, 100);
  const unseenShare = clamp((unseen / max) * 100, 100 - gotShare);
  return { got: gotShare, unseen: unseenShare, lost: 100 - gotShare - unseenShare };
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
