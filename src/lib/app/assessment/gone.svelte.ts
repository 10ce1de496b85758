// Which of the photos and papers that an assessment names are deleted, kept up to date while it is on the screen.
import type { Assessment } from '#lib/domain/document/document.ts';
import { NONE_GONE, evidenceIds } from '#lib/domain/scoring/coverage.ts';
import { deletedAmong } from '#lib/storage/pages.ts';
import type { Store } from '#lib/storage/store.ts';
import { live } from '../live.svelte.ts';

/**
 * Call it while the component is being set up.
 * @param doc reactive; undefined while there is none
 */
export function goneEvidence(
  store: Store,
  doc: () => Pick<Assessment, 'evidenceByCriterion'> | undefined
): { readonly current: ReadonlySet<string> } {
  // As one text: a tap on an option changes the document and none of these, and asks nothing.
  const ids = $derived(evidenceIds(doc() ?? {}).join(' '));
  const read = live(
    (named) => deletedAmong(store, named === undefined || named === '' ? [] : named.split(' ')),
    () => ids
  );
  return {
    get current() {
      return read.current ?? NONE_GONE;
    }
  };
}
