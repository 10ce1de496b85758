// A value that follows another one a frame later: what much of a screen hangs on, while what the person looks at comes first.
import { untrack } from 'svelte';
import { afterPaint } from './afterPaint.ts';

/**
 * Follows a value that is read reactively. For use while a component is made.
 * @param first what it is until the first frame is drawn; without it, that value
 */
export function later<T>(read: () => T, first: T = untrack(read)): { readonly current: T } {
  let current = $state.raw(first);
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
