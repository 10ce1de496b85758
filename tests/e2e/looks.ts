// What axe finds wrong on a screen that has come to rest: WCAG 2.2 AA and good practice.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { PHONE, type Phone } from './phone.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param where said when something is wrong, which ends nothing */
export async function looksWell({ page }: Phone, where: string): Promise<void> {
  // A colour on its way is neither of its ends.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // As tall as the page: axe takes half a button under a bar that sticks for a small button.
  const height = await page.evaluate(restingHeight);
  await page.setViewportSize({ width: PHONE.width, height: Math.max(height, PHONE.height) });
  const { violations } = await new AxeBuilder({ page })
    // Otherwise it puts its findings together in a tab of its own, opened anew for each screen: only frames need that.
    .setLegacyMode()
    // It writes down nothing of what is well.
    .options({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect.soft(found, where).toEqual([]);
  await page.setViewportSize(PHONE);
}

/** How tall the page is once it grows no more: rows may come after the heading. */
async function restingHeight(): Promise<number> {
  const FRAMES = 20;
  let height = 0;
  for (let same = 0; same < FRAMES; same++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = document.documentElement.scrollHeight;
    if (now !== height) same = 0;
    height = now;
  }
  return height;
}
