// What a person should hear of although the app is closed: work that was refused or returned since the last look.
import { type ReturnedTask, myReturned } from '#lib/storage/today.ts';
import type { Store } from '#lib/storage/store.ts';

/** What needs the person, at one moment. */
export interface Attention {
  /** Ids of the documents that the server refused. */
  readonly refused: ReadonlySet<string>;
  readonly returned: readonly Pick<ReturnedTask, 'doc' | 'productName' | 'returnedAt'>[];
}

export interface News {
  /** How many documents are refused by now; 0 when none of them is new. */
  readonly refused: number;
  /** All of the account's work that is returned by now; empty when none of it is new. */
  readonly returned: Attention['returned'];
}

/** More returned files than any officer has. */
const RETURNED_MOST = 200;

/** Reads what needs the person now. */
export async function attention(store: Store): Promise<Attention> {
  const [refused, returned] = await Promise.all([
    store.tables.outbox.where('state').equals('refused').primaryKeys(),
    myReturned(store, RETURNED_MOST)
  ]);
  return { refused: new Set(refused), returned };
}

/** What came to be between two looks; null when nothing did. A notice replaces the last one, so it tells of all there is. */
export function newsBetween(before: Attention, after: Attention): News | null {
  const isRefusal = [...after.refused].some((id) => !before.refused.has(id));
  const known = new Set(before.returned.map(nameOfReturn));
  const isReturn = after.returned.some((task) => !known.has(nameOfReturn(task)));
  if (!isRefusal && !isReturn) return null;
  return { refused: isRefusal ? after.refused.size : 0, returned: isReturn ? after.returned : [] };
}

/** The same with no record's name in it: the browser writes a notice down, in clear, which an account with a lock must not. */
export const withoutNames = ({ refused, returned }: News): News => ({
  refused,
  returned: returned.map((task) => ({ ...task, productName: '' }))
});

/** A dossier may be returned more than once. */
const nameOfReturn = ({ doc, returnedAt }: Attention['returned'][number]): string => `${doc._id} ${returnedAt}`;
