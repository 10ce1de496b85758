// What Đồng bộ says of a first sync: how far it is, and that it can be stopped.
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Device } from '#lib/app/device/device.svelte.ts';
import { INITIAL_VIEW, type SyncView } from '#lib/app/sync/view.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import HeadlineScene from './HeadlineScene.svelte';

failOnConsoleError();

/** A first run is under way. @param progress what the sync worker has told of it */
async function show(progress: SyncView['progress'], locale: Locale = 'vi') {
  await page.viewport(360, 640);
  const halt = vi.fn();
  const session = aSession(aStore(), { view: { ...INITIAL_VIEW, phase: 'running', progress }, halt });
  await render(HeadlineScene, { session, device: await Device.load(), locale });
  return halt;
}

const bar = page.getByRole('progressbar');

test('before the server has said how much there is, no bar pretends to know', async () => {
  await show({ done: 0, of: 0 });
  await expect.element(page.getByText('Đang hỏi máy chủ có bao nhiêu hồ sơ')).toBeVisible();
  await expect.element(bar).not.toBeInTheDocument();
});

test.each([
  ['vi', 'Đang tải hồ sơ của 1 xã', '1.250 trong 5.000', '1.250 trong 5.000, đã tải được giữ lại'],
  ['en', 'Fetching the records of 1 commune', '1,250 of 5,000', '1,250 of 5,000, what is fetched is kept']
] as const)('then how many are on the phone, and that they stay: %s', async (locale, name, count, line) => {
  await show({ done: 1250, of: 5000 }, locale);
  await expect.element(bar).toHaveAccessibleName(name);
  await expect.element(bar).toHaveAttribute('aria-valuetext', count);
  await expect.element(page.getByText(line, { exact: true })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBe(360);
  expect(await violations()).toEqual([]);
});

test('a tap stops it', async () => {
  const halt = await show({ done: 1250, of: 5000 });
  await page.getByRole('button', { name: 'Dừng tải' }).click();
  expect(halt).toHaveBeenCalledOnce();
});

test('there is no such thing beside an everyday run', async () => {
  await show(null);
  await expect.element(page.getByRole('status')).toBeVisible();
  await expect.element(bar).not.toBeInTheDocument();
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
});
