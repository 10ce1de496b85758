// Runs a query again whenever what it read has changed, and tells each answer, also while one change chases the next.
import { liveQuery } from 'dexie';

export interface Observer<T> {
  next(answer: T): void;
  error?(thrown: unknown): void;
}

/** A query that has been begun to be watched by whoever subscribes. */
export interface Observed<T> {
  subscribe(observer: Observer<T>): { unsubscribe(): void };
}

/** After an answer a query rests so many times as long as it took: it never has more than a fifth of the phone's time … */
const RESTS = 4;
/** … and what it tells is never older than this and one more reading, milliseconds. */
const MOST_REST_MS = 1_000;

/**
 * Watches a query, in any tab or worker.
 *
 * Dexie throws an answer away when something has changed while it was being read, and begins anew. During a long pull
 * something changes ten times a second, each time before the answer is there: the screen would stay empty to its end.
 * So an overtaken answer is told as well; a newer one follows it. And as each page of that pull would have the whole
 * screen read anew, which nobody can follow and each save waits for, a query that has answered rests: see `RESTS`.
 */
export function observe<T>(query: () => Promise<T>): Observed<T> {
  return {
    subscribe(observer) {
      let begun = 0;
      let told = 0;
      let isOver = false;
      let restsUntil = 0;
      const tell = (no: number, answer: T) => {
        if (isOver || no <= told) return;
        told = no;
        observer.next(answer);
      };
      // Async, and known as such to Dexie: else it loses track after the first wait for anything but its own promises, and
      // what is read later wakes nobody.
      const subscription = liveQuery(async () => {
        const no = ++begun;
        const rest = restsUntil - performance.now();
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
        // Who has begun meanwhile rests until the same instant, and reads for this one too.
        if (isOver || no !== begun) return null;
        const startedAt = performance.now();
        const answer = await query();
        const took = performance.now() - startedAt;
        restsUntil = performance.now() + Math.min(MOST_REST_MS, RESTS * took);
        // Outside of the query's own zone: what the observer reads is not what the query depends on.
        if (no !== begun) setTimeout(() => tell(no, answer));
        return { no, answer };
      }).subscribe({
        next: (answered) => {
          if (answered !== null) tell(answered.no, answered.answer);
        },
        error: (thrown: unknown) => observer.error?.(thrown)
      });
      return {
        unsubscribe: () => {
          isOver = true;
          subscription.unsubscribe();
        }
      };
    }
  };
}
