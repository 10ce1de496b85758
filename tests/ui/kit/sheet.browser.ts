// A sheet: focus stays in and returns, Escape, the cross, the scrim and Back close it, the history stays in order.
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { closeOverlays, historyAtRest } from '#lib/ui/backToClose.ts';
import { tick } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { failOnConsoleError } from './quiet.ts';
import SheetScene from './scenes/SheetScene.svelte';

failOnConsoleError();

const opener = page.getByRole('button', { name: 'Mở', exact: true });
const sheet = page.getByRole('dialog', { name: 'Còn thiếu gì?' });
const over = page.getByRole('dialog', { name: 'Tờ thứ hai' });

beforeEach(() => history.replaceState({ 'sveltekit:history': 7 }, ''));

async function open(onclose?: () => void): Promise<void> {
  await render(SheetScene, onclose ? { onclose } : {});
  await opener.click();
  await expect.element(sheet).toBeVisible();
}

test('the title is heard first, and Tab goes round inside', async () => {
  await open();
  await expect.element(page.getByRole('heading', { name: 'Còn thiếu gì?' })).toHaveFocus();
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Đóng' })).toHaveFocus();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await expect.element(page.getByRole('link', { name: 'Trong' })).toHaveFocus();
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Đóng' })).toHaveFocus();
  await userEvent.tab({ shift: true });
  await expect.element(page.getByRole('link', { name: 'Trong' })).toHaveFocus();
});

test('Back closes it instead of leaving, and the focus returns', async () => {
  const onclose = vi.fn();
  await open(onclose);
  history.back();
  await expect.element(sheet).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
  expect(onclose).toHaveBeenCalledOnce();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
});

test('the router’s own mark stays in the state while it is open', async () => {
  await open();
  expect(history.state).toMatchObject({ 'sveltekit:history': 7 });
});

test.each([
  ['Escape', () => userEvent.keyboard('{Escape}')],
  ['the cross', () => page.getByRole('button', { name: 'Đóng' }).click()]
])('%s closes it and takes its entry off the history', async (_, close) => {
  await open();
  await close();
  await expect.element(sheet).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
  await vi.waitFor(() => expect(history.state).toEqual({ 'sveltekit:history': 7 }));
});

test('a tap on the scrim closes it', async () => {
  await open();
  sheet.element().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  await expect.element(sheet).not.toBeInTheDocument();
});

test('Back closes the upper of two, then the lower', async () => {
  await open();
  await page.getByRole('button', { name: 'Mở thêm' }).click();
  await expect.element(over).toBeVisible();
  history.back();
  await expect.element(over).not.toBeInTheDocument();
  await expect.element(sheet).toBeVisible();
  history.back();
  await expect.element(sheet).not.toBeInTheDocument();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
});

test('a sheet that gives way to another leaves it open, and Back closes that one alone', async () => {
  await open();
  await page.getByRole('button', { name: 'Mở thay' }).click();
  await landed();
  await expect.element(sheet).not.toBeInTheDocument();
  await expect.element(over).toBeVisible();
  history.back();
  await expect.element(over).not.toBeInTheDocument();
  await landed();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
});

test('a sheet that was opened in place of another and closed at once leaves the history as it was', async () => {
  await open();
  await page.getByRole('button', { name: 'Mở thay' }).click();
  closeOverlays();
  await tick();
  await historyAtRest();
  await expect.element(over).not.toBeInTheDocument();
  await landed();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
});

test('a navigation that waits for its turn is not undone, however long it took to begin', async () => {
  await open();
  await page.getByRole('button', { name: 'Đóng' }).click();
  await expect.element(sheet).not.toBeInTheDocument();
  await historyAtRest();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
  history.pushState({ 'sveltekit:history': 8 }, '');
  await landed();
  expect(history.state).toEqual({ 'sveltekit:history': 8 });
  history.back();
  await vi.waitFor(() => expect(history.state).toEqual({ 'sveltekit:history': 7 }));
});

test('one sheet over another: a navigation closes both and finds the history as it was', async () => {
  await open();
  await page.getByRole('button', { name: 'Mở thêm' }).click();
  await expect.element(over).toBeVisible();
  closeOverlays();
  await tick();
  await historyAtRest();
  await expect.element(sheet).not.toBeInTheDocument();
  await expect.element(over).not.toBeInTheDocument();
  expect(history.state).toEqual({ 'sveltekit:history': 7 });
});

test('Back skips the entry of a sheet in which a link was followed', async () => {
  await open();
  history.pushState({ 'sveltekit:history': 8 }, '');
  await page.getByRole('button', { name: 'Đóng' }).click();
  await expect.element(sheet).not.toBeInTheDocument();
  await landed();
  expect(history.state).toEqual({ 'sveltekit:history': 8 });
  history.back();
  await vi.waitFor(() => expect(history.state).toEqual({ 'sveltekit:history': 7 }));
});

/** Long after a `history.back()` would have landed. */
const landed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));
