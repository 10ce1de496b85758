// A survey being filled in: keeps every answer's state up to date, looking again only at what an edit can have changed.
import type { Answer, AnswerRow } from '../document/document.ts';
import { type FormatDoubt, formatDoubt } from '../validation/format.ts';
import { isUnanswered, sameAnswer, seenBy, typeFault } from './answer.ts';
import type { Cell, Doubt, Fault } from './cell.ts';
import { type Scope, evaluate } from './expression/evaluate.ts';
import type { Expression } from './expression/syntax.ts';
import { type Value, toBoolean } from './expression/value.ts';
import { type Choice, type Form, type Item, type Question, type Repeat, isAsked } from './form.ts';
import { parsePath, pathOf } from './path.ts';

/** A row as it was taken out, to put it back. */
export interface RemovedRow {
  readonly row: AnswerRow;
  readonly index: number;
}

/** What has to be looked at again: ids of rows (null outside repeats) by item. */
type Agenda = Map<Item, Set<string | null>>;

export class FormState {
  readonly form: Form;
  readonly today: string;
  #answers: AnswerRow;
  readonly #cells = new Map<string, Cell>();
  /** Rows by id, by the name of their repeat, in their order. */
  readonly #rows = new Map<string, Map<string, AnswerRow>>();
  #values: Agenda = new Map();
  #checks: Agenda = new Map();
  #changed = new Set<string>();

