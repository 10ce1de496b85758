// The product's form on this device's store.
import type { Store } from '#lib/storage/store.ts';
import { productsLike } from './duplicates.ts';
import type { ProductFields } from './productFields.ts';
import { RecordForm } from './recordForm.svelte.ts';
import { saveProduct } from './save.ts';

/**
 * Opens the form.
 * @param id null for a new product
 */
export const productForm = (store: Store, id: string | null, initial: ProductFields): RecordForm<ProductFields> =>
  new RecordForm<ProductFields>(
    store,
    {
      draft: 'new/product',
      save: (of, fields, changes) => saveProduct(store, of, fields, changes),
      like: async (fields, of) => {
        const producer = await store.get('producer', fields.producerId);
        return producer === undefined ? [] : productsLike(store, fields, producer.doc.commune, of);
      }
    },
    id,
    initial
  );
