// Fetches what the self-assessment editor needs: the document, the very set it is kept with, its product and producer.
import { type LoadSetError, loadSet } from '#lib/domain/criteria/load.ts';
import type { CriteriaSet } from '#lib/domain/criteria/set.ts';
import type { Assessment, Producer, Product } from '#lib/domain/document/document.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Store, Stored } from '#lib/storage/store.ts';
import { type Remark, openRemarks } from '../records/remarks.ts';
import { type Resume, readResume } from './resume.ts';

export interface OpenedAssessment {
  readonly stored: Stored<Assessment>;
  readonly set: CriteriaSet;
  /** Undefined while they have not arrived from the server yet. */
  readonly product: Product | undefined;
  readonly producer: Producer | undefined;
  /** What reviewers remarked and nobody has settled. */
  readonly remarks: readonly Remark[];
  /** Where the person was in it last. */
  readonly resume: Resume;
}

export type OpenError = { readonly kind: 'missing' } | LoadSetError;

/** Opens an assessment from this device; the network is asked for nothing but a set's chunk that was never fetched. */
export async function openAssessment(store: Store, id: string): Promise<Result<OpenedAssessment, OpenError>> {
  const stored = await store.get('assessment', id);
  if (stored === undefined || stored.doc.deleted) return err({ kind: 'missing' });
  const [set, product, producer, remarks, resume] = await Promise.all([
    loadSet(stored.doc.setId, stored.doc.setVersion),
    store.get('product', stored.doc.productId),
    store.get('producer', stored.doc.producerId),
    openRemarks(store, id),
    readResume(store, id)
  ]);
  if (!set.ok) return set;
  return ok({ stored, set: set.value, product: product?.doc, producer: producer?.doc, remarks, resume });
}
