// Which photos and papers a record names as its evidence.
import type { Answer, Document } from '../document/document.ts';
import { kindOfId } from '../document/id.ts';

/** Ids of the photos that a record shows, each once. */
export const photosIn = (doc: Document): string[] => [
  ...new Set(namesIn(doc).filter((id) => kindOfId(id) === 'photo'))
];

function namesIn(doc: Document): readonly string[] {
  switch (doc.kind) {
    case 'product':
    case 'paper':
      return doc.photos ?? [];
    case 'assessment':
      return Object.values(doc.evidenceByCriterion ?? {}).flat();
    case 'survey':
      return Object.values(doc.answers).flatMap(textsIn);
    case 'producer':
    case 'review':
    case 'photo':
    case 'conflict':
    case 'person':
      return [];
  }
}

/** All texts of an answer, also in the cells of a repeat: what names a photo is known by its beginning. */
function textsIn(answer: Answer): readonly string[] {
  if (typeof answer === 'string') return [answer];
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one).flatMap(textsIn)));
}
