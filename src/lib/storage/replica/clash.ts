// The losing leaves that lie beside a document: which are to be tried, and how they are noted.
import type { Row } from '../row.ts';

/** So long is a losing leaf left to others, milliseconds: the account may have other roles by then, the app be a newer one. */
const LEFT_MS = 7 * 24 * 3_600_000;

/** A document's losing leaves that nobody has looked at in vain while this revision won, nor lately. */
export function leavesToTry({ rev, clash = [], left }: Row, now: Date): readonly string[] {
  if (left === undefined || left.rev !== rev || now.getTime() - Date.parse(left.at) > LEFT_MS) return clash;
  return clash.filter((leaf) => !left.leaves.includes(leaf));
}

/** Whether the server tells of the same losing leaves as before, in whatever order. */
export const sameClash = (a: readonly string[] = [], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

/** The row with those losing leaves and no others. */
export function withClash(row: Row, clash: readonly string[]): Row {
  const { clash: _old, ...rest } = row;
  return clash.length === 0 ? rest : { ...rest, clash: [...clash] };
}
