// The script of the sync engine, for whoever runs it: the page's worker, or the service worker when it is woken. It is one
// file for both, because an installation brings it only once.
import { dropLeftKey, keyLeftBehind } from '#lib/app/lock/leftKey.ts';
import { workInBackground } from '#lib/app/sync/background.ts';
import type { News } from '#lib/app/sync/news.ts';
import { noticesOf, showNotices, wantedNotices } from '#lib/app/sync/notices.ts';
import { servePage } from '#lib/app/sync/worker.ts';
import { noticeWords } from '#lib/i18n/notice.ts';

const scope: unknown = globalThis;

/** Only a service worker has one. */
const isServiceWorker = (self: unknown): self is ServiceWorkerGlobalScope =>
  typeof self === 'object' && self !== null && 'registration' in self;

if (isServiceWorker(scope)) {
  const tell = async (news: News): Promise<void> => {
    const locale = await wantedNotices(scope.clients);
    if (locale !== null) await showNotices(scope.registration, noticesOf(news, noticeWords(locale)));
  };
  const leftKey = { take: keyLeftBehind, drop: dropLeftKey };
  globalThis.wakeUpWork = {
    send: () => workInBackground('push', tell, leftKey),
    refresh: () => workInBackground('both', tell, leftKey)
  };
} else {
  servePage();
}
