// What people are called: one live directory for all screens.
import { getContext, setContext } from 'svelte';
import { displayNames } from '#lib/storage/people.ts';
import type { Session } from './context.ts';
import { live } from './live.svelte.ts';

const KEY = Symbol('people');

export interface People {
  /** The name of an account's person; the account itself while nobody has told it. Reactive. */
  nameOf(account: string): string;
}

/** Starts the directory; called once, where the session is provided. */
export function providePeople({ account: own, store }: Session): People {
  const names = live(() => displayNames(store));
  return setContext(KEY, {
    nameOf: (account) => (account === own.name ? own.displayName : (names.current?.get(account) ?? account))
  });
}

/** The directory; only called below the layout that provides it. */
export const usePeople = (): People => getContext<People>(KEY);
