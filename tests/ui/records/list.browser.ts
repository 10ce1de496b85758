// The list of products: filters, order, and its way into the address and back.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  DUE_FILTERS,
  type DossierState,
  type ListView,
  type ProductEntry,
  WHOLE_LIST,
  dueOf,
  inOrder,
  producersInOrder,
  productsIn
} from '#lib/app/records/list.ts';
import { queryToView, viewToQuery } from '#lib/app/records/listView.ts';
import { STATUSES } from '#lib/domain/document/status.ts';
import { fold } from '#lib/domain/text/fold.ts';

const TODAY = '2026-11-23';

const entry = (name: string, over: Partial<ProductEntry> = {}): ProductEntry => ({
  id: `product:${name}`,
  name,
  producerId: 'producer:1',
  producerName: 'HTX Đức Thành',
  commune: '22972',
  setId: 'qd26-09',
  stars: null,
  validUntil: null,
  updatedAt: '2026-11-01T00:00:00.000Z',
  place: null,
  folded: fold(`${name} HTX Đức Thành`),
  ...over
});
const state = (over: Partial<DossierState>): DossierState => ({
  status: 'draft',
  updatedAt: '2026-11-01T00:00:00.000Z',
  visitedOn: null,
  ...over
});

const products = [
  entry('Bánh rế', { setId: 'qd26-12', commune: '22969' }),
  entry('Mực một nắng', { stars: 3, validUntil: '2027-04-12' }),
  entry('Nước mắm', { stars: 4, validUntil: '2026-11-01' }),
  entry('Thanh long sấy')
];
const states = new Map([
  ['product:Mực một nắng', state({ status: 'returned', visitedOn: '2026-11-10' })],
  ['product:Thanh long sấy', state({ visitedOn: '2026-11-20' })]
]);
const shown = (all: readonly ProductEntry[], view: ListView): readonly ProductEntry[] =>
  productsIn(inOrder(all, states, view.sort), states, view, TODAY);
const names = (view: Partial<ListView>): string[] =>
  shown(products, { ...WHOLE_LIST, ...view }).map(({ name }) => name);

describe('the list', () => {
  it('begins with the latest visit; those never visited follow by name', () => {
    expect(names({})).toEqual(['Thanh long sấy', 'Mực một nắng', 'Bánh rế', 'Nước mắm']);
    expect(names({ sort: 'name' })).toEqual(['Bánh rế', 'Mực một nắng', 'Nước mắm', 'Thanh long sấy']);
  });

  it('puts the nearest first, those not measured last by name, and keeps the names while nobody knows where one is', () => {
    const at = (north: number) => ({ lat: 11 + north, lon: 108, accuracy: 8 });
    const placed = [
      entry('Bánh rế'),
      entry('Mực một nắng', { place: at(0.2) }),
      entry('Nước mắm'),
      entry('Thanh long sấy', { place: at(-0.1) })
    ];
    const ordered = (here: ReturnType<typeof at> | null) =>
      inOrder(placed, states, 'distance', here).map(({ name }) => name);
    expect(ordered(at(0))).toEqual(['Thanh long sấy', 'Mực một nắng', 'Bánh rế', 'Nước mắm']);
    expect(ordered(null)).toEqual(['Bánh rế', 'Mực một nắng', 'Nước mắm', 'Thanh long sấy']);
    expect(inOrder(placed, states, 'name', at(0))).toEqual(placed);
    const producers = placed.map(({ id, name, commune, updatedAt, place, folded }) => ({
      ...{ id, name, commune, updatedAt, place, folded },
      type: null,
      phone: null
    }));
    expect(producersInOrder(producers, 'distance', at(0))[0]?.name).toBe('Thanh long sấy');
    expect(producersInOrder(producers, 'visit', at(0))).toEqual(producers);
  });

  test.each([
    [{ query: 'NUOC MAM' }, ['Nước mắm']],
    [{ query: 'duc thanh muc' }, ['Mực một nắng']],
    [{ commune: '22969' }, ['Bánh rế']],
    [{ setId: 'qd26-12' }, ['Bánh rế']],
    [{ stars: '4' }, ['Nước mắm']],
    [{ stars: '0' }, ['Thanh long sấy', 'Bánh rế']],
    [{ state: 'returned' }, ['Mực một nắng']],
    [{ state: 'none' }, ['Bánh rế', 'Nước mắm']],
    [{ due: 'open' }, ['Mực một nắng']],
    [{ due: 'lapsed' }, ['Nước mắm']],
    [{ due: 'any' }, ['Mực một nắng', 'Nước mắm']],
    [{ due: 'any', state: 'none' }, ['Nước mắm']]
  ] as const)('under %o shows %o', (view, expected) => {
    expect(names(view)).toEqual(expected);
  });

  test.each([
    ['2026-11-22', 'lapsed'],
    ['2027-01-01', 'late'],
    ['2027-04-12', 'open'],
    ['2027-06-01', 'soon'],
    ['2028-01-01', null],
    [null, null]
  ])('a certificate until %s is %s', (validUntil, expected) => {
    expect(dueOf(validUntil, TODAY)).toBe(expected);
  });
});

describe('the address', () => {
  const view: fc.Arbitrary<ListView> = fc.record({
    show: fc.constantFrom('products', 'producers'),
    query: fc.string(),
    commune: fc.constantFrom('', '22972'),
    setId: fc.constantFrom('', 'qd26-09'),
    stars: fc.constantFrom('', '0', '3', '5'),
    state: fc.constantFrom('', 'none', ...STATUSES),
    due: fc.constantFrom('', 'any', ...DUE_FILTERS),
    sort: fc.constantFrom('visit', 'name', 'distance')
  });

  it('brings every view back', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(queryToView(new URLSearchParams(viewToQuery(one)))).toEqual(one);
      })
    );
  });

  it('says nothing for the whole list, and takes unknown words for nothing', () => {
    expect(viewToQuery(WHOLE_LIST)).toBe('');
    expect(queryToView(new URLSearchParams('state=sent&due=never&stars=9&sort=size&show=all'))).toEqual(WHOLE_LIST);
  });
});
