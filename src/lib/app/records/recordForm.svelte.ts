// The form of a producer or a product from its first letter on: holds back a likely duplicate, makes the record, keeps it saved.
import type { Draft, DraftKind } from '#lib/domain/document/draft.ts';
import { type Result, ok } from '#lib/domain/result.ts';
import { draftsOf, keepDraft } from '#lib/storage/drafts.ts';
import type { SaveError, Store } from '#lib/storage/store.ts';
import type { Duplicate } from './duplicates.ts';
import { type Fields, FormSaver, type SaveOutcome } from './formSaver.svelte.ts';
import { type WayBack, removeRecord } from './removal.ts';
import type { Incomplete } from './save.ts';

/** What makes a form that of a producer or of a product. */
export interface FormOf<F> {
  readonly kind: DraftKind;
  save(
    id: string | null,
    fields: F,
    changes: Partial<F>
  ): Promise<Result<{ readonly _id: string; readonly updatedAt: string }, SaveError | Incomplete>>;
  /** Records that look the same. */
  like(fields: F, id: string | null): Promise<readonly Duplicate[]>;
}

export class RecordForm<F extends Fields<F>> {
  /** Null until the record is made. */
  id: string | null = $state(null);
  /** The fields as they were last left: what warnings speak about and records are made of, so that none is in mid-word. */
  left: F = $state.raw() as F;
  /** Records that look the same; a new record is not made until a person has said that it is another one. */
  duplicates: readonly Duplicate[] = $state.raw([]);
  readonly saver: FormSaver<F>;

  readonly #store: Store;
  readonly #of: FormOf<F>;
  readonly #initial: F;
  #isApart = false;
  #isMadeHere = false;
  #hasGivenWay = false;
  /** What is kept of this form on the phone, while there is no record. */
  #kept: Draft | null = null;

  constructor(store: Store, of: FormOf<F>, id: string | null, initial: F) {
    this.#store = store;
    this.#of = of;
    this.id = id;
    this.left = initial;
    this.#initial = initial;
    this.saver = new FormSaver(initial, (fields, changes) => this.#write(fields, changes));
  }

  get fields(): F {
    return this.saver.fields;
  }

  /** Whether a new record waits for the answer whether it is another one. */
  get isHeld(): boolean {
    return this.id === null && this.duplicates.length > 0;
  }

  /** A field was left. */
  commit(changes: Partial<F>): void {
    this.saver.commit(changes);
    this.left = this.saver.fields;
    if (this.id !== null && !this.#isApart) void this.#look();
  }

  /** The whole form is left, or is to be: where the last field was not (a tap beside it, Back), it is now. */
  leave(): Promise<void> {
    this.left = this.saver.fields;
    return this.saver.flush();
  }

  /** A letter was typed. A new record waits until the field is left: its first letters are nobody's name. */
  type(changes: Partial<F>): void {
    this.saver.type(changes);
  }

  /** Takes what the store says now. */
  adopt(stored: F): void {
    this.saver.adopt(stored);
    this.left = this.saver.fields;
  }

  /**
   * Goes on with what was typed here before the record could be made.
   * @param fits whether what was kept belongs to what is being made now
   */
  async resume(fits: (kept: F) => boolean = () => true): Promise<void> {
    const { drafts } = await draftsOf(this.#store.tables, this.#of.kind);
    // What has been typed in the meantime is another record.
    if (this.#kept !== null) return;
    for (const draft of drafts) {
      const texts = Object.entries(draft).filter(([name]) => name in this.fields);
      const fields = { ...this.fields, ...Object.fromEntries(texts) };
      if (texts.length === 0 || !fits(fields)) continue;
      this.#kept = draft;
      this.commit(fields);
      return;
    }
  }

  /** The person says that it is another record than the ones that look the same. */
  keepApart(): void {
    this.#isApart = true;
    this.duplicates = [];
    void this.saver.flush();
  }

  /**
   * The person goes on with a record that was there before: what was begun here goes.
   * @returns the way back; null where no record had been made
   */
  async giveWay(): Promise<Result<WayBack | null, SaveError>> {
    this.#hasGivenWay = true;
    // The write that is under way may be making the record.
    await this.saver.flush();
    await this.#forget();
    return this.#isMadeHere && this.id !== null ? removeRecord(this.#store, this.#of.kind, this.id) : ok(null);
  }

  /** Forgets what was typed before the record could be made. */
  async #forget(): Promise<void> {
    if (this.#kept === null) return;
    await keepDraft(this.#store, this.#of.kind, this.#kept, null);
    this.#kept = null;
  }

  async #look(): Promise<void> {
    this.duplicates = await this.#of.like(this.fields, this.id);
  }

  async #write(fields: F, changes: Partial<F>): Promise<Result<SaveOutcome, SaveError>> {
    if (this.#hasGivenWay) return ok({ state: 'incomplete' });
    if (this.id === null && !isSame(fields, this.left)) return this.#keep(fields);
    if (this.id === null && !this.#isApart) await this.#look();
    if (this.isHeld) return this.#keep(fields);
    const saved = await this.#of.save(this.id, fields, changes);
    if (!saved.ok) return saved.error.tag === 'incomplete' ? this.#keep(fields) : { ok: false, error: saved.error };
    if (this.id === null) {
      this.id = saved.value._id;
      this.#isMadeHere = true;
      await this.#forget();
    }
    return ok({ state: 'saved', at: saved.value.updatedAt });
  }

  async #keep(fields: F): Promise<Result<SaveOutcome, SaveError>> {
    const draft = isSame(fields, this.#initial) ? null : { ...fields };
    // Only a second net: what was typed is on the screen.
    const isKept = await keepDraft(this.#store, this.#of.kind, this.#kept, draft).then(
      () => true,
      () => false
    );
    if (isKept) this.#kept = draft;
    return ok({ state: 'incomplete' });
  }
}

const isSame = <F extends Fields<F>>(a: F, b: F): boolean =>
  Object.entries(a).every(([name, value]) => b[name as keyof F] === value);
