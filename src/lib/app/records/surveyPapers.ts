// Papers that a survey has asked for and the product does not have yet: offered, and taken over when a person says so.
import type { Product, Survey } from '#lib/domain/document/document.ts';
import { papersNotTaken } from '#lib/domain/paper/fromSurvey.ts';
import type { PaperFacts } from '#lib/domain/paper/same.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import type { SaveError, Store, Stored } from '#lib/storage/store.ts';
import type { ProductFile } from './product.ts';

export type { PaperFacts } from '#lib/domain/paper/same.ts';

/** Papers of one survey that are not among those of the product. */
export interface SurveyPapers {
  readonly survey: Survey;
  readonly papers: readonly PaperFacts[];
}

/** What the newest survey that tells of papers has and the product has not; null when it is all there. */
export function papersToTake({ surveys, papers }: Pick<ProductFile, 'surveys' | 'papers'>): SurveyPapers | null {
  const newest = surveys.find(({ doc }: Stored<Survey>) => Array.isArray(doc.answers['papers']));
  if (newest === undefined) return null;
  const lacking = papersNotTaken(
    newest.doc,
    papers.map(({ doc }) => doc)
  );
  return lacking.length === 0 ? null : { survey: newest.doc, papers: lacking };
}

/**
 * Makes papers of them.
 * @returns how to undo it
 */
export async function takePapers(
  store: Store,
  { _id: productId, commune }: Product,
  papers: readonly PaperFacts[]
): Promise<Result<() => Promise<boolean>, SaveError>> {
  const made: string[] = [];
  for (const facts of papers) {
    const paper = await store.create('paper', commune, { ...facts, productId });
    if (!paper.ok) return paper;
    made.push(paper.value._id);
  }
  return ok(async () => {
    let areGone = true;
    for (const id of made) areGone = (await store.remove('paper', id)).ok && areGone;
    return areGone;
  });
}
