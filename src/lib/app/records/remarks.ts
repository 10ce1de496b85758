// What reviewers remarked on a survey or an assessment and nobody has settled yet.
import type { Store } from '#lib/storage/store.ts';

export interface Remark {
  /** Unique among the remarks of a dossier. */
  readonly key: string;
  /** User name of the one who remarked. */
  readonly by: string;
  /** A criterion's code or a question's name; null: the dossier as a whole. */
  readonly target: string | null;
  readonly text: string;
}

/** The open remarks on a dossier, in the order in which they were written. */
export async function openRemarks(store: Store, dossierId: string): Promise<readonly Remark[]> {
  const reviews = await store.ownedBy('review', dossierId);
  return reviews.flatMap(({ doc }) =>
    doc.remarks.flatMap(({ by, target, text, resolved }, index) =>
      resolved === true ? [] : [{ key: `${doc._id}/${String(index)}`, by, target: target ?? null, text }]
    )
  );
}
