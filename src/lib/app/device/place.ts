// Remembers where in the app a person is, so that a start after a kill goes on there.
import { type Place, placeFact } from './facts.ts';

/** The manifest's start address carries this parameter: the app was opened from the home screen, not by a link. */
const START = 'start';

/** Whether this address is the one that the home screen icon opens. */
export const isStart = (url: URL): boolean => url.pathname === '/' && url.searchParams.has(START);

/** Where this account was last. */
export async function lastPlace(account: string): Promise<Place | null> {
  const place = await placeFact.read();
  return place?.account === account ? place : null;
}

/** Keeps where this account is now. */
export async function rememberPlace(place: Place): Promise<void> {
  await placeFact.change(() => place);
}

/** The path, query and hash that lead back to an address of this app. */
export const placeOf = (url: URL): string => url.pathname + url.search + url.hash;

/**
 * A path handed over in an address (`?next=`), or null when it does not lead into this app.
 * @param next what the address says; anybody can write it
 */
export function safePlace(next: string | null): string | null {
  if (next === null || !/^\/(?![/\\])/.test(next)) return null;
  return next.startsWith('/sign-in') ? null : next;
}
