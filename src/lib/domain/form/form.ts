// A compiled survey form: what `compileForm` makes of the data and every other file here works with.
import type { Appearance, Bilingual, QuestionType } from './data.ts';
import type { Expression } from './expression/syntax.ts';

export interface Choice {
  readonly name: string;
  readonly label: Bilingual;
  /** Further columns, which `choice_filter` may look at. */
  readonly columns: Readonly<Record<string, string | number>>;
}

interface Common {
  readonly name: string;
  readonly hint: Bilingual | null;
  readonly relevant: Expression | null;
  /** The item around this one; null for a section. */
  readonly parent: Group | Repeat | null;
  /** The repeat that this item stands in; null outside (and for the repeat itself). */
  readonly repeat: Repeat | null;
  /** Index of its section. */
  readonly section: number;
  /** Position in the form, from 0, parents before children. */
  readonly position: number;
}

export interface Question extends Common {
  readonly kind: 'question';
  readonly type: QuestionType;
  readonly label: Bilingual | null;
  readonly required: boolean | Expression;
  readonly requiredMessage: Bilingual | null;
  readonly constraint: Expression | null;
  readonly constraintMessage: Bilingual | null;
  readonly warning: Expression | null;
  readonly warningMessage: Bilingual | null;
  readonly calculation: Expression | null;
  readonly choices: readonly Choice[];
  readonly choiceFilter: Expression | null;
  readonly appearance: Appearance | null;
  readonly unit: Bilingual | null;
  readonly prefill: string | null;
}

export interface Group extends Common {
  readonly kind: 'group';
  readonly label: Bilingual | null;
  readonly children: readonly Item[];
}

export interface Repeat extends Common {
  readonly kind: 'repeat';
  readonly label: Bilingual;
  readonly required: boolean;
  readonly requiredMessage: Bilingual | null;
  readonly addLabel: Bilingual;
  readonly title: string;
  readonly summary: readonly string[];
  readonly prefill: string | null;
  readonly children: readonly Item[];
}

export type Item = Question | Group | Repeat;

/** What has to be looked at again when an item changes. */
export interface Dependant {
  readonly item: Item;
  /** `value`: its relevance or calculation; `check`: its constraint, warning, required or choices. */
  readonly part: 'value' | 'check';
  /** It looks at all rows, through `sum()` or `count()`. */
  readonly allRows: boolean;
}

export interface Form {
  readonly id: string;
  readonly version: number;
  readonly title: Bilingual;
  readonly sections: readonly Group[];
  readonly itemByName: ReadonlyMap<string, Item>;
  /** All items so ordered that each comes after everything its relevance or calculation depends on. */
  readonly order: readonly Item[];
  readonly dependantsByName: ReadonlyMap<string, readonly Dependant[]>;
}

/** Whether a person gives the answer (not a note, not calculated). */
export const isAsked = (item: Item): item is Question =>
  item.kind === 'question' && item.type !== 'note' && item.type !== 'calculate';
