// The sync on Hôm nay: that all is sent stands there only where everything is here as well.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { INITIAL_VIEW, type SyncView } from '#lib/app/sync/view.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import SummaryScene from './SummaryScene.svelte';

failOnConsoleError();

const MET: SyncView = { ...INITIAL_VIEW, phase: 'idle', lastContactAt: '2026-11-23T02:00:00.000Z' };

test.each<[string, Partial<SyncView>, number, RegExp]>([
  ['all is sent and here', { isComplete: true }, 0, /Đã gửi hết.*Máy chủ/s],
  ['it is loading', { phase: 'running' }, 0, /Máy này chưa tải hết hồ sơ.*Giữ ứng dụng mở/s],
  ['the network went', { problem: { tag: 'offline' } }, 0, /Máy này chưa tải hết hồ sơ.*Chưa có mạng/s],
  ['a person has stopped it', { isHalted: true }, 0, /Đã dừng tải hồ sơ.*để tải tiếp/s],
  ['something waits to be sent', {}, 2, /2 hồ sơ/],
  ['no server was ever met', { lastContactAt: null }, 0, /Máy này chưa liên lạc được với máy chủ/]
])('%s', async (_, view, waiting, words) => {
  await page.viewport(360, 640);
  const store = aStore();
  const session = aSession(store, { view: { ...MET, ...view } });
  await render(SummaryScene, { session, outbox: { waiting, refused: 0, conflict: 0 } });
  const row = page.getByRole('link');
  await expect.element(row).toHaveTextContent(words);
  expect(document.documentElement.scrollWidth).toBe(360);
});
