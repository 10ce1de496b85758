// Handing a refused edit to another officer, as a file that goes from phone to phone without the server.
import { type FileProblem, handOverText, readHandOver } from '#lib/domain/handover/file.ts';
import { type Result } from '#lib/domain/result.ts';
import { type TakeProblem, type Taken, refusedEdit, takeHandOver } from '#lib/storage/handover.ts';
import type { Session } from '../context.ts';

export { handedOnSince } from '#lib/storage/handover.ts';
export type { Taken } from '#lib/storage/handover.ts';
export type { FileProblem } from '#lib/domain/handover/file.ts';

/**
 * The file of a refused edit; null for one that nobody else could go on with.
 * @param at now, as an ISO instant
 */
export async function handOverFile({ store, account }: Session, id: string, at: string): Promise<File | null> {
  const edit = await refusedEdit(store, id);
  if (edit === null) return null;
  const text = handOverText({ ...edit, by: account.name, byName: account.displayName, at });
  // As text: browsers do not share files that end in `.json`.
  return new File([text], `ocop-${edit.doc.kind}-${at.slice(0, 10)}.txt`, { type: 'text/plain' });
}

/** Whose record it is, so that the person knows to whom it can go back: of somebody else's dossier, its maker. */
export async function makerOf({ store, account }: Session, id: string): Promise<string | null> {
  const edit = await refusedEdit(store, id);
  const isDossier = edit?.doc.kind === 'survey' || edit?.doc.kind === 'assessment';
  return edit !== null && isDossier && edit.doc.createdBy !== account.name ? edit.doc.createdBy : null;
}

/** A file of more than that is none of ours, and is not read. */
const LARGEST_BYTES = 20 * 1024 * 1024;

/** Takes over what another officer has handed in a file. */
export async function takeFile(
  { store, account, communes }: Session,
  file: Blob
): Promise<Result<Taken, FileProblem | TakeProblem>> {
  const text = file.size > LARGEST_BYTES ? '' : await file.text();
  const read = readHandOver(text, communes);
  return read.ok ? takeHandOver(store, read.value, account) : read;
}
