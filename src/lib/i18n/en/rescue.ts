// English sentences: rescue (a file with everything unsent, for the day on which the phone breaks).
import type { Translation } from '../locale.ts';
import type { rescue as source } from '../vi/rescue.ts';
import { both, drafts, photos, records } from './counts.ts';

export const rescue: Translation<typeof source> = {
  title: 'Rescue file',
  write: {
    action: 'Save a rescue file',
    unsent: (p) => `${both(p.count)} not sent`,
    drafts: (p) => drafts(p.count),
    allSent: 'Everything is sent, nothing needs rescuing',
    what: 'One file with a passphrase that keeps records and photos, to be opened on another phone with this account. For when the phone is about to fail, has to be given away, or has had no network for long.',
    scope: 'What to save',
    scopes: { unsent: 'Not sent', all: 'Everything' },
    amount: (p) => `${records(p.records)}, ${photos(p.photos)}, about ${p.size}`,
    along: 'With the producers and products already sent that unsent records belong to.',
    draftsToo: (p) => `And ${drafts(p.count)} of producers, products or papers that lack something to become records.`,
    nothing: 'There is nothing on this phone to save.',
    passphrase: 'Passphrase of the file',
    passphraseHint: (p) =>
      `At least ${String(p.least)} characters; four or five random words are easiest. Not your sign-in password.`,
    again: 'Passphrase once more',
    tooShort: (p) => `It needs at least ${String(p.least)} characters. Add a word or two.`,
    differs: 'The two are not the same. Type them again.',
    forgotten: 'Nobody can open the file without this passphrase. Write it on paper; do not send it with the file.',
    start: 'Make the file',
    running: 'Making the file',
    runningNote: 'records and photos',
    keyed: 'Preparing the passphrase',
    ready: 'The file is ready',
    readyText: (p) =>
      `${records(p.records)}, ${photos(p.photos)}, ${p.size}. Send it off this phone: while it lies only here, it is lost with the phone.`,
    lacking: (p) =>
      `${both(p.count)} cannot be read because of damage on this phone, so the file is without. Everything else is in it.`,
    damaged: (p) =>
      `No file was made: ${both(p.count)} to be rescued cannot be read because of damage on this phone. If there is an earlier rescue file, open it to bring them back.`,
    stays: 'The data stay on the phone and are sent as usual.',
    save: 'Save the file',
    share: 'Send the file',
    stopped: 'Stopped. No file was made; the data are still on the phone.',
    failed:
      'The file could not be made because the phone cannot read its storage. The data are still on the phone. Close the app, open it and try again.'
  },
  read: {
    action: 'Open a rescue file',
    hint: 'Brings back records and photos from another phone of yours',
    what: 'Choose a rescue file saved with this account. Opening it again doubles nothing; newer versions on this phone stay.',
    choose: 'Choose the file',
    chosen: (p) => `${p.name}, ${p.size}`,
    otherOne: 'Choose another file',
    passphrase: 'Passphrase of the file',
    passphraseHint: 'The one you set when saving the file, not your sign-in password.',
    needed: 'Type the passphrase of the file.',
    open: 'Look into the file',
    looking: 'Reading the file',
    taking: 'Taking it in',
    inMegabytes: 'in MB',
    found: 'In the file',
    madeAt: (p) => `Saved ${p.when}`,
    counts: (p) => `${records(p.records)}, ${photos(p.photos)} can be read`,
    drafts: (p) => `And ${drafts(p.count)}.`,
    take: 'Take into this phone',
    whole: 'The file is whole, nothing is missing.',
    missing: (p) => `The file is damaged: it lacks ${both(p.count)}`,
    missingText: 'What can be read is good. If you have another copy of the file, open that too for what is missing.',
    missingNames: 'What is missing',
    missingMore: (p) => `and ${p.count} more`,
    missingUnknown:
      'The list of contents is damaged too, so nobody can say what is missing. What can be read can be taken in.',
    done: 'All taken in',
    doneInPart: 'What could be read is taken in',
    taken: (p) => `Taken in: ${records(p.records)}, ${photos(p.photos)}.`,
    draftsTaken: (p) => `And ${drafts(p.count)}: add a new one to go on with it.`,
    already: (p) => `Here before: ${records(p.records)}, ${photos(p.photos)}.`,
    kept: (p) =>
      `This phone has newer versions of ${records(p.count)}: they stay, and the file’s are found under History.`,
    left: (p) => `Sent before: ${records(p.count)}. What the office still has comes with the next sync.`,
    next: 'What is not sent goes up when there is a network, as if made on this phone.',
    problem: {
      otherFile: 'This is not a rescue file. Nothing has changed. Choose another file.',
      damaged:
        'The file is damaged at both ends and cannot be opened. Nothing has changed. Try another copy of the file.',
      newer: 'A newer version of the app saved this file. Update the app and open it again; nothing has changed.',
      wrongPassphrase: 'That is not the passphrase of the file. The file is not damaged; type it again.',
      otherAccount: (p) =>
        `This file belongs to the account ${p.account}. Sign in with that account to open it; nothing has changed.`,
      unreadable:
        'The phone cannot read the file. It may have been moved or deleted: choose it again. What was taken in is still on the phone.',
      stopped: 'Stopped. What was taken in stays on the phone; open the file again for the rest, nothing is doubled.',
      quota:
        'The phone is full, so not everything was taken in. What was is still on the phone. Free some space and open the file again; nothing is doubled.',
      storage: 'The phone could not store it. The file is unharmed. Close the app, open it and try again.'
    }
  },
  offer: {
    signOut: 'Might the phone fail, or go to somebody else? Save a rescue file first.',
    days: (p) =>
      `Some records have not been sent for ${p.days} days. Save a rescue file, so that nothing is lost if the phone fails.`
  }
};
