// English sentences: start (a new version, putting the app on the home screen, screens that cannot be shown).
import type { Translation } from '../locale.ts';
import type { start as source } from '../vi/start.ts';

export const start: Translation<typeof source> = {
  update: {
    banner: 'There is a new version.',
    action: 'Update',
    busy: 'A form is open in another window. Close it, then update; nothing has changed yet.'
  },
  install: {
    title: 'Put it on the home screen',
    action: 'Install the app',
    installed: 'It is on the home screen.',
    buttonText: 'It opens like an app, also with no network.',
    apple: 'On an iPhone: tap Share in Safari, choose “Add to Home Screen”, then tap “Add”.',
    menu: 'Open the menu of the browser, choose “Install app” or “Add to home screen”.'
  },
  errorTitle: 'This page could not be opened',
  errorNotFound: 'There is no page at this address. Your data are still on this phone.',
  errorText:
    'What was saved is still on this phone. Load the page again; if it stays like this, send the diagnostics to support.',
  errorStorage:
    'The browser cannot open the storage of this phone. Leave private browsing or free some storage, then load the page again.',
  unreadable:
    'The phone cannot read its data now. They are still on it, and the app keeps trying; if it stays so, load the page again.',
  reload: 'Load again',
  home: 'To Today'
};
