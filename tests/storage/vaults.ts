// Vaults for tests, and the one that the suites of this folder run with when they run once more with a lock.
import { Dexie } from 'dexie';
import { vaultOf } from '#lib/storage/aesVault.ts';
import { databaseName } from '#lib/storage/database.ts';
import { RESERVE_ID } from '#lib/storage/reserve.ts';
import { sealsOf } from '#lib/storage/sealedRows.ts';
import type { Vault } from '#lib/storage/vault.ts';

/** One of its own random key. */
export const aVault = (): Vault => vaultOf(crypto.getRandomValues(new Uint8Array(32)));

let vault: Vault | null = null;

/** What a suite opens its stores with: null, or one vault for the whole of it. */
export const suiteVault = (): Vault | null => vault;

export function lockSuites(): void {
  vault = aVault();
}

/** A database as it lies, without the floor that opens it. */
export async function asItLies<T>(account: string, look: (db: Dexie) => Promise<T>): Promise<T> {
  const db = new Dexie(databaseName(account));
  try {
    await db.open();
    return await look(db);
  } finally {
    db.close();
  }
}

/** The tables and keys of what lies in clear and must not where there is a lock. */
export const lyingInClear = (account: string): Promise<string[]> =>
  asItLies(account, async (db) => {
    const found: string[] = [];
    for (const table of db.tables) {
      const seals = sealsOf(table.name);
      await table.each((row: Record<string, unknown>, { primaryKey }) => {
        // Random bytes, which say nothing of anybody.
        if (table.name === 'photoBytes' && row['id'] === RESERVE_ID) return;
        const isClear = table.name === 'photoBytes' ? row['isSealed'] !== true : seals?.isOpen(row) === true;
        if (isClear) found.push(`${table.name} ${String(primaryKey)}`);
      });
    }
    return found;
  });
