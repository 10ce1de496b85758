// The arrow at the top left: back to where the person came from, or up when the page was opened by its address.
import { afterNavigate, goto } from '$app/navigation';

/**
 * Call it while a page is set up.
 * @param up where the arrow leads when there is nothing to go back to
 */
export function useBack(up: () => string): () => void {
  let cameFromInside = false;
  afterNavigate(({ type }) => {
    if (type !== 'enter') cameFromInside = true;
  });
  return () => {
    if (cameFromInside) history.back();
    // eslint-disable-next-line svelte/no-navigation-without-resolve -- the app is always served at the root
    else void goto(up(), { replaceState: true });
  };
}
