// The stamps of a save: who, when, on which device, and an id that no other edit has.
import { excessSkew } from '#lib/domain/clock.ts';
import type { Stamp } from '#lib/domain/document/document.ts';
import { hexOf } from '#lib/domain/text/hex.ts';

/** Clock, chance and identity, handed in so that a test can turn them by hand. */
export interface StorePorts {
  /** The CouchDB user name. */
  readonly account: string;
  /** Id of this device. */
  readonly device: string;
  now(): Date;
  /** That many bytes of chance. */
  random(bytes: number): Uint8Array;
  /** Server clock minus this device's, milliseconds; null, or nobody to ask: not known. */
  skewMs?: () => number | null;
  /** Told of each save once it is on the disk, and before whoever asked for it. */
  saved?: () => void;
}

export function stampOf({ account, device, now, random, skewMs }: StorePorts): Stamp {
  const updatedAt = now().toISOString();
  const ms = excessSkew(skewMs?.() ?? null);
  return {
    updatedAt,
    updatedBy: account,
    device,
    editId: hexOf(random(12)),
    ...(ms === null ? {} : { skew: { at: updatedAt, ms: Math.round(ms) } })
  };
}
