// Lets a paper show for a criterion from outside the editor, and deletes one so that no open assessment counts it any more.
import type { Assessment, Paper } from '#lib/domain/document/document.ts';
import { mayEdit } from '#lib/domain/document/editing.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';
import { type Edit, addEvidence, removeEvidence } from '../assessment/edits.ts';
import { proofsOf } from './paper.ts';
import type { WayBack } from './removal.ts';

/** A criterion of an assessment. */
export interface Place {
  readonly assessmentId: string;
  readonly code: string;
}

/** Attaches a paper that was made for a criterion. Nothing happens to an assessment that is not this account's to change. */
export async function attachPaper(
  store: Store,
  { assessmentId, code }: Place,
  paperId: string,
  account: Account
): Promise<void> {
  await change(store, assessmentId, account, addEvidence(code, paperId));
}

/** The same for a paper that turned out to be another one. */
export async function detachPaper(
  store: Store,
  { assessmentId, code }: Place,
  paperId: string,
  account: Account
): Promise<void> {
  await change(store, assessmentId, account, removeEvidence(code, paperId));
}

/**
 * Deletes a paper and takes it off the criteria of the assessments that this account may change. Others go on naming it,
 * as what was handed in does.
 * @returns how to undo both
 */
export async function removePaper(store: Store, paper: Paper, account: Account): Promise<Result<WayBack, SaveError>> {
  const { _id: id } = paper;
  const proofs = await proofsOf(store, paper);
  const removed = await store.remove('paper', id);
  if (!removed.ok) return removed;
  const places = proofs.flatMap(({ assessment, codes }) =>
    codes.map((code) => ({ assessment, code, at: assessment.evidenceByCriterion?.[code]?.indexOf(id) }))
  );
  for (const { assessment, code } of places) await change(store, assessment._id, account, removeEvidence(code, id));
  return ok(async () => {
    if (!(await store.restore('paper', id)).ok) return false;
    for (const { assessment, code, at } of places) {
      await change(store, assessment._id, account, addEvidence(code, id, at));
    }
    return true;
  });
}

async function change(store: Store, assessmentId: string, account: Account, edit: Edit): Promise<void> {
  await store.update('assessment', assessmentId, (doc: Assessment) => (mayEdit(doc, account) ? edit(doc) : doc));
}
