// Puts a part on the whole stage, and looks at it as axe and a thumb do.
import axe from 'axe-core';
import type { Locale } from '#lib/i18n/locale.ts';
import Whole from './scenes/Whole.svelte';

export const onWholeStage = (locale: Locale = 'vi') => ({ wrapper: Whole, wrapperProps: { locale } });

/** What axe finds wrong on the page. */
export async function violations(): Promise<string[]> {
  document.documentElement.lang = 'vi';
  document.title = 'Sổ tay OCOP';
  const { violations: found } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** Controls that are smaller than a thumb needs. */
export const smallTargets = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea')]
    .map((control) => control.closest<HTMLElement>('label') ?? control)
    .filter((control) => control.checkVisibility())
    .filter((control) => {
      const { width, height } = control.getBoundingClientRect();
      return width < 47.9 || height < 47.9;
    })
    .map((control) => control.outerHTML.slice(0, 120));
