// English sentences: common (words of state, units, and the kit's own words).
import type { common as source } from '../vi/common.ts';
import type { Translation } from '../locale.ts';

const plural = (count: number, one: string, many: string): string => `${String(count)} ${count === 1 ? one : many}`;

export const common: Translation<typeof source> = {
  status: { draft: 'Draft', submitted: 'Submitted', returned: 'Returned', accepted: 'Accepted' },
  sending: {
    local: 'On this phone',
    sending: 'Sending',
    sent: 'Sent',
    refused: 'Refused',
    conflict: 'Conflict',
    lost: 'Lost by the server'
  },
  receipt: {
    taken: (p) => `Server took it ${p.when}, revision ${p.rev}`,
    fetched: (p) => `Fetched from the server, revision ${p.rev}`
  },
  criterion: {
    unseen: 'Not looked at',
    none: 'No option reached',
    missed: (p) => `Below the minimum for ${plural(p.star, 'star', 'stars')}`,
    missedShort: (p) => `Below ${String(p.star)}-star minimum`,
    met: (p) => `Meets the minimum for ${plural(p.star, 'star', 'stars')}`,
    disqualified: 'Has a disqualifier',
    evidence: (p) => plural(p.count, 'piece of evidence', 'pieces of evidence'),
    unshown: 'No evidence yet'
  },
  paperKind: {
    registration: 'Business registration',
    food_safety: 'Food-safety certificate',
    declaration: 'Quality declaration',
    test: 'Test report',
    environment: 'Environment paper',
    origin: 'Proof of origin of the raw material',
    trademark: 'Trademark or geographical indication',
    management: 'HACCP, ISO or GMP certificate',
    barcode: 'Barcode',
    award: 'Award',
    workers: 'List of local workers',
    statements: 'Financial statements, class of the cooperative',
    market: 'Sales contracts, invoices',
    website: 'Website, online shop',
    story: 'Material on the story of the product',
    other: 'Another paper'
  },
  validity: {
    endless: 'No end',
    unknown: 'End not known',
    valid: (p) => `Valid until ${p.day}`,
    soon: (p) => (p.days === 0 ? 'Ends today' : `Ends soon (${plural(p.days, 'day', 'days')}), on ${p.day}`),
    expired: (p) => `Expired on ${p.day}`
  },
  remark: {
    count: (p) => plural(p.count, 'remark', 'remarks'),
    countBy: (p) => `${plural(p.count, 'remark', 'remarks')} from ${p.who}`,
    by: (p) => `Remark from ${p.who}`,
    all: (p) => `Show all ${plural(p.count, 'remark', 'remarks')}`
  },
  stars: (p) => plural(p.stars, 'star', 'stars'),
  starsOf: (p) => `${String(p.stars)} of ${plural(p.of, 'star', 'stars')}`,
  noStars: 'No stars yet',
  minimum: (p) => `Minimum for ${plural(p.star, 'star', 'stars')}`,
  points: (p) => (p.points === '1' ? '1 point' : `${p.points} points`),
  pointsOf: (p) => `${p.points} of ${p.of} points`,
  partPoints: (p) => `Part ${p.code}: ${p.got} of ${p.max} points`,
  partUnseen: (p) => `${p.unseen} points not looked at`,
  legend: { got: 'reached', unseen: 'not looked at', lost: 'not reached' },
  countOf: (p) => `${p.done} of ${p.of}`,
  savedAt: (p) => `Saved on this phone ${p.time}`,
  notSaved: 'Could not save. Your text is still on the screen.',
  notUndone: 'Could not undo: the phone could not write. Nothing is lost; try again.',
  notRemoved: 'Could not delete: the phone could not write. Nothing has changed.',
  section: (p) => `Section ${String(p.number)} of ${String(p.of)}`,
  sectionWord: 'Section',
  errors: (p) => plural(p.count, 'place to correct', 'places to correct'),
  optional: '(optional)',
  locked: 'Locked',
  prefilled: (p) => `From the last visit, ${p.from}`,
  other: 'Please specify',
  chooseAll: 'Choose all that apply.',
  choose: 'Choose',
  search: 'Search',
  clearSearch: 'Clear search',
  found: (p) => `${p.count} results`,
  nothingFound: (p) => `Nothing found for “${p.query}”. Try fewer letters.`,
  moreResults: (p) => `${p.count} more results. Type more to narrow them.`,
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  back: 'Back',
  close: 'Close',
  undo: 'Undo',
  stop: 'Stop',
  clear: 'Clear choice',
  clearFilter: (p) => `Clear filter ${p.filter}`,
  cancel: 'Cancel',
  done: 'Done',
  add: 'Add',
  edit: 'Edit',
  remove: 'Delete',
  more: 'More actions',
  next: 'Next',
  previous: 'Back',
  yes: 'Yes',
  no: 'No',
  unit: {
    percent: '%',
    hectare: 'ha',
    million: 'million VND',
    people: 'people',
    year: 'years'
  }
};
