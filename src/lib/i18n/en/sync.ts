// English sentences: sync.
import type { sync as source } from '../vi/sync.ts';
import { records } from './counts.ts';
import type { Translation } from '../locale.ts';

export const sync: Translation<typeof source> = {
  title: 'Sync',
  now: 'Sync now',
  running: 'Syncing',
  signIn: 'Sign in again',
  headline: {
    allSent: 'All sent',
    allSentAt: (p) => `All sent. The server answered ${p.when}.`,
    waiting: (p) => `${records(p.n)} not sent yet`,
    attention: (p) => (p.n === '1' ? '1 record needs you' : `${p.n} records need you`),
    reading: 'Reading this phone',
    halted: 'Loading is stopped',
    incomplete: 'Not everything is on this phone yet',
    paused: 'Sync is paused',
    neverMet: 'This phone has not reached the server yet',
    sending: (p) => `Sending ${records(p.n)}`,
    photos: (p) => `All records sent, ${p.n} photos left`,
    sendingPhotos: (p) => `All records sent, sending ${p.n} photos`,
    refusedPhotos: (p) => `${p.n} photos need you`
  },
  safe: 'Your data is still on this phone.',
  halted: 'What was loaded stays on this phone, and what you enter is still sent. Tap “Sync now” to go on loading.',
  incomplete: 'Keep the app open and the network on until all is loaded.',
  nothingElseWaits: 'No other record is waiting. Your data is still on this phone.',
  nextTry: (p) => `Next try ${p.when}`,
  soon: 'Next try in a moment',
  problem: {
    offline: () => 'No network. Your data is still on this phone.',
    timeout: () => 'The server answers too slowly. Your data is still on this phone; the app will try again.',
    signedOut: () => 'Your sign-in has expired. You can go on working; sign in again to send.',
    noAccess: (p) =>
      `This account may not open the data of ${p.place}. What is unsent stays on this phone; ask the administrator for access.`,
    noDatabase: (p) =>
      `The server has no place for the data of ${p.place} yet. Your data is still on this phone; tell the administrator.`,
    busy: () => 'The server is busy. Your data is still on this phone; the app will send it again.',
    server: () => 'The server has a fault. Your data is still on this phone; the app will try again.',
    notCouch: () =>
      'This network answers with another page instead of the server, often because the Wi-Fi wants a sign-in. Your data is still on this phone; open the browser to sign in to the Wi-Fi, or use another network.',
    broken: () => 'The server’s answer broke off. Your data is still on this phone; the app will try again.',
    tooLarge: () =>
      'A record is too large for the server. It stays on this phone and the others are sent; shorten it and send it again.',
    rejected: () =>
      'The server does not take this phone’s request. Your data is still on this phone; update the app, and if that does not help tell the administrator.',
    storage: (p) =>
      p.full
        ? 'This phone’s storage is full, so no more could be fetched. What was saved is still here; delete sent photos in Settings, and it syncs again by itself.'
        : 'The app’s store on this phone could not be read. What was saved is still here; close the app in other windows and open it again.',
    aborted: () => 'Sync was stopped. Your data is still on this phone.'
  },
  progress: {
    title: (p) => (p.n === '1' ? 'Fetching the records of 1 commune' : `Fetching the records of ${p.n} communes`),
    note: 'what is fetched is kept',
    counting: 'Asking the server how many records there are',
    halt: 'Stop loading'
  },
  attention: {
    title: 'Needs you',
    view: 'See',
    edit: 'Edit',
    again: 'Send again',
    againQueued: 'Will be sent again',
    handOver: 'Hand to another officer',
    newSurvey: 'Start a new survey',
    newAssessment: 'Start a new self-assessment',
    compare: 'Compare and choose',
    look: 'See both versions',
    eitherMayChoose: 'You may choose as well.',
    othersChoose: 'Whoever may edit this record will choose.',
    refusedAt: (p) => `Refused ${p.when}`,
    conflict: (p) =>
      `${p.who} changed this record too. ${p.n === '1' ? '1 place differs' : `${p.n} places differ`}; both are kept.`,
    conflictSame: (p) => `${p.who} changed this record too. Both are kept until you choose.`,
    kept: 'Your changes are still on this phone.'
  },
  handedOn: {
    title: 'Taken over by other officers',
    by: (p) => `${p.who} has sent it. Your version is still kept on this phone.`
  },
  left: {
    title: { lost: 'Lost by the server', second: 'Two versions on the server' },
    why: {
      lost: 'This phone still has them. Their makers’ phones send them again when they sync; if they are still here after some days, tell the administrator.',
      second: 'You cannot merge these two. Their makers, or a newer app, will; the server keeps both until then.'
    },
    count: (p) => records(p.n),
    more: (p) => `and ${p.n} more`
  },
  waiting: {
    title: 'Waiting to be sent',
    count: (p) => records(p.n),
    more: (p) => `See ${p.n} more`,
    none: 'No record waits to be sent.'
  },
  photos: {
    title: 'Photos',
    count: (p) => `${p.n} waiting`,
    waiting: (p) => `${p.n} photos wait to be sent, ${p.size}`,
    sending: 'Sending photos',
    uploaded: (p) => `${p.done} of ${p.of} uploaded`,
    acknowledged: (p) => `the server holds ${p.n} of ${p.of} photos, which need not be sent again`,
    later: 'They go after the records, when there is a network. They are still on this phone.',
    held: {
      wifi: 'Waiting for Wi-Fi. They are still on this phone.',
      unknown:
        'This device does not tell whether it uses Wi-Fi or a mobile network, so photos wait for you to send them.',
      saving: 'This phone is saving data, so photos wait for Wi-Fi. They are still on this phone.'
    },
    now: (p) => `Send photos now (${p.size})`,
    allSent: (p) => `${p.n} photos of this phone are on the server.`,
    none: 'No photos wait to be sent.',
    refused: (p) => `The server does not take ${p.n} photos`,
    show: 'Show photo',
    kept: 'They are still on this phone.',
    wifiOnly: 'Photos over Wi-Fi only',
    wifiOnlyHint: 'Records always go over any network; only photos wait for Wi-Fi.'
  },
  record: {
    producer: (p) => `Producer ${p.name}`,
    product: (p) => `Product ${p.name}`,
    survey: (p) => `Survey ${p.name}`,
    assessment: (p) => `Self-assessment ${p.name}`,
    review: (p) => `Remarks on ${p.name}`,
    paper: (p) => `Paper of ${p.name}`,
    photo: (p) => `Photo of ${p.name}`,
    conflict: (p) => `Two versions of ${p.name}`,
    deleted: (p) => `${p.record} (deleted)`,
    unnamed: 'without a name',
    foreign: 'A record of a newer version of the app'
  },
  device: {
    title: 'This phone',
    lastContact: 'Last contact',
    never: 'never',
    notYetRead: 'reading',
    nextTry: 'Next try',
    oddName: 'On the server, not readable',
    odd: (p) => `${records(p.n)}, will be read again`,
    traffic: 'Network used',
    trafficMonth: (p) => `${p.amount} this month`,
    used: 'Storage used',
    free: 'Free',
    unknown: 'the phone does not tell',
    persisted: 'The phone has promised to keep this data.',
    notPersisted:
      'The browser may clear the data when the phone runs out of space. Send soon, and put the app on the home screen so that the phone keeps it.'
  },
  skew: {
    title: 'This phone’s clock is off',
    text: (p) =>
      `The phone’s clock is ${p.minutes} min ${p.fast ? 'ahead of' : 'behind'} the server. Records can still be sent, but the times on them will be wrong; switch on “automatic date and time” in the phone’s settings.`
  },
  today: (p) => `today, ${p.time}`,
  at: (p) => `at ${p.time}`,
  onDay: (p) => `${p.day}, ${p.time}`
};
