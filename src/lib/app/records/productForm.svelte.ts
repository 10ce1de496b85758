// The product's form on this device's store.
import type { Store } from '#lib/storage/store.ts';
import { productsLike } from './duplicates.ts';
import type { ProductFields } from './productFields.ts';
import { RecordForm } from './recordForm.svelte.ts';
import { saveProduct } from './save.ts';

/**
 * Opens the form.
 * @param id null for a new product
 * @param communes the account's: a product can be made for a producer of these only
 */
export const productForm = (
  store: Store,
  id: string | null,
  initial: ProductFields,
  communes: readonly string[]
): RecordForm<ProductFields> =>
  new RecordForm<ProductFields>(
    store,
    {
      kind: 'product',
      save: (of, fields, changes) => saveProduct(store, of, fields, changes, communes),
      like: async (fields, of) => {
        const producer = await store.get('producer', fields.producerId);
        return producer === undefined ? [] : productsLike(store, fields, producer.doc.commune, of);
      }
    },
    id,
    initial
  );
