// Live queries for components: the store is asked again whenever what was read has changed, in any tab or worker.
import { observe } from '#lib/storage/observe.ts';
import { awaitAnswer } from './firstScreen.ts';

/** The newest answer of a live query. */
export interface Live<T> {
  /** The last answer; `undefined` until the first one. */
  readonly current: T | undefined;
}

/** So long after a reading that failed the store is asked again, milliseconds. */
const AGAIN_MS = 3_000;

let failing = $state(0);

/** Whether something on the screen cannot be read from the store now (a dead connection, a damaged file): reactive. */
export const isUnreadable = (): boolean => failing > 0;

/**
 * Keeps a query's answer up to date while the component lives; where it fails the last answer stands, and it is asked again.
 * Call it while the component is being set up.
 */
export function live<T>(query: () => Promise<T>): Live<T>;
/**
 * The same for a query with an argument.
 * @param query reads the store
 * @param argument reactive: the query starts anew when it gives another value
 */
export function live<T, A>(query: (argument: A) => Promise<T>, argument: () => A): Live<T>;
export function live<T, A>(query: (argument: A | undefined) => Promise<T>, argument?: () => A): Live<T> {
  let current = $state.raw<T>();
  $effect(() => {
    const value = argument?.();
    // The query itself runs later, where Svelte does not look and Dexie does.
    const answered = awaitAnswer();
    let hasFailed = false;
    const note = (isFailing: boolean): void => {
      if (isFailing !== hasFailed) failing += isFailing ? 1 : -1;
      hasFailed = isFailing;
    };
    let stop = (): void => undefined;
    const ask = (): void => {
      const subscription = observe(() => query(value)).subscribe({
        next: (answer) => {
          current = answer;
          note(false);
          answered();
        },
        error: () => {
          note(true);
          answered();
          stop();
          const timer = setTimeout(ask, AGAIN_MS);
          stop = () => {
            clearTimeout(timer);
          };
        }
      });
      stop = () => {
        subscription.unsubscribe();
      };
    };
    ask();
    return () => {
      stop();
      note(false);
      answered();
    };
  });
  return {
    get current() {
      return current;
    }
  };
}
