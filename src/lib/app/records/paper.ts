// The papers of a product, and one of them with what it proves, as their pages show them.
import { firstToEnd } from '#lib/domain/deadline/validity.ts';
import type { Assessment, Paper, Product } from '#lib/domain/document/document.ts';
import { type Past, pastOf } from '#lib/storage/recordedConflicts.ts';
import type { Store, Stored } from '#lib/storage/store.ts';

/** An assessment that names a paper as evidence, and at which criteria. */
export interface Proof {
  readonly assessment: Assessment;
  readonly codes: readonly string[];
}

export interface PaperFile {
  readonly paper: Stored<Paper>;
  /** Undefined while it has not arrived yet. */
  readonly product: Product | undefined;
  /** What it proves, the newest assessment first. */
  readonly proofs: readonly Proof[];
  /** What of it does not stand (any more). */
  readonly past: Past;
}

/** Papers of a product, what runs out first before the others. */
export async function papersOf(store: Store, productId: string): Promise<Stored<Paper>[]> {
  const papers = await store.ownedBy('paper', productId);
  return papers.sort((a, b) => firstToEnd(a.doc, b.doc));
}

/** Reads a paper's page; null when there is no such paper, or it was deleted. */
export async function readPaper(store: Store, id: string): Promise<PaperFile | null> {
  const paper = await store.get('paper', id);
  if (paper === undefined || paper.doc.deleted === true) return null;
  const [product, proofs, past] = await Promise.all([
    store.get('product', paper.doc.productId),
    proofsOf(store, paper.doc),
    pastOf(store, [id])
  ]);
  return { paper, product: product?.doc, proofs, past };
}

/** The assessments of its product that name a paper as evidence. */
export async function proofsOf(store: Store, { _id, productId }: Paper): Promise<Proof[]> {
  const assessments = await store.ownedBy('assessment', productId);
  return assessments
    .map(({ doc }) => ({ assessment: doc, codes: codesWith(doc, _id) }))
    .filter(({ codes }) => codes.length > 0)
    .sort((a, b) => (a.assessment.createdAt < b.assessment.createdAt ? 1 : -1));
}

const codesWith = ({ evidenceByCriterion }: Assessment, id: string): string[] =>
  Object.entries(evidenceByCriterion ?? {}).flatMap(([code, ids]) => (ids.includes(id) ? [code] : []));
