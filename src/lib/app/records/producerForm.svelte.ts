// The producer's form on this device's store.
import type { Store } from '#lib/storage/store.ts';
import { producersLike } from './duplicates.ts';
import type { ProducerFields } from './producerFields.ts';
import { RecordForm } from './recordForm.svelte.ts';
import { saveProducer } from './save.ts';

/**
 * Opens the form.
 * @param id null for a new producer
 * @param communes the account's: a producer can be made in these only
 */
export const producerForm = (
  store: Store,
  id: string | null,
  initial: ProducerFields,
  communes: readonly string[]
): RecordForm<ProducerFields> =>
  new RecordForm<ProducerFields>(
    store,
    {
      kind: 'producer',
      save: (of, fields, changes) => saveProducer(store, of, fields, changes, communes),
      like: (fields, of) => producersLike(store, fields, of)
    },
    id,
    initial
  );
