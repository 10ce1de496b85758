// The phone's quiet notices of what happened while the app was closed: only where the person asked for them.
import { type Settings, settingsFact } from '../device/facts.ts';
import type { News } from './news.ts';

/** A notice as the phone shows it. */
export interface Notice {
  /** A newer notice of the same tag takes its place. */
  readonly tag: 'refused' | 'returned';
  readonly title: string;
  readonly body: string;
  /** The address that a tap opens. */
  readonly href: string;
}

/** The sentences, from the dictionary of the person's language. */
interface Words {
  readonly title: string;
  refused(p: { count: number }): string;
  survey(p: { name: string }): string;
  assessment(p: { name: string }): string;
  returned(p: { count: number }): string;
  readonly unnamed: string;
}

/** Puts news into words. Of a record only the product's name is told: a locked screen has other readers. */
export function noticesOf({ refused, returned }: News, words: Words): Notice[] {
  const notices: Notice[] = [];
  const { title } = words;
  if (refused > 0) notices.push({ tag: 'refused', title, body: words.refused({ count: refused }), href: '/sync' });
  const [only, ...more] = returned;
  if (only === undefined) return notices;
  const { doc, productName } = only;
  notices.push(
    more.length === 0
      ? {
          tag: 'returned',
          title,
          body: words[doc.kind]({ name: productName === '' ? words.unnamed : productName }),
          href: `/${doc.kind}/${doc._id}`
        }
      : { tag: 'returned', title, body: words.returned({ count: returned.length }), href: '/' }
  );
  return notices;
}

/** The language in which the person wants to be told; null when not wanted, not allowed, or the app is being looked at. */
export async function wantedNotices(clients: Pick<Clients, 'matchAll'>): Promise<Settings['language'] | null> {
  const { notices, language } = await settingsFact.read();
  if (!notices || noticePermission() !== 'granted') return null;
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.some((one) => 'visibilityState' in one && one.visibilityState === 'visible') ? null : language;
}

/** Shows notices, without sound or vibration. */
export async function showNotices(
  registration: Pick<ServiceWorkerRegistration, 'showNotification'>,
  notices: readonly Notice[]
): Promise<void> {
  for (const { title, tag, body, href } of notices) {
    await registration.showNotification(title, { tag, body, data: href, silent: true, icon: '/icons/icon-192.png' });
  }
}

/** Takes away what is still shown: the person has come to see, or has left the phone to somebody else. */
export async function clearNotices(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const shown = (await registration?.getNotifications?.()) ?? [];
  for (const notification of shown) notification.close();
}

/** The browser's word on notices; `unsupported` also where nothing would ever work in the background. */
export function noticePermission(): NotificationPermission | 'unsupported' {
  const worksInBackground = 'SyncManager' in globalThis || 'PeriodicSyncManager' in globalThis;
  return 'Notification' in globalThis && worksInBackground ? Notification.permission : 'unsupported';
}

/** Asks the person; to be called from a tap. */
export const askForNotices = (): Promise<NotificationPermission> => Notification.requestPermission();
