// What a criterion's card asks of the screen: one object for all cards, so that no card is drawn again for a new closure.
import type { PhotoEdits } from '../../photos/edits.ts';

export interface CriterionActions {
  readonly toggle: (code: string) => void;
  readonly choose: (code: string, option: number | null) => void;
  readonly clear: (code: string) => void;
  readonly chooseCase: (code: string, chosenCase: string) => void;
  readonly tick: (key: string, applies: boolean) => void;
  readonly typeNote: (code: string, text: string) => void;
  readonly commitNote: (code: string, text: string) => void;
  /** How the evidence of a criterion changes. */
  readonly evidence: (code: string) => PhotoEdits;
  /** Shows the papers that can be attached to a criterion. */
  readonly attachPaper: (code: string) => void;
  /** Takes a piece of evidence off a criterion. */
  readonly detach: (code: string, id: string) => void;
  /** Opens a criterion and brings it into view. */
  readonly jump: (code: string) => void;
  /** Opens the next criterion that the filter shows. */
  readonly next: (code: string) => void;
}
