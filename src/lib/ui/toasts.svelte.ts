// The short notices of the app, one at a time, with the way back from what was easily tapped by mistake.
import { getContext, setContext } from 'svelte';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: Undo | undefined;
}

/** Takes a deed back; offered as *Hoàn tác*. What may fail tells whether it has not. */
export type Undo = (() => void) | (() => Promise<boolean>);

const KEY = Symbol('toasts');

/** How long a toast stands while nobody looks at it. */
export const TOAST_MS = 6000;

/** What the toaster shows; `show` replaces what stands. */
export class Toasts {
  current = $state.raw<Toast | null>(null);
  /** The toasters on the page: an open sheet brings its own, since all behind it is out of reach. */
  hosts = $state.raw<readonly symbol[]>([]);
  #count = 0;

  show(toast: Omit<Toast, 'id'>): void {
    this.current = { ...toast, id: ++this.#count };
  }

  dismiss(): void {
    this.current = null;
  }

  /** @param failed said when the deed stands all the same, with the way to try again */
  async undo(failed: string): Promise<void> {
    const undo = this.current?.undo;
    this.current = null;
    if (undo !== undefined && (await undo()) === false) this.show({ text: failed, undo });
  }
}

/** Makes the toasts available below: once, in the root layout, beside its `<Toaster />`. */
export function provideToasts(): Toasts {
  return setContext(KEY, new Toasts());
}

/** `useToasts().show({ text, undo })`. */
export function useToasts(): Toasts {
  return getContext<Toasts>(KEY);
}
