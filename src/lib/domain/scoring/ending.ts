// What ends an assessment whatever its points: disqualifiers that a person ticks by hand.
import { type Bilingual, type CriteriaSet, criteriaOf } from '../criteria/set.ts';

/** disqualify: the file is rejected · stop: nothing further is assessed · notEligible: such a product is not assessed. */
export type EndingKind = 'disqualify' | 'stop' | 'notEligible';

/** One condition of the sheet that ends the estimate when it is ticked. */
export interface Ending {
  /**
   * Names the condition in the document's `disqualified`: `set:0` for the first above the sheet,
   * `1.1:0` for the first rule of criterion 1.1. Stable, because a version of a set never changes.
   */
  readonly key: string;
  readonly kind: EndingKind;
  /** Code of the criterion that it stands at; null above the sheet. */
  readonly criterion: string | null;
  readonly text: Bilingual;
}

const KIND_BY_RULE: Readonly<Partial<Record<string, EndingKind>>> = {
  disqualify: 'disqualify',
  stop: 'stop',
  not_eligible: 'notEligible'
};

/** Everything that can be ticked in a set, in the order of the sheet. */
export function endingsOf(set: CriteriaSet): Ending[] {
  return [
    ...set.disqualifiers.map((text, index): Ending => ({
      key: `set:${String(index)}`,
      kind: 'disqualify',
      criterion: null,
      text
    })),
    ...criteriaOf(set).flatMap(({ code, rules }) =>
      (rules ?? []).flatMap((rule, index): Ending[] => {
        const kind = KIND_BY_RULE[rule.type];
        return kind === undefined ? [] : [{ key: `${code}:${String(index)}`, kind, criterion: code, text: rule.text }];
      })
    )
  ];
}
