// The script that the service worker loads when it is woken: a start that only opens screens must not pay for the engine.
import { type LeftKey, workInBackground } from '#lib/app/sync/background.ts';
import { noticesOf, showNotices, wantedNotices } from '#lib/app/sync/notices.ts';
import type { News } from '#lib/app/sync/news.ts';
import { noticeWords } from '#lib/i18n/notice.ts';

declare const self: ServiceWorkerGlobalScope;

/** Nobody leaves one yet. */
const leftKey: LeftKey = () => Promise.resolve(null);

globalThis.wakeUpWork = {
  send: () => workInBackground('push', tell, leftKey),
  refresh: () => workInBackground('both', tell, leftKey)
};

async function tell(news: News): Promise<void> {
  const locale = await wantedNotices(self.clients);
  if (locale !== null) await showNotices(self.registration, noticesOf(news, noticeWords(locale)));
}