  /**
   * @param answers as the document holds them; answers that the form does not know are kept untouched
   * @param today the calendar day of the device, `yyyy-mm-dd`
   */
  constructor(form: Form, answers: AnswerRow, today: string) {
    this.form = form;
    this.today = today;
    this.#answers = answers;
    for (const item of form.itemByName.values()) if (item.kind === 'repeat') this.#readRows(item);
    for (const item of form.order) for (const rowId of this.#placesOf(item)) this.#look(this.#values, item, rowId);
    this.#settle();
  }

  /** All answers, hidden ones included: what the document holds. A new object after each edit. */
  get answers(): AnswerRow {
    return this.#answers;
  }

  /** The state at a path, or undefined where the form (or the row) does not exist. */
  cell(path: string): Cell | undefined {
    return this.#cells.get(path);
  }

  /** The state of an item in a row (null outside repeats). */
  cellOf(item: Item, rowId: string | null): Cell | undefined {
    return this.#cells.get(pathOf(item.name, item.repeat?.name ?? null, rowId));
  }

  /** All cells in the form's order, rows one after the other. */
  *cells(): Generator<Cell> {
    for (const section of this.form.sections) yield* this.cellsIn(section, null);
  }

  /** The cells of an item and of everything in it. */
  *cellsIn(item: Item, rowId: string | null): Generator<Cell> {
    const cell = this.cellOf(item, rowId);
    if (cell) yield cell;
    if (item.kind === 'group') for (const child of item.children) yield* this.cellsIn(child, rowId);
    if (item.kind === 'repeat') {
      for (const id of this.rowIds(item.name)) for (const child of item.children) yield* this.cellsIn(child, id);
    }
  }

  /** Ids of the rows of a repeat, in order. */
  rowIds(repeat: string): readonly string[] {
    return [...(this.#rows.get(repeat)?.keys() ?? [])];
  }

  /** What `${name}` means at a place: the answer in the same row, or outside; for the texts of the form. */
  answerSeenFrom(name: string, rowId: string | null): Cell | undefined {
    const item = this.form.itemByName.get(name);
    return item === undefined ? undefined : this.cellOf(item, item.repeat === null ? null : rowId);
  }

  /**
   * Gives an answer; null takes it away. Any value is taken: one of a wrong type is kept and becomes a fault.
   * @returns the paths whose cells were replaced; empty when nobody can answer at that path
   */
  setAnswer(path: string, answer: Answer): ReadonlySet<string> {
    const cell = this.#cells.get(path);
    if (cell === undefined || cell.item.kind !== 'question' || cell.item.type === 'calculate') return new Set();
    if (sameAnswer(cell.answer, answer)) return new Set();
    const { name } = cell.item;
    const { row: place } = parsePath(path);
    if (place === null) this.#answers = withAnswer(this.#answers, name, answer);
    else {
      const rows = this.#rows.get(place.repeat);
      rows?.set(place.id, withAnswer(rows.get(place.id) ?? { _id: place.id }, name, answer));
      this.#writeRows(place.repeat);
    }
    this.#look(this.#values, cell.item, cell.rowId);
    return this.#settle();
  }

  /**
   * Adds a row.
   * @param row its answers, with an `_id` that no row of this repeat has yet
   * @param index where; at the end when left out
   * @returns the paths whose cells are new or were replaced; empty when the id is missing or taken
   */
  addRow(repeat: string, row: AnswerRow, index?: number): ReadonlySet<string> {
    const item = this.form.itemByName.get(repeat);
    const rows = this.#rows.get(repeat);
    if (item?.kind !== 'repeat' || rows === undefined) return new Set();
    const id = row['_id'];
    if (typeof id !== 'string' || id === '' || rows.has(id)) return new Set();
    if (index === undefined || index >= rows.size) rows.set(id, row);
    else {
      const entries = [...rows];
      entries.splice(Math.max(0, index), 0, [id, row]);
      this.#rows.set(repeat, new Map(entries));
    }
    this.#writeRows(repeat);
    for (const child of within(item)) this.#look(this.#values, child, id);
    this.#lookAfterRows(item);
    return this.#settle();
  }

  /** Takes a row out. @returns what `addRow` needs to put it back, and the paths that changed; undefined: no such row */
  removeRow(repeat: string, rowId: string): { removed: RemovedRow; changed: ReadonlySet<string> } | undefined {
    const item = this.form.itemByName.get(repeat);
    const rows = this.#rows.get(repeat);
    const row = rows?.get(rowId);
    if (item?.kind !== 'repeat' || rows === undefined || row === undefined) return undefined;
    const index = [...rows.keys()].indexOf(rowId);
    rows.delete(rowId);
    this.#writeRows(repeat);
    for (const child of within(item)) {
      const path = pathOf(child.name, repeat, rowId);
      this.#cells.delete(path);
      this.#changed.add(path);
    }
    this.#lookAfterRows(item);
    return { removed: { row, index }, changed: this.#settle() };
  }

  /** Reads the rows of the document; a row that came without an id of its own gets one from its number. */
  #readRows(repeat: Repeat): void {
    const rows = new Map<string, AnswerRow>();
    const found = own(this.#answers, repeat.name);
    let renamed = false;
    for (const [index, row] of (Array.isArray(found) ? found : []).entries()) {
      if (typeof row !== 'object') continue;
      const id = row['_id'];
      if (typeof id === 'string' && id !== '' && !rows.has(id)) rows.set(id, row);
      else {
        const given = `row-${String(index)}`;
        rows.set(given, { ...row, _id: given });
        renamed = true;
      }
    }
    this.#rows.set(repeat.name, rows);
    if (renamed) this.#writeRows(repeat.name);
  }

  #writeRows(repeat: string): void {
    this.#answers = withAnswer(this.#answers, repeat, [...(this.#rows.get(repeat)?.values() ?? [])]);
  }

  /** The rows that an item exists in: [null] outside repeats. */
  #placesOf(item: Item): readonly (string | null)[] {
    return item.repeat === null ? [null] : this.rowIds(item.repeat.name);
  }

  #look(agenda: Agenda, item: Item, rowId: string | null): void {
    const places = agenda.get(item);
    if (places) places.add(rowId);
    else agenda.set(item, new Set([rowId]));
  }

  /** A row came or went: the repeat itself, and whoever sums or counts what is in it. */
  #lookAfterRows(repeat: Repeat): void {
    this.#look(this.#values, repeat, null);
    for (const child of [repeat, ...within(repeat)]) {
      for (const { item, part, allRows } of this.form.dependantsByName.get(child.name) ?? []) {
        if (!allRows || (item.parent === repeat && part === 'value' && child === repeat)) continue;
        for (const rowId of this.#placesOf(item))
          this.#look(part === 'value' ? this.#values : this.#checks, item, rowId);
      }
    }
  }

  #lookAtDependants(of: Item, rowId: string | null): void {
    for (const { item, part, allRows } of this.form.dependantsByName.get(of.name) ?? []) {
      const agenda = part === 'value' ? this.#values : this.#checks;
      if (!allRows && of.repeat !== null && item.repeat === of.repeat) this.#look(agenda, item, rowId);
      else for (const place of this.#placesOf(item)) this.#look(agenda, item, place);
    }
  }

  /** Values first, each after what it depends on; then the checks, which nothing depends on. */
  #settle(): ReadonlySet<string> {
    for (const item of this.form.order) {
      if (this.#values.size === 0) break;
      const places = this.#values.get(item);
      if (places === undefined) continue;
      this.#values.delete(item);
      for (const rowId of places) {
        const before = this.cellOf(item, rowId);
        const cell = this.#valued(item, rowId, before);
        if (cell === before) continue;
        this.#put(cell);
        this.#look(this.#checks, item, rowId);
        if (before === undefined || before.relevant !== cell.relevant || !sameAnswer(seen(before), seen(cell))) {
          this.#lookAtDependants(item, rowId);
        }
      }
    }
    for (const [item, places] of this.#checks) {
      if (item.kind === 'group') continue;
      for (const rowId of places) {
        const before = this.cellOf(item, rowId);
        if (before) this.#put(this.#checked(before));
      }
    }
    const changed = this.#changed;
    this.#values = new Map();
    this.#checks = new Map();
    this.#changed = new Set();
    return changed;
  }

  #put(cell: Cell): void {
    if (this.#cells.get(cell.path) === cell) return;
    this.#cells.set(cell.path, cell);
    this.#changed.add(cell.path);
  }

  /** The cell with its relevance and answer as they are now; the same object when nothing is new. */
  #valued(item: Item, rowId: string | null, before: Cell | undefined): Cell {
    const around = item.parent === null || this.#isShown(item.parent, rowId);
    const relevant = around && (item.relevant === null || toBoolean(this.#evaluate(item.relevant, item, rowId, null)));
    const rowIds = item.kind === 'repeat' ? this.rowIds(item.name) : NONE;
    const answer = item.kind === 'question' ? this.#answerTo(item, rowId, relevant) : null;
    if (
      before &&
      before.relevant === relevant &&
      sameAnswer(before.answer, answer) &&
      sameAnswer([...before.rowIds], [...rowIds])
    ) {
      return before;
    }
    return {
      path: pathOf(item.name, item.repeat?.name ?? null, rowId),
      item,
      rowId,
      relevant,
      answer,
      seen:
        item.kind !== 'question' || !relevant
          ? null
          : item.type === 'calculate'
            ? asValue(answer)
            : seenBy(item, answer),
      rowIds,
      choices: before?.choices ?? (item.kind === 'question' ? item.choices : NONE),
      required: before?.required ?? false,
      fault: before?.fault ?? null,
      doubt: before?.doubt ?? null
    };
  }

  #isShown(item: Item, rowId: string | null): boolean {
    return this.cellOf(item, item.repeat === null ? null : rowId)?.relevant ?? false;
  }

  #answerTo(question: Question, rowId: string | null, relevant: boolean): Answer {
    if (question.type === 'calculate') {
      if (!relevant || question.calculation === null) return null;
      return asAnswer(this.#evaluate(question.calculation, question, rowId, null));
    }
    const holder = question.repeat === null ? this.#answers : this.#rows.get(question.repeat.name)?.get(rowId ?? '');
    return holder === undefined ? null : (own(holder, question.name) ?? null);
  }

  /** The cell with its choices, faults and doubts as they are now; the same object when nothing is new. */
  #checked(cell: Cell): Cell {
    const checked = cell.item.kind === 'question' ? this.#checkedQuestion(cell, cell.item) : this.#checkedRepeat(cell);
    const same =
      sameChoices(cell.choices, checked.choices) &&
      cell.required === checked.required &&
      sameFault(cell.fault, checked.fault) &&
      sameDoubt(cell.doubt, checked.doubt);
    return same ? cell : checked;
  }

