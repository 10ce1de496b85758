// Everything that anybody saved, and what may have become of it: the memory that the engine is measured against.
import { generationOf, isEqual } from '#lib/domain/merge/rival.ts';
import type { WireDocument } from '#lib/sync/core/ports.ts';

/** A place of a document: `['phone']` or `['answers', 'q1']`. */
export type Path = readonly [string] | readonly [string, string];

/** One place that a save changed. */
export interface Saved {
  readonly no: number;
  readonly docId: string;
  readonly path: Path;
  /** add, remove: one entry of a list. */
  readonly act: 'set' | 'add' | 'remove';
  /** What stands there now (undefined: it was emptied), or the entry. */
  readonly value: unknown;
  /** set: what the person who saved saw there. */
  readonly before: unknown;
  readonly by: string;
  /** It leads back to what the unsent edits began from: against what others say it says nothing. */
  readonly isBack: boolean;
  /** How many edits had led to what the unsent edits began from. */
  readonly generation: number;
}

/** What stands at a place. */
export function valueAt(doc: WireDocument | null, [field, entry]: Path): unknown {
  const value = doc?.[field];
  if (entry === undefined) return value;
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === entry)?.[1]
    : undefined;
}

/** The document with something else at one place; undefined empties it. */
export function withValue<D extends WireDocument>(doc: D, path: Path, value: unknown): D {
  const [field, entry] = path;
  const map = valueAt(doc, [field]);
  const next =
    entry === undefined ? value : without({ ...(typeof map === 'object' ? map : {}), [entry]: value }, entry, value);
  return without({ ...doc, [field]: next }, field, next) as D;
}

const without = (map: object, name: string, value: unknown): object =>
  value === undefined ? Object.fromEntries(Object.entries(map).filter(([key]) => key !== name)) : map;

export class Ledger {
  readonly #saved: Saved[] = [];
  /** What was lost with a server's disk before any phone had heard of it. */
  readonly #forgiven = new Set<number>();
  /** Saves that saw all of a document, to which so many edits had led, and took it away for good. */
  readonly #purged: { no: number; docId: string; doc: WireDocument; generation: number }[] = [];
  #count = 0;

  /**
   * Notes all places at which a save made another document of one.
   * @param origin what the unsent edits of the document began from, by its revision
   */
  note(
    by: string,
    before: WireDocument | null,
    after: WireDocument,
    paths: readonly Path[],
    origin?: { readonly rev: string; readonly doc: WireDocument } | null
  ): void {
    const generation = generationOf(origin?.rev ?? null);
    for (const path of paths) {
      const [was, is] = [valueAt(before, path), valueAt(after, path)];
      if (isEqual(was, is)) continue;
      const isBack = origin !== undefined && origin !== null && isEqual(is, valueAt(origin.doc, path));
      const [left, right] = [listOf(was, is), listOf(is, was)];
      const here = { docId: after._id, path, by, isBack, generation };
      if (left === null || right === null) this.#add({ ...here, act: 'set', value: is, before: was });
      else {
        for (const value of right)
          if (!left.includes(value)) this.#add({ ...here, act: 'add', value, before: undefined });
        for (const value of left)
          if (!right.includes(value)) this.#add({ ...here, act: 'remove', value, before: undefined });
      }
    }
  }

  /** @param rev of the winner that was purged */
  notePurge(doc: WireDocument, rev: string): void {
    this.#purged.push({ no: ++this.#count, docId: doc._id, doc, generation: generationOf(rev) });
  }

  /** What somebody saved last at a document. */
  last(by: string): Saved | undefined {
    return this.#saved.findLast((one) => one.by === by);
  }

