// Puts a part on the stage: `render(Part, props, onStage())`.
import type { Locale } from '#lib/i18n/locale.ts';
import Stage from './scenes/Stage.svelte';

export const onStage = (locale: Locale = 'vi') => ({ wrapper: Stage, wrapperProps: { locale } });
