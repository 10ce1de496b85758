// Keeps a form saved while it is filled in: on commit of a field, soon after a letter, and when the page is hidden.
import type { Result } from '#lib/domain/result.ts';

/** A letter waits no longer than this to be saved (law 1); less would write a transaction per letter on a slow phone. */
const TYPING_MS = 700;
/** A failed save is tried again after this, milliseconds; any edit tries at once. */
const RETRY_MS = 5_000;

/** saved: it is on the device, `at` an ISO instant · incomplete: nothing can be made of it yet (no name). */
export type SaveOutcome = { readonly state: 'saved'; readonly at: string } | { readonly state: 'incomplete' };

/** Fields by name, as a form shows them. */
export type Fields<F> = { readonly [K in keyof F]: string };

export class FormSaver<F extends Fields<F>> {
  /** What the form shows: what is stored, under what has been typed since. */
  fields: F = $state.raw() as F;
  savedAt: string | null = $state(null);
  /** The last write failed; what was typed is still in `fields` and goes along with the next write. */
  failed = $state(false);

  #write: (fields: F, changes: Partial<F>) => Promise<Result<SaveOutcome, unknown>>;
  #unsaved: Partial<F> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param initial what the form begins with
   * @param write saves changed fields; called one at a time
   */
  constructor(initial: F, write: (fields: F, changes: Partial<F>) => Promise<Result<SaveOutcome, unknown>>) {
    this.fields = initial;
    this.#write = write;
  }

  /** Takes what the store says now (another tab, another device), except where something unsaved was typed. */
  adopt(stored: F): void {
    this.fields = { ...stored, ...this.#unsaved };
  }

  /** A field was finished. */
  commit(changes: Partial<F>): void {
    this.#take(changes);
    void this.flush();
  }

  /** A letter was typed: saved soon after the first one that is not, so that typing without a pause is saved too. */
  type(changes: Partial<F>): void {
    this.#take(changes);
    this.#timer ??= setTimeout(() => void this.flush(), TYPING_MS);
  }

  /** Saves what is not saved yet, after the write that is under way. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#timer = undefined;
    this.#last = this.#last
      .then(() => this.#save())
      // A dead database connection: the text is on the screen, the next save tries again.
      .catch(() => {
        this.failed = true;
      })
      .then(() => {
        // Also after the form is left: what was typed there goes in as soon as there is room.
        clearTimeout(this.#retry);
        if (this.failed) this.#retry = setTimeout(() => void this.flush(), RETRY_MS);
      });
    return this.#last;
  }

  #take(changes: Partial<F>): void {
    this.#unsaved = { ...this.#unsaved, ...changes };
    this.fields = { ...this.fields, ...changes };
  }

  async #save(): Promise<void> {
    const changes = this.#unsaved;
    if (Object.keys(changes).length === 0) return;
    const written = await this.#write(this.fields, changes);
    this.failed = !written.ok;
    if (!written.ok || written.value.state === 'incomplete') return;
    this.savedAt = written.value.at;
    // What was typed during the write is newer than what was written.
    const left = Object.entries(this.#unsaved).filter(([name, value]) => changes[name as keyof F] !== value);
    this.#unsaved = Object.fromEntries(left) as Partial<F>;
  }
}
