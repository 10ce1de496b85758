// Keeps Tab inside a dialog: the browser's own trap lets it out into its bars, and a phone's keyboard has no way back.

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/**
 * To be called at each key pressed in a dialog.
 * @param heading what has the focus when the dialog opens, before its first control
 */
export function keepInside(event: KeyboardEvent, dialog: HTMLElement, heading: HTMLElement | undefined): void {
  if (event.key !== 'Tab') return;
  const stops = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.checkVisibility());
  const first = stops.at(0);
  const last = stops.at(-1);
  const at = document.activeElement;
  if (event.shiftKey && (at === first || at === heading)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && at === last) {
    event.preventDefault();
    first?.focus();
  }
}
