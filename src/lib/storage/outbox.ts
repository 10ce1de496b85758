// What the screen Đồng bộ shows of the outbox, and the wish to send again.
import type { Kind } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { byId } from './pages.ts';
import { unsentPhotoIds, waitingPhotoIds } from './photoSending.ts';
import { withRoom } from './room.ts';
import { type OutboxRow, type Row, fieldOf, textOf } from './row.ts';
import { type Store, sendingOf } from './store.ts';
import { unsentIds } from './unsent.ts';

/**
 * How many documents have not arrived, by state; photos that only wait are counted apart, see `photoCounts`. Both zero
 * means, and only then, that everything is sent (law 12).
 */
export interface OutboxCounts {
  readonly waiting: number;
  readonly refused: number;
  readonly conflict: number;
}

export async function outboxCounts(store: Store): Promise<OutboxCounts> {
  const ids = (state: OutboxRow['state']) => store.tables.outbox.where('state').equals(state).primaryKeys();
  const [waiting, refused, conflict] = await Promise.all([ids('waiting'), ids('refused'), ids('conflict')]);
  return { waiting: waiting.filter(isNoPhoto).length, refused: refused.length, conflict: conflict.length };
}

/** How many documents and photos of an account have not arrived, whatever keeps them. */
export async function unsentCount({ tables }: Store): Promise<number> {
  const [unsent, photos] = await Promise.all([unsentIds(tables), unsentPhotoIds(tables)]);
  return new Set([...unsent, ...photos]).size;
}

/** How many of them only wait: what was refused, or is in a conflict, waits for a person. */
export async function sendableCount({ tables }: Store): Promise<number> {
  const [unsent, photos] = await Promise.all([
    tables.outbox.where('state').equals('waiting').primaryKeys(),
    waitingPhotoIds(tables)
  ]);
  return new Set([...unsent, ...photos]).size;
}

/** How many records have not arrived, whatever keeps them. */
export async function unsentRecordCount({ tables }: Store): Promise<number> {
  const unsent = await unsentIds(tables);
  return unsent.filter(isNoPhoto).length;
}

const isNoPhoto = (id: string): boolean => kindOfId(id) !== 'photo';

/** A record with the name that people know it by. */
export interface NamedRecord {
  readonly id: string;
  readonly kind: Kind | null;
  /** The product's or producer's name; of a review, the reviewed product's. '' when it is not on this device. */
  readonly name: string;
  /** Of surveys, assessments and reviews of them: the product. */
  readonly productId: string | null;
  /** It was deleted, here or elsewhere: what is still to arrive is that. */
  readonly isDeleted: boolean;
}

/** One document of the outbox. */
export interface OutboxEntry extends NamedRecord {
  /** When the oldest unsent edit was made, device clock. */
  readonly since: string;
  readonly sending: Sending;
}

/** The outbox: what needs a person first, then the newest edit first; photos only where they need one. */
export async function outboxEntries(store: Store, limit = 200): Promise<OutboxEntry[]> {
  const stopped = await store.tables.outbox.where('state').anyOf('refused', 'conflict').toArray();
  const waiting = await store.tables.outbox
    .where('state')
    .equals('waiting')
    .filter(({ id }) => isNoPhoto(id))
    .limit(limit)
    .toArray();
  const newestFirst = (a: OutboxRow, b: OutboxRow) => (a.since < b.since ? 1 : -1);
  const entries = [...stopped.sort(newestFirst), ...waiting.sort(newestFirst)];
  const rows = await store.tables.docs.bulkGet(entries.map(({ id }) => id));
  const named = await withNames(
    store,
    rows.flatMap((row) => row ?? [])
  );
  return entries.flatMap((entry, i) => {
    const [row, record] = [rows[i], named.get(entry.id)];
    if (row === undefined || record === undefined) return [];
    return [{ ...record, since: entry.since, sending: sendingOf(row, entry, null) }];
  });
}

/** What people know records by, by their ids. */
export async function withNames(store: Store, rows: readonly Row[]): Promise<ReadonlyMap<string, NamedRecord>> {
  const subjects = await store.tables.docs.bulkGet(rows.map(({ doc }) => textOf(doc, 'subjectId')));
  const productIds = rows.map(({ doc }, i) => textOf(doc, 'productId') || textOf(subjects[i]?.doc, 'productId'));
  const products = await byId(store, 'product', productIds);
  return new Map(
    rows.map(({ id, doc }, i) => {
      const productId = productIds[i] ?? '';
      const name = textOf(doc, 'name') || products.get(productId)?.name || textOf(subjects[i]?.doc, 'name');
      return [
        id,
        {
          id,
          kind: kindOf(id),
          name,
          productId: productId === '' ? null : productId,
          isDeleted: fieldOf(doc, 'deleted') === true
        }
      ];
    })
  );
}

/** Sends a refused document again with the next run (law 6); the reason is forgotten until the server repeats it. */
export async function retry({ tables }: Store, id: string): Promise<void> {
  await withRoom(tables, 'reserve', () =>
    tables.transaction('rw', tables.outbox, async () => {
      const row = await tables.outbox.get(id);
      if (row?.state !== 'refused') return;
      const { reason: _reason, at: _at, ...rest } = row;
      await tables.outbox.put({ ...rest, state: 'waiting' });
    })
  );
}

const KINDS: readonly Kind[] = ['producer', 'product', 'survey', 'assessment', 'review', 'paper', 'photo', 'conflict'];
/** The kind that an id names; null for one that this build does not know. */
export const kindOf = (id: string): Kind | null => KINDS.find((kind) => kind === kindOfId(id)) ?? null;
