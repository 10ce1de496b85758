// What the screen Sản phẩm lists: slim rows of all products, and the states of those in sight.
import type { Producer } from '#lib/domain/document/document.ts';
import { STATUSES, type Status } from '#lib/domain/document/status.ts';
import type { Sending } from '#lib/domain/sending.ts';
import type { Fix } from '#lib/domain/place/fix.ts';
import { fold } from '#lib/domain/text/fold.ts';
import { eachOfKind } from './pages.ts';
import type { Store } from './store.ts';

/** A product as a list shows it. */
export interface ProductEntry {
  readonly id: string;
  readonly name: string;
  readonly producerId: string;
  /** '' while the producer has not arrived yet. */
  readonly producerName: string;
  readonly commune: string;
  readonly setId: string;
  /** 1–5, or null while not recognised. */
  readonly stars: number | null;
  /** `yyyy-mm-dd`, or null. */
  readonly validUntil: string | null;
  readonly updatedAt: string;
  /** Where its producer is; null where nobody has measured it. */
  readonly place: Fix | null;
  /** Folded name of product and producer, and the product's code, for the search. */
  readonly folded: string;
}

/** A producer as a list shows it. */
export interface ProducerEntry {
  readonly id: string;
  readonly name: string;
  readonly commune: string;
  readonly type: Producer['type'] | null;
  readonly phone: string | null;
  /** Null where nobody has measured it. */
  readonly place: Fix | null;
  readonly updatedAt: string;
  readonly folded: string;
}

/** All products and producers of the account, each sorted by name. */
export interface ProductList {
  readonly products: readonly ProductEntry[];
  readonly producers: readonly ProducerEntry[];
}

const collator = new Intl.Collator('vi', { numeric: true });
const byName = (a: { name: string }, b: { name: string }): number => collator.compare(a.name, b.name);

/** Reads the whole list (a live query); search and filters then work on it in memory. */
export async function productList(store: Store): Promise<ProductList> {
  const producers: ProducerEntry[] = [];
  const producerById = new Map<string, ProducerEntry>();
  await eachOfKind(store, 'producer', (doc) => {
    const entry: ProducerEntry = {
      id: doc._id,
      name: doc.name,
      commune: doc.commune,
      type: doc.type ?? null,
      phone: doc.phone ?? null,
      place: doc.place ?? null,
      updatedAt: doc.updatedAt,
      folded: fold(doc.name)
    };
    producerById.set(doc._id, entry);
    producers.push(entry);
  });
  const products: ProductEntry[] = [];
  await eachOfKind(store, 'product', (doc) => {
    const producer = producerById.get(doc.producerId);
    const producerName = producer?.name ?? '';
    products.push({
      id: doc._id,
      name: doc.name,
      producerId: doc.producerId,
      producerName,
      commune: doc.commune,
      setId: doc.setId,
      stars: doc.recognition?.stars ?? null,
      validUntil: doc.recognition?.validUntil ?? null,
      updatedAt: doc.updatedAt,
      place: producer?.place ?? null,
      folded: fold(`${doc.name} ${producerName} ${doc.code ?? ''}`)
    });
  });
  return { products: products.sort(byName), producers: producers.sort(byName) };
}

/** Surveys and assessments of a product, as its row in a list tells them. */
export interface DossierState {
  /** Of the survey or assessment that was touched last. */
  readonly status: Status;
  readonly updatedAt: string;
  /** The day of the last visit for a survey, `yyyy-mm-dd`, or null when there was none. */
  readonly visitedOn: string | null;
}

/**
 * The state of every product that has a survey or an assessment, by product id: for the filter by state and the order by
 * last visit. Reads index keys only, no document.
 */
export async function dossierStates(store: Store): Promise<ReadonlyMap<string, DossierState>> {
  const byProduct = new Map<string, DossierState>();
  for (const kind of ['survey', 'assessment'] as const) {
    const keys: unknown[] = await store.tables.docs
      .where('[live+status+updatedAt+owner+visited]')
      .between([kind], [kind, []])
      .keys();
    for (const key of keys) {
      if (!Array.isArray(key)) continue;
      const [, status, updatedAt, owner, visited]: unknown[] = key;
      if (typeof owner !== 'string' || typeof updatedAt !== 'string' || !isStatus(status)) continue;
      const known = byProduct.get(owner);
      const isNewest = known === undefined || updatedAt > known.updatedAt;
      const visitedOn = latest(known?.visitedOn ?? null, typeof visited === 'string' ? visited : '');
      byProduct.set(owner, {
        status: isNewest ? status : known.status,
        updatedAt: isNewest ? updatedAt : known.updatedAt,
        visitedOn
      });
    }
  }
  return byProduct;
}

/**
 * The sending state of each of these products together with its surveys and assessments: the one that most needs a
 * person's eye (refused, conflict, local, sent).
 * @param ids the products in sight, some dozens
 */
export async function sendingOfProducts(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Sending>> {
  const [own, owned] = await Promise.all([
    store.tables.docs.bulkGet([...ids]),
    store.tables.docs.where('owner').anyOf(ids).toArray()
  ]);
  const rows = [...own.flatMap((row) => (row === undefined ? [] : [row])), ...owned];
  const sendings = await store.sendings(rows);
  const worst = new Map<string, Sending>();
  rows.forEach((row, i) => {
    const productId = ids.includes(row.id) ? row.id : (row.owner ?? '');
    const sending = sendings[i];
    if (sending === undefined) return;
    const known = worst.get(productId);
    if (known === undefined || URGENCY[sending.state] < URGENCY[known.state]) worst.set(productId, sending);
  });
  return worst;
}

/** The sending state of each of these producers, of its own document only. @param ids the producers in sight, some dozens */
export async function sendingOfProducers(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Sending>> {
  const rows = (await store.tables.docs.bulkGet([...ids])).flatMap((row) => row ?? []);
  const sendings = await store.sendings(rows);
  return new Map(sendings.map((sending, i) => [rows[i]?.id ?? '', sending]));
}

const URGENCY: Readonly<Record<Sending['state'], number>> = {
  refused: 0,
  conflict: 1,
  local: 2,
  sending: 3,
  lost: 4,
  sent: 5
};

const isStatus = (value: unknown): value is Status => STATUSES.some((status) => status === value);

/** @param day '' for none */
const latest = (known: string | null, day: string): string | null =>
  day === '' || (known !== null && known > day) ? known : day;
