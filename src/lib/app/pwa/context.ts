// Hands updates and installation down to the screens that offer them.
import { getContext, setContext } from 'svelte';
import type { Install } from './install.svelte.ts';
import type { Updates } from './updates.svelte.ts';

interface Pwa {
  readonly install: Install;
  readonly updates: Updates;
}

const KEY = Symbol('pwa');

/** Makes updates and installation available to the components below. */
export const providePwa = (pwa: Pwa): Pwa => setContext(KEY, pwa);

/** Updates and installation of the app. */
export const usePwa = (): Pwa => getContext<Pwa>(KEY);
