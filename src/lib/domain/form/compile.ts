// Turns form data into a form, or says what is wrong with it and where.
import * as v from 'valibot';
import { type Result, err, ok } from '../result.ts';
import {
  type Bilingual,
  type FormData,
  type GroupData,
  type ItemData,
  type QuestionData,
  type RepeatData,
  formSchema
} from './data.ts';
import { dependencies } from './dependencies.ts';
import { parseExpression } from './expression/parse.ts';
import { referencesOf } from './expression/references.ts';
import type { Expression, SyntaxProblem } from './expression/syntax.ts';
import type { Choice, Form, Group, Item, Question, Repeat } from './form.ts';
import { namesIn } from './template.ts';

export interface FormError {
  /** `workers_local.constraint`; a path into the data where there is no name yet. */
  readonly place: string;
  readonly code:
    | SyntaxProblem['code']
    | 'malformed'
    | 'duplicateName'
    | 'duplicateChoice'
    | 'nestedRepeat'
    | 'missingLabel'
    | 'missingMessage'
    | 'missingCalculation'
    | 'unknownChoices'
    | 'unknownQuestion'
    | 'unknownColumn'
    | 'columnOutsideFilter'
    | 'selfOutsideCheck'
    | 'outsideRepeat'
    | 'notInRepeat'
    | 'cycle';
  /** Offset in the expression, where there is one. */
  readonly at: number | null;
  /** The piece that the code speaks of. */
  readonly piece: string;
}

/**
 * @param data a form of unknown origin
 * @returns the form, or everything found wrong with it (at least one error)
 */
export function compileForm(data: unknown): Result<Form, readonly FormError[]> {
  const parsed = v.safeParse(formSchema, data);
  if (!parsed.success) {
    return err(
      parsed.issues.map((issue) => ({
        place: v.getDotPath(issue) ?? '',
        code: 'malformed',
        at: null,
        piece: issue.message
      }))
    );
  }
  return new Compiler(parsed.output).compile();
}

type Around = { readonly parent: Group | Repeat | null; readonly repeat: Repeat | null; readonly section: number };
type ExpressionColumn = 'relevant' | 'required' | 'constraint' | 'warning' | 'calculation' | 'choice_filter';

class Compiler {
  readonly #data: FormData;
  readonly #errors: FormError[] = [];
  readonly #items = new Map<string, Item>();

  constructor(data: FormData) {
    this.#data = data;
  }

