// Which section and rows of the open survey are shown, and how to get to a question; handed down by context.
import { getContext, setContext, tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { SurveyEditor } from '#lib/app/survey/editor.svelte.ts';
import type { Remark } from '#lib/app/records/remarks.ts';
import type { Resume } from '#lib/app/survey/resume.ts';
import type { Cell } from '#lib/domain/form/cell.ts';
import type { Group } from '#lib/domain/form/form.ts';
import type { Language } from '#lib/ui/language.svelte.ts';
import { Words } from './words.ts';

const KEY = Symbol('survey view');

/** The id of a question's control on the page. */
export const fieldId = (path: string): string => `q-${path}`;

export class SurveyView {
  readonly editor: SurveyEditor;
  readonly words: Words;
  #section: string | null = $state(null);
  /** Id of the open row, by the name of its repeat. */
  readonly #openRows = new SvelteMap<string, string>();

  readonly current: Group | undefined = $derived.by(
    () => this.editor.sections.find(({ name }) => name === this.#section) ?? this.editor.sections[0]
  );
  /** Position of the open section among those that are asked. */
  readonly index = $derived.by(() => (this.current === undefined ? 0 : this.editor.sections.indexOf(this.current)));
  readonly next = $derived.by(() => this.editor.sections[this.index + 1]);
  readonly previous = $derived.by(() => this.editor.sections[this.index - 1]);

  readonly #remarks: () => readonly Remark[];

  /** @param remarks what is to be corrected; reactive */
  constructor(editor: SurveyEditor, lang: Language, resume: Resume, remarks: () => readonly Remark[]) {
    this.editor = editor;
    this.#remarks = remarks;
    this.words = new Words(lang, (name, rowId) => editor.cellNamed(name, rowId));
    this.#section = resume.section;
    for (const [repeat, row] of Object.entries(resume.rows)) this.#openRows.set(repeat, row);
  }

  /** What has to be known to come back here. */
  get place(): Omit<Resume, 'scrollY'> {
    return { section: this.current?.name ?? null, rows: Object.fromEntries(this.#openRows) };
  }

  /** What a reviewer wants corrected at a question, group or repeat. */
  remarksAt(name: string): readonly Remark[] {
    return this.#remarks().filter(({ target }) => target === name);
  }

  /**
   * The place that a remark means: in a repeat the question in the open row, or else in the first one.
   * @returns undefined where the form does not ask it (any more)
   */
  placeOf(target: string): Cell | undefined {
    const item = this.editor.form.itemByName.get(target);
    if (item === undefined) return undefined;
    const { repeat } = item;
    const rows = repeat === null ? undefined : this.editor.cell(repeat, null);
    const rowId = rows?.rowIds.find((id) => this.isOpen(rows.item.name, id)) ?? rows?.rowIds[0];
    const cell = rows !== undefined && rowId === undefined ? rows : this.editor.cell(item, rowId ?? null);
    return cell?.relevant === true ? cell : undefined;
  }

  /** Opens a section at its top. */
  open(section: Group | undefined): void {
    if (section === undefined || section === this.current) return;
    this.#section = section.name;
    window.scrollTo({ top: 0, behavior: 'instant' });
  }

  isOpen(repeat: string, rowId: string): boolean {
    return this.#openRows.get(repeat) === rowId;
  }

  openRow(repeat: string, rowId: string): void {
    this.#openRows.set(repeat, rowId);
  }

  closeRow(repeat: string): void {
    this.#openRows.delete(repeat);
  }

  /** Opens the section and the row of a question and puts the focus into it. */
  async goTo(cell: Cell): Promise<void> {
    this.#section = this.editor.form.sections[cell.item.section]?.name ?? null;
    if (cell.item.repeat !== null && cell.rowId !== null) this.openRow(cell.item.repeat.name, cell.rowId);
    await tick();
    const control = document.getElementById(fieldId(cell.path));
    control?.scrollIntoView({ block: 'center', behavior: 'instant' });
    control?.focus({ preventScroll: true });
  }
}

/** Makes the view available to the components below. */
export const provideSurveyView = (view: SurveyView): SurveyView => setContext(KEY, view);

/** The view of the open survey. */
export const useSurveyView = (): SurveyView => getContext<SurveyView>(KEY);
