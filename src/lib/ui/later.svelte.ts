// A value that follows another one a frame later: what much of a screen hangs on, while what the person looks at comes first.
import { untrack } from 'svelte';
import { afterPaint } from './afterPaint.ts';

/** Follows a value that is read reactively; at the start it is that value. For use while a component is made. */
export function later<T>(read: () => T): { readonly current: T } {
  let current = $state.raw(untrack(read));
  $effect(() => {
    const next = read();
    return afterPaint(() => (current = next));
  });
  return {
    get current() {
      return current;
    }
  };
}
