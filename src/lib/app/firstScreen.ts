// Keeps the start for the first screen: what nobody looks at yet waits until that one has been drawn.

/** By then a cheap phone has drawn its first screen, milliseconds since the navigation began. */
const DRAWN_MS = 3_000;

/**
 * Calls back after the first screen of this page: at once (in a later task) when that is long past.
 * @returns the way to call it off
 */
export function afterFirstScreen(call: () => void): () => void {
  const timer = setTimeout(call, Math.max(0, DRAWN_MS - performance.now()));
  return () => {
    clearTimeout(timer);
  };
}
