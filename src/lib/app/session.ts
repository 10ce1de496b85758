// Opens an account on this device: its store, and the sync client that replicates it.
import { COMMUNE_CODES } from '#lib/domain/place/commune.ts';
import { type Account, communesOf, databasesOf } from '#lib/domain/scope.ts';
import { knownDraftCount } from '#lib/storage/drafts.ts';
import { unsentCount } from '#lib/storage/outbox.ts';
import { openStore } from '#lib/storage/store.ts';
import type { DataKey, Vault } from '#lib/storage/vault.ts';
import type { Session } from './context.ts';
import { noteSaved } from './device/heldWork.ts';
import { devicePorts } from './device/ports.ts';
import { SyncClient } from './sync/client.svelte.ts';

/** A session with what only its owner may do. */
export interface OpenSession extends Session {
  readonly sync: SyncClient;
  /** Of an account with a lock; null for one without. */
  readonly key: DataKey | null;
  /** Stops syncing and closes the store; everything stays on the device. */
  close(): void;
}

/**
 * Opens the account's store; syncing begins with `sync.start()`.
 * @param onRoles told when the server knows the account by other roles: for the next start of the app
 * @param vault of an account with a lock, which has been opened; null for one without
 */
export function openSession(
  account: Account,
  device: string,
  couchUrl: string,
  onRoles: (roles: readonly string[]) => void,
  vault: Vault | null
): OpenSession {
  const ports = devicePorts(account.name, device, () => sync.view.skewMs);
  const store = openStore({ ...ports, saved: () => noteSaved(account) }, 'strict', vault);
  // Opens while the screen is being built; whoever reads it says so if it does not open.
  store.tables.open().catch(() => undefined);
  const communes = communesOf(account.roles, COMMUNE_CODES);
  const sync = new SyncClient({
    account: account.name,
    device,
    databases: databasesOf(account.roles, COMMUNE_CODES),
    couchUrl,
    key: vault?.key ?? null,
    onRoles
  });
  return {
    account,
    communes,
    store,
    sync,
    couchUrl,
    key: vault?.key ?? null,
    close() {
      sync.stop();
      store.close();
    }
  };
}

/** What of an account's work is on no server. */
export interface Unsent {
  /** Documents and photos that wait to be sent, also those refused or in conflict. */
  readonly records: number;
  /** Forms that were begun and are no record yet; null: they lie behind the account's lock, if there are any. */
  readonly drafts: number | null;
}

/** Counts what of an account is on no server; the account need not be open, nor its lock. */
export async function countUnsent(account: string, device: string): Promise<Unsent> {
  const store = openStore(devicePorts(account, device));
  try {
    const [records, drafts] = await Promise.all([unsentCount(store), knownDraftCount(store)]);
    return { records, drafts };
  } finally {
    store.close();
  }
}
