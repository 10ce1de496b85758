// Puts a part on the whole stage, and looks at it as a thumb does.
import type { Locale } from '#lib/i18n/locale.ts';
import Whole from './scenes/Whole.svelte';

export const onWholeStage = (locale: Locale = 'vi') => ({ wrapper: Whole, wrapperProps: { locale } });

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
