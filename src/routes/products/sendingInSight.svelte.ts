// The sending states of the rows of a long list that are in sight, asked for as it is scrolled.
import { live } from '#lib/app/live.svelte.ts';
import type { Sending } from '#lib/domain/sending.ts';
import type { ListPosition } from '#lib/ui/rowHeights.ts';

/** Rows whose states are asked for together: those in sight and some around. */
const WINDOW = 60;

export interface SendingInSight {
  /** The state of a row; undefined until it has been read. */
  of(id: string): Sending | undefined;
  /** The first row in view is another one. */
  scrolledTo(index: number): void;
}

/**
 * Keeps the states of the rows in sight up to date. Call it while the list is being set up.
 * @param read asks the store for the states of some dozens of rows
 * @param rows reactive: all rows of the list, in order
 * @param position where the list opens
 */
export function sendingInSight(
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Sending>>,
  rows: () => readonly { readonly id: string }[],
  position: ListPosition | undefined
): SendingInSight {
  const startOf = (index: number): number => Math.max(0, index - WINDOW / 3);
  let first = $state.raw(startOf(position?.index ?? 0));
  const inSight = $derived(
    rows()
      .slice(first, first + WINDOW)
      .map(({ id }) => id)
  );
  const asked = live(
    (ids) => read(ids ?? []),
    () => inSight
  );
  /** What is known stays while the rows around it change. */
  let known = $state.raw<ReadonlyMap<string, Sending>>(new Map());
  $effect.pre(() => {
    if (asked.current !== undefined) known = asked.current;
  });
  return {
    of: (id) => known.get(id),
    scrolledTo: (index) => (first = startOf(index))
  };
}
