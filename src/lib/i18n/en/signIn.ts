// English sentences: signIn.
import type { signIn as source } from '../vi/signIn.ts';
import type { Translation } from '../locale.ts';

export const signIn: Translation<typeof source> = {
  title: 'Sign in',
  province: ({ name }) => `${name} Province`,
  provinceUnknown: 'One Commune One Product',
  intro: {
    title: 'Works even with no network',
    install: 'Put it on the home screen',
    installText: 'It opens like an app, with no address to type.',
    signIn: 'Sign in once with a network',
    signInText: 'The data of your commune are brought to this phone.',
    work: 'Then work anywhere',
    workText: 'Everything is saved on the phone and sent by itself when the network is back.',
    begin: 'Begin'
  },
  offlineKnown: 'No network. Accounts used on this phone still open.',
  offlineFirst: 'No network. The first sign-in needs a network.',
  knownAccounts: 'Accounts on this phone',
  communes: ({ count }) => (count === 1 ? '1 commune' : `${String(count)} communes`),
  wholeProvince: 'Whole province',
  noCommune: 'No commune yet',
  unsent: ({ count }) => (count === 1 ? '1 record or photo not sent' : `${String(count)} records and photos not sent`),
  drafts: ({ count }) =>
    count === 1 ? '1 form begun, not a record yet' : `${String(count)} forms begun, not records yet`,
  allSent: 'all sent',
  name: 'Account name',
  nameHint: 'The name that the province gave you.',
  nameMissing: 'Enter the account name.',
  password: 'Password',
  passwordOf: ({ name }) => `Password of ${name}`,
  passwordMissing: 'Enter the password.',
  other: 'Use another account (needs a network)',
  known: 'Choose an account on this phone',
  demo: 'Accounts to try',
  demoText: 'Sample data, no real files.',
  open: 'Open',
  enter: 'Sign in',
  busy: 'Checking…',
  again: {
    banner: 'Your sign-in has expired. You can go on working; sign in again to send.',
    action: 'Sign in again',
    title: 'Sign in again to send',
    text: 'Your data are still on this phone and are sent after you sign in.'
  },
  problem: {
    wrongPassword: 'The name or the password is not right. Check both and try again.',
    wrongPasswordKnown: 'The password is not right. Check it and try again.',
    wrongHere:
      'This is not the password last used on this phone. If you have changed it, you need a network to open with the new one.',
    lockedOut: 'Too many wrong passwords: the server has closed this account for a while. Wait a few minutes.',
    noCommune: 'This account has no commune yet. Ask the administrator of your province to give it one.',
    insecure: 'This page was not opened over https, so nobody can sign in. Open the address that begins with https.',
    failed:
      'The account could not be opened. Your data are still on this phone; close the app, open it again and try once more.',
    offline: 'No network. The first sign-in needs a network.',
    offlineAgain: 'No network. Your data are still on this phone; sign in again when there is a network.',
    slow: 'The server has not answered. Your data are still on this phone; try again in a few minutes.',
    server: ({ status }) =>
      `The server has a fault (code ${String(status)}). Your data are still on this phone; try again in a few minutes.`,
    stranger:
      'This network does not lead to the server, usually because the Wi-Fi wants a sign-in of its own. Open its sign-in page or use mobile data.',
    unreadable:
      'The answer of the server cannot be read. Your data are still on this phone; try again in a few minutes.'
  }
};
