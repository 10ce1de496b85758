// English sentences: paper (its page, its form, and where it is evidence).
import type { Translation } from '../locale.ts';
import type { paper as vi } from '../vi/paper.ts';

export const paper: Translation<typeof vi> = {
  title: 'Paper',
  newTitle: 'New paper',
  editTitle: 'Edit paper',
  section: {
    paper: 'Paper',
    validity: 'Validity',
    facts: 'On the paper',
    proofs: 'Evidence for',
    note: 'Note',
    history: 'History'
  },
  field: {
    paperKind: 'Kind of paper',
    title: 'Name',
    titleHint: 'Where the kind does not say enough, such as Microbiology',
    number: 'Number',
    numberHint: 'As on the paper',
    issuer: 'Issuer',
    issuedOn: 'Issued on',
    validUntil: 'Valid until',
    validUntilHint: 'Leave empty if it has no end',
    note: 'Note',
    photos: 'Photos of the paper',
    productId: 'Product'
  },
  empty: 'Not noted',
  warning: {
    later: 'The day of issue is still to come.',
    before: 'It ends before the day of issue. Check one of the two days.',
    year: 'This year looks wrong. Check it on the paper.'
  },
  error: {
    kind: 'Choose the kind to save this paper.',
    elsewhere: 'This product belongs to a commune outside your account, so this is not saved. What you typed is kept.'
  },
  notSavedYet: 'Saved once it has a kind',
  duplicate: {
    title: 'This paper may be here already',
    same: 'same kind and number',
    sameKind: 'same kind, no number yet',
    text: 'Use it and you need not type it twice.',
    use: 'Use the one that is here',
    held: 'Not made yet; what you typed is kept. Choose one of the two.',
    dropped: 'The paper just made was dropped'
  },
  done: 'Done',
  edit: 'Edit',
  menu: 'More',
  remove: 'Delete paper',
  removeAnyway: 'Delete it all the same',
  removed: (p) => `${p.name} deleted`,
  isEvidence: (p) => `It is evidence for criterion ${p.codes}.`,
  isEvidenceText:
    'Once deleted, self-assessments that are open no longer count it. What was handed in or accepted stays as it was.',
  openProduct: 'Open product',
  gone: { title: 'This paper was deleted', text: 'It is no longer with the product. Press “Undo” to get it back.' },
  missing: {
    title: 'This paper is not on this phone',
    text: 'It may have been deleted, or not fetched yet. Sync and open it again.'
  },
  noProduct: {
    title: 'Which product is this paper of?',
    text: 'Open the product, go to “Evidence” and press “Add paper”.'
  },
  proof: (p) => `${p.code} ${p.title}`,
  proofOf: (p) => `Self-assessment ${p.day}`,
  noProofs: 'With no criterion yet. Open the self-assessment, choose a criterion and press “Attach paper”.',
  list: {
    title: 'Papers',
    none: 'No papers yet. Add the first one to know when it runs out.',
    noneToRead: 'No papers yet.',
    add: 'Add paper'
  },
  fromSurvey: {
    title: (p) => `The survey of ${p.day} has ${p.count === 1 ? '1 paper' : `${String(p.count)} papers`} not yet here`,
    take: (p) => `Take over ${p.count === 1 ? '1 paper' : `${String(p.count)} papers`}`,
    taken: (p) => `${p.count === 1 ? '1 paper' : `${String(p.count)} papers`} taken over from the survey`
  },
  attach: {
    action: 'Attach paper',
    title: (p) => `Paper for ${p.code}`,
    list: (p) => `Papers that prove criterion ${p.code}`,
    create: 'New paper',
    none: 'The product has no other paper to attach.',
    attached: (p) => `${p.name} attached to ${p.code}`,
    detach: (p) => `Take ${p.name} off ${p.code}`,
    detached: (p) => `Paper taken off ${p.code}`,
    lost: 'Paper deleted, or not fetched yet'
  },
  due: {
    title: 'Papers that run out',
    soon: 'Running out',
    expired: 'Expired',
    none: {
      title: 'No papers run out',
      text: 'Papers with less than 60 days left, or that expired lately, appear here.'
    }
  }
};
