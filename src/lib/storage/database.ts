// The account's IndexedDB: its tables, versions and upgrades.
import { Dexie, type EntityTable, type Table } from 'dexie';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { visitOf } from '#lib/domain/document/visit.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import {
  type CheckpointRow,
  type FactRow,
  type KeptRow,
  type OutboxRow,
  type PhotoBytesRow,
  type PhotoRow,
  LISTED,
  type Row,
  keysOf
} from './row.ts';
import type { LockRow } from './lock.ts';
import { sealing } from './sealing.ts';
import type { Vault } from './vault.ts';

/** The local database of one account (law 14: one per account). */
export class Database extends Dexie {
  declare docs: EntityTable<Row, 'id'>;
  declare outbox: EntityTable<OutboxRow, 'id'>;
  declare checkpoints: EntityTable<CheckpointRow, 'database'>;
  declare kept: Table<KeptRow, number>;
  declare facts: EntityTable<FactRow, 'name'>;
  declare photos: EntityTable<PhotoRow, 'id'>;
  declare photoBytes: Table<PhotoBytesRow, [id: string, size: string]>;
  declare lock: EntityTable<LockRow, 'name'>;

  /** Seals photos' bytes, which the floor under the tables does not: see `photoSeals.ts`. */
  readonly vault: Vault | null;

  /**
   * @param account the CouchDB user name
   * @param durability `strict` where a person's typing is saved (law 1); `relaxed` for the sync worker, which writes
   *   only what it can fetch or have acknowledged again
   * @param vault everything is written sealed by it, and opened by it; null for an account without a lock, and for who
   *   only looks at what lies in clear
   */
  constructor(account: string, durability: 'strict' | 'relaxed', vault: Vault | null) {
    super(databaseName(account), { chromeTransactionDurability: durability });
    this.vault = vault;
    this.use(sealing(vault));
    this.version(1).stores({
      docs: 'id, [live+commune], [live+status+updatedAt], owner',
      outbox: 'id, [database+state], state',
      checkpoints: 'database',
      kept: '++no, docId',
      facts: 'name'
    });
    // 2: Hôm nay finds certificates and visits, the product list finds states, without reading every document; each row
    // knows its database, so that a re-created server can be compared with it; server-side conflicts can be listed.
    this.version(2)
      .stores({
        docs: 'id, [live+commune], [live+status+updatedAt], [live+owner+status+updatedAt], owner, due, visit, *clash'
      })
      .upgrade((transaction) =>
        transaction
          .table<Row, string>('docs')
          .toCollection()
          .modify((row) => {
            const parsed = parseDocument(row.doc);
            Object.assign(row, { database: communeDatabase(row.commune) }, keysOf(parsed.ok ? parsed.value : null));
            if (!parsed.ok) row.foreign = true;
          })
      );
    // 3: conflicts that wait for a person are found without reading those that have ended.
    this.version(3)
      .stores({})
      .upgrade((transaction) =>
        transaction
          .table<Row, string>('docs')
          .where('[live+commune]')
          .between(['conflict'], ['conflict', []])
          .modify((row) => {
            const parsed = parseDocument(row.doc);
            Object.assign(row, keysOf(parsed.ok ? parsed.value : null));
          })
      );
    // 4: photos and papers. Those that came before this app knew them were kept unread, and are read now.
    this.version(4)
      .stores({ photos: 'id, state', photoBytes: '[id+size]' })
      .upgrade((transaction) =>
        transaction
          .table<Row, string>('docs')
          .filter(({ foreign }) => foreign === true)
          .modify((row) => {
            const parsed = parseDocument(row.doc);
            if (!parsed.ok) return;
            Object.assign(row, keysOf(parsed.value));
            delete row.foreign;
          })
      );
    // 5: the lock. From here on rows may be sealed: an upgrade that reads documents needs the key, and lets shut ones be.
    this.version(5).stores({ lock: 'name' });
    // 6: two entries in indexes for a survey instead of four: they cost a first pull and every save as much as the
    // documents themselves. What is looked up by commune, and conflicts that wait, have keys of their own; the lists know
    // when a producer was visited.
    this.version(6)
      .stores({
        docs: 'id, [listed+commune], [live+status+updatedAt+owner+visited], owner, disputed, due, visit, *clash'
      })
      .upgrade(async (transaction) => {
        const rows = transaction.table<Row, string>('docs');
        // By what lies in clear where it has to be, so that a shut row gets its keys as well.
        for (const kind of [...LISTED, 'conflict', 'survey', 'assessment']) {
          await rows.where('id').between(`${kind}:`, `${kind};`).modify(rekeyed);
        }
      });
  }
}

/** A row of version 5, whose open conflicts had a status. */
function rekeyed(row: Row): void {
  const { live, owner, status, updatedAt } = row;
  if (live === undefined) return;
  if (LISTED.includes(live)) row.listed = live;
  if (live === 'assessment') row.visited = '';
  if (live === 'survey') {
    const parsed = parseDocument(row.doc);
    row.visited = parsed.ok && parsed.value.kind === 'survey' ? visitOf(parsed.value) : updatedAt.slice(0, 10);
  }
  if (live !== 'conflict') return;
  delete row.status;
  if (status === 'open' && owner !== undefined) row.disputed = owner;
}

/** The name of an account's database on this device. */
export const databaseName = (account: string): string => `ocop-${account}`;