  #checkedRepeat(cell: Cell): Cell {
    const required = cell.relevant && cell.item.kind === 'repeat' && cell.item.required;
    const message = cell.item.kind === 'repeat' ? cell.item.requiredMessage : null;
    return { ...cell, required, fault: required && cell.rowIds.length === 0 ? { tag: 'required', message } : null };
  }

  #checkedQuestion(cell: Cell, question: Question): Cell {
    const choices = this.#choicesFor(question, cell.rowId);
    if (!cell.relevant || !isAsked(question)) return { ...cell, choices, required: false, fault: null, doubt: null };
    const holds = (expression: Expression): boolean =>
      toBoolean(this.#evaluate(expression, question, cell.rowId, cell.seen));
    const required = typeof question.required === 'boolean' ? question.required : holds(question.required);
    const base: Cell = { ...cell, choices, required, fault: null, doubt: null };
    const fault = (found: Fault): Cell => ({ ...base, fault: found });
    if (isUnanswered(cell.answer))
      return required ? fault({ tag: 'required', message: question.requiredMessage }) : base;
    const expected = typeFault(question, cell.answer, choices);
    if (expected !== null) return fault({ tag: 'type', expected });
    if (question.constraint !== null && !holds(question.constraint)) {
      return fault({ tag: 'constraint', message: question.constraintMessage });
    }
    return { ...base, doubt: doubtOf(question, cell.answer, holds) };
  }

  #choicesFor(question: Question, rowId: string | null): readonly Choice[] {
    const { choiceFilter } = question;
    if (choiceFilter === null) return question.choices;
    return question.choices.filter((choice) => toBoolean(this.#evaluate(choiceFilter, question, rowId, null, choice)));
  }

  #evaluate(expression: Expression, item: Item, rowId: string | null, self: Value, choice?: Choice): Value {
    const scope: Scope = {
      self,
      today: this.today,
      question: (name) => {
        const target = this.form.itemByName.get(name);
        return target === undefined ? null : (this.cellOf(target, target.repeat === null ? null : rowId)?.seen ?? null);
      },
      rows: (name) => this.#seenInRows(name),
      column: (name) => (name === 'name' ? (choice?.name ?? null) : (choice?.columns[name] ?? null))
    };
    return evaluate(expression, scope);
  }

  #seenInRows(name: string): readonly Value[] {
    const target = this.form.itemByName.get(name);
    if (target?.kind === 'repeat') return this.#isShown(target, null) ? this.rowIds(name) : NONE;
    if (target === undefined || target.repeat === null) return NONE;
    const values: Value[] = [];
    for (const rowId of this.rowIds(target.repeat.name)) {
      const cell = this.cellOf(target, rowId);
      if (cell?.relevant) values.push(cell.seen);
    }
    return values;
  }
}

