// Documents of the server that a device cannot take in, and why.

/**
 * A change whose document cannot be taken in: it is noted, holds up none of the others, and is read once more later.
 *
 * | why      | the row                                                                   |
 * |----------|---------------------------------------------------------------------------|
 * | `row`    | tells neither of a document nor of its end; its id may be missing as well |
 * | `absent` | has no document, and is no deletion                                       |
 * | `error`  | has an error in the place of the document                                 |
 * | `shape`  | has something that is no document of this id                              |
 * | `unfit`  | has a document that this build cannot reconcile with what lies here       |
 */
export interface OddChange {
  readonly id: string;
  readonly why: 'row' | 'absent' | 'error' | 'shape' | 'unfit';
}
