// English sentences: products.
import type { products as source } from '../vi/products.ts';
import type { Translation } from '../locale.ts';

export const products: Translation<typeof source> = {
  title: 'Products',
  searchLabel: 'Find a name',
  add: 'Add',
  addTitle: 'Add new',
  addProducer: 'New producer',
  addProducerHint: 'Cooperative, group, enterprise, farm, registered household',
  addProduct: 'New product',
  addProductHint: 'Of a producer on the list, or add the producer as well',
  show: { label: 'Show', products: 'Products', producers: 'Producers' },
  counted: (p) =>
    `${p.products} ${p.products === '1' ? 'product' : 'products'} of ${p.producers} ${p.producers === '1' ? 'producer' : 'producers'}`,
  countedProducers: (p) => (p.producers === '1' ? '1 producer' : `${p.producers} producers`),
  productsOf: (p) => (p.n === '1' ? '1 product' : `${p.n} products`),
  noProducts: 'No products yet',
  noFile: 'No file yet',
  sort: {
    label: 'Sort by',
    visit: 'Last visit',
    name: 'Name A–Z',
    distance: 'Nearest',
    button: (p) => `Sorted by: ${p.by}`
  },
  filter: {
    label: 'Filters',
    commune: 'Commune',
    set: 'Criteria set',
    stars: 'Stars',
    state: 'State',
    due: 'Certificate',
    all: 'All',
    noStars: 'No stars yet',
    noFile: 'No file yet',
    dueOpen: 'Renewal file due now',
    dueSoon: 'Renewal opens soon',
    dueLate: 'Renewal missed, still valid',
    dueLapsed: 'Ran out',
    setShort: (p) => `Set ${p.number}`
  },
  empty: {
    title: 'No products yet',
    text: 'Add the first producer, then their products.',
    loadingTitle: 'Fetching the records of your communes',
    loadingText: 'Products appear here little by little. You can add new ones.',
    noneTitle: 'Nothing found',
    noneText: 'Try fewer letters or fewer filters.',
    showAll: 'Show all'
  },
  pick: {
    title: 'No product chosen',
    text: 'Choose a row on the left to see it.'
  }
};
