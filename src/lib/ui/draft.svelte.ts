// What stands in a field while somebody types: it is never overwritten from outside and never lost on the way out.
import { untrack } from 'svelte';

/**
 * The text of a field between the value it was given and the value it hands on.
 *
 * A live query may answer with an older value while the next letter is already typed, so a value from outside is
 * taken only until somebody has typed in the field; and when it could not be saved, the text stays on the screen. A field
 * that somebody has only gone into shows what comes from outside: its next letter would overwrite it unseen.
 */
export class Draft {
  text = $state('');
  #given: () => string;
  #commit: (text: string) => void;
  #settled = '';
  /** Something was typed since the field was gone into. */
  #isTyped = false;

  /**
   * @param given the text of the value from outside; read in an effect
   * @param commit hands the text on; called only when it has changed since it was last given or handed on
   */
  constructor(given: () => string, commit: (text: string) => void) {
    this.#given = given;
    this.#commit = commit;
    this.text = this.#settled = untrack(given);
    $effect.pre(() => {
      const value = given();
      untrack(() => {
        if (!this.#isTyped && this.text === this.#settled) this.text = this.#settled = value;
      });
    });
    $effect.pre(() => {
      if (this.text !== this.#settled) this.#isTyped = true;
    });
    // A field that goes away (another section, another page) hands on what it holds.
    $effect(() => () => this.commit());
  }

  focus(): void {
    this.#isTyped = false;
  }

  blur(): void {
    this.#isTyped = false;
    if (this.text === this.#settled) this.text = this.#settled = this.#given();
    else this.commit();
  }

  /** Hands the text on if it has changed. */
  commit(): void {
    if (this.text === this.#settled) return;
    this.#settled = this.text;
    this.#commit(this.text);
  }
}
