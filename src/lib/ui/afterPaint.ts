// Keeps the next frame for what was asked for: what may come a moment later waits until that one has been drawn.

/**
 * Calls back once what has just changed stands on the screen; never while nobody looks at the page.
 * @returns the way to call it off
 */
export function afterPaint(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A frame is drawn after its callbacks; a task that one of them sets comes after that.
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(call);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
