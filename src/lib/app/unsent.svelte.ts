// How many records and photos of the open account wait to be sent: one live count for all badges.
import { getContext, setContext } from 'svelte';
import { unsentCount } from '#lib/storage/outbox.ts';
import type { Store } from '#lib/storage/store.ts';
import { type Live, live } from './live.svelte.ts';

const KEY = Symbol('unsent');

/** Starts the count; called once, where the session is provided. */
export const provideUnsent = (store: Store): Live<number> =>
  setContext(
    KEY,
    live(() => unsentCount(store))
  );

/** The count, refused and conflicting records included; `current` is undefined until it is known. */
export const useUnsent = (): Live<number> => getContext<Live<number>>(KEY);
