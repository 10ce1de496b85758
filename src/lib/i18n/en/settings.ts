// English sentences: settings.
import type { settings as source } from '../vi/settings.ts';
import type { Translation } from '../locale.ts';
import { drafts } from './counts.ts';

export const settings: Translation<typeof source> = {
  title: 'Settings',
  look: 'Display',
  language: 'Language',
  languages: { vi: 'Tiếng Việt', en: 'English' },
  theme: 'Theme',
  themes: { device: 'As the phone', light: 'Light', dark: 'Dark' },
  textSize: 'Text size',
  textSizes: { normal: 'Medium', large: 'Large', larger: 'Largest' },
  app: 'App',
  version: 'Version',
  check: 'Look for a new version',
  checking: 'Looking…',
  checked: {
    current: 'You have the newest version.',
    found: 'There is a new version. It is being brought to this phone.',
    failed: 'Could not look, there is no network. The app still works.',
    unsupported: 'This browser cannot keep the app for use with no network.'
  },
  notices: {
    title: 'Notifications',
    label: 'Tell me when work is refused or returned',
    hint: 'Only while the app is closed; no sound, no vibration. The browser picks the moment, so it may come late or not at all: open the app to be sure.',
    blocked: 'The browser blocks notifications of this app. Allow them again in its site settings.',
    sendingOnly:
      'The browser does not let the app look for returned work while it is closed; usually the app has to be on the home screen first. For now you hear only when the server refuses what was just sent.'
  },
  unknown: 'Not known',
  persisted: 'The phone has promised to keep these data and not to clear them by itself.',
  notPersisted:
    'The phone may clear the data when its storage is full. Put the app on the home screen and send often, so that nothing is lost.',
  persistenceUnknown: 'This phone does not tell whether it keeps the data. Send often, so that nothing is lost.',
  askToKeep: 'Ask to keep the data',
  notKept: 'The browser has not promised to keep the data. Send often; ask again once the app is on the home screen.',
  account: 'Account',
  signOut: 'Sign out',
  signOutTitle: 'Sign out of this phone?',
  signOutUnsent: ({ count }) =>
    `${count === 1 ? '1 record or photo has' : `${String(count)} records and photos have`} not been sent. The data stay on this phone and are sent when you sign in again with this account.`,
  signOutDrafts: (p) =>
    `${drafts(p.count)} not made into a record yet, so not sent. Everything stays on this phone; open it again with your password, also with no network.`,
  signOutSent: 'All is sent. The data stay on this phone; open them again with your password, also with no network.',
  stay: 'Stay',
  about: 'About',
  law: 'Criteria and procedure',
  lawText: 'Decision 26/2026/QĐ-TTg of 22/05/2026',
  sets: 'Criteria sets',
  setsText: ({ count, version }) => `${String(count)} sets, version ${String(version)}`,
  form: 'Product survey form',
  formText: ({ version }) => `version ${String(version)}`,
  estimate: 'Points and stars in this app are estimates. The council decides the rank.',
  diagnostics: 'Diagnostics',
  diagnosticsText:
    'To be sent to support when something goes wrong. It names your account and communes; no names or phone numbers of producers, no contents of files.',
  diagnosticsShow: 'See and send',
  share: 'Send',
  copy: 'Copy',
  copied: 'Copied. Paste it into a message to support.',
  fact: {
    version: 'Version',
    account: 'Account',
    taken: 'At',
    browser: 'Browser',
    screen: 'Screen',
    language: 'Language',
    installed: 'On the home screen',
    online: 'The phone says it is online',
    offlineReady: 'Opens with no network',
    worker: 'Background part',
    notices: 'Notifications',
    looksForNews: 'Looks for returned work while closed',
    persisted: 'Data kept',
    used: 'Storage used',
    quota: 'Storage allowed',
    documents: 'Records on this phone',
    waiting: 'Waiting',
    refused: 'Refused',
    conflict: 'In conflict',
    lost: 'Lost by the server',
    second: 'Two versions on the server',
    syncPhase: 'Sync',
    syncProblem: 'Sync problem',
    lastContact: 'Last contact',
    nextTry: 'Next try',
    clockSkew: 'Clock off by (seconds)',
    traffic: 'Traffic this month',
    photos: 'Photos waiting / refused / sent / copies',
    odd: 'On the server, not readable',
    database: (p) => `fetched up to ${p.since}, finished ${p.completed}, unsent ${p.unsent}`
  },
  yes: 'yes',
  no: 'no',
  none: 'none'
};
