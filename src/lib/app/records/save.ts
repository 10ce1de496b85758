// Writes what the forms of producers, products and papers hold, making the record with the first save that says enough.
import type { Paper, Producer, Product } from '#lib/domain/document/document.ts';
import { type Result, err } from '#lib/domain/result.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';
import { type PaperFields, fieldsToPaper, kindChosen, withPaperFields } from './paperFields.ts';
import { type ProducerFields, fieldsToProducer, withProducerFields } from './producerFields.ts';
import { type ProductFields, fieldsToProduct, withProductFields } from './productFields.ts';

/** What a new record still lacks before it can be made, a commune of the account's included. */
export type Incomplete = { readonly tag: 'incomplete' };

/**
 * Saves a producer's form.
 * @param id null = not made yet
 * @param fields all of the form; makes the producer once name and commune are there
 * @param changes what of it is not saved yet
 * @param communes the account's: in another one a new record would wait in the outbox for ever
 */
export function saveProducer(
  store: Store,
  id: string | null,
  fields: ProducerFields,
  changes: Partial<ProducerFields>,
  communes: readonly string[]
): Promise<Result<Producer, SaveError | Incomplete>> {
  if (id !== null) return store.update('producer', id, (doc) => withProducerFields(doc, changes));
  if (fields.name.trim() === '' || !communes.includes(fields.commune))
    return Promise.resolve(err({ tag: 'incomplete' }));
  return store.create('producer', fields.commune, fieldsToProducer(fields));
}

/**
 * Saves a product's form.
 * @param id null = not made yet
 * @param fields all of the form; makes the product, in its producer's commune, once producer, name and set are there
 * @param changes what of it is not saved yet
 * @param communes the account's, as above
 */
export async function saveProduct(
  store: Store,
  id: string | null,
  fields: ProductFields,
  changes: Partial<ProductFields>,
  communes: readonly string[]
): Promise<Result<Product, SaveError | Incomplete>> {
  if (id !== null) return store.update('product', id, (doc) => withProductFields(doc, changes));
  const { producerId, name, setId } = fields;
  if (producerId === '' || name.trim() === '' || setId === '') return err({ tag: 'incomplete' });
  const producer = await store.get('producer', producerId);
  if (producer === undefined) return err({ tag: 'missing', id: producerId });
  if (!communes.includes(producer.doc.commune)) return err({ tag: 'incomplete' });
  return store.create('product', producer.doc.commune, fieldsToProduct(fields));
}

/**
 * Saves a paper's form.
 * @param id null = not made yet
 * @param fields all of the form; makes the paper, in its product's commune, once product and kind are there
 * @param changes what of it is not saved yet
 * @param communes the account's, as above
 */
export async function savePaper(
  store: Store,
  id: string | null,
  fields: PaperFields,
  changes: Partial<PaperFields>,
  communes: readonly string[]
): Promise<Result<Paper, SaveError | Incomplete>> {
  if (id !== null) return store.update('paper', id, (doc) => withPaperFields(doc, changes));
  const kind = kindChosen(fields);
  if (fields.productId === '' || kind === undefined) return err({ tag: 'incomplete' });
  const product = await store.get('product', fields.productId);
  if (product === undefined) return err({ tag: 'missing', id: fields.productId });
  if (!communes.includes(product.doc.commune)) return err({ tag: 'incomplete' });
  return store.create('paper', product.doc.commune, fieldsToPaper(fields, kind));
}
