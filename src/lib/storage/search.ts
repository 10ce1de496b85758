// Accent-insensitive search in lists that are in memory: each word has to occur, in any order.
import { fold } from '#lib/domain/text/fold.ts';

/** What can be searched: its text is folded once, when the list is read. */
export interface Searchable {
  readonly folded: string;
}

/**
 * The entries that hold every word of the text, in the order of the list; those whose name begins with the text first.
 * @param text as typed; an empty one finds everything
 */
export function search<T extends Searchable>(entries: readonly T[], text: string): readonly T[] {
  const folded = fold(text);
  if (folded === '') return entries;
  const words = folded.split(' ');
  const first: T[] = [];
  const others: T[] = [];
  for (const entry of entries) {
    if (!words.every((word) => entry.folded.includes(word))) continue;
    (entry.folded.startsWith(folded) ? first : others).push(entry);
  }
  return [...first, ...others];
}
