// A product with everything that hangs on it, and a producer with its products, as their pages show them.
import type { Assessment, Paper, Producer, Product, Survey } from '#lib/domain/document/document.ts';
import { type Past, pastOf } from '#lib/storage/recordedConflicts.ts';
import type { Store, Stored } from '#lib/storage/store.ts';
import { papersOf } from './paper.ts';

export type { Stored } from '#lib/storage/store.ts';

export interface ProductFile {
  readonly product: Stored<Product>;
  /** Undefined while the producer has not arrived yet. */
  readonly producer: Stored<Producer> | undefined;
  /** The newest first. */
  readonly surveys: readonly Stored<Survey>[];
  readonly assessments: readonly Stored<Assessment>[];
  /** What runs out first before the others. */
  readonly papers: readonly Stored<Paper>[];
  /** What of all of them does not stand (any more). */
  readonly past: Past;
}

/** Reads a product's page; null when there is no such product, or it was deleted. */
export async function readProduct(store: Store, id: string): Promise<ProductFile | null> {
  const product = await store.get('product', id);
  if (product === undefined || product.doc.deleted === true) return null;
  const [producer, surveys, assessments, papers] = await Promise.all([
    store.get('producer', product.doc.producerId),
    store.ownedBy('survey', id),
    store.ownedBy('assessment', id),
    papersOf(store, id)
  ]);
  const past = await pastOf(
    store,
    [product, ...surveys, ...assessments, ...papers].map(({ doc }) => doc._id)
  );
  return {
    product,
    producer,
    surveys: surveys.sort(newestFirst),
    assessments: assessments.sort(newestFirst),
    papers,
    past
  };
}

export interface ProducerFile {
  readonly producer: Stored<Producer>;
  /** By name. */
  readonly products: readonly Stored<Product>[];
  /** What of the producer does not stand (any more). */
  readonly past: Past;
}

const collator = new Intl.Collator('vi', { numeric: true });

/** Reads a producer's page; null when there is no such producer, or it was deleted. */
export async function readProducer(store: Store, id: string): Promise<ProducerFile | null> {
  const producer = await store.get('producer', id);
  if (producer === undefined || producer.doc.deleted === true) return null;
  const [products, past] = await Promise.all([store.ownedBy('product', id), pastOf(store, [id])]);
  return { producer, past, products: products.sort((a, b) => collator.compare(a.doc.name, b.doc.name)) };
}

const newestFirst = (a: Stored, b: Stored): number => (a.doc.createdAt < b.doc.createdAt ? 1 : -1);
