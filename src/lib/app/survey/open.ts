// Fetches what the survey editor needs: the document, the very form it is kept with, its product and producer.
import type { Producer, Product, Survey } from '#lib/domain/document/document.ts';
import type { Form } from '#lib/domain/form/form.ts';
import { type LoadError, loadForm } from '#lib/domain/form/load.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { Store, Stored } from '#lib/storage/store.ts';
import { type Remark, openRemarks } from '../records/remarks.ts';
import { type Resume, readResume } from './resume.ts';

export interface OpenedSurvey {
  readonly stored: Stored<Survey>;
  readonly form: Form;
  /** Undefined while they have not arrived from the server yet. */
  readonly product: Product | undefined;
  readonly producer: Producer | undefined;
  /** What reviewers remarked and nobody has settled. */
  readonly remarks: readonly Remark[];
  /** Where the person was in it last. */
  readonly resume: Resume;
}

export type OpenError = { readonly tag: 'missing' } | LoadError;

/** Opens a survey from this device; the network is not asked. */
export async function openSurvey(store: Store, id: string): Promise<Result<OpenedSurvey, OpenError>> {
  const stored = await store.get('survey', id);
  if (stored === undefined || stored.doc.deleted) return err({ tag: 'missing' });
  const [form, product, producer, remarks, resume] = await Promise.all([
    loadForm(stored.doc.formId, stored.doc.formVersion),
    store.get('product', stored.doc.productId),
    store.get('producer', stored.doc.producerId),
    openRemarks(store, id),
    readResume(store, id)
  ]);
  if (!form.ok) return form;
  return ok({ stored, form: form.value, product: product?.doc, producer: producer?.doc, remarks, resume });
}
