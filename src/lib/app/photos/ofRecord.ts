// The list of a product's or a paper's own photos, changed from any screen: each change is stored as it is made, one after the other.
import type { Paper, Product } from '#lib/domain/document/document.ts';
import { moved, withId, withInstead, withoutId } from '#lib/domain/photo/order.ts';
import type { Store } from '#lib/storage/store.ts';

export class RecordPhotoEdits {
  readonly #store: Store;
  readonly #kind: 'product' | 'paper';
  readonly #id: string;
  readonly #onfailure: () => void;
  #saving: Promise<unknown> = Promise.resolve();

  /** @param onfailure a change could not be saved */
  constructor(store: Store, kind: 'product' | 'paper', id: string, onfailure: () => void) {
    this.#store = store;
    this.#kind = kind;
    this.#id = id;
    this.#onfailure = onfailure;
  }

  readonly add = (photo: string, index?: number): void => this.#change((ids) => withId(ids, photo, index));
  readonly remove = (photo: string): void => this.#change((ids) => withoutId(ids, photo));
  readonly replace = (old: string, photo: string): void => this.#change((ids) => withInstead(ids, old, photo));
  readonly move = (photo: string, by: 1 | -1): void => this.#change((ids) => moved(ids, photo, by));
  readonly flush = async (): Promise<void> => void (await this.#saving);

  #change(edit: (ids: readonly string[]) => readonly string[]): void {
    const apply = <D extends Product | Paper>(record: D): D => {
      const before = record.photos ?? [];
      const after = edit(before);
      return after === before ? record : { ...record, photos: [...after] };
    };
    this.#saving = this.#saving.then(async () => {
      const saved = await this.#store.update(this.#kind, this.#id, apply);
      if (!saved.ok) this.#onfailure();
    });
  }
}
