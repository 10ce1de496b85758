// The gallery against the rules: axe in both themes and languages, targets of 48 px, text of 16 px, nothing sideways.
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violations } from '../axe.ts';
import { failOnConsoleError } from './quiet.ts';
import Gallery from './scenes/Gallery.svelte';
import Screen from './scenes/Screen.svelte';

failOnConsoleError();

afterEach(async () => {
  await leave?.();
  leave = undefined;
  delete document.documentElement.dataset['theme'];
  document.documentElement.style.fontSize = '';
});

let leave: (() => PromiseLike<void>) | undefined;

async function stand(
  width: number,
  theme: string,
  kind: 'gallery' | (typeof KINDS)[number],
  { locale = 'vi', height = 740 }: { locale?: 'vi' | 'en'; height?: number } = {}
): Promise<void> {
  await leave?.();
  document.documentElement.lang = locale;
  document.title = 'Sổ tay OCOP';
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, height);
  const screen = kind === 'gallery' ? await render(Gallery, { locale }) : await render(Screen, { kind });
  leave = () => screen.unmount();
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
}

const KINDS = ['today', 'products', 'editor', 'panes'] as const;

describe.each(['sotay', 'sotay-dark'])('axe finds nothing in %s', (theme) => {
  test.each(['vi', 'en'] as const)('in the gallery, %s', async (locale) => {
    await stand(360, theme, 'gallery', { locale });
    expect(await violations()).toEqual([]);
  });
  test.each([360, 1280])('in the frames, %i wide', async (width) => {
    for (const kind of KINDS) {
      // High enough for all of it: a row half behind the dock would count as a target too small.
      await stand(width, theme, kind, { height: 2000 });
      expect(await violations()).toEqual([]);
    }
  });
});

test('every target is at least 48 × 48', async () => {
  for (const kind of ['gallery', ...KINDS] as const) {
    await stand(360, 'sotay', kind);
    const small = [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, [role=option]')]
      // A radio or checkbox is reached through its row; the skip button is shown only to the keyboard.
      .map((control) => control.closest<HTMLElement>('label') ?? control)
      .filter((control) => !control.classList.contains('sr-only'))
      .filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        return width < 47.9 || height < 47.9;
      })
      .map((control) => control.outerHTML.slice(0, 120));
    expect(small).toEqual([]);
  }
});

test('no text is smaller than 16 px but the ticks', async () => {
  for (const kind of ['gallery', 'today', 'editor'] as const) {
    await stand(360, 'sotay', kind);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const small = new Set<string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !node.textContent?.trim() || parent.closest('nav, .text-tick, .sr-only, script, style')) continue;
      if (parseFloat(getComputedStyle(parent).fontSize) < 16) small.add(node.textContent.trim());
    }
    expect([...small]).toEqual([]);
  }
});

test.each([
  [320, 100],
  [320, 200],
  [360, 130],
  [1280, 100],
  [1280, 200]
])('at %i px and text of %i per cent nothing scrolls sideways', async (width, text) => {
  document.documentElement.style.fontSize = `${String(text)}%`;
  for (const kind of ['gallery', ...KINDS] as const) {
    await stand(width, 'sotay', kind);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
});

test('a focused field is not hidden behind the bars', async () => {
  await stand(360, 'sotay', 'editor');
  const last = page.getByLabelText('Diện tích vùng nguyên liệu 9').element();
  if (!(last instanceof HTMLElement)) throw new Error('no field');
  last.focus();
  const foot = page.getByRole('region', { name: 'Việc chính' }).element().getBoundingClientRect();
  expect(last.getBoundingClientRect().bottom).toBeLessThan(foot.top);
  const first = page.getByLabelText('Nơi lấy nguyên liệu chính').element();
  if (!(first instanceof HTMLElement)) throw new Error('no field');
  first.focus();
  const heading = page.getByText('Đã lưu trên máy').element().getBoundingClientRect();
  expect(first.getBoundingClientRect().top).toBeGreaterThan(heading.bottom);
});
