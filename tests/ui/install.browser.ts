// The browser's offer to install the app: taken up whether it comes before the app's scripts or after them.
import { afterEach, expect, test, vi } from 'vitest';
import { Install } from '#lib/app/pwa/install.svelte.ts';

const offer = () => Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: vi.fn() });

afterEach(() => {
  globalThis.installQuestion = undefined;
});

test('an offer that came before the app ran is kept, and asked once', async () => {
  const early = offer();
  globalThis.installQuestion = early;
  const install = new Install();
  expect(install.way).toBe('button');
  await install.ask();
  expect(early.prompt).toHaveBeenCalledOnce();
  expect(install.way).toBe('menu');
});

test('an offer that comes later is taken, and the browser’s own bar stays away', () => {
  const install = new Install();
  expect(install.way).toBe('menu');
  const late = offer();
  dispatchEvent(late);
  expect(install.way).toBe('button');
  expect(late.defaultPrevented).toBe(true);
});
