// The clock, chance and identity of this device, for the stamps of saves and merges.
import type { StorePorts } from '#lib/storage/stamp.ts';

/** @param skewMs how far the clock is off, as the sync worker has seen it last; not needed where nothing is stamped */
export const devicePorts = (account: string, device: string, skewMs: () => number | null = () => null): StorePorts => ({
  account,
  skewMs,
  device,
  now: () => new Date(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
});
