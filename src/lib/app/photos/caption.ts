// Writes what is typed under a photo: soon after the first letter, at once when the field is left.
import type { Photo } from '#lib/domain/document/document.ts';
import type { Store } from '#lib/storage/store.ts';

/** A letter typed waits no longer than this to be saved, milliseconds (law 1). */
const TYPING_MS = 600;

export class CaptionSaver {
  readonly #store: Pick<Store, 'update'>;
  readonly #onfailure: () => void;
  #typing: { id: string; text: string; timer: ReturnType<typeof setTimeout> } | null = null;

  /** @param onfailure a caption could not be saved; its text is still in the field */
  constructor(store: Pick<Store, 'update'>, onfailure: () => void) {
    this.#store = store;
    this.#onfailure = onfailure;
  }

  /** At each letter. */
  type(id: string, text: string): void {
    if (this.#typing !== null && this.#typing.id !== id) this.flush();
    const timer = this.#typing?.timer ?? setTimeout(() => this.flush(), TYPING_MS);
    this.#typing = { id, text, timer };
  }

  /** On leaving the field. */
  commit(id: string, text: string): void {
    this.type(id, text);
    this.flush();
  }

  /** Saves what is pending. */
  flush(): void {
    if (this.#typing === null) return;
    const { id, text, timer } = this.#typing;
    clearTimeout(timer);
    this.#typing = null;
    void this.#store.update('photo', id, withCaption(text)).then((saved) => {
      if (!saved.ok) this.#onfailure();
    });
  }
}

const withCaption =
  (text: string) =>
  (photo: Photo): Photo => {
    const caption = text.trim();
    if (caption === (photo.caption ?? '')) return photo;
    const { caption: _before, ...rest } = photo;
    return caption === '' ? rest : { ...rest, caption };
  };
