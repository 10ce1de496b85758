// Finds the survey of a product that an officer has open, to be gone on with instead of a second one beside it.
import type { Survey } from '#lib/domain/document/document.ts';
import type { Store } from '#lib/storage/store.ts';

/** The account's own draft or returned survey of a product, the one touched last. */
export async function openSurveyOf(store: Store, productId: string): Promise<Survey | undefined> {
  const surveys = await store.ownedBy('survey', productId);
  return surveys
    .map(({ doc }) => doc)
    .filter(({ status, createdBy }) => createdBy === store.account && (status === 'draft' || status === 'returned'))
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
}
