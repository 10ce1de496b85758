// English sentences: lock (the lock screen, and the lock in Settings).
import type { Translation } from '../locale.ts';
import type { lock as source } from '../vi/lock.ts';

export const lock: Translation<typeof source> = {
  title: 'App lock',
  of: (p) => `${p.name}’s book`,
  pin: 'Enter your PIN',
  passphrase: 'Enter your passphrase',
  passphraseLabel: 'Passphrase',
  typed: (p) => `${String(p.count)} of ${String(p.of)} digits entered`,
  erase: 'Erase the last digit',
  open: 'Unlock',
  opening: 'Opening…',
  finger: 'Use fingerprint',
  forgotten: 'Forgot your PIN?',
  forgottenPassphrase: 'Forgot your passphrase?',
  otherAccount: 'Use another account',
  wrong: 'Not right. Try again; your data are still on this phone.',
  wait: (p) => `Too many wrong tries. Try again in ${p.time}. Your data are untouched.`,
  waitAloud: (p) => `You can try again in about ${String(p.minutes)} min.`,
  broken: 'No fingerprint came. Try again, or enter your PIN.',
  pass: 'It could not be finished. Your data are still on this phone; close the app, open it and try again.',
  failed:
    'The phone could not check it; this try does not count. Your data are still here; close the app, open it and try again.',
  unreadable:
    'Another version of the app made this lock. Your data are still on this phone. Update the app, then open again.',
  sealing: 'Locking the data on this phone',
  unsealing: 'Removing the lock from the data on this phone',
  sealingNote: 'Nothing is lost if the phone goes off; it goes on next time.',
  firstTime: 'Enter the PIN you have just set to lock the data on this phone.',
  firstTimePassphrase: 'Enter the passphrase you have just set to lock the data on this phone.',
  lastTime: 'Enter it once more to remove the lock.',
  recovery: {
    title: 'Set a new PIN',
    text: 'Enter your account password while online, then set a new PIN. Nothing on this phone is lost, unsent work included.',
    action: 'Continue',
    done: 'The server has recognised you. Set a new PIN to open.',
    none: 'The server no longer holds the spare key of this phone. Wait and recall your PIN; your data are still on this phone.'
  },
  make: {
    kind: 'Kind of lock',
    kinds: { pin: '6-digit PIN', passphrase: 'Passphrase' },
    pin: 'Choose a 6-digit PIN',
    pinAgain: 'Enter the PIN again',
    passphraseHint: 'At least 10 characters. A few unrelated words are easy to remember and hard to guess.',
    passphraseAgain: 'Enter the passphrase again',
    different: 'The two entries differ. Start over.',
    trivial: 'Too easy to guess. Choose another one.',
    length: 'At least 10 characters are needed.',
    done: 'Set lock'
  },
  settings: {
    off: 'Not locked',
    offText: 'Whoever holds this phone can read the records. Set a PIN to lock and encrypt the data on this phone.',
    unfinishedOn:
      'The phone is full, so part of the data is not encrypted yet. Free some space; it goes on when you unlock next.',
    unfinishedOff:
      'The phone is full, so the lock is not removed yet. Free some space; it goes on when you unlock next.',
    notKept: 'The phone is full, so this was not kept. Nothing has changed. Free some space and try again.',
    on: 'Locked',
    onText: 'Data and photos on this phone are encrypted.',
    switchOn: 'Set lock',
    needsNetwork: 'You need to be online once, so that you can get back in if you forget the PIN. Nothing has changed.',
    needsSignIn: 'Your session has ended. Sign in again, then set the lock. Nothing has changed.',
    lockNow: 'Lock now',
    change: 'Change PIN or passphrase',
    changed: 'Changed',
    old: 'Enter your current PIN',
    oldPassphrase: 'Enter your current passphrase',
    after: 'Lock after',
    minutes: (p) => (p.count === 1 ? '1 minute' : `${String(p.count)} minutes`),
    hour: '1 hour',
    staysForSending: 'Keep sending while locked',
    staysForSendingHint:
      'While something is unsent, the phone keeps the key for up to 72 hours to send it. Off is tighter, but sends only while the app is open.',
    finger: 'Open with fingerprint',
    fingerHint: 'Uses this phone’s fingerprint or screen lock.',
    fingerFailed: 'Could not be switched on: the phone does not support it, or you stopped. Your PIN still works.',
    switchOff: 'Remove lock',
    switchOffText:
      'The data on this phone will no longer be encrypted: whoever holds it can read them. You will enter your PIN once more.',
    keep: 'Keep lock',
    honest:
      'The lock protects a phone that is found, lent or copied. It does not stop somebody who has put spying software on the phone, and a 6-digit PIN does not stop somebody with strong machines.'
  }
};
