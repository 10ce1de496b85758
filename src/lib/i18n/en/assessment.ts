// English sentences: assessment (the self-assessment editor).
import type { Translation } from '../locale.ts';
import type { assessment as source } from '../vi/assessment.ts';

export const assessment: Translation<typeof source> = {
  title: 'Self-assessment',
  subtitle: (p) => ['Self-assessment', p.producer, `Set ${p.set}`].filter((part) => part !== '').join(' · '),
  unknownProduct: 'Product not on this phone yet',
  outOf100: '/100',
  outOf: (p) => `/${p.max} points`,
  unseenPoints: '–',
  unseenPointsSpoken: (p) => `not looked at, ${p.max} points at most`,
  estimate: 'Estimate',
  estimateStars: (p) => (p.stars === 1 ? '1 star' : `${String(p.stars)} stars`),
  byPoints: 'By points',
  byMinimums: 'By minimums',
  score: 'Points and rank',
  announce: (p) => `${p.points} of 100 points. Estimate ${String(p.stars)} stars.`,
  announceEnded: (p) => `${p.points} of 100 points. ${p.reason}, no rank is estimated.`,
  estimateNote: 'An estimate. The council decides the rank.',
  tree: 'Sections of the criteria set',
  part: (p) => `${p.code} · ${p.title}`,
  filter: {
    label: 'Filter criteria',
    all: 'All',
    unseen: 'Not looked at',
    missed: 'Below minimum',
    noEvidence: 'No evidence'
  },
  nothingLeft: {
    unseen: { title: 'All looked at', text: 'No criterion is left to look at.' },
    missed: { title: 'No minimum missed', text: 'Every minimum of the next rank is met.' },
    noEvidence: { title: 'No evidence lacking', text: 'Every criterion with points has evidence.' },
    showAll: 'Show all criteria'
  },
  criterion: {
    options: (p) => `Options of criterion ${p.code}`,
    notReached: 'No option reached',
    clear: 'Clear',
    cleared: (p) => `Choice at ${p.code} cleared`,
    note: 'Note',
    addNote: 'Note',
    next: 'Next',
    nextSpoken: (p) => `Next: criterion ${p.code}`,
    hasNote: 'Has a note',
    hasMinimum: (p) => `Has a ${String(p.star)}-star minimum`,
    cases: (p) => `Case of criterion ${p.code}`,
    caseTitle: 'Case',
    caseChanged: 'The case changed, so the earlier option was cleared',
    blockedRow: 'No story, counts 0',
    blocked: (p) => `Criterion ${p.by} has no points, so this one counts 0. The option chosen is kept.`,
    waitingRow: (p) => `Waits for criterion ${p.by}`,
    waiting: (p) => `Choose at criterion ${p.by} first; points count here only if there is a story.`,
    openOther: (p) => `Open criterion ${p.code}`,
    doubt: 'Printed text to be checked'
  },
  ending: {
    applies: 'This applies to the product',
    row: 'Disqualified here',
    disqualify: 'File rejected',
    stop: 'Assessment stopped',
    notEligible: 'Not eligible for assessment',
    whole: 'What rejects the whole file',
    wholeUnticked: 'No condition ticked',
    wholeTicked: 'Ticked, the file is rejected'
  },
  dock: {
    unseen: (p) => `Not looked at ${String(p.count)}`,
    gap: (p) => `Gaps to ${String(p.star)} stars`,
    complete: 'Enough for 5 stars',
    submit: 'Submit'
  },
  gap: {
    title: 'What is missing?',
    titleFor: (p) => `What is missing for ${String(p.star)} stars`,
    target: 'Rank to reach',
    to: (p) => `To ${String(p.star)} stars`,
    enoughPoints: 'Enough points:',
    lackPoints: (p) => `${p.points} points missing:`,
    pointsNow: (p) => `${p.now} now, ${p.needed} needed`,
    pointsEnough: (p) => `${p.now}, ${p.needed} needed`,
    allMinimums: 'All minimums met',
    missed: (p) => (p.count === 1 ? '1 minimum missed;' : `${String(p.count)} minimums missed;`),
    missedGain: (p) =>
      p.count === 1 ? `meeting it adds ${p.gain} points` : `meeting all ${String(p.count)} adds ${p.gain} points`,
    stillLacking: (p) => `, ${p.points} still missing`,
    oneStep: 'One option up is enough',
    twoSteps: 'Two options up',
    moreSteps: 'Two or more options up',
    unseen: 'Not looked at',
    morePoints: 'Points could be added',
    gain: (p) => `+${p.gain}`,
    gainSpoken: (p) => `adds ${p.gain} points`,
    from: (p) => `${p.from} points now, ${p.to} needed`,
    fromUnseen: (p) => `Not looked at, ${p.to} needed`,
    raise: (p) => `From ${p.from} to ${p.to} points`,
    raiseUnseen: (p) => `Not looked at, gives ${p.to} points`,
    reached: (p) => `Nothing is missing for ${String(p.star)} stars.`,
    ended: 'A disqualifier is ticked, so there is no rank. What follows is reckoned as if it were not.'
  },
  info: {
    title: 'About this criteria set',
    open: 'About this criteria set',
    set: (p) => `Set ${p.number} ${p.name}`,
    line: 'Line',
    group: 'Group',
    decision: 'Decision',
    annex: (p) => `${p.decision}, annex ${p.annex}`,
    effective: 'In force from',
    version: 'Version',
    keeps: 'This self-assessment keeps this set and version, whatever a later decision says.',
    samples: 'Product samples',
    samplesYes: 'Needed',
    samplesNo: 'Not needed',
    rules: 'What rejects the whole file',
    doubts: 'Printed text to be checked',
    how: 'How the rank is estimated',
    howText:
      'By points: 5 stars from 90, 4 from 70, 3 from 50, 2 from 30, without rounding. By minimums: the highest rank whose own and all lower minimums are met. The estimate is the lower of the two. The council decides the rank.'
  },
  menu: {
    open: 'More',
    submit: 'Submit self-assessment',
    submitText: 'Hands it to the reviewers; read-only afterwards',
    remove: 'Delete self-assessment',
    removeText: 'Can be undone right after',
    removed: '1 self-assessment deleted'
  },
  submit: {
    title: 'Submit self-assessment',
    unseen: (p) =>
      p.count === 1
        ? '1 criterion was not looked at and counts 0.'
        : `${String(p.count)} criteria were not looked at and count 0.`,
    showUnseen: 'Show what is left',
    complete: 'All criteria were looked at.',
    total: 'Total',
    after:
      'After submitting it can no longer be changed unless the reviewers return it. It stays on this phone and is sent by itself when there is a network.',
    confirm: 'Submit',
    done: 'Submitted. It is sent by itself when there is a network.',
    failed: 'Not submitted: the phone could not write it. What you chose is still on the screen.'
  },
  locked: {
    submitted: 'Submitted, waiting for the reviewers. Read-only.',
    accepted: 'Accepted. Read-only.',
    others: (p) => `Belongs to ${p.name}. Read-only for you.`,
    frozen: (p) => `When submitted: ${p.total} points`
  },
  returned: 'Returned. Correct it and submit again.',
  notSaved: {
    quota:
      'The phone’s storage is full, so this could not be saved. What you chose is still on the screen; it is saved as soon as there is room. Delete sent photos in Settings, and do not close the app.',
    other: 'The phone could not save this. What you chose is still on the screen; the phone keeps trying.'
  },
  gone: {
    title: 'This self-assessment was deleted',
    text: 'Somebody else or another tab has just deleted it. The product’s page shows what is left.'
  },
  error: {
    missing: {
      title: 'This self-assessment is not on this phone',
      text: 'It may not have arrived yet, or it was deleted. Sync and open it again.'
    },
    unknownSet: {
      title: 'A newer version of the app is needed',
      text: 'This self-assessment uses a criteria set that this app does not have yet. Your data are kept; update the app to open it.'
    },
    setUnavailable: {
      title: 'The criteria set could not be loaded',
      text: 'This criteria set is not on this phone yet. Your data are kept; open it again when there is a network.'
    },
    invalidSet: {
      title: 'The criteria set is damaged',
      text: 'Your data are kept. Update the app and open it again.'
    },
    back: 'To the list of products'
  }
};
