// Lets the device's Back close what lies over the page instead of leaving it.

const KEY = 'sotay:overlay';

/** Overlays that are open now. The history is one per tab, so what lies on it is known once per tab, too. */
const open = new Set<string>();
let count = 0;

/** How long after closing the entry is taken off: long enough for a navigation that the same tap has started. */
const SETTLE_MS = 250;

/**
 * Puts an entry on the history that Back takes off. The address stays, and so does SvelteKit's own mark in the state,
 * so that its router sees no navigation.
 * @param onback called when Back was pressed
 * @returns to be called when the overlay was closed in another way; takes the entry off
 */
export function backToClose(onback: () => void): () => void {
  if (count === 0) addEventListener('popstate', skipDeadEntry);
  const token = `${String(performance.timeOrigin)}-${String(++count)}`;
  open.add(token);
  history.pushState({ ...stateOf(history), [KEY]: token }, '');

  const popped = (): void => {
    if (!open.has(token) || tokenOf(history) === token || isAbove(tokenOf(history), token)) return;
    release();
    onback();
  };
  const release = (): void => {
    open.delete(token);
    removeEventListener('popstate', popped);
  };
  addEventListener('popstate', popped);

  return () => {
    if (!open.has(token)) return;
    release();
    // Not at once: history.back() runs later than a navigation begun by the same tap and would undo that one.
    setTimeout(() => {
      if (tokenOf(history) === token) history.back();
    }, SETTLE_MS);
  };
}

/**
 * An entry may outlive its overlay (a link in a sheet was followed): it shows the same page as the one below, so a
 * Back that lands on it would seem dead.
 */
function skipDeadEntry(): void {
  const token = tokenOf(history);
  if (token !== undefined && !open.has(token)) history.back();
}

/** Whether the entry now on top belongs to an overlay opened later, over this one. */
const isAbove = (top: string | undefined, token: string): boolean =>
  top !== undefined && open.has(top) && [...open].indexOf(top) > [...open].indexOf(token);

function stateOf({ state }: History): object {
  const value: unknown = state;
  return typeof value === 'object' && value !== null ? value : {};
}

function tokenOf(of: History): string | undefined {
  const state = stateOf(of);
  const token: unknown = KEY in state ? state[KEY] : undefined;
  return typeof token === 'string' ? token : undefined;
}
