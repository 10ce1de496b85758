// The product's form as flat texts, and back into the document.
import type { Product } from '#lib/domain/document/document.ts';
import { APPLICATION_KINDS } from '#lib/domain/document/document.ts';
import type { Fresh } from '#lib/storage/store.ts';
import { filled } from './filled.ts';

/** What the form shows; '' = nothing. Days are `yyyy-mm-dd`, stars are '1' … '5'. */
export interface ProductFields {
  readonly producerId: string;
  readonly name: string;
  readonly setId: string;
  readonly presentation: string;
  readonly application: string;
  readonly stars: string;
  readonly decision: string;
  readonly date: string;
  readonly authority: string;
  readonly validUntil: string;
  readonly code: string;
}

export const NO_PRODUCT: ProductFields = {
  producerId: '',
  name: '',
  setId: '',
  presentation: '',
  application: '',
  stars: '',
  decision: '',
  date: '',
  authority: '',
  validUntil: '',
  code: ''
};

/** A product as its form shows it. */
export function productToFields(product: Product): ProductFields {
  const recognition = product.recognition;
  return {
    producerId: product.producerId,
    name: product.name,
    setId: product.setId,
    presentation: product.presentation ?? '',
    application: product.application ?? '',
    stars: recognition === undefined ? '' : String(recognition.stars),
    decision: recognition?.decision ?? '',
    date: recognition?.date ?? '',
    authority: recognition?.authority ?? '',
    validUntil: recognition?.validUntil ?? '',
    code: product.code ?? ''
  };
}

/** The product after changes in its form. Emptied fields go away; name, set and producer never become empty. */
export function withProductFields(product: Product, changes: Partial<ProductFields>): Product {
  const { presentation: _p, application: _a, recognition: _r, code: _c, ...kept } = product;
  const fields = { ...productToFields(product), ...changes };
  return {
    ...kept,
    ...details(fields, product),
    name: fields.name.trim() === '' ? product.name : fields.name.trim(),
    setId: fields.setId === '' ? product.setId : fields.setId,
    producerId: fields.producerId === '' ? product.producerId : fields.producerId
  };
}

/** A new product's content. */
export function fieldsToProduct(fields: ProductFields): Fresh<'product'> {
  return {
    ...details(fields, undefined),
    producerId: fields.producerId,
    name: fields.name.trim(),
    setId: fields.setId
  };
}

/** Everything that may be left out. Without stars there is no recognition: the rest of that block says nothing. */
function details(fields: ProductFields, before: Product | undefined): Partial<Product> {
  const application = APPLICATION_KINDS.find((known) => known === fields.application);
  const stars = Number(fields.stars);
  const { decision: _d, date: _t, authority: _a, validUntil: _v, ...foreign } = before?.recognition ?? { stars };
  const recognition = {
    ...foreign,
    stars,
    ...filled('decision', fields.decision),
    ...filled('date', fields.date),
    ...filled('authority', fields.authority),
    ...filled('validUntil', fields.validUntil)
  };
  return {
    ...filled('presentation', fields.presentation),
    ...(application === undefined ? {} : { application }),
    ...(stars >= 1 && stars <= 5 ? { recognition } : {}),
    ...filled('code', fields.code)
  };
}
