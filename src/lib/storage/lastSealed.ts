// Remembers what was sealed last: a save reads back the very rows that it wrote before, and most of them have not changed.

interface Sealed {
  readonly text: string;
  readonly sealed: ArrayBuffer;
}

/** The rows of the records that somebody has open, document and outbox. */
const MOST = 16;
/** Characters; nobody types a longer one. */
const LONGEST = 100_000;

/** Of rows that this vault has sealed itself; what is `about` which row is the vault's business. */
export class LastSealed {
  readonly #byRow = new Map<string, Sealed>();

  note(about: string, text: string, sealed: ArrayBuffer): void {
    this.#byRow.delete(about);
    if (text.length > LONGEST) return;
    this.#byRow.set(about, { text, sealed });
    const [oldest] = this.#byRow.keys();
    if (this.#byRow.size > MOST && oldest !== undefined) this.#byRow.delete(oldest);
  }

  /** @returns what this text was sealed to, when it was the last of this row: to seal it anew would say no more */
  sealed(about: string, text: string): ArrayBuffer | undefined {
    const last = this.#byRow.get(about);
    return last?.text === text ? last.sealed : undefined;
  }

  /** @returns what was sealed to exactly these bytes, when they were the last of this row; else they are to be opened */
  text(about: string, sealed: ArrayBuffer): string | undefined {
    const last = this.#byRow.get(about);
    return last !== undefined && areSame(last.sealed, sealed) ? last.text : undefined;
  }
}

function areSame(one: ArrayBuffer, other: ArrayBuffer): boolean {
  if (one.byteLength !== other.byteLength) return false;
  const [a, b] = [new Uint8Array(one), new Uint8Array(other)];
  return a.every((byte, at) => byte === b[at]);
}
