// Putting the app on the home screen: the browser's offer, early or late, and the words where there is none.
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Install } from '#lib/app/pwa/install.svelte.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import InstallScene from './InstallScene.svelte';

failOnConsoleError();

const offer = () => Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: vi.fn() });

const IPHONE = {
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'
};
const IPAD = {
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  maxTouchPoints: 5,
  standalone: false
};

/** The browser says of itself what another one would; until the end of the test. */
function pretend(facts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(facts))
    Object.defineProperty(navigator, name, { value, configurable: true });
}

afterEach(() => {
  globalThis.installQuestion = undefined;
  for (const name of Object.keys(IPAD) as (keyof typeof IPAD)[]) Reflect.deleteProperty(navigator, name);
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

test.each([
  ['an iPhone', IPHONE, 'vi', 'Trên iPhone: bấm nút Chia sẻ của Safari, chọn “Thêm vào MH chính”, rồi bấm “Thêm”.'],
  ['an iPad that calls itself a Mac', IPAD, 'en', /^On an iPhone: tap Share in Safari/],
  ['a Mac without a touch screen', { ...IPAD, maxTouchPoints: 0 }, 'en', /^Open the menu of the browser/],
  ['another browser', {}, 'vi', /^Mở trình đơn của trình duyệt/]
] as const)('%s has no question to ask: the way is told', async (_, facts, locale, words) => {
  pretend(facts);
  await render(InstallScene, { locale });
  await expect.element(page.getByText(words)).toBeVisible();
  await expect.element(page.getByRole('button', { name: /Cài ứng dụng|Install the app/ })).not.toBeInTheDocument();
});

test('on an iPhone’s home screen it says that it is there', async () => {
  pretend({ ...IPHONE, standalone: true });
  await render(InstallScene, { locale: 'vi' });
  await expect.element(page.getByText('Đã đặt lên màn hình chính.')).toBeVisible();
});