  compile(): Result<Form, readonly FormError[]> {
    for (const [name, list] of Object.entries(this.#data.choices)) {
      this.#refuseDoubles(
        list.map((choice) => choice.name),
        `choices.${name}`,
        'duplicateChoice'
      );
    }
    const sections = this.#data.sections.map((section, index) =>
      this.#group(section, { parent: null, repeat: null, section: index })
    );
    const items = [...this.#items.values()];
    for (const item of items) this.#check(item);
    const { order, dependantsByName, cycle } = dependencies(items);
    if (cycle !== null) this.#refuse(cycle[0] ?? '', 'cycle', cycle.join(' → '));
    if (this.#errors.length > 0) return err(this.#errors);
    const { id, version, title } = this.#data;
    return ok({ id, version, title, sections, itemByName: this.#items, order, dependantsByName });
  }

  #item(data: ItemData, around: Around): Item[] {
    if (data.type === 'group') return [this.#group(data, around)];
    if (data.type === 'repeat') return [this.#repeat(data, around)];
    const question = this.#question(data, around);
    return data.or_other ? [question, this.#question(this.#specifyOther(data), around)] : [question];
  }

  #group(data: GroupData, around: Around): Group {
    const children: Item[] = [];
    const group: Group = { kind: 'group', ...this.#common(data, around), label: data.label ?? null, children };
    if (group.parent === null && group.label === null) this.#refuse(data.name, 'missingLabel');
    this.#add(group);
    for (const child of data.children) children.push(...this.#item(child, { ...around, parent: group }));
    return group;
  }

  #repeat(data: RepeatData, around: Around): Repeat {
    const children: Item[] = [];
    const repeat: Repeat = {
      kind: 'repeat',
      ...this.#common(data, around),
      label: data.label,
      required: data.required ?? false,
      requiredMessage: data.required_message ?? null,
      addLabel: data.add_label,
      title: data.title,
      summary: data.summary ?? [],
      prefill: data.prefill ?? null,
      children
    };
    if (around.repeat !== null) this.#refuse(data.name, 'nestedRepeat');
    this.#add(repeat);
    for (const child of data.children) children.push(...this.#item(child, { ...around, parent: repeat, repeat }));
    return repeat;
  }

  #question(data: QuestionData, around: Around): Question {
    const asked = data.type !== 'calculate';
    if (asked && data.label === undefined) this.#refuse(data.name, 'missingLabel');
    if (!asked && data.calculation === undefined) this.#refuse(data.name, 'missingCalculation');
    if (data.constraint !== undefined && data.constraint_message === undefined) {
      this.#refuse(`${data.name}.constraint`, 'missingMessage');
    }
    if (data.warning !== undefined && data.warning_message === undefined) {
      this.#refuse(`${data.name}.warning`, 'missingMessage');
    }
    const required = typeof data.required === 'string' ? this.#expression(data, 'required') : data.required;
    const question: Question = {
      kind: 'question',
      ...this.#common(data, around),
      type: data.type,
      label: data.label ?? null,
      required: required ?? false,
      requiredMessage: data.required_message ?? null,
      constraint: this.#expression(data, 'constraint'),
      constraintMessage: data.constraint_message ?? null,
      warning: this.#expression(data, 'warning'),
      warningMessage: data.warning_message ?? null,
      calculation: this.#expression(data, 'calculation'),
      choices: this.#choices(data),
      choiceFilter: this.#expression(data, 'choice_filter'),
      appearance: data.appearance ?? null,
      unit: data.unit ?? null,
      prefill: data.prefill ?? null
    };
    this.#add(question);
    return question;
  }

  #specifyOther(data: QuestionData): QuestionData {
    return {
      type: 'text',
      name: `${data.name}_other`,
      label: this.#data.other.specify,
      relevant: `selected(\${${data.name}}, 'other')`,
      required: true,
      ...(data.prefill === 'last' || data.prefill === 'lastOfProducer' ? { prefill: data.prefill } : {})
    };
  }

  #choices(data: QuestionData): readonly Choice[] {
    if (data.type !== 'select_one' && data.type !== 'select_multiple') return [];
    const list = Object.hasOwn(this.#data.choices, data.choices ?? '')
      ? this.#data.choices[data.choices ?? '']
      : undefined;
    if (list === undefined) {
      this.#refuse(`${data.name}.choices`, 'unknownChoices', data.choices ?? '');
      return [];
    }
    const choices = list.map(({ name, label, ...rest }): Choice => {
      const columns = Object.entries(rest).flatMap(([column, value]) =>
        typeof value === 'object' ? [] : [[column, value] as const]
      );
      return { name, label, columns: Object.fromEntries(columns) };
    });
    if (!data.or_other) return choices;
    if (choices.some(({ name }) => name === 'other'))
      this.#refuse(`choices.${data.choices ?? ''}`, 'duplicateChoice', 'other');
    return [...choices, { name: 'other', label: this.#data.other.label, columns: {} }];
  }

  #common(data: ItemData, around: Around) {
    return {
      ...around,
      name: data.name,
      hint: data.hint ?? null,
      relevant: this.#expression(data, 'relevant'),
      position: this.#items.size
    };
  }

  #expression(data: ItemData, column: ExpressionColumn): Expression | null {
    const source = (data as Partial<Record<ExpressionColumn, unknown>>)[column];
    if (typeof source !== 'string') return null;
    const parsed = parseExpression(source);
    if (parsed.ok) return parsed.value;
    this.#refuse(`${data.name}.${column}`, parsed.error.code, parsed.error.piece, parsed.error.at);
    return null;
  }

  #add(item: Item): void {
    if (this.#items.has(item.name)) this.#refuse(item.name, 'duplicateName', item.name);
    else this.#items.set(item.name, item);
  }

  #check(item: Item): void {
    this.#checkReferences(item, 'relevant', item.relevant);
    this.#checkText(item, 'label', item.label);
    this.#checkText(item, 'hint', item.hint);
    if (item.kind === 'repeat') {
      for (const name of [item.title, ...item.summary]) {
        if (this.#items.get(name)?.repeat !== item) this.#refuse(`${item.name}.title`, 'unknownQuestion', name);
      }
    }
    if (item.kind !== 'question') return;
    this.#checkReferences(item, 'required', typeof item.required === 'boolean' ? null : item.required);
    this.#checkReferences(item, 'constraint', item.constraint);
    this.#checkReferences(item, 'warning', item.warning);
    this.#checkReferences(item, 'calculation', item.calculation);
    this.#checkReferences(item, 'choice_filter', item.choiceFilter);
    this.#checkText(item, 'constraint_message', item.constraintMessage);
    this.#checkText(item, 'warning_message', item.warningMessage);
    this.#checkText(item, 'required_message', item.requiredMessage);
  }

  #checkReferences(item: Item, column: ExpressionColumn, expression: Expression | null): void {
    if (expression === null) return;
    const place = `${item.name}.${column}`;
    const { questions, columns, self } = referencesOf(expression);
    for (const { name, allRows, at } of questions) {
      const target = this.#items.get(name);
      if (target?.kind === 'repeat' ? !allRows : target?.kind !== 'question' || target.type === 'note') {
        this.#refuse(place, 'unknownQuestion', name, at);
      } else if (
        allRows
          ? target?.kind === 'question' && target.repeat === null
          : target?.repeat && target.repeat !== item.repeat
      ) {
        this.#refuse(place, allRows ? 'notInRepeat' : 'outsideRepeat', name, at);
      }
    }
    for (const { name, at } of columns) {
      if (column !== 'choice_filter') this.#refuse(place, 'columnOutsideFilter', name, at);
      else if (
        item.kind === 'question' &&
        !item.choices.some(({ columns: has }) => name === 'name' || Object.hasOwn(has, name))
      ) {
        this.#refuse(place, 'unknownColumn', name, at);
      }
    }
    if (column !== 'constraint' && column !== 'warning')
      for (const at of self) this.#refuse(place, 'selfOutsideCheck', '.', at);
  }

  #checkText(item: Item, column: string, text: Bilingual | null): void {
    for (const name of text === null ? [] : [...namesIn(text.vi), ...namesIn(text.en)]) {
      const target = this.#items.get(name);
      const place = `${item.name}.${column}`;
      if (target?.kind !== 'question' || target.type === 'note') this.#refuse(place, 'unknownQuestion', name);
      else if (target.repeat !== null && target.repeat !== item.repeat) this.#refuse(place, 'outsideRepeat', name);
    }
  }

  #refuseDoubles(names: readonly string[], place: string, code: FormError['code']): void {
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) this.#refuse(place, code, name);
    });
  }

  #refuse(place: string, code: FormError['code'], piece = '', at: number | null = null): void {
    this.#errors.push({ place, code, at, piece });
  }
}
