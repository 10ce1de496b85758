// A sync that rests: for screens and editors that are tried without a worker.
import type { Sync } from '#lib/app/context.ts';
import { INITIAL_VIEW } from '#lib/app/sync/view.ts';

const nothing = (): void => undefined;

/** @param over what of it the test is about */
export const idleSync = (over: Partial<Sync> = {}): Sync => ({
  view: INITIAL_VIEW,
  now: nothing,
  attend: nothing,
  halt: nothing,
  sendPhotos: nothing,
  heedPhotoWish: nothing,
  ...over
});
