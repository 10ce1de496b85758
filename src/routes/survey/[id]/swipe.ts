// Turns a sideways swipe over the page into a step to the next or the previous section.

/** A swipe goes at least this far sideways, and at least twice as far as up or down. */
const FAR_PX = 80;
/** Swipes that begin at the screen's edge belong to the system (back). */
const EDGE_PX = 28;
/** What has a sideways gesture of its own, or holds a caret. */
const OWN_GESTURE = 'input, textarea, select, [contenteditable], dialog, .tabs, .strip, .signature-pad';

/** An attachment: `{@attach swipe((step) => …)}`; `step` is 1 for the next section, -1 for the previous one. */
export function swipe(go: (step: 1 | -1) => void): (element: HTMLElement) => () => void {
  return (element) => {
    let start: { x: number; y: number } | null = null;
    const down = (event: TouchEvent): void => {
      const [touch] = event.touches;
      const target = event.target;
      const isOwn = target instanceof Element && target.closest(OWN_GESTURE) !== null;
      start = null;
      if (touch === undefined || event.touches.length > 1 || isOwn) return;
      if (touch.clientX < EDGE_PX || touch.clientX > window.innerWidth - EDGE_PX) return;
      start = { x: touch.clientX, y: touch.clientY };
    };
    const up = (event: TouchEvent): void => {
      const [touch] = event.changedTouches;
      if (start === null || touch === undefined) return;
      const x = touch.clientX - start.x;
      const y = touch.clientY - start.y;
      start = null;
      // Zoomed in, a sideways drag only moves the view.
      if ((window.visualViewport?.scale ?? 1) > 1.05 || Math.abs(x) < FAR_PX || Math.abs(x) < 2 * Math.abs(y)) return;
      go(x < 0 ? 1 : -1);
    };
    const cancel = (): void => {
      start = null;
    };
    element.addEventListener('touchstart', down, { passive: true });
    element.addEventListener('touchend', up, { passive: true });
    element.addEventListener('touchcancel', cancel, { passive: true });
    return () => {
      element.removeEventListener('touchstart', down);
      element.removeEventListener('touchend', up);
      element.removeEventListener('touchcancel', cancel);
    };
  };
}
