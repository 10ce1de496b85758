// What a criterion's mark can say, as a union, so that no two of them stand in one mark.
import type { Messages } from '#lib/i18n/messages.ts';

/**
 * | state        | means                                             |
 * |--------------|---------------------------------------------------|
 * | unseen       | nobody has looked at it                           |
 * | none         | looked at, no option reached: 0 points            |
 * | missed       | below the least that `star` stars demand          |
 * | met          | at or above the least that `star` stars demand    |
 * | disqualified | a disqualifier stands at it                       |
 * | evidence     | `count` pieces of evidence hang on it             |
 * | unshown      | it brings points, and no evidence hangs on it     |
 */
export type CriterionState =
  | { readonly state: 'unseen' }
  | { readonly state: 'none' }
  | { readonly state: 'missed'; readonly star: number }
  | { readonly state: 'met'; readonly star: number }
  | { readonly state: 'disqualified' }
  | { readonly state: 'evidence'; readonly count: number }
  | { readonly state: 'unshown' };

/**
 * The words of a mark.
 * @param short in a row: "Hụt mức 4 sao" for "Hụt mức tối thiểu 4 sao"
 */
export function criterionWords(mark: CriterionState, { common }: Messages, short: boolean): string {
  const words = common.criterion;
  switch (mark.state) {
    case 'missed':
      return short ? words.missedShort(mark) : words.missed(mark);
    case 'met':
      return words.met(mark);
    case 'evidence':
      return words.evidence(mark);
    default:
      return words[mark.state];
  }
}
