// What Đồng bộ says of photos on their way: how many bytes have gone up, what the server holds, and why they wait.
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Device } from '#lib/app/device/device.svelte.ts';
import { INITIAL_VIEW, type SyncView } from '#lib/app/sync/view.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

const NONE = { count: 0, bytes: 0 };

/** @param view what the sync worker has told, besides what it tells at first */
async function show(view: Partial<SyncView>, locale: Locale = 'vi') {
  await page.viewport(360, 640);
  const store = aStore();
  const session = aSession(store, { view: { ...INITIAL_VIEW, phase: 'idle', ...view } });
  const photos = { waiting: { count: 6, bytes: 1_800_000 }, refused: NONE, sent: NONE, cached: NONE };
  await render(Scene, { session, device: await Device.load(), photos, locale });
}

const bar = page.getByRole('progressbar', { name: 'Đang gửi ảnh' });
const SENDING = { state: 'sending', done: 0, of: 6, uploadedBytes: 524_288, bytes: 1_572_864 } as const;

describe('while they are being sent', () => {
  test('the bar goes by what has gone up, the words by what the server has named', async () => {
    await show({ photos: { ...INITIAL_VIEW.photos, ...SENDING } });
    await expect.element(bar).toHaveAttribute('aria-valuenow', '524288');
    await expect.element(bar).toHaveAttribute('aria-valuemax', '1572864');
    await expect.element(bar).toHaveAttribute('aria-valuetext', 'Đã tải lên 512 KB trong 1,5 MB');
    await expect.element(page.getByText('máy chủ đã nhận đủ 0 trong 6 ảnh')).toBeVisible();
    expect(document.documentElement.scrollWidth).toBe(360);
    expect(await violations()).toEqual([]);
  });

  test('in English', async () => {
    await show({ photos: { ...INITIAL_VIEW.photos, ...SENDING, done: 1 } }, 'en');
    await expect
      .element(
        page.getByText('512 KB of 1.5 MB uploaded, the server holds 1 of 6 photos, which need not be sent again')
      )
      .toBeVisible();
  });
});

describe('while none is on its way', () => {
  const LATER = 'Gửi sau hồ sơ, khi có mạng. Ảnh vẫn còn trên máy.';
  const PORTAL = /^Mạng này trả về một trang khác thay cho máy chủ/;
  const stopped = { ...INITIAL_VIEW.photos, problem: { tag: 'notCouch' } as const };

  test('a problem that only they have has its sentence', async () => {
    await show({ photos: stopped });
    await expect.element(page.getByText(PORTAL)).toBeVisible();
    await expect.element(page.getByText(LATER)).not.toBeInTheDocument();
  });

  test('one that the records have as well is told above them', async () => {
    await show({ photos: stopped, problem: { tag: 'notCouch' } });
    await expect.element(page.getByText(LATER)).toBeVisible();
    await expect.element(page.getByText(PORTAL)).not.toBeInTheDocument();
  });

  test('without any they go after the records', async () => {
    await show({});
    await expect.element(page.getByText(LATER)).toBeVisible();
  });

  test('a connection that is not the right one goes before', async () => {
    await show({ photos: { ...stopped, state: 'wifi' } });
    await expect.element(page.getByText('Đang chờ Wi-Fi. Ảnh vẫn còn trên máy.')).toBeVisible();
  });
});
