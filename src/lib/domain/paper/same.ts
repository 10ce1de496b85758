// Whether two papers are one.
import type { Paper } from '../document/document.ts';
import { fold } from '../text/fold.ts';

/** What is said of a paper, in its own record or in a row of a survey. */
export type PaperFacts = Pick<
  Paper,
  'paperKind' | 'title' | 'number' | 'issuer' | 'issuedOn' | 'validUntil' | 'photos'
>;

/**
 * Whether what is said of a paper is said of one that is known already, both of one product. Two papers of one kind with
 * numbers are the same when the numbers are. Else they are when a photo shows for both; or, neither with a number, when
 * nothing is said that is not known already: a second report without a number has an issuer, a day or photos of its own.
 */
export function isSamePaper(said: PaperFacts, known: PaperFacts): boolean {
  if (said.paperKind !== known.paperKind) return false;
  const [number, knownNumber] = [plainNumber(said.number), plainNumber(known.number)];
  if (number !== '' && knownNumber !== '') return number === knownNumber;
  const isKnown = (id: string): boolean => known.photos?.includes(id) === true;
  if (said.photos?.some(isKnown)) return true;
  if (number !== knownNumber || said.photos?.some((id) => !isKnown(id))) return false;
  return FACTS.every((name) => said[name] === undefined || fold(said[name]) === fold(known[name] ?? ''));
}

const FACTS = ['title', 'issuer', 'issuedOn', 'validUntil'] as const;

/** Letters and digits only: "48/2024/ATTP", "48-2024 attp" and "48 2024 ATTP" are one number. */
const plainNumber = (number: string | undefined): string => fold(number ?? '').replace(/[^a-z0-9]/g, '');
