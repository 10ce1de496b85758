// What a signed-in screen works with, handed down by context.
import { getContext, setContext } from 'svelte';
import type { Account } from '#lib/domain/scope.ts';
import type { Store } from '#lib/storage/store.ts';
import type { SyncView } from './sync/view.ts';

/** The sync worker as the screens see it. */
export interface Sync {
  /** Reactive (`$state.raw` behind it). */
  readonly view: SyncView;
  /** Starts a run at once, whatever the back-off says. */
  now(): void;
  /** Somebody looks at how it goes: it does not wait for the first screen any longer. */
  attend(): void;
  /** Loads nothing more until somebody asks for a run, or the app is opened anew; what is unsent goes all the same. */
  halt(): void;
  /** Sends the photos that wait now, whatever the connection costs. */
  sendPhotos(): void;
  /** The wish on which connections photos go has changed. */
  heedPhotoWish(): void;
}

/** One account, opened on this device. */
export interface Session {
  readonly account: Account;
  /** Codes of the communes whose databases this account sees. */
  readonly communes: readonly string[];
  readonly store: Store;
  readonly sync: Sync;
  /** Where the CouchDB is, absolute or from the root of the origin, without the slash at the end. */
  readonly couchUrl: string;
}

const KEY = Symbol('session');

/** Makes the opened account available to the screens below. */
export const provideSession = (session: Session): Session => setContext(KEY, session);

/** The opened account; only called below the layout that provides it. */
export const useSession = (): Session => getContext<Session>(KEY);
