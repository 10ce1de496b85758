// English sentences: product.
import type { product as source } from '../vi/product.ts';
import type { Translation } from '../locale.ts';

export const product: Translation<typeof source> = {
  title: 'Product',
  newTitle: 'New product',
  editTitle: 'Edit product',
  set: (p) => `Set ${p.number} ${p.name}`,
  unknownSet: (p) => `Criteria set ${p.id} comes with a newer version. Update the app to see it.`,
  starsUntil: (p) => `until ${p.day}`,
  starsLapsed: (p) => `ran out on ${p.day}`,
  application: { first: 'First assessment', upgrade: 'Upgrade', renewal: 'Renewal' },
  section: { product: 'Product', recognition: 'Present rank', office: 'Office part' },
  field: {
    producer: 'Producer',
    producerHint: 'Type the name, accents are not needed',
    name: 'Name of the product',
    nameHint: 'As on the label',
    set: 'Criteria set',
    setHint: 'Type the name of the group, for example nuoc mam',
    presentation: 'Presentation',
    presentationHint: 'For example glass bottle 500 ml',
    application: 'Kind of assessment',
    stars: 'Stars',
    decision: 'Decision number',
    date: 'Date of the decision',
    authority: 'Recognised by',
    validUntil: 'Valid until',
    validUntilHint: 'Usually 36 months after the decision',
    code: 'Product code',
    codeHint: 'Given at the commune office; leave empty until then'
  },
  noStars: 'No stars yet',
  newProducer: 'New producer',
  setFixed: 'A self-assessment was made with this set. Another set only counts for later ones.',
  warning: {
    validBefore: 'It ends before the decision.',
    dateLater: 'This day is later than today.',
    validFilled: 'Filled in as 36 months after the decision. Correct it if the decision says otherwise.'
  },
  error: {
    name: 'A product needs a name. The old name is kept.',
    nameNew: 'Type a name to save this product.',
    producer: 'Choose a producer to save this product.',
    set: 'Choose a criteria set to save this product.'
  },
  duplicate: {
    title: 'This product may be here already',
    same: 'same name, same producer',
    open: 'Open the existing one',
    keep: 'No, make a new one',
    held: 'Not made yet; what you typed is kept. Choose one of the two.',
    dropped: 'The product just made was dropped'
  },
  notSavedYet: 'Saved once it has a producer, a name and a set',
  estimate: {
    title: 'Estimate',
    none: 'No estimate yet',
    disqualified: 'A disqualifier applies, the file gets no rank',
    unit: '/100',
    byPoints: 'By points',
    byMinimums: 'By minimums',
    gap: (p) => `${p.n} ${p.n === '1' ? 'criterion' : 'criteria'} missing for ${String(p.stars)} stars`,
    gapPoints: (p) => `${p.points} ${p.points === '1' ? 'point' : 'points'} missing for ${String(p.stars)} stars`,
    top: 'The highest rank by this estimate',
    council: 'An estimate. The council decides the rank.',
    progress: (p) => `${p.done} of ${p.of} criteria looked at`,
    noAssessment: 'No self-assessment yet',
    noAssessmentText: 'Score it with the producer to see how many stars it may get and what is missing.'
  },
  tab: {
    label: 'Parts of the product',
    assessments: 'Self-assessment',
    surveys: 'Surveys',
    evidence: 'Evidence',
    history: 'History'
  },
  assessmentOf: (p) => `Self-assessment ${p.day}`,
  surveyOf: (p) => `Survey ${p.day}`,
  noAssessments: 'No self-assessment yet. Tap “New self-assessment” to begin.',
  noSurveys: 'No survey yet. Tap “New survey” to begin.',
  totals: (p) => `${p.total} points · estimate ${String(p.stars)} ${p.stars === 1 ? 'star' : 'stars'}`,
  criteria: (p) => `${p.done}/${p.of} criteria`,
  sections: (p) => `${p.done}/${p.of} sections`,
  newAssessment: 'New self-assessment',
  newSurvey: 'New survey',
  goOnAssessment: 'Edit self-assessment',
  goOnSurvey: 'Go on with the survey',
  viewAssessment: 'See self-assessment',
  edit: 'Edit product',
  openProducer: 'Open producer',
  remove: 'Delete product',
  removed: (p) => `${p.name} deleted`,
  done: 'Done',
  nextSurvey: 'Next: survey',
  menu: 'More',
  gone: { title: 'This product was deleted', text: 'It is no longer in the list. Tap “Undo” to take it back.' },
  missing: {
    title: 'This product is not on this phone',
    text: 'It may have been deleted, or not fetched yet. Sync and open it again.'
  },
  /** At the beginning of a line. */
  you: 'You',
  history: {
    producer: 'Producer',
    product: 'Product',
    survey: 'Survey',
    assessment: 'Self-assessment',
    paper: 'Paper',
    photo: 'Photo',
    created: (p) => `Created by ${p.who}`,
    updated: (p) => `Last edited by ${p.who}`,
    submitted: (p) => `Submitted by ${p.who}`,
    returned: (p) => `Returned by ${p.who}`,
    accepted: (p) => `Accepted by ${p.who}`,
    draft: (p) => `Reopened as a draft by ${p.who}`,
    removed: (p) => `Deleted by ${p.who}`,
    clashed: (p) => `Edited by ${p.who} while somebody else did`,
    decided: (p) => `${p.who} chose between two versions`,
    kept: (p) => `Version of ${p.who} that was not kept`,
    you: 'you'
  }
};
