// Asks the store whether a record that is being typed is there already.
import { type Duplicate, duplicates, samePapers } from '#lib/storage/duplicates.ts';
import type { Store } from '#lib/storage/store.ts';
import { type PaperFields, kindChosen } from './paperFields.ts';
import type { ProducerFields } from './producerFields.ts';
import type { ProductFields } from './productFields.ts';

export type { Duplicate } from '#lib/storage/duplicates.ts';

/**
 * Producers of the commune with the same name, phone or registration number.
 * @param exceptId the record itself, once it exists
 */
export function producersLike(store: Store, fields: ProducerFields, exceptId: string | null): Promise<Duplicate[]> {
  const { name, commune, phone, registrationNumber } = fields;
  return duplicates(store, { kind: 'producer', name, commune, phone, registrationNumber, ...except(exceptId) });
}

/**
 * Products of the commune with the same name. Once the product is there only those of its producer count: that another one
 * makes the like has been seen.
 * @param commune of the producer
 */
export async function productsLike(
  store: Store,
  fields: ProductFields,
  commune: string,
  exceptId: string | null
): Promise<Duplicate[]> {
  const { name, producerId } = fields;
  const alike = await duplicates(store, { kind: 'product', name, commune, producerId, ...except(exceptId) });
  return exceptId === null ? alike : alike.filter(({ of }) => of === undefined);
}

/**
 * Papers of the same product with the same kind and number. That there is none of either counts for a new paper only: two
 * awards without a number may be two.
 */
export async function papersLike(store: Store, fields: PaperFields, exceptId: string | null): Promise<Duplicate[]> {
  const paperKind = kindChosen(fields);
  const number = fields.number.trim();
  if (paperKind === undefined || (number === '' && exceptId !== null)) return [];
  return samePapers(store, fields.productId, { paperKind, number }, exceptId);
}

const except = (id: string | null): { exceptId?: string } => (id === null ? {} : { exceptId: id });
