// How many photos and how many papers a list of evidence names.
import { kindOfId } from '#lib/domain/document/id.ts';

/** What a sentence says of a list of ids. */
export function countEvidence(ids: readonly string[]): { photos: number; papers: number } {
  const photos = ids.filter((id) => kindOfId(id) === 'photo').length;
  return { photos, papers: ids.length - photos };
}
