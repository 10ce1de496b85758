// The form of a paper on this device's store.
import type { Store } from '#lib/storage/store.ts';
import { papersLike } from './duplicates.ts';
import type { PaperFields } from './paperFields.ts';
import { RecordForm } from './recordForm.svelte.ts';
import { savePaper } from './save.ts';

/**
 * Opens the form.
 * @param id null for a new paper
 * @param communes the account's: a paper can be made for a product of these only
 */
export const paperForm = (
  store: Store,
  id: string | null,
  initial: PaperFields,
  communes: readonly string[]
): RecordForm<PaperFields> =>
  new RecordForm<PaperFields>(
    store,
    {
      kind: 'paper',
      save: (of, fields, changes) => savePaper(store, of, fields, changes, communes),
      like: (fields, of) => papersLike(store, fields, of)
    },
    id,
    initial
  );
