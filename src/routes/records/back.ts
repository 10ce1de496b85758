// The arrow at the top left: back to where the person came from, or up when the page was opened by its address.
import { afterNavigate } from '$app/navigation';
import { go } from '../go.ts';

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
    else void go(up(), { replaceState: true });
  };
}
