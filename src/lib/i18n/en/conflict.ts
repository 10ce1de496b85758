// English sentences: conflict.
import type { conflict as source } from '../vi/conflict.ts';
import type { Translation } from '../locale.ts';

export const conflict: Translation<typeof source> = {
  title: 'Two versions differ',
  intro: (p) => `You and ${p.who} both changed this record. ${p.merged} other places were merged.`,
  introPlain: (p) => `You and ${p.who} both changed this record.`,
  open: (p) => (p.n === '1' ? '1 place' : `${p.n} places`),
  openRest: 'left for you to choose; until then both are kept.',
  mine: (p) => `You, ${p.day} at ${p.time}`,
  theirs: (p) => `${p.who}, ${p.day} at ${p.time}`,
  somebody: 'somebody else',
  rewrite: 'Rewrite it',
  rewritten: 'Rewritten',
  rewriteLabel: (p) => `Rewrite: ${p.field}`,
  chosen: (p) => `${p.done} of ${p.of} places chosen`,
  nextOpen: 'To the next open place',
  merge: 'Merge into one',
  merged: 'Merged into one; it will be sent to the server',
  unreadable: 'The other version was written by a newer app. Update the app, then compare; until then both are kept.',
  toUpdate: 'See the update',
  empty: 'Left empty',
  deletedHere: 'Delete this record',
  keptHere: 'Keep this record',
  points: (p) => `${p.points} points · ${p.text}`,
  unseen: 'Not looked at',
  notReached: 'No option reached',
  option: (p) => `Option ${p.n}`,
  rows: (p) => (p.n === '1' ? '1 row' : `${p.n} rows`),
  rowGone: 'This row was deleted',
  whole: (p) => `${p.status}: take this version as a whole`,
  yes: 'Yes',
  no: 'No',
  where: {
    producer: (p) => `Producer ${p.name}`,
    product: (p) => `Product ${p.name}`,
    survey: (p) => p.section,
    criterion: (p) => `Criterion ${p.code}`,
    note: (p) => `Note at criterion ${p.code}`,
    reason: 'Reason for keeping an answer',
    record: 'Record',
    review: 'Remarks'
  },
  field: {
    plannedVisit: 'Planned visit',
    recognition: 'Present rank',
    representative: 'Representative',
    status: 'State',
    deleted: 'Delete or keep',
    description: 'Self-description',
    disqualified: 'Disqualifiers',
    remarks: 'Remarks',
    producerId: 'Producer',
    other: (p) => `Field ${p.name}`
  },
  none: {
    title: 'This record has no two versions any more',
    text: 'It was merged, or the server took your version. Nothing is left to do.'
  },
  all: {
    title: 'Nothing differs',
    text: 'Both versions say the same. Merge them into one.'
  },
  failed: 'It could not be merged. Both versions are still on this phone; try again.'
};