  /** A server lost its disk: what nobody holds any more is not asked for. */
  forgive(isHeld: (saved: Saved) => boolean): void {
    for (const saved of this.#saved) if (!isHeld(saved)) this.#forgiven.add(saved.no);
  }

  /**
   * What is neither there nor overwritten by somebody who had seen it.
   * @param isThere whether one of the places that count holds what was saved
   */
  lost(isThere: (saved: Saved) => boolean, among: (saved: Saved) => boolean = () => true): Saved[] {
    const known = new Map<Saved, boolean>();
    const isAccounted = (saved: Saved): boolean => {
      const answer =
        known.get(saved) ??
        (isThere(saved) ||
          this.#isSaidElsewhere(saved) ||
          this.#heirsOf(saved).some(isAccounted) ||
          this.#isPurged(saved));
      known.set(saved, answer);
      return answer;
    };
    return this.#saved.filter((saved) => !this.#forgiven.has(saved.no) && among(saved) && !isAccounted(saved));
  }

  #add(saved: Omit<Saved, 'no'>): void {
    this.#saved.push({ no: ++this.#count, ...saved });
  }

  /**
   * Later saves of the same place that saw this one and put something else there. Where this one leads back to what stood
   * there before, also somebody else's who began from that and never saw what was set back: against his it says nothing,
   * unless his is among what was set back.
   */
  #heirsOf(saved: Saved): Saved[] {
    const { no, docId, path, act, value, before, by } = saved;
    const isHeir = (other: Saved) => (act === 'set' ? isEqual(other.before, value) : isEqual(other.value, value));
    const here = this.#saved.filter((other) => other.docId === docId && other.path.join() === path.join());
    const setBack = act === 'set' ? leadingTo(saved, here) : [];
    const isReturn = setBack.some((other) => isEqual(other.before, value));
    const neverSaw = (other: Saved) => other.by !== by && !isEqual(other.value, before) && !setBack.includes(other);
    return here.filter((other) => isHeir(other) && (other.no > no || (isReturn && neverSaw(other))));
  }

  /** What one phone has taken back another has saved as well: there it was meant. */
  #isSaidElsewhere({ docId, path, act, before, by, isBack }: Saved): boolean {
    const isMeant = (other: Saved) => other.by !== by && other.docId === docId && other.path.join() === path.join();
    return isBack && act === 'set' && this.#saved.some((other) => isMeant(other) && isEqual(other.value, before));
  }

  /**
   * A later purge saw it, or saw what it took back, which had arrived unbeknown to the phone. A save that leads back says
   * nothing against an earlier purge either, which the phone that it was made on had not met.
   */
  #isPurged(saved: Saved): boolean {
    const { isBack, docId, no, generation } = saved;
    return this.#purged.some(
      (one) =>
        one.docId === docId &&
        (isBack ? one.no > no || generation <= one.generation : one.no > no && holds(one.doc, saved))
    );
  }
}

/** Whether a version holds what was saved. */
export function holds(
  doc: WireDocument | null,
  { path, act, value, before, isBack = false }: Pick<Saved, 'path' | 'act' | 'value'> & Partial<Saved>
): boolean {
  if (doc === null) return false;
  const found = valueAt(doc, path);
  // Whatever somebody else says there; but what was taken back must not have come to stay.
  if (isBack && (act !== 'set' || !isEqual(found, before))) return true;
  if (act === 'set') return isEqual(found, value);
  return (Array.isArray(found) && found.includes(value)) === (act === 'add');
}

/** The two versions that a conflict's record keeps; none of another document. */
export function versionsIn(record: WireDocument): WireDocument[] {
  if (record['kind'] !== 'conflict') return [];
  const id = String(record['subjectId']);
  return [record['mine'], record['theirs']].flatMap((version) =>
    typeof version === 'object' && version !== null ? [{ ...version, _id: id }] : []
  );
}

/** The entries of a place that is a list on one of two sides. */
const listOf = (value: unknown, other: unknown): readonly unknown[] | null =>
  Array.isArray(value) ? value : value === undefined && Array.isArray(other) ? [] : null;

/** The saves of a place that led from what this one leads back to up to what it saw, the last first; all, if it does not. */
function leadingTo({ no, value, before }: Saved, here: readonly Saved[]): Saved[] {
  const steps: Saved[] = [];
  const ends = [before];
  for (const end of ends) {
    for (const step of here) {
      if (step.no >= no || !isEqual(step.value, end) || steps.includes(step)) continue;
      steps.push(step);
      if (!isEqual(step.before, value)) ends.push(step.before);
    }
  }
  return steps;
}
