// Where the rows of a long list stand when only those in view are measured.

/** Where somebody stood in a long list, so that it can be opened there again. */
export interface ListPosition {
  /** The first row in view. */
  readonly index: number;
  /** How many px of it are scrolled away. */
  readonly offset: number;
}

/** Heights of rows, estimated until measured, with the sums that tell which row stands where. */
export class RowHeights {
  readonly #estimate: number;
  #heights = new Map<string, number>();
  #keys: readonly string[] = [];
  #tops: number[] = [0];

  /** @param estimate height in px of a row not measured yet */
  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  /** Takes the rows as they stand now; heights are kept by key. */
  order(keys: readonly string[]): void {
    this.#keys = keys;
    this.#sum(0);
  }

  /**
   * Takes a measured height.
   * @returns by how many px the row has grown
   */
  measure(index: number, height: number): number {
    const key = this.#keys[index];
    if (key === undefined) return 0;
    const before = this.#heights.get(key) ?? this.#estimate;
    if (before === height) return 0;
    this.#heights.set(key, height);
    this.#sum(index);
    return height - before;
  }

  /** Where a view that begins `y` px from the top stands. */
  position(y: number): ListPosition {
    const inside = Math.max(0, y);
    const index = this.at(inside);
    return { index, offset: inside - this.top(index) };
  }

  /** The height of all rows in px. */
  get total(): number {
    return this.#tops[this.#keys.length] ?? 0;
  }

  /** The top of a row in px from the top of the list. */
  top(index: number): number {
    return this.#tops[Math.min(Math.max(index, 0), this.#keys.length)] ?? 0;
  }

  /** The row that covers `y` px from the top; the last one below the end. */
  at(y: number): number {
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  #sum(from: number): void {
    let top = from === 0 ? 0 : (this.#tops[from] ?? 0);
    this.#tops.length = this.#keys.length + 1;
    this.#tops[0] = 0;
    for (let index = from; index < this.#keys.length; index++) {
      top += this.#heights.get(this.#keys[index] ?? '') ?? this.#estimate;
      this.#tops[index + 1] = top;
    }
  }
}
