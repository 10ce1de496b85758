// Goes to another screen by program: what lies over this one is closed first, and its entry is off the history.
import { beforeNavigate, goto } from '$app/navigation';
import { tick } from 'svelte';
import { closeOverlays, historyAtRest, isOnTheWayBack } from '#lib/ui/backToClose.ts';

/**
 * Like SvelteKit's `goto`, which would be undone when a sheet is closed by the same tap.
 * @param href an address of the app
 */
export async function go(href: string | URL, options?: Parameters<typeof goto>[1]): Promise<void> {
  closeOverlays();
  await tick();
  await goWhenClear(href, options);
}

/** The same for a screen that only gets another address: it waits until the person has closed what lies over it. */
export async function goWhenClear(href: string | URL, options?: Parameters<typeof goto>[1]): Promise<void> {
  await historyAtRest();
  // eslint-disable-next-line svelte/no-navigation-without-resolve -- the app is always served at the root
  await goto(href, options);
}

/** Lets a link that is followed while a sheet closes wait for its turn, too. Call it once, where the app is set up. */
export function useOrderlyLinks(): void {
  beforeNavigate(({ type, to, cancel }) => {
    if (type !== 'link' || to === null || !isOnTheWayBack()) return;
    cancel();
    void go(to.url);
  });
}
