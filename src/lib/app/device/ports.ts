// The clock, chance and identity of this device, for the stamps of saves and merges.
import type { StorePorts } from '#lib/storage/stamp.ts';

export const devicePorts = (account: string, device: string): StorePorts => ({
  account,
  device,
  now: () => new Date(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
});
