// The self-assessment editor against the rules: axe in both themes and languages and at both widths, targets, text sizes.
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violations } from '../axe.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import Scene from './Scene.svelte';
import { aDesk } from './session.ts';

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

/** The sample with a disqualifier ticked, in a window high enough for all of it: rows behind the dock would mislead axe. */
async function stand(width: number, theme: string, locale: 'vi' | 'en') {
  document.documentElement.lang = locale;
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 6000);
  const desk = await aDesk({ choiceByCriterion: fishSauceChoices(), disqualified: ['1.1:0'] });
  const screen = await render(Scene, { session: desk.session, id: desk.id, locale });
  const first = screen.getByRole('main').getByRole('button', { name: /^1\.1 / });
  await expect.element(first).toBeVisible();
  await first.click();
  return screen;
}

describe.each(['sotay', 'sotay-dark'])('in %s', (theme) => {
  it.each([
    [360, 'vi'],
    [360, 'en'],
    [1280, 'vi']
  ] as const)('axe finds nothing at %i px in %s', async (width, locale) => {
    await stand(width, theme, locale);
    expect(await violations()).toEqual([]);
  });

  it('axe finds nothing in the sheets', async () => {
    const screen = await stand(360, theme, 'vi');
    for (const name of [/^Thiếu gì/, /^Về bộ tiêu chí/, /^Việc khác/]) {
      await screen.getByRole('button', { name }).click();
      await expect.element(screen.getByRole('dialog')).toBeVisible();
      expect(await violations()).toEqual([]);
      await screen.getByRole('button', { name: 'Đóng', exact: true }).click();
      await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    }
  });
});

it('every target is at least 48 × 48', async () => {
  await stand(360, 'sotay', 'vi');
  const small = [...document.querySelectorAll<HTMLElement>('button, a[href], label')]
    .filter((target) => target.checkVisibility() && target.closest('.sr-only') === null)
    .map((target) => ({ name: target.textContent.trim().slice(0, 40), box: target.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 2 && (box.height < 48 || box.width < 48));
  expect(small.map(({ name, box }) => `${name} ${String(box.width)}×${String(box.height)}`)).toEqual([]);
});

it('no text is smaller than 16 px on the phone', async () => {
  await stand(360, 'sotay', 'vi');
  const small = [...document.querySelectorAll<HTMLElement>('main *')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim())
    )
    .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 16);
  expect(small.map((element) => element.textContent.trim())).toEqual([]);
});
