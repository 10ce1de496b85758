// A store that cannot be read: said on every screen, tried again, and over as soon as it is.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

const banner = page.getByRole('alert');

test('what was read last stands, a word says that the data are still there, and it goes when they are read again', async () => {
  const store = aStore();
  await store.remember('note', 'một');
  let isDead = false;
  const query = async () => {
    const read = String(await store.fact('note'));
    if (isDead) throw new DOMException('Internal error opening backing store', 'UnknownError');
    return read;
  };
  await render(Scene, { query });
  await expect.element(page.getByText('một')).toBeVisible();
  await expect.element(banner).not.toBeInTheDocument();

  isDead = true;
  await store.remember('note', 'hai');
  await expect.element(banner).toHaveTextContent(/^Máy chưa đọc được dữ liệu. Dữ liệu vẫn nằm trên máy/);
  await expect.element(page.getByText('một')).toBeVisible();
  expect(await violations()).toEqual([]);

  isDead = false;
  await expect.element(page.getByText('hai')).toBeVisible();
  await expect.element(banner).not.toBeInTheDocument();
});

test('a screen that is left takes its trouble along', async () => {
  const { unmount } = await render(Scene, { query: () => Promise.reject(new Error('dead')) });
  await expect.element(banner).toBeVisible();
  await unmount();
  await render(Scene, { query: () => Promise.resolve('lành') });
  await expect.element(page.getByText('lành')).toBeVisible();
  await expect.element(banner).not.toBeInTheDocument();
});
