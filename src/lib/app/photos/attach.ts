// Gives a photo that no record names its place at a criterion.
import type { Assessment } from '#lib/domain/document/document.ts';
import type { Store } from '#lib/storage/store.ts';
import { addEvidence, removeEvidence } from '../assessment/edits.ts';

/** @returns how to undo it; null when it could not be saved */
export async function attachToCriterion(
  store: Store,
  assessment: Assessment,
  code: string,
  photo: string
): Promise<(() => void) | null> {
  const saved = await store.update('assessment', assessment._id, addEvidence(code, photo), assessment);
  return saved.ok ? () => void store.update('assessment', assessment._id, removeEvidence(code, photo)) : null;
}
