// New versions of the app: found, kept waiting, offered when no editor is open, taken when the person says so.
import { dev } from '$app/environment';
import type { Workbox } from 'workbox-window';
import { isEditing } from './editing.ts';

/** How a look for a new version ended. */
export type CheckOutcome = 'current' | 'found' | 'failed' | 'unsupported';

const AN_HOUR_MS = 3_600_000;
/** While a version waits behind an open editor, the editor's end is looked for this often. */
const RETRY_OFFER_MS = 2_000;

export class Updates {
  /** A new version is on the phone and may be taken now: nobody is writing in any tab. */
  offered = $state(false);
  /** A new version is on the phone, whether or not it may be taken now. */
  waiting = $state(false);

  /** In development the files change under the service worker's feet. */
  readonly #isSupported = !dev && 'serviceWorker' in navigator;
  #workbox: Workbox | null = null;
  /** This page is older than the service worker that answers it: only a reload is missing. */
  #isStale = false;
  #checkedAt = Date.now();

  /** Registers the service worker and keeps an eye on new versions for as long as the page lives. */
  async start(): Promise<void> {
    if (!this.#isSupported) return;
    let isControlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // The first service worker claims a page that is as new as itself.
      if (isControlled) void this.#onTakenOver();
      isControlled = true;
    });
    // After the first screen: nobody waits for it.
    const { Workbox } = await import('workbox-window');
    this.#workbox = new Workbox('/service-worker.js');
    this.#workbox.addEventListener('waiting', () => {
      this.waiting = true;
      void this.#offer();
    });
    document.addEventListener('visibilitychange', () => {
      const isDue = document.visibilityState === 'visible' && Date.now() - this.#checkedAt > AN_HOUR_MS;
      if (isDue) void this.check();
    });
    await this.#workbox.register().catch(() => undefined); // No network at the very first visit: the next one does it.
  }

  /** Asks the server for a new version. */
  async check(): Promise<CheckOutcome> {
    if (!this.#isSupported) return 'unsupported';
    if (this.waiting) return 'found';
    this.#checkedAt = Date.now();
    try {
      const registration = await navigator.serviceWorker.getRegistration();
      if (registration === undefined) return 'failed';
      await registration.update();
      const incoming = registration.installing ?? registration.waiting;
      return incoming === null ? 'current' : 'found';
    } catch {
      return 'failed';
    }
  }

  /**
   * Takes the new version: every tab is loaded anew.
   * @returns false when an editor is open, in this tab or another; then nothing happens
   */
  async apply(): Promise<boolean> {
    if (await isEditing()) {
      this.#withdraw();
      return false;
    }
    if (this.#isStale) location.reload();
    else this.#workbox?.messageSkipWaiting();
    return true;
  }

  /** Takes the offer back where an editor has been opened since it was made; it comes again when that is closed. */
  async heedEditors(): Promise<void> {
    if (this.offered && (await isEditing())) this.#withdraw();
  }

  #withdraw(): void {
    if (!this.offered) return;
    this.offered = false;
    void this.#offer();
  }

  /** Offers the new version as soon as no editor is open. */
  async #offer(): Promise<void> {
    if (this.offered) return;
    if (await isEditing()) setTimeout(() => void this.#offer(), RETRY_OFFER_MS);
    else this.offered = true;
  }

  /** Another version answers this page now, because a person took it here or in another tab. */
  async #onTakenOver(): Promise<void> {
    if (!(await isEditing())) {
      location.reload();
      return;
    }
    this.#isStale = true;
    this.waiting = true;
    this.offered = false;
    void this.#offer();
  }
}
