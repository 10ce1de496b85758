// What every field takes besides its value.

export interface FieldProps {
  /** The words above the field. */
  readonly label: string;
  /** A sentence under the label. */
  readonly hint?: string | undefined;
  /** What is wrong and how to mend it; marks the field. */
  readonly error?: string | undefined;
  /** A soft warning: the value is kept. */
  readonly warning?: string | undefined;
  /** `true` is told to screen readers, `false` writes "(không bắt buộc)" beside the label, left out says nothing. */
  readonly required?: boolean | undefined;
  /** Shown, not editable (an accepted dossier, a value that comes from elsewhere). */
  readonly locked?: boolean | undefined;
  /** The id of the control, for a jump to it; made up when left out. */
  readonly id?: string | undefined;
  /** The date of the answer that the value was taken from ("03/2026"). */
  readonly prefilledFrom?: string | undefined;
}

/** One choice of a list; the words are already in the reader's language. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** The ids of a field's sentences, for `aria-describedby`; undefined when it has none. */
export function describedBy(id: string, field: FieldProps, extra?: string | false): string | undefined {
  const ids = [
    field.hint ? `${id}-hint` : '',
    extra || '',
    field.error ? `${id}-error` : '',
    field.warning ? `${id}-warning` : ''
  ].filter((part) => part !== '');
  return ids.length > 0 ? ids.join(' ') : undefined;
}
