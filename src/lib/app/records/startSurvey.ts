// Begins a survey of a product with the newest form, and with what is already known about it and its producer.
import type { Product, Survey } from '#lib/domain/document/document.ts';
import { CURRENT_FORM, type LoadError, loadForm } from '#lib/domain/form/load.ts';
import { prefill } from '#lib/domain/form/prefill.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';
import { localDay } from './localDay.ts';

/**
 * Makes a draft in the product's commune. Its first answers come from the producer, the product, their newest surveys and
 * the account, each with its origin under `prefilled`.
 * @param account who begins it
 * @param at now, as an ISO instant
 */
export async function startSurvey(
  store: Store,
  product: Product,
  account: Account,
  at: string
): Promise<Result<Survey, SaveError | LoadError>> {
  const form = await loadForm(CURRENT_FORM.id, CURRENT_FORM.version);
  if (!form.ok) return form;
  const producer = await store.get('producer', product.producerId);
  const surveys = await surveysOf(store, product);
  const first = prefill(
    form.value,
    {
      producer: producer?.doc,
      product,
      account,
      last: surveys.find(({ productId }) => productId === product._id),
      lastOfProducer: surveys[0]
    },
    (instant) => localDay(new Date(instant))
  );
  return store.create('survey', product.commune, {
    productId: product._id,
    producerId: product.producerId,
    formId: CURRENT_FORM.id,
    formVersion: CURRENT_FORM.version,
    status: 'draft',
    trail: [{ status: 'draft', at, by: store.account }],
    answers: first.answers,
    prefilled: first.originByName,
    progress: { done: 0, of: form.value.sections.length }
  });
}

/** The surveys of all products of its producer, the last begun first: what a reviewer does with one makes it no newer. */
async function surveysOf(store: Store, product: Product): Promise<Survey[]> {
  const products = await store.ownedBy('product', product.producerId);
  const ids = new Set([product._id, ...products.map(({ doc }) => doc._id)]);
  const surveys = (await Promise.all([...ids].map((id) => store.ownedBy('survey', id)))).flat();
  return surveys.map(({ doc }) => doc).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}
