// Begins a self-assessment of a product.
import type { Session } from '#lib/app/context.ts';
import { startAssessment } from '#lib/app/assessment/start.ts';
import type { Product } from '#lib/domain/document/document.ts';

/** The address of the new assessment, or null when none could be made. */
export async function beginAssessment(store: Session['store'], product: Product): Promise<string | null> {
  const made = await startAssessment(store, product, new Date().toISOString());
  return made.ok ? `/assessment/${made.value._id}` : null;
}
