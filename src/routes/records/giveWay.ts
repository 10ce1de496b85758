// Lets a form go for the record that was there before, and offers the way back where it had made one.
import type { Fields } from '#lib/app/records/formSaver.svelte.ts';
import type { RecordForm } from '#lib/app/records/recordForm.svelte.ts';
import type { Language } from '#lib/ui/language.svelte.ts';
import type { Toasts } from '#lib/ui/toasts.svelte.ts';

/**
 * @param dropped said where a record had been made
 * @returns whether the form is gone; false: what it has made stays, and the person was told
 */
export async function giveWay<F extends Fields<F>>(
  form: RecordForm<F>,
  dropped: string,
  lang: Language,
  toasts: Toasts
): Promise<boolean> {
  const gone = await form.giveWay();
  if (!gone.ok) toasts.show({ text: lang.m.common.notSaved });
  else if (gone.value !== null) {
    const back = gone.value;
    toasts.show({ text: dropped, undo: back });
  }
  return gone.ok;
}
