// Watches over an account with a lock while it is open: shuts it after a while, and leaves its key for what is unsent.
import { lockOf } from '#lib/storage/lock.ts';
import { observe } from '#lib/storage/observe.ts';
import { sendableCount } from '#lib/storage/outbox.ts';
import type { Store } from '#lib/storage/store.ts';
import type { DataKey } from '#lib/storage/vault.ts';
import { mayBeWoken } from '../sync/wakeUp.ts';
import { dropLeftKey, leaveKey } from './leftKey.ts';

export interface Watched {
  readonly account: string;
  readonly store: Store;
  readonly key: DataKey;
  /** Nobody has touched the app for as long as the lock says. */
  onTime(): void;
}

/** How often the time is looked at, milliseconds: a phone that sleeps keeps no timers. */
const LOOK_MS = 5_000;
/** When the app was touched last, in whatever tab: milliseconds since 1970. */
const TOUCHED = 'touched-at';
/** So often it is written down at most, milliseconds. */
const NOTE_MS = 1_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** @returns the way to stop watching */
export function watchLock({ account, store, key, onTime }: Watched): () => void {
  const unlockedAt = Date.now();
  let touchedAt = unlockedAt;
  let notedAt = unlockedAt;
  tellOthers(unlockedAt);
  let isOver = false;
  let isLeft: boolean | null = null;
  const leave = () => void leaveKey(account, key, unlockedAt);
  let afterMs = Infinity;

  const look = () => {
    const now = Date.now();
    if (isOver || now - Math.max(touchedAt, touchedElsewhere(now)) < afterMs) return;
    isOver = true;
    onTime();
  };
  const touch = () => {
    look();
    const now = Date.now();
    if (now - notedAt >= NOTE_MS || now < notedAt) tellOthers((notedAt = now));
    touchedAt = now;
  };
  const see = () => {
    if (document.visibilityState === 'visible') look();
    // A wake-up that had sent everything may have taken it away just as more was typed.
    else if (isLeft === true) leave();
  };
  for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', see);
  const timer = setInterval(look, LOOK_MS);

  const options = observe(() => lockOf(store.tables)).subscribe({
    next: (lock) => {
      if (lock !== null && lock !== 'unreadable') afterMs = lock.afterMinutes * 60_000;
    }
  });
  const leaving = observe(async () => {
    const lock = await lockOf(store.tables);
    const stays = lock !== null && lock !== 'unreadable' && lock.staysForSending;
    return stays && mayBeWoken() && (await sendableCount(store)) > 0;
  }).subscribe({
    next: (isWanted) => {
      if (isWanted === isLeft) return;
      isLeft = isWanted;
      if (isWanted) leave();
      else void dropLeftKey();
    }
  });

  return () => {
    isOver = true;
    clearInterval(timer);
    for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
    document.removeEventListener('visibilitychange', see);
    options.unsubscribe();
    leaving.unsubscribe();
  };
}

/** On a full phone, or where the browser keeps nothing, each tab counts its own touches. */
function tellOthers(at: number): void {
  try {
    localStorage.setItem(TOUCHED, String(at));
  } catch {
    // See above.
  }
}

/** The last touch that another tab has noted; 0 where a clock that was ahead has noted it. */
function touchedElsewhere(now: number): number {
  const at = Number(localStorage.getItem(TOUCHED));
  return at <= now ? at : 0;
}
