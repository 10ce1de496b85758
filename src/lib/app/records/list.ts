// What the screens list of products and producers.
import type { Status } from '#lib/domain/document/status.ts';
import { type CertificateState, renewalOf } from '#lib/domain/deadline/certificate.ts';
import { dueRange } from '#lib/domain/deadline/due.ts';
import { nearestFirst } from '#lib/domain/place/distance.ts';
import type { Fix } from '#lib/domain/place/fix.ts';
import type { DossierState, ProducerEntry, ProductEntry } from '#lib/storage/lists.ts';
import { search } from '#lib/storage/search.ts';

export type { DossierState, ProducerEntry, ProductEntry, ProductList } from '#lib/storage/lists.ts';
export { dossierStates, productList, sendingOfProducers, sendingOfProducts } from '#lib/storage/lists.ts';
export { search } from '#lib/storage/search.ts';

/** A certificate's place in the filter: as in `CertificateState`, `soon` = its window opens within a month. */
export type DueFilter = Exclude<CertificateState, 'current'> | 'soon';
export const DUE_FILTERS: readonly DueFilter[] = ['open', 'soon', 'late', 'lapsed'];
/** A state, or `none`: no survey and no assessment. */
export type StateFilter = Status | 'none';

export const SORTS = ['visit', 'name', 'distance'] as const;

/** What of the list is shown, and in which order. '' = everything. */
export interface ListView {
  readonly show: 'products' | 'producers';
  readonly query: string;
  readonly commune: string;
  readonly setId: string;
  /** '0' = no stars, '1' … '5'. */
  readonly stars: string;
  readonly state: StateFilter | '';
  /** `any` = whatever falls due (the link from Hôm nay). */
  readonly due: DueFilter | 'any' | '';
  /** `distance` from where the person stands; by name while that is not known. */
  readonly sort: (typeof SORTS)[number];
}

export const WHOLE_LIST: ListView = {
  show: 'products',
  query: '',
  commune: '',
  setId: '',
  stars: '',
  state: '',
  due: '',
  sort: 'visit'
};

/**
 * The products in the order of a view: kept by the screen while only the search changes, for sorting 5,000 rows takes
 * longer than finding in them.
 */
export function inOrder(
  products: readonly ProductEntry[],
  states: ReadonlyMap<string, DossierState>,
  sort: ListView['sort'],
  here: Fix | null = null
): readonly ProductEntry[] {
  if (sort === 'distance' && here !== null) return nearest(products, here);
  if (sort !== 'visit') return products;
  const visitedAt = ({ id }: ProductEntry): string => states.get(id)?.visitedOn ?? '';
  // The list comes sorted by name, and the sort is stable: those never visited keep that order at the end.
  return products.toSorted((a, b) => (visitedAt(a) === visitedAt(b) ? 0 : visitedAt(a) < visitedAt(b) ? 1 : -1));
}

/** The producers in the order of a view; by name unless it asks for the nearest first. */
export const producersInOrder = (
  producers: readonly ProducerEntry[],
  sort: ListView['sort'],
  here: Fix | null
): readonly ProducerEntry[] => (sort === 'distance' && here !== null ? nearest(producers, here) : producers);

const nearest = <T extends { readonly place: Fix | null }>(entries: readonly T[], here: Fix): readonly T[] =>
  nearestFirst(entries, here, ({ place }) => place).map(({ thing }) => thing);

/** Those of the products that a view shows, in the order in which they come. */
export function productsIn(
  products: readonly ProductEntry[],
  states: ReadonlyMap<string, DossierState>,
  view: ListView,
  today: string
): readonly ProductEntry[] {
  const kept = products.filter(
    (product) =>
      (view.commune === '' || product.commune === view.commune) &&
      (view.setId === '' || product.setId === view.setId) &&
      (view.stars === '' || (product.stars ?? 0) === Number(view.stars)) &&
      (view.state === '' || (states.get(product.id)?.status ?? 'none') === view.state) &&
      (view.due === '' || fallsDue(product.validUntil, view.due, today))
  );
  return search(kept, view.query);
}

/** The producers that a view shows, by name; only search and commune speak of producers. */
export function producersIn(producers: readonly ProducerEntry[], view: ListView): readonly ProducerEntry[] {
  return search(
    producers.filter(({ commune }) => view.commune === '' || commune === view.commune),
    view.query
  );
}

/** Which of the filter's words a certificate falls under today; null when it is far from its end, or there is none. */
export function dueOf(validUntil: string | null, today: string): DueFilter | null {
  const renewal = validUntil === null ? null : renewalOf(validUntil, today);
  if (renewal === null) return null;
  if (renewal.state !== 'current') return renewal.state;
  return renewal.validUntil <= dueRange(today).to ? 'soon' : null;
}

function fallsDue(validUntil: string | null, wanted: DueFilter | 'any', today: string): boolean {
  const due = dueOf(validUntil, today);
  return due !== null && (wanted === 'any' || due === wanted);
}
