// Live queries for components: the store is asked again whenever what was read has changed, in any tab or worker.
import { observe } from '#lib/storage/observe.ts';
import { awaitAnswer } from './firstScreen.ts';

/** The newest answer of a live query. */
export interface Live<T> {
  /** The last answer; `undefined` until the first one. */
  readonly current: T | undefined;
  /** The query failed (a dead database connection): the last answer still stands. */
  readonly failed: boolean;
}

/** Keeps a query's answer up to date while the component lives. Call it while the component is being set up. */
export function live<T>(query: () => Promise<T>): Live<T>;
/**
 * The same for a query with an argument.
 * @param query reads the store
 * @param argument reactive: the query starts anew when it gives another value
 */
export function live<T, A>(query: (argument: A) => Promise<T>, argument: () => A): Live<T>;
export function live<T, A>(query: (argument: A | undefined) => Promise<T>, argument?: () => A): Live<T> {
  let current = $state.raw<T>();
  let failed = $state(false);
  $effect(() => {
    const value = argument?.();
    // The query itself runs later, where Svelte does not look and Dexie does.
    const answered = awaitAnswer();
    const subscription = observe(() => query(value)).subscribe({
      next: (answer) => {
        current = answer;
        failed = false;
        answered();
      },
      error: () => {
        failed = true;
        answered();
      }
    });
    return () => {
      subscription.unsubscribe();
      answered();
    };
  });
  return {
    get current() {
      return current;
    },
    get failed() {
      return failed;
    }
  };
}
