// Chance that can be repeated: the same seed gives the same numbers.
import { createHash } from 'node:crypto';

export class Chance {
  readonly #seed: string;
  #drawn = 0;

  /** @param seed a number, or words that make another sequence of it */
  constructor(seed: number | string) {
    this.#seed = String(seed);
  }

  /** From 0 to just below 1. */
  next(): number {
    this.#drawn += 1;
    const digest = createHash('sha256')
      .update(`${this.#seed} ${String(this.#drawn)}`)
      .digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so often: 0 never, 1 always. */
  says(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of them. @throws when there is none */
  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.between(0, choices.length - 1)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): T[] {
    const rest = [...things];
    return things.map(() => rest.splice(this.between(0, rest.length - 1), 1)).flat();
  }
}
