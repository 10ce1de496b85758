// Scrolls a screen whose lists are still being read from the store back to where it was.

/** A screen that has not grown tall enough by then has changed. */
const PATIENCE_MS = 2_000;

/** Scrolls as soon as the page is tall enough, and gives up when the person scrolls or types first. */
export function scrollBackTo(y: number): void {
  if (y <= 0) return;
  const stop = new AbortController();
  const observer = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight < y + window.innerHeight) return;
    window.scrollTo({ top: y, behavior: 'instant' });
    stop.abort();
  });
  stop.signal.addEventListener('abort', () => {
    observer.disconnect();
  });
  for (const event of ['pointerdown', 'wheel', 'keydown']) {
    addEventListener(event, () => stop.abort(), { signal: stop.signal });
  }
  setTimeout(() => stop.abort(), PATIENCE_MS);
  observer.observe(document.body);
}
