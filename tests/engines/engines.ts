// The engines that the journey is tried in beside Chromium.
import type { Engine } from './browser.ts';
import { firefox } from './firefox.ts';
import { webkit } from './webkit.ts';

export const ENGINES: readonly Engine[] = [firefox, webkit];
