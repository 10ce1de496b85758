// One open survey: what is on screen, which faults are told yet, and the saving behind it.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Answer, Survey } from '#lib/domain/document/document.ts';
import { canEdit, canMove } from '#lib/domain/document/status.ts';
import type { Cell } from '#lib/domain/form/cell.ts';
import type { Form, Group, Item } from '#lib/domain/form/form.ts';
import { pathOf } from '#lib/domain/form/path.ts';
import { type SectionProgress, doubts, problems, sectionProgress } from '#lib/domain/form/progress.ts';
import { FormState } from '#lib/domain/form/state.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { observe } from '#lib/storage/observe.ts';
import type { SaveError, Store, Stored } from '#lib/storage/store.ts';
import {
  type Edit,
  adoptRowIds,
  changeIds,
  dropRow,
  handIn,
  idsIn,
  putRow,
  setAnswer,
  setProgress,
  setReason
} from './edits.ts';
import { originsOf } from './origins.ts';

/** What is typed is saved at the latest so long after its first letter, also while typing goes on (law 2). */
const TYPING_MS = 600;
/** A failed save is tried again after this; any edit tries at once. */
const RETRY_MS = 5_000;

/** What the editor needs of the store. */
export type SurveyStore = Pick<Store, 'get' | 'update'>;

/** What the editor is told about its surroundings. */
export interface EditorPorts {
  /** The calendar day of the device, `yyyy-mm-dd`: a survey may be open longer than a day. */
  today(): string;
  newRowId(): string;
}

export class SurveyEditor {
  readonly form: Form;
  readonly #store: SurveyStore;
  readonly #account: Account;
  readonly #ports: EditorPorts;
  #state: FormState;
  /** One signal per question: a letter typed in one redraws no other. */
  readonly #cells = new SvelteMap<string, Cell>();
  /** Being typed in: a fault that is new since then is not told yet. */
  readonly #quiet = new SvelteSet<string>();
  /** Left at least once: a required answer missing there is told. */
  readonly #left = new SvelteSet<string>();

  /** Edits that are on screen and not yet in the store, oldest first. */
  readonly #unsaved: Edit[] = [];
  /** Goes along with the first edit where rows came without ids; opening a survey writes nothing. */
  #rowIds: Edit | null = null;
  #saving: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest stored version that is on screen. */
  #shown: Survey;
  #isOvertaken = false;

  doc: Survey;
  sending: Sending;
  /** By section, in the form's order. */
  progress: readonly SectionProgress[];
  /** When the newest edit reached the store. */
  savedAt: string | null = $state(null);
  /** The last save failed; what was entered is still on screen and goes with the next one. */
  failure: SaveError | null = $state.raw(null);
  /** It was deleted, in another tab or by a colleague. */
  isGone = $state(false);
  /** It was tried to hand it in: everything missing is told from now on. */
  isTold = $state(false);

  isHandingIn = $state(false);

