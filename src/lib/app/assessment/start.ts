// Begins a self-assessment of a product, with the newest version of its set, which it keeps for ever.
import { newestSet } from '#lib/domain/criteria/catalogue.ts';
import type { Assessment, Product } from '#lib/domain/document/document.ts';
import { type Result, err } from '#lib/domain/result.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';

export type StartError = SaveError | { readonly tag: 'unknownSet'; readonly id: string };

/**
 * Makes an empty assessment in the product's commune.
 * @param at now, as an ISO instant
 */
export async function startAssessment(
  store: Store,
  product: Product,
  at: string
): Promise<Result<Assessment, StartError>> {
  const set = newestSet(product.setId);
  if (set === undefined) return err({ tag: 'unknownSet', id: product.setId });
  return store.create('assessment', product.commune, {
    productId: product._id,
    producerId: product.producerId,
    setId: set.id,
    setVersion: set.version,
    status: 'draft',
    trail: [{ status: 'draft', at, by: store.account }],
    choiceByCriterion: {},
    progress: { done: 0, of: set.criteria }
  });
}
