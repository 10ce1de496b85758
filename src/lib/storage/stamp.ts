// The stamps of a save: who, when, on which device, and an id that no other edit has.
import type { Stamp } from '#lib/domain/document/document.ts';

/** Clock, chance and identity, handed in so that a test can turn them by hand. */
export interface StorePorts {
  /** The CouchDB user name. */
  readonly account: string;
  /** Id of this device. */
  readonly device: string;
  now(): Date;
  /** That many bytes of chance. */
  random(bytes: number): Uint8Array;
}

export const stampOf = ({ account, device, now, random }: StorePorts): Stamp => ({
  updatedAt: now().toISOString(),
  updatedBy: account,
  device,
  editId: Array.from(random(12), (byte) => byte.toString(16).padStart(2, '0')).join('')
});