  readonly isEditable = $derived.by(() => {
    if (this.isHandingIn) return false;
    const { status, createdBy } = this.doc;
    const { name, roles } = this.#account;
    // Submitted belongs to the reviewer, who answers with remarks and leaves the answers alone.
    if (status !== 'draft' && status !== 'returned') return false;
    return canEdit(status, roles) && (createdBy === name || roles.includes('admin'));
  });
  readonly canHandIn = $derived.by(() => this.isEditable && canMove(this.doc.status, 'submitted', this.#account.roles));
  readonly origins = $derived.by(() => originsOf(this.doc));
  /** Sections that are asked, in order. */
  readonly sections = $derived.by(() =>
    this.form.sections.filter((section) => this.progress[section.section]?.state !== 'hidden')
  );

  constructor(store: SurveyStore, account: Account, form: Form, stored: Stored<Survey>, ports: EditorPorts) {
    this.#store = store;
    this.#account = account;
    this.#ports = ports;
    this.form = form;
    this.doc = $state.raw(stored.doc);
    this.sending = $state.raw(stored.sending);
    this.savedAt = stored.doc.updatedAt;
    this.#shown = stored.doc;
    this.#state = this.#read(stored.doc);
    for (const cell of this.#state.cells()) this.#cells.set(cell.path, cell);
    this.progress = $state.raw(form.sections.map((section) => sectionProgress(this.#state, section)));
  }

  /** Follows the stored document: other tabs, the sync worker. Returns how to stop; what was typed is saved then. */
  follow(): () => void {
    const subscription = observe(() => this.#store.get('survey', this.doc._id)).subscribe({
      next: (stored) => {
        this.isGone = stored === undefined || stored.doc.deleted === true;
        if (stored === undefined) return;
        this.sending = stored.sending;
        // While an edit is on its way, what is stored is older than what is on screen; the save will bring both.
        if (this.#unsaved.length === 0 && stored.doc.editId !== this.#shown.editId) this.#adopt(stored.doc);
      },
      error: () => undefined // A dead connection: the next save reopens it and says so if it cannot.
    });
    return () => {
      subscription.unsubscribe();
      void this.flush();
    };
  }

  /** Another day may have begun while the survey was open: what the form says about today holds for that one. */
  heedDay(): void {
    if (this.#state.today !== this.#ports.today()) this.#show(this.doc);
  }

  /** The state of an item in a row; reactive. */
  cell(item: Item, rowId: string | null): Cell | undefined {
    return this.#cells.get(pathOf(item.name, item.repeat?.name ?? null, rowId));
  }

  /** What `${name}` means at a place, for the texts of the form; reactive. */
  cellNamed(name: string, rowId: string | null): Cell | undefined {
    const item = this.form.itemByName.get(name);
    return item === undefined ? undefined : this.cell(item, item.repeat === null ? null : rowId);
  }

  /** Whether the fault of a cell is told by now: not while it comes about under the typing finger. */
  isTelling(cell: Cell): boolean {
    if (cell.fault === null || this.#quiet.has(cell.path)) return false;
    return cell.fault.tag !== 'required' || this.isTold || this.#left.has(cell.path);
  }

  /** Faults that are told in a section. */
  faultsIn(section: Group): number {
    const progress = this.progress[section.section];
    if (progress === undefined) return 0;
    let quiet = 0;
    for (const path of this.#quiet) {
      const cell = this.#cells.get(path);
      if (cell?.item.section === section.section && cell.fault !== null && cell.fault.tag !== 'required') quiet++;
    }
    return progress.faults - quiet + (this.isTold ? progress.missing : 0);
  }

  /** The answer at a path as it stands now; undefined where there is none such. */
  answerAt(path: string): Answer | undefined {
    return this.#cells.get(path)?.answer;
  }

  /** A letter was typed, or an answer changed in passing. */
  type(path: string, answer: Answer): void {
    const cell = this.#cells.get(path);
    if (cell !== undefined && !this.isTelling(cell)) this.#quiet.add(path);
    this.#answer(path, answer);
    this.#saveSoon();
  }

  /** A field was left, a choice was made. */
  commit(path: string, answer: Answer): void {
    this.#quiet.delete(path);
    this.#left.add(path);
    this.#answer(path, answer);
    void this.#save();
  }

  /** Changes the list of ids (of photos) that answers a question. */
  changeIds(path: string, change: (ids: readonly string[]) => readonly string[]): void {
    if (!this.isEditable) return;
    this.#quiet.delete(path);
    this.#left.add(path);
    const ids = change(idsIn(this.answerAt(path)));
    this.#apply(this.#state.setAnswer(path, ids.length === 0 ? null : [...ids]), changeIds(path, change));
    void this.#save();
  }

  /** Takes the answer of a question away. Returns how to undo it. */
  clear(path: string): () => void {
    const before = this.#cells.get(path)?.answer ?? null;
    this.commit(path, null);
    return () => {
      this.commit(path, before);
    };
  }

  /** Adds an empty row. Returns its id. */
  addRow(repeat: string): string {
    const id = this.#ports.newRowId();
    const row = { _id: id };
    if (this.isEditable) this.#apply(this.#state.addRow(repeat, row), putRow(repeat, row));
    void this.#save();
    return id;
  }

  /** Takes a row out. Returns how to undo it. */
  removeRow(repeat: string, rowId: string): () => void {
    const taken = this.isEditable ? this.#state.removeRow(repeat, rowId) : undefined;
    if (taken === undefined) return () => undefined;
    const { row, index } = taken.removed;
    this.#apply(taken.changed, dropRow(repeat, rowId));
    void this.#save();
    return () => {
      this.#apply(this.#state.addRow(repeat, row, index), putRow(repeat, row, index));
      void this.#save();
    };
  }

  /** Why the answer at a path stays though it looks odd; '' where nothing was written. */
  reasonFor(path: string): string {
    return this.doc.overrides?.[path] ?? '';
  }

  /** Writes that reason, at each letter. */
  typeReason(path: string, reason: string): void {
    if (!this.isEditable || this.reasonFor(path) === reason) return;
    this.#apply(new Set(), setReason(path, reason));
    this.#saveSoon();
  }

  /** What stands against handing in: faults, and doubts without a reason, in the form's order. */
  standsAgainst(): { readonly faults: readonly Cell[]; readonly doubts: readonly Cell[] } {
    return {
      faults: problems(this.#state),
      doubts: doubts(this.#state).filter((cell) => this.reasonFor(cell.path).trim() === '')
    };
  }

  /**
   * Hands the survey in, if nothing stands against it.
   * @returns whether it is stored as submitted
   */
  async handIn(at: Date): Promise<boolean> {
    this.heedDay();
    const { faults, doubts: open } = this.standsAgainst();
    if (!this.canHandIn || faults.length + open.length > 0) return false;
    await this.flush();
    if (this.failure !== null) return false;
    this.isHandingIn = true;
    const edit = handIn(this.form, at.toISOString(), this.#account.name, this.#ports.today());
    this.#unsaved.push(edit);
    // The answers on screen are replaced by those that count.
    this.#isOvertaken = true;
    await this.#save();
    const isStored = this.failure === null;
    if (!isStored) this.#takeBack(edit);
    this.isHandingIn = false;
    return isStored;
  }

  /** A survey that could not be written is not handed in later, behind the person's back. */
  #takeBack(handingIn: Edit): void {
    this.#unsaved.splice(this.#unsaved.indexOf(handingIn), 1);
    if (this.#unsaved.length > 0) return;
    // Nothing that was entered is unsaved, and nothing is tried again by itself.
    this.failure = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Saves what is pending, and waits for it. */
  async flush(): Promise<void> {
    await this.#save();
  }

  #answer(path: string, answer: Answer): void {
    if (!this.isEditable) return;
    const changed = this.#state.setAnswer(path, answer);
    if (changed.size > 0) this.#apply(changed, setAnswer(path, answer));
  }

  #apply(changed: ReadonlySet<string>, edit: Edit): void {
    const sections = new Set<number>();
    for (const path of changed) {
      const cell = this.#state.cell(path);
      sections.add((cell ?? this.#cells.get(path))?.item.section ?? 0);
      if (cell === undefined) this.#cells.delete(path);
      else this.#cells.set(path, cell);
    }
    if (sections.size > 0) {
      this.progress = this.progress.map((before, index) => {
        const section = this.form.sections[index];
        return section === undefined || !sections.has(index) ? before : sectionProgress(this.#state, section);
      });
    }
    this.doc = edit(this.doc);
    this.#unsaved.push(edit);
  }

  /** Shows a version that came from elsewhere. Fields that somebody is typing in keep their text (ui/draft). */
  #adopt(doc: Survey): void {
    this.doc = doc;
    this.#shown = doc;
    this.#isOvertaken = false;
    this.#show(doc);
  }

  #read(doc: Survey): FormState {
    const today = this.#ports.today();
    const state = new FormState(this.form, doc.answers, today);
    this.#rowIds = state.answers === doc.answers ? null : adoptRowIds(this.form, today);
    return state;
  }

  /** Draws all cells anew. */
  #show(doc: Survey): void {
    this.#state = this.#read(doc);
    const paths = new Set<string>();
    for (const cell of this.#state.cells()) {
      paths.add(cell.path);
      this.#cells.set(cell.path, cell);
    }
    for (const path of [...this.#cells.keys()]) if (!paths.has(path)) this.#cells.delete(path);
    this.progress = this.form.sections.map((section) => sectionProgress(this.#state, section));
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => void this.#save(), TYPING_MS);
  }

  /** One save at a time; edits that come meanwhile go together with the next. */
  #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    while (this.#unsaved.length > 0) {
      const batch = [...this.#unsaved];
      const count = setProgress(this.progress.filter(({ state }) => state === 'done').length, this.sections.length);
      const change = (doc: Survey): Survey => {
        if (doc.editId !== this.#shown.editId) this.#isOvertaken = true;
        const first = this.#rowIds === null ? doc : this.#rowIds(doc);
        return count(batch.reduce((edited, edit) => edit(edited), first));
      };
      const saved = await this.#store.update('survey', this.doc._id, change, this.#shown);
      if (!saved.ok) {
        this.failure = saved.error;
        // What is gone, or not this account's any more, is so in five seconds too.
        if (saved.error.tag === 'write') this.#timer ??= setTimeout(() => void this.#save(), RETRY_MS);
        return;
      }
      this.failure = null;
      this.#rowIds = null;
      this.savedAt = saved.value.updatedAt;
      this.#shown = saved.value;
      this.#unsaved.splice(0, batch.length);
      if (this.#unsaved.length > 0) continue;
      if (this.#isOvertaken) this.#adopt(saved.value);
      else this.doc = saved.value;
    }
  }
}
