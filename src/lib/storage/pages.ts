// Reads many documents in pages, so that thousands of rows never hold the thread for long.
import type { DocumentOf, Kind } from '#lib/domain/document/document.ts';
import { readable } from './edited.ts';
import { fieldOf } from './row.ts';
import type { Store } from './store.ts';

/** Rows deserialised in one go: about 10 ms of work on a slow phone. */
const PAGE = 400;

/**
 * Walks through all live documents of a kind, in the order of their ids (the order in which they were made).
 * Ids begin with their kind, so this is one range of the primary key and needs no index.
 */
export async function eachOfKind<K extends Kind>(
  store: Store,
  kind: K,
  visit: (doc: DocumentOf<K>) => void
): Promise<void> {
  const end = `${kind};`; // ';' is the character after ':'
  let after = `${kind}:`;
  for (;;) {
    const rows = await store.tables.docs.where('id').between(after, end, false, false).limit(PAGE).toArray();
    for (const row of rows) {
      const doc = row.live === undefined ? undefined : readable(row, kind);
      if (doc !== undefined) visit(doc);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

/** Which of these ids are known to be deleted: one that never arrived, or that cannot be read here, is not. */
export async function deletedAmong(store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await store.tables.docs.bulkGet([...ids]);
  return new Set(rows.flatMap((row) => (row !== undefined && fieldOf(row.doc, 'deleted') === true ? row.id : [])));
}

/** The documents of a kind with these ids, by id; deleted ones say so. */
export async function byId<K extends Kind>(
  store: Store,
  kind: K,
  ids: Iterable<string>
): Promise<Map<string, DocumentOf<K>>> {
  const rows = await store.tables.docs.bulkGet([...new Set(ids)]);
  const found = new Map<string, DocumentOf<K>>();
  for (const row of rows) {
    const doc = row === undefined ? undefined : readable(row, kind);
    if (doc !== undefined) found.set(doc._id, doc);
  }
  return found;
}
