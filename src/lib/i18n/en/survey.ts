// English sentences: survey (the survey editor).
import type { Translation } from '../locale.ts';
import type { survey as source } from '../vi/survey.ts';

const places = (count: number): string => `${String(count)} ${count === 1 ? 'place' : 'places'}`;

export const survey: Translation<typeof source> = {
  title: 'Survey',
  sections: 'Sections of the survey',
  openSections: 'Open the list of sections',
  sectionState: {
    done: 'Done',
    todo: 'Not started',
    missing: (p) => `${String(p.count)} ${p.count === 1 ? 'answer' : 'answers'} missing`,
    faulty: (p) => `${places(p.count)} to correct`
  },
  next: (p) => `Next: ${p.section}`,
  handIn: 'Submit survey',
  problems: {
    title: (p) => `${places(p.count)} to correct`,
    text: 'Your answers are still on this phone. Tap a place to correct it, then submit again.',
    first: 'Go to the first'
  },
  doubtful: {
    title: (p) => `${places(p.count)} to look at again`,
    text: 'Correct the answer, or write why it stays.',
    reasonForAll: 'Reason for keeping all',
    reasonNeeded: 'Write a reason before keeping them.',
    keepAll: 'Keep all'
  },
  ready: {
    title: 'Submit the survey',
    text: 'The survey is complete. Once submitted, the reviewers read it; you can edit it again if it is returned.',
    hidden: 'Answers to questions that are hidden now are not submitted.',
    later: 'Later'
  },
  handedIn: 'Submitted. It is sent when there is a network.',
  notHandedIn: 'Not submitted. Your answers are still on this phone; try again.',
  remove: 'Delete this survey',
  removed: '1 survey deleted',
  locked: {
    submitted: 'This survey is submitted; the reviewers are reading it. It can be edited only if it is returned.',
    accepted: 'This survey is accepted and can no longer be changed.',
    others: (p) => `Survey by ${p.by}. You can only read it.`
  },
  returned: 'This survey was returned. Correct it as the remarks say, then submit it again.',
  row: {
    untitled: (p) => `Row ${String(p.number)}`,
    remove: (p) => `Delete ${p.title}`,
    removed: (p) => `${p.title} deleted`,
    close: 'Done with this row'
  },
  cleared: 'Choice cleared',
  blank: '–',
  fault: {
    required: 'Not answered. The survey needs this answer.',
    integer: 'A whole number is needed.',
    decimal: 'A number is needed.',
    date: 'The calendar has no such day.',
    choice: 'The choice does not fit any more. Choose again.',
    text: 'Words are needed here.',
    geopoint: 'This place cannot be read. Measure it again.',
    signature: 'This signature cannot be read. Sign again.',
    image: 'A photo is needed here. Take or choose it again.',
    tooLong: 'Longer than 200,000 letters. Shorten it so that it can be submitted.'
  },
  doubt: {
    phoneLength: 'A phone number usually has 10 digits.',
    phonePrefix: 'A phone number usually begins with 02, 03, 05, 07, 08 or 09.',
    taxCode: 'A tax code usually has 10 digits, or 10 and 3 after a hyphen.',
    taxCodeCheck: 'One digit of this tax code does not fit. Check the paper.',
    registration: 'A registration number usually has at least 3 digits. Check the paper.',
    email: 'An e-mail address usually looks like name@place.vn.',
    url: 'A web address usually looks like producer.vn.'
  },
  reason: {
    keep: 'Keep and say why',
    label: 'Reason for keeping it'
  },
  prefilledRows: (p) => `From last time, ${p.day}`,
  storageFull:
    'The storage of this phone is full, so nothing more could be saved. Your words are still on the screen. They are saved as soon as there is room. Delete sent photos in Settings, and do not close the app.',
  missing: {
    title: 'This survey is not on this phone',
    text: 'It may have been deleted, or not been fetched yet. Open Sync when there is a network.'
  },
  newer: {
    title: 'This survey needs a newer version of the app',
    text: 'The answers are untouched. Update the app, then open it again.'
  },
  gone: {
    title: 'This survey was deleted',
    text: 'It was deleted elsewhere while you had it open.'
  },
  toToday: 'To Today'
};
