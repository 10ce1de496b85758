// One open self-assessment: what is on screen, its score, and the saving behind it.
import type { CriteriaSet } from '#lib/domain/criteria/set.ts';
import type { Assessment } from '#lib/domain/document/document.ts';
import { canEdit, canMove } from '#lib/domain/document/status.ts';
import type { Account } from '#lib/domain/scope.ts';
import { type Score, scoreAssessment } from '#lib/domain/scoring/score.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { observe } from '#lib/storage/observe.ts';
import type { SaveError, Store, Stored } from '#lib/storage/store.ts';
import {
  type Edit,
  addEvidence,
  choose,
  chooseCase,
  clearChoice,
  countProgress,
  moveEvidence,
  putBack,
  removeEvidence,
  replaceEvidence,
  setDisqualified,
  setNote,
  submit
} from './edits.ts';
import { steady } from './steady.ts';

/** A letter typed waits no longer than this to be saved, however the typing goes on, milliseconds (law 1). */
const TYPING_MS = 600;
/** A failed save is tried again after this, milliseconds; any edit tries at once. */
const RETRY_MS = 5_000;

/** What the editor needs of the store. */
export type AssessmentStore = Pick<Store, 'get' | 'update'>;

export class AssessmentEditor {
  readonly set: CriteriaSet;
  readonly #store: AssessmentStore;
  readonly #account: Account;
  /** Edits that are on screen and not yet in the store, oldest first. */
  readonly #unsaved: Edit[] = [];
  #saving: Promise<void> | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #typing: { code: string; text: string; timer: ReturnType<typeof setTimeout> } | null = null;
  #scored: Score | null = null;
  /** The stored version that the screen shows, besides what is unsaved. */
  #shown: Assessment;
  /** Somebody else's edit was stored beneath ours and is not on screen yet. */
  #isBehind = false;
  /** On its way to the reviewer: nothing is changed under it. */
  #isSubmitting = false;

  doc: Assessment;
  sending: Sending;
  /** When the newest edit of today reached the store; null before the first one. */
  savedAt: string | null = $state(null);
  /** The last save failed; what was entered is still on screen and goes with the next one. */
  failure: SaveError | null = $state.raw(null);
  /** It was deleted, in another tab or by a colleague. */
  isGone = $state(false);

