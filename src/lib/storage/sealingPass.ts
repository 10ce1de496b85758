// Goes once over everything that lies here, when the lock is switched on or off: seals what lies in clear, or opens it for
// good. Killed at any instant, it is begun again and goes on where it was.
import { Dexie, type Table } from 'dexie';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { Database, databaseName } from './database.ts';
import { openedBytes, sealedRow } from './photoSeals.ts';
import { giveUpReserve, isReserve } from './reserve.ts';
import type { PhotoBytesRow } from './row.ts';
import { type StoredRow, sealsOf } from './sealedRows.ts';
import type { SaveError } from './edited.ts';
import { saveError } from './store.ts';
import type { Vault } from './vault.ts';

/** Rows in one transaction: about 20 ms of work on a slow phone. */
const BATCH = 50;

const TABLES = ['docs', 'outbox', 'kept', 'facts', 'photos'] as const;

/** How far a pass is, in rows. */
export interface PassProgress {
  readonly done: number;
  readonly of: number;
}

export interface PassEnd {
  /** Rows that do not open: they are left as they lie. */
  readonly shut: number;
}

/** `wrongKey`: nothing opens; nothing was written. */
export type PassError = SaveError | { readonly tag: 'wrongKey' };

/**
 * Seals everything that lies in clear, and notes in the lock's row (`sealing`) that it is done. The row has to be there,
 * with `sealing: 'on'`, and nothing else may have the account open without the key.
 */
export const sealAll = (
  account: string,
  vault: Vault,
  onProgress: (progress: PassProgress) => void = () => undefined
): Promise<Result<PassEnd, PassError>> => pass(account, vault, 'on', onProgress);

/**
 * Opens everything for good, and takes the lock's row away in the end. The row has to be there, with `sealing: 'off'`, and
 * nothing else may have the account open: it would seal again.
 */
export const unsealAll = (
  account: string,
  vault: Vault,
  onProgress: (progress: PassProgress) => void = () => undefined
): Promise<Result<PassEnd, PassError>> => pass(account, vault, 'off', onProgress);

/** On a phone that is full once more without the reserve: what was turned needs no more room. */
async function pass(
  account: string,
  vault: Vault,
  direction: 'on' | 'off',
  onProgress: (progress: PassProgress) => void
): Promise<Result<PassEnd, PassError>> {
  const ended = await passOnce(account, vault, direction, onProgress);
  const isFull = !ended.ok && ended.error.tag === 'write' && ended.error.cause === 'quota';
  return isFull && (await hasGivenUpReserve(account)) ? passOnce(account, vault, direction, onProgress) : ended;
}

async function hasGivenUpReserve(account: string): Promise<boolean> {
  const db = new Database(account, 'strict', null);
  try {
    return await giveUpReserve(db);
  } finally {
    db.close();
  }
}

async function passOnce(
  account: string,
  vault: Vault,
  direction: 'on' | 'off',
  onProgress: (progress: PassProgress) => void
): Promise<Result<PassEnd, PassError>> {
  // Without the floor that opens and seals: rows are read and written here as they lie.
  const db = new Dexie(databaseName(account), { chromeTransactionDurability: 'strict' });
  try {
    await db.open();
    if (!(await fits(db, vault))) return err({ tag: 'wrongKey' });
    const counts = await Promise.all([...TABLES, 'photoBytes'].map((name) => db.table(name).count()));
    const of = counts.reduce((sum, count) => sum + count, 0);
    let done = 0;
    let shut = 0;
    const step = (end: { readonly seen: number; readonly shut: number }) => {
      done += end.seen;
      shut += end.shut;
      onProgress({ done: Math.min(done, of), of });
    };
    for (const name of TABLES) await eachBatch(db, name, (rows) => turned(name, rows, vault, direction), step);
    await eachPhoto(db, vault, direction, step);
    if (direction === 'on') await db.table('lock').update('lock', { sealing: null });
    else await db.table('lock').delete('lock');
    return ok({ shut });
  } catch (thrown) {
    return err(saveError(thrown));
  } finally {
    db.close();
  }
}

/** Whether some sealed row opens, or there is none. */
async function fits(db: Dexie, vault: Vault): Promise<boolean> {
  const table: Table<StoredRow, string> = db.table('docs');
  const sealed = await table
    .filter((row) => row['sealed'] !== undefined)
    .limit(BATCH)
    .toArray();
  return sealed.length === 0 || sealed.some((row) => sealsOf('docs')?.open(vault, row)['shut'] !== true);
}

/** The rows that have to be written, and how many do not open. */
function turned(name: string, rows: readonly StoredRow[], vault: Vault, direction: 'on' | 'off') {
  const seals = sealsOf(name);
  if (seals === undefined) return { written: [], shut: 0 };
  if (direction === 'on') return { written: rows.filter(seals.isOpen).map((row) => seals.seal(vault, row)), shut: 0 };
  const opened = rows.filter(seals.isSealed).map((row) => seals.open(vault, row));
  const written = opened.filter(({ shut }) => shut !== true);
  return { written, shut: opened.length - written.length };
}

async function eachBatch(
  db: Dexie,
  name: string,
  turn: (rows: readonly StoredRow[]) => { readonly written: readonly StoredRow[]; readonly shut: number },
  step: (end: { readonly seen: number; readonly shut: number }) => void
): Promise<void> {
  const table: Table<StoredRow, string | number> = db.table(name);
  let after: unknown = Dexie.minKey;
  for (;;) {
    const end = await db.transaction('rw', table, async () => {
      const rows = await table.where(':id').above(after).limit(BATCH).toArray();
      const { written, shut } = turn(rows);
      if (written.length > 0) await table.bulkPut(written);
      return { seen: rows.length, shut, last: rows.at(-1) };
    });
    step(end);
    if (end.last === undefined || end.seen < BATCH) return;
    after = end.last[String(table.schema.primKey.keyPath)];
  }
}

/** One at a time: they are large, and WebCrypto works outside of transactions. */
async function eachPhoto(
  db: Dexie,
  vault: Vault,
  direction: 'on' | 'off',
  step: (end: { readonly seen: number; readonly shut: number }) => void
): Promise<void> {
  const table: Table<PhotoBytesRow, [id: string, size: string]> = db.table('photoBytes');
  for (const key of await table.toCollection().primaryKeys()) {
    if (isReserve(key)) {
      step({ seen: 1, shut: 0 });
      continue;
    }
    const row = await table.get(key);
    const isSealed = row?.isSealed === true;
    if (row === undefined || isSealed === (direction === 'on')) {
      step({ seen: 1, shut: 0 });
      continue;
    }
    const turnedRow = direction === 'on' ? await sealedRow(vault, row) : await inClear(vault, row);
    // Gone meanwhile is gone: a copy is let go of at any time.
    if (turnedRow !== null)
      await db.transaction('rw', table, async () => {
        if ((await table.where(':id').equals(key).count()) > 0) await table.put(turnedRow);
      });
    step({ seen: 1, shut: turnedRow === null ? 1 : 0 });
  }
}

async function inClear(vault: Vault, row: PhotoBytesRow): Promise<PhotoBytesRow | null> {
  const bytes = await openedBytes(vault, row);
  return bytes === undefined ? null : { id: row.id, size: row.size, bytes };
}
