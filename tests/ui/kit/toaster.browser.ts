// A toast: 6 seconds, longer while somebody is at it, one at a time, and the way back.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Undo } from '#lib/ui/toasts.svelte.ts';
import { failOnConsoleError } from './quiet.ts';
import ToastScene from './scenes/ToastScene.svelte';

failOnConsoleError();

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const toast = page.getByText('Đã xóa 1 ảnh');
const undo = page.getByRole('button', { name: 'Hoàn tác' });

async function remove(onundo: Undo = () => undefined): Promise<void> {
  await render(ToastScene, { onundo });
  await page.getByRole('button', { name: 'Xóa' }).click();
  await expect.element(toast).toBeVisible();
}

test('stands for 6 seconds', async () => {
  await remove();
  vi.advanceTimersByTime(5900);
  await expect.element(toast).toBeVisible();
  vi.advanceTimersByTime(200);
  await expect.element(toast).not.toBeInTheDocument();
});

test('stays while it has the focus, and 6 seconds after', async () => {
  await remove();
  const button = undo.element();
  if (!(button instanceof HTMLElement)) throw new Error('no button');
  button.focus();
  await expect.element(undo).toHaveFocus();
  vi.advanceTimersByTime(60_000);
  await expect.element(toast).toBeVisible();
  button.blur();
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
  vi.advanceTimersByTime(6100);
  await expect.element(toast).not.toBeInTheDocument();
});

test('Hoàn tác takes the deed back once and closes it', async () => {
  const onundo = vi.fn();
  await remove(onundo);
  await undo.click();
  await expect.element(toast).not.toBeInTheDocument();
  expect(onundo).toHaveBeenCalledOnce();
});

test('a deed that could not be taken back: that is said, with the way to try again', async () => {
  const onundo = vi.fn(() => Promise.resolve(false));
  await remove(onundo);
  await undo.click();
  await expect.element(page.getByText(/^Chưa hoàn tác được/)).toBeVisible();
  onundo.mockResolvedValue(true);
  await undo.click();
  await expect.element(page.getByText(/^Chưa hoàn tác được/)).not.toBeInTheDocument();
  expect(onundo).toHaveBeenCalledTimes(2);
});

test('a new one replaces the old', async () => {
  await remove();
  await page.getByRole('button', { name: 'Xóa' }).click();
  await expect.element(page.getByText('Đã xóa 2 ảnh')).toBeVisible();
  await expect.element(toast).not.toBeInTheDocument();
});

test('is in reach inside an open sheet, and only there', async () => {
  const onundo = vi.fn();
  await render(ToastScene, { onundo });
  await page.getByRole('button', { name: 'Mở tờ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Xóa' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác' }).click();
  expect(onundo).toHaveBeenCalledOnce();
});
