// English sentences: shell (the app's name and its four roots).
import type { shell as source } from '../vi/shell.ts';
import type { Translation } from '../locale.ts';

export const shell: Translation<typeof source> = {
  appName: 'OCOP Field',
  mainNavigation: 'Main navigation',
  leftPane: 'Left pane',
  rightPane: 'Right pane',
  mainActions: 'Main actions',
  today: 'Today',
  products: 'Products',
  sync: 'Sync',
  settings: 'Settings',
  unsent: (p) => `${String(p.count)} not sent`,
  skipToContent: 'Skip to content',
  newSurvey: 'New survey'
};