  readonly score = $derived.by(() => (this.#scored = steady(this.#scored, scoreAssessment(this.set, this.doc))));
  readonly isEditable = $derived.by(() => {
    const { status, createdBy } = this.doc;
    const { name, roles } = this.#account;
    // Submitted belongs to the reviewer, who answers with remarks and leaves the producer's own figures alone.
    if (status !== 'draft' && status !== 'returned') return false;
    return canEdit(status, roles) && (createdBy === name || roles.includes('admin'));
  });
  readonly canSubmit = $derived.by(() => this.isEditable && canMove(this.doc.status, 'submitted', this.#account.roles));

  constructor(store: AssessmentStore, account: Account, set: CriteriaSet, stored: Stored<Assessment>) {
    this.#store = store;
    this.#account = account;
    this.set = set;
    this.#shown = stored.doc;
    this.doc = $state.raw(stored.doc);
    this.sending = $state.raw(stored.sending);
    this.savedAt = isToday(stored.doc.updatedAt) ? stored.doc.updatedAt : null;
  }

  /** Follows the stored document: other tabs, the sync worker. Returns how to stop; typing is saved then. */
  follow(): () => void {
    const subscription = observe(() => this.#store.get('assessment', this.doc._id)).subscribe({
      next: (stored) => {
        this.isGone = stored === undefined || stored.doc.deleted === true;
        if (stored === undefined) return;
        this.sending = stored.sending;
        // While an edit is on its way, what is stored is older than what is on screen.
        if (this.#unsaved.length > 0 || stored.doc.editId === this.#shown.editId) return;
        this.#shown = stored.doc;
        this.doc = stored.doc;
      },
      error: () => undefined // A dead connection: the next save reopens it and says so if it cannot.
    });
    return () => {
      subscription.unsubscribe();
      void this.flush();
    };
  }

  choose(code: string, option: number | null): void {
    this.#apply(choose(code, option));
  }

  /** Returns how to undo it. */
  clear(code: string): () => void {
    return this.#undoable(code, clearChoice(code));
  }

  /** Returns how to undo it, or null when no choice was taken back by it. */
  chooseCase(code: string, chosenCase: string): (() => void) | null {
    const before = this.doc.choiceByCriterion[code];
    const undo = this.#undoable(code, chooseCase(this.set, code, chosenCase));
    return before !== undefined && this.doc.choiceByCriterion[code] === undefined ? undo : null;
  }

  setDisqualified(key: string, applies: boolean): void {
    this.#apply(setDisqualified(key, applies));
  }

  /** Adds a photo or a paper to the evidence of a criterion, at an index or at the end. */
  addEvidence(code: string, id: string, index?: number): void {
    this.#apply(addEvidence(code, id, index));
  }

  removeEvidence(code: string, id: string): void {
    this.#apply(removeEvidence(code, id));
  }

  /** Puts a photo in the place of one that was taken again. */
  replaceEvidence(code: string, old: string, id: string): void {
    this.#apply(replaceEvidence(code, old, id));
  }

  /** @param by 1: later, -1: earlier */
  moveEvidence(code: string, id: string, by: 1 | -1): void {
    this.#apply(moveEvidence(code, id, by));
  }

  /** At each key: saved soon after the first letter that is not saved, so that typing without a pause is saved too. */
  typeNote(code: string, text: string): void {
    if (this.#typing !== null && this.#typing.code !== code) this.#commitTyping();
    const timer =
      this.#typing?.timer ??
      setTimeout(() => {
        this.#commitTyping();
      }, TYPING_MS);
    this.#typing = { code, text, timer };
  }

  /** On leaving the field. */
  commitNote(code: string, text: string): void {
    if (this.#typing?.code === code) this.#dropTyping();
    this.#apply(setNote(code, text));
  }

  /**
   * Hands it in with its totals frozen.
   * @returns whether it is stored as submitted
   */
  async submit(at: Date): Promise<boolean> {
    if (!this.canSubmit || this.#isSubmitting) return false;
    this.#commitTyping();
    this.#isSubmitting = true;
    await this.#save();
    const isStored = this.failure === null && (await this.#storeSubmitted(at));
    this.#isSubmitting = false;
    return isStored;
  }

  async #storeSubmitted(at: Date): Promise<boolean> {
    const edit = submit(this.set, at.toISOString(), this.#account.name);
    this.#unsaved.push(edit);
    // Submitted on screen once it is stored, and not before: a full phone would call handed in what nobody gets.
    this.#isBehind = true;
    await this.#save();
    const isStored = this.failure === null;
    if (!isStored) this.#takeBack(edit);
    return isStored;
  }

  /** What could not be written is not handed in later, behind the person's back. */
  #takeBack(submitting: Edit): void {
    this.#unsaved.splice(this.#unsaved.indexOf(submitting), 1);
    if (this.#unsaved.length > 0) return;
    // Nothing that was chosen is unsaved, and nothing is tried again by itself.
    this.failure = null;
    clearTimeout(this.#retry);
  }

  /** Saves what is pending, and waits for it. */
  async flush(): Promise<void> {
    this.#commitTyping();
    await this.#save();
  }

  #undoable(code: string, edit: Edit): () => void {
    const choice = this.doc.choiceByCriterion[code];
    const chosenCase = this.doc.caseByCriterion?.[code];
    this.#apply(edit);
    return () => {
      this.#apply(putBack(code, choice, chosenCase));
    };
  }

  #commitTyping(): void {
    const typing = this.#typing;
    if (typing === null) return;
    this.#dropTyping();
    this.#apply(setNote(typing.code, typing.text));
  }

  #dropTyping(): void {
    clearTimeout(this.#typing?.timer);
    this.#typing = null;
  }

  #apply(edit: Edit): void {
    if (!this.isEditable || this.#isSubmitting) return;
    const next = edit(this.doc);
    if (next === this.doc) return;
    this.doc = next;
    this.#unsaved.push(edit);
    void this.#save();
  }

  /** One save at a time; edits that come meanwhile go together with the next. */
  #save(): Promise<void> {
    clearTimeout(this.#retry);
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    const count = countProgress(this.set);
    while (this.#unsaved.length > 0) {
      const batch = [...this.#unsaved];
      const change = (doc: Assessment): Assessment => {
        this.#isBehind ||= doc.editId !== this.#shown.editId;
        return count(batch.reduce((edited, edit) => edit(edited), doc));
      };
      const saved = await this.#store.update('assessment', this.doc._id, change, this.#shown);
      if (!saved.ok) {
        this.failure = saved.error;
        // Also after the screen is left: what was chosen there goes in as soon as there is room.
        if (saved.error.tag === 'write') this.#retry = setTimeout(() => void this.#save(), RETRY_MS);
        return;
      }
      this.failure = null;
      this.savedAt = saved.value.updatedAt;
      this.#unsaved.splice(0, batch.length);
      this.#shown = saved.value;
      // When nobody else wrote in between, the screen shows it already and need not be drawn again.
      if (!this.#isBehind || this.#unsaved.length > 0) continue;
      this.#isBehind = false;
      this.doc = saved.value;
    }
  }
}

/** A bare time of day would lie about an older edit. */
function isToday(instant: string): boolean {
  return new Date(instant).toDateString() === new Date().toDateString();
}