const NONE: readonly never[] = [];

/** All items inside a repeat, at any depth. */
function within(item: Item): Item[] {
  if (item.kind === 'question') return [];
  return item.children.flatMap((child) => [child, ...within(child)]);
}

const own = (row: AnswerRow, name: string): Answer | undefined => (Object.hasOwn(row, name) ? row[name] : undefined);

function withAnswer(row: AnswerRow, name: string, answer: Answer): AnswerRow {
  if (answer !== null) return { ...row, [name]: answer };
  const { [name]: _taken, ...rest } = row;
  return rest;
}

const asAnswer = (value: Value): Answer => (typeof value === 'object' && value !== null ? [...value] : value);

const asValue = (answer: Answer): Value =>
  Array.isArray(answer) ? answer.filter((each) => typeof each === 'string') : answer;

const seen = (cell: Cell): Answer => asAnswer(cell.seen);

function doubtOf(question: Question, answer: Answer, holds: (expression: Expression) => boolean): Doubt | null {
  if (question.warning !== null && question.warningMessage !== null && holds(question.warning)) {
    return { tag: 'said', message: question.warningMessage };
  }
  const code: FormatDoubt | null =
    typeof answer === 'string' && question.appearance !== null ? formatDoubt(question.appearance, answer) : null;
  return code === null ? null : { tag: 'format', code };
}

const sameChoices = (a: readonly Choice[], b: readonly Choice[]): boolean =>
  a === b || (a.length === b.length && a.every((choice, index) => choice === b[index]));

const sameFault = (a: Fault | null, b: Fault | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.tag === b.tag &&
    (a.tag === 'type' ? b.tag === 'type' && a.expected === b.expected : b.tag !== 'type' && a.message === b.message));

const sameDoubt = (a: Doubt | null, b: Doubt | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    (a.tag === 'said' ? b.tag === 'said' && a.message === b.message : b.tag === 'format' && a.code === b.code));
