// How the list of photos of a record changes, whichever record it is.

/** What is left out is not offered. Each change is stored when `flush` is through. */
export interface PhotoEdits {
  /** At an index of the record's list, or at the end. */
  readonly add?: (id: string, index?: number) => void;
  readonly remove: (id: string) => void;
  /** Puts a photo in the place of one that was taken again. */
  readonly replace?: (old: string, id: string) => void;
  /** Past the next photo (1), or the one before (-1). */
  readonly move?: (id: string, by: 1 | -1) => void;
  readonly flush: () => Promise<void>;
}
