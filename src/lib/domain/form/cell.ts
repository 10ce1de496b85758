// The state of one question, group or repeat in one place of a survey: a snapshot that is replaced whole.
import type { Answer } from '../document/document.ts';
import type { FormatDoubt } from '../validation/format.ts';
import type { TypeFault } from './answer.ts';
import type { Bilingual } from './data.ts';
import type { Value } from './expression/value.ts';
import type { Choice, Item } from './form.ts';

/** What stands against handing the survey in. */
export type Fault =
  | { readonly tag: 'required'; readonly message: Bilingual | null }
  | { readonly tag: 'type'; readonly expected: TypeFault }
  | { readonly tag: 'constraint'; readonly message: Bilingual | null };

/** What looks odd, and may stay with a reason. */
export type Doubt =
  { readonly tag: 'said'; readonly message: Bilingual } | { readonly tag: 'format'; readonly code: FormatDoubt };

export interface Cell {
  readonly path: string;
  readonly item: Item;
  /** Id of the row, in a repeat. */
  readonly rowId: string | null;
  /** Whether it and everything around it is shown. */
  readonly relevant: boolean;
  /** What the person gave (kept while hidden), or what was calculated; null = nothing. Groups and repeats have none. */
  readonly answer: Answer;
  /** What expressions see: blank while hidden or of a wrong type. */
  readonly seen: Value;
  /** Ids of the rows, of a repeat. */
  readonly rowIds: readonly string[];
  /** What `choice_filter` leaves. */
  readonly choices: readonly Choice[];
  readonly required: boolean;
  readonly fault: Fault | null;
  readonly doubt: Doubt | null;
}
