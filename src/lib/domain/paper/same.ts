// Whether two papers are one.
import type { Paper } from '../document/document.ts';
import { fold } from '../text/fold.ts';

/** What a paper is known by within its product. */
export type PaperKey = Pick<Paper, 'paperKind' | 'number'>;

/** Two papers of one product with the same kind and number are the same; of those without a number, only the kind counts. */
export const isSamePaper = (a: PaperKey, b: PaperKey): boolean =>
  a.paperKind === b.paperKind && plainNumber(a.number) === plainNumber(b.number);

/** Letters and digits only: "48/2024/ATTP", "48-2024 attp" and "48 2024 ATTP" are one number. */
const plainNumber = (number: string | undefined): string => fold(number ?? '').replace(/[^a-z0-9]/g, '');
