// English sentences: today.
import type { today as source } from '../vi/today.ts';
import type { Translation } from '../locale.ts';

export const today: Translation<typeof source> = {
  title: 'Today',
  you: 'you',
  newSurvey: 'New survey',
  returned: {
    title: 'To correct',
    count: (p) => (p.n === '1' ? '1 file' : `${p.n} files`),
    remarks: (p) => (p.n === '1' ? '1 remark' : `${p.n} remarks`),
    remarksBy: (p) => `from ${p.who}`,
    noRemarks: 'No remarks on this phone yet',
    act: 'Correct as remarked'
  },
  submitted: {
    title: 'Waiting for your review',
    count: (p) => (p.n === '1' ? '1 file' : `${p.n} files`),
    by: (p) => `Submitted by ${p.who} ${p.when}`
  },
  drafts: {
    title: 'Go on with',
    count: (p) => (p.n === '1' ? '1 draft' : `${p.n} drafts`),
    sections: (p) => `${p.done}/${p.of} sections`,
    criteria: (p) => `${p.done}/${p.of} criteria`,
    notStarted: 'Not started'
  },
  kind: { survey: 'Survey', assessment: 'Self-assessment' },
  due: {
    title: 'Falling due',
    renewal: (p) => `Renewal of ${p.product}`,
    soon: (p) => `Files are taken from ${p.from} to ${p.until}`,
    open: (p) => `Submit before ${p.day}, ${p.left}`,
    late: (p) => `The date ${p.closed} has passed. The certificate holds until ${p.until}`,
    lapsed: (p) => `The certificate ran out on ${p.until}`,
    left: (p) =>
      p.days === 0 ? 'today is the last day' : p.days === 1 ? '1\u00a0day left' : `${String(p.days)}\u00a0days left`,
    round: (p) => `Round ${String(p.number)} of ${String(p.year)}`,
    roundBefore: (p) => `The commune sends its request before ${p.day}`,
    all: (p) => `See all ${p.n} products falling due`,
    allPapers: (p) => `See all ${p.n} papers falling due`
  },
  visits: {
    title: 'Planned visits',
    at: (p) => `${p.weekday}, ${p.time}`,
    missed: 'The planned day has passed'
  },
  sync: {
    title: 'Sync',
    waiting: (p) => (p.n === '1' ? '1 record not sent' : `${p.n} records not sent`),
    attention: (p) => (p.n === '1' ? '1 record needs you' : `${p.n} records need you`),
    photos: (p) => `${p.n} photos not sent`,
    allSent: 'All sent',
    receivedAt: (p) => `The server answered ${p.when}`
  },
  more: (p) => (p.n === '1' ? 'See 1 more file' : `See ${p.n} more files`),
  empty: {
    title: 'Nothing to do yet',
    text: 'Tap “New survey” to begin with a product. No network is needed.',
    reviewerTitle: 'No file waits for review',
    reviewerText: 'Files that officers submit appear here after this device has synced.',
    loading: 'Fetching the records of your communes',
    loadingText: 'You can work at once; records appear here little by little.'
  },
  start: {
    title: 'New survey',
    hint: 'Choose the product to survey.',
    search: 'Find a product or producer',
    recent: 'Recent',
    found: (p) => (p.n === '1' ? '1 product' : `${p.n} products`),
    none: (p) => `No product matches “${p.query}”.`,
    noProducts: 'No products yet. Add a new product to survey.',
    newProduct: 'New product',
    goOn: 'Go on with the draft'
  },
  ago: {
    today: 'today',
    yesterday: 'yesterday',
    days: (p) => `${String(p.days)} days ago`
  }
};
