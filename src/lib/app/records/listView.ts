// The products' list as an address, and back: filters and order survive Back, a restart and a link.
import { STATUSES } from '#lib/domain/document/status.ts';
import { DUE_FILTERS, type ListView, SORTS, WHOLE_LIST } from './list.ts';

/** The query of an address that shows this view; '' for the whole list. */
export function viewToQuery(view: ListView): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    if (typeof value === 'string' && value !== WHOLE_LIST[name as keyof ListView]) params.set(name, value);
  }
  return params.toString();
}

/** The view that an address asks for; a word that is not known is as if it were not there. */
export function queryToView(params: URLSearchParams): ListView {
  const text = (name: keyof ListView): string => params.get(name) ?? '';
  const one = <T extends string>(name: keyof ListView, known: readonly T[], otherwise: T): T =>
    known.find((word) => word === params.get(name)) ?? otherwise;
  return {
    show: one('show', ['products', 'producers'], WHOLE_LIST.show),
    query: text('query'),
    commune: text('commune'),
    setId: text('setId'),
    stars: one('stars', ['', '0', '1', '2', '3', '4', '5'], ''),
    state: one('state', ['', 'none', ...STATUSES], ''),
    due: one('due', ['', 'any', ...DUE_FILTERS], ''),
    sort: one('sort', SORTS, WHOLE_LIST.sort)
  };
}
