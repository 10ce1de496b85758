// Puts the appearance that was chosen in Settings on the document.
import type { Settings } from '#lib/app/device/facts.ts';

const THEME_NAMES = { light: 'sotay', dark: 'sotay-dark' } as const;
/** The ground of each theme, for the browser's own bars. */
const GROUNDS = { light: '#f5f2eb', dark: '#101512' } as const;

/** Theme, text size and language of the whole document; the theme `device` leaves the choice to the style sheet. */
export function dress({ theme, textSize, language }: Settings): void {
  const root = document.documentElement;
  root.lang = language;
  if (theme === 'device') delete root.dataset['theme'];
  else root.dataset['theme'] = THEME_NAMES[theme];
  leaveForNextStart(root.dataset['theme']);
  if (textSize === 'normal') delete root.dataset['text'];
  else root.dataset['text'] = textSize;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = GROUNDS[theme === 'device' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme];
  }
}

/** The settings themselves are read too late for the first paint: a dark screen would flash up light. */
function leaveForNextStart(name: string | undefined): void {
  try {
    if (name === undefined) localStorage.removeItem('theme');
    else localStorage.setItem('theme', name);
  } catch {
    // No storage, or a full one: then the first paint has the device's theme.
  }
}
