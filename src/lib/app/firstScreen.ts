// Keeps the start for the first screen: what nobody looks at yet waits until that one has been drawn.

/** By then most phones have drawn their first screen, milliseconds since the navigation began. */
const DRAWN_MS = 3_000;
/** No longer is waited for a screen whose answers do not come, milliseconds since the navigation began. */
const LATEST_MS = 10_000;
const LOOK_AGAIN_MS = 100;

let awaited = 0;

/** A screen has asked for what it will show. @returns to be called when it has its answer, or wants it no more */
export function awaitAnswer(): () => void {
  let isAwaited = true;
  awaited++;
  return () => {
    if (isAwaited) awaited--;
    isAwaited = false;
  };
}

/**
 * Calls back after the first screen of this page: at once (in a later task) when that is long past.
 * @returns the way to call it off
 */
export function afterFirstScreen(call: () => void): () => void {
  const look = (): void => {
    if (awaited > 0 && performance.now() < LATEST_MS) timer = setTimeout(look, LOOK_AGAIN_MS);
    else call();
  };
  let timer = setTimeout(look, Math.max(0, DRAWN_MS - performance.now()));
  return () => {
    clearTimeout(timer);
  };
}
