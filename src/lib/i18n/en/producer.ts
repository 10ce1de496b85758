// English sentences: producer.
import type { producer as source } from '../vi/producer.ts';
import type { Translation } from '../locale.ts';

export const producer: Translation<typeof source> = {
  title: 'Producer',
  newTitle: 'New producer',
  editTitle: 'Edit producer',
  type: {
    cooperative: 'Cooperative',
    group: 'Cooperative group',
    enterprise: 'Enterprise',
    farm: 'Farm',
    household: 'Registered household'
  },
  sex: { female: 'Female', male: 'Male' },
  section: {
    identity: 'Producer',
    representative: 'Representative',
    contact: 'Contacts',
    place: 'Place',
    visit: 'Planned visit',
    products: 'Products',
    history: 'History',
    note: 'Note'
  },
  field: {
    name: 'Name of the producer',
    nameHint: 'As on the registration',
    type: 'Type',
    registrationNumber: 'Business registration number',
    registeredOn: 'Registered on',
    commune: 'Commune',
    communeHint: 'Type a few letters, accents are not needed',
    address: 'Address',
    addressHint: 'House number, hamlet or quarter',
    representative: 'Full name',
    position: 'Position',
    sex: 'Sex',
    ethnicity: 'Ethnicity',
    disability: 'Has a disability',
    residence: 'Residence',
    phone: 'Phone',
    email: 'E-mail',
    website: 'Website',
    place: 'Place on the map',
    placeHint: 'Measured on the spot. For sorting by distance and the sketch of neighbours.',
    note: 'Note',
    visitDay: 'Day',
    visitTime: 'Time',
    visitNote: 'What for'
  },
  communeType: { xa: 'Commune', phuong: 'Ward', dac_khu: 'Special zone' },
  binhThuan: 'Former Bình Thuận',
  otherCommunes: 'Other communes of the province',
  warning: {
    phone: 'A phone number usually has 10 digits.',
    registration: 'The number usually has 10 or 13 digits; a household’s may have letters.',
    email: 'An e-mail address usually looks like name@place.vn.',
    website: 'A website usually looks like name.vn.',
    registeredLater: 'This day is later than today.',
    visitPast: 'The planned day has passed.',
    elsewhere: 'This commune is no longer among yours: changes cannot be sent.'
  },
  error: {
    name: 'A producer needs a name. The old name is kept.',
    nameNew: 'Type a name to save this producer.',
    commune: 'Choose a commune to save this producer.'
  },
  duplicate: {
    title: 'This producer may be here already',
    name: 'same name',
    phone: 'same phone number',
    registrationNumber: 'same registration number',
    open: 'Open the existing one',
    use: 'Use the existing one',
    keep: 'No, make a new one',
    keepBoth: 'No, keep them apart',
    text: 'Using it again saves typing everything twice.',
    held: 'Not made yet; what you typed is kept. Choose one of the two.',
    dropped: 'The producer just made was dropped'
  },
  notSavedYet: 'Saved once it has a name and a commune',
  onlyCommune: 'Your account works in this commune only.',
  noCommune: 'Your account has no commune yet; ask the administrator.',
  communeFixed: 'Cannot change once made: the record lies in this commune’s database.',
  call: (p) => `Call ${p.phone}`,
  mail: (p) => `Write to ${p.email}`,
  addProduct: 'Add a product',
  addProductFor: 'Next: product',
  edit: 'Edit',
  planVisit: 'Plan a visit',
  empty: { field: 'Not recorded', products: 'No products yet. Add the first product of this producer.' },
  remove: 'Delete producer',
  removed: (p) => `${p.name} deleted`,
  hasProducts: (p) =>
    `${p.n} ${p.n === '1' ? 'product is' : 'products are'} left. Delete the products first, then the producer.`,
  gone: { title: 'This producer was deleted', text: 'It is no longer in the list. Tap “Undo” to take it back.' },
  missing: {
    title: 'This producer is not on this phone',
    text: 'It may have been deleted, or not fetched yet. Sync and open it again.'
  },
  history: {
    created: (p) => `Created by ${p.who}`,
    updated: (p) => `Last edited by ${p.who}`,
    you: 'you'
  },
  autosaved: 'Saved by itself as you edit',
  done: 'Done',
  who: 'Record only what the forms ask. Officers of the commune and the provincial reviewers can see it.',
  menu: 'More'
};
