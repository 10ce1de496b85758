// Lets the device's Back close what lies over the page instead of leaving it.

const KEY = 'sotay:overlay';

/** Overlays that are open now and how Back closes them, the lowest first. The history is one per tab, and so is this. */
const open = new Map<string, () => void>();
/**
 * Those of them that have no entry yet: they were opened in the place of one whose `history.back()` has not landed,
 * which would take off their entry instead.
 */
const unentered = new Set<string>();
let count = 0;
/** `history.back()` was called and has not landed yet. */
let isGoingBack = false;
let waiting: (() => void)[] = [];

/**
 * Puts an entry on the history that Back takes off. The address stays, and so does SvelteKit's own mark in the state,
 * so that its router sees no navigation.
 * @param onback called when Back was pressed
 * @returns to be called when the overlay was closed in another way; takes the entry off
 */
export function backToClose(onback: () => void): () => void {
  if (count === 0) addEventListener('popstate', land);
  const token = `${String(performance.timeOrigin)}-${String(++count)}`;
  open.set(token, onback);
  if (isGoingBack) unentered.add(token);
  else enter(token);
  return () => {
    if (!open.delete(token)) return;
    if (!unentered.delete(token) && tokenOf(history) === token) goBack();
    else settle();
  };
}

/** Closes whatever lies over the page, as Back would. */
export function closeOverlays(): void {
  for (const onback of [...open.values()].reverse()) onback();
}

/**
 * Waits until nothing lies over the page and its entries are off the history. `history.back()` lands some time after
 * it was called: what else is done to the history before that is undone by it, so it has to wait for this.
 */
export async function historyAtRest(): Promise<void> {
  if (open.size === 0 && !isGoingBack) return;
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Whether a `history.back()` is under way, which would undo a navigation that began now. */
export const isOnTheWayBack = (): boolean => isGoingBack;

function enter(token: string): void {
  history.pushState({ ...stateOf(history), [KEY]: token }, '');
}

function goBack(): void {
  if (isGoingBack) return;
  isGoingBack = true;
  history.back();
}

function land(): void {
  isGoingBack = false;
  const top = tokenOf(history);
  // An entry outlives its overlay when a link in it was followed, and so does the lower of two closed together. It
  // shows the same page as the one below, so a Back that lands on it would seem dead.
  if (top !== undefined && !open.has(top)) goBack();
  for (const [token, onback] of [...open].reverse()) {
    if (unentered.has(token)) continue;
    if (token === top) break;
    open.delete(token);
    onback();
  }
  if (!isGoingBack) {
    for (const token of unentered) enter(token);
    unentered.clear();
  }
  settle();
}

function settle(): void {
  if (open.size > 0 || isGoingBack) return;
  for (const resolve of waiting) resolve();
  waiting = [];
}

function stateOf({ state }: History): object {
  const value: unknown = state;
  return typeof value === 'object' && value !== null ? value : {};
}

function tokenOf(of: History): string | undefined {
  const state = stateOf(of);
  const token: unknown = KEY in state ? state[KEY] : undefined;
  return typeof token === 'string' ? token : undefined;
}
