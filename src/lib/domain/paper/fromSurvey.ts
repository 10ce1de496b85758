// The papers that a product survey has asked for, as papers of the product.
import { PAPER_KINDS, type AnswerRow, type Survey } from '../document/document.ts';
import { isDay } from '../deadline/day.ts';
import { kindOfId } from '../document/id.ts';
import { type PaperFacts, isSamePaper } from './same.ts';

/** The form whose questions are read here. */
const FORM = 'product-survey';

/**
 * Papers in the answers of a survey that the product does not have yet, each once; none of a form that is not known here.
 * @param papers those that the product has
 */
export function papersNotTaken(survey: Survey, papers: readonly PaperFacts[]): PaperFacts[] {
  const rows = survey.formId === FORM && survey.answers['has_papers'] === 'yes' ? survey.answers['papers'] : null;
  if (!Array.isArray(rows)) return [];
  const found: PaperFacts[] = [];
  for (const row of rows) {
    const facts = typeof row === 'string' ? null : factsOf(row);
    if (facts !== null && ![...papers, ...found].some((known) => isSamePaper(facts, known))) found.push(facts);
  }
  return found;
}

function factsOf(row: AnswerRow): PaperFacts | null {
  const paperKind = PAPER_KINDS.find((kind) => kind === row['paper_kind']);
  if (paperKind === undefined) return null;
  const photos = row['paper_photo'];
  const ids = Array.isArray(photos)
    ? photos.filter((id): id is string => typeof id === 'string' && kindOfId(id) === 'photo')
    : [];
  return {
    paperKind,
    ...textOf('title', paperKind === 'other' ? row['paper_kind_other'] : null),
    ...textOf('number', row['paper_number']),
    ...textOf('issuer', row['paper_issuer']),
    ...dayOf('issuedOn', row['paper_issued_on']),
    ...dayOf('validUntil', row['paper_until']),
    ...(ids.length === 0 ? {} : { photos: ids })
  };
}

function textOf<K extends keyof PaperFacts>(key: K, value: unknown): Partial<Record<K, string>> {
  const property: Partial<Record<K, string>> = {};
  if (typeof value === 'string' && value.trim() !== '') property[key] = value.trim();
  return property;
}

const dayOf = <K extends keyof PaperFacts>(key: K, value: unknown): Partial<Record<K, string>> =>
  typeof value === 'string' && isDay(value) ? textOf(key, value) : {};
