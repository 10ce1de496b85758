// Dexie's lowest floor: rows are sealed on their way down and opened on their way up, so that no query knows of it.
import type { DBCore, DBCoreCursor, DBCoreQueryResponse, DBCoreTable, DBCoreTransaction, Middleware } from 'dexie';
import { type RowSeals, type StoredRow, sealsOf } from './sealedRows.ts';
import type { Vault } from './vault.ts';

/** So many rows are worth opening off the thread; for a few, coming and going takes longer than the work. */
const MANY = 16;

/**
 * Below all of Dexie's own: its caches, its live queries and its upgrades see open rows.
 * @param vault null where the account has no lock: what is sealed all the same stays shut
 */
export const sealing = (vault: Vault | null): Middleware<DBCore> => ({
  stack: 'dbcore',
  name: 'sealing',
  level: -2,
  create: (core) => ({
    ...core,
    table(name) {
      const table = core.table(name);
      const seals = sealsOf(name);
      return seals === undefined ? table : { ...table, ...sealedTable(table, seals, vault) };
    }
  })
});

function sealedTable(
  table: DBCoreTable,
  seals: RowSeals,
  vault: Vault | null
): Pick<DBCoreTable, 'mutate' | 'get' | 'getMany' | 'query' | 'openCursor'> {
  const open = (row: StoredRow | undefined) => (row === undefined ? undefined : seals.open(vault, row));
  const isWorthLater = (trans: DBCoreTransaction, rows: readonly (StoredRow | undefined)[]): boolean =>
    vault !== null &&
    standsAlone(trans) &&
    rows.reduce((count, row) => count + (row !== undefined && seals.isSealed(row) ? 1 : 0), 0) >= MANY;
  return {
    mutate: (request) =>
      request.type === 'add' || request.type === 'put'
        ? table.mutate({ ...request, values: request.values.map((row: StoredRow) => seals.seal(vault, row)) })
        : table.mutate(request),
    get: (request) => table.get(request).then(open),
    getMany: (request) =>
      table
        .getMany(request)
        .then((rows: (StoredRow | undefined)[]) =>
          isWorthLater(request.trans, rows)
            ? Promise.all(rows.map((row) => (row === undefined ? undefined : seals.openLater(vault, row))))
            : rows.map(open)
        ),
    query: (request) =>
      table.query(request).then((response): DBCoreQueryResponse | Promise<DBCoreQueryResponse> => {
        if (request.values !== true) return response;
        const rows: StoredRow[] = response.result;
        if (!isWorthLater(request.trans, rows)) return { ...response, result: rows.map(open) };
        return Promise.all(rows.map((row) => seals.openLater(vault, row))).then((result) => ({ ...response, result }));
      }),
    openCursor: (request) =>
      table
        .openCursor(request)
        .then((cursor) => (cursor === null || request.values !== true ? cursor : openedCursor(cursor, open)))
  };
}

/** Whether the transaction ends with this one query: then nobody is hurt if it ends before the rows are open. */
const standsAlone = (trans: DBCoreTransaction): boolean =>
  'mode' in trans && trans.mode === 'readonly' && !('_explicit' in trans);

function openedCursor(cursor: DBCoreCursor, open: (row: StoredRow) => unknown): DBCoreCursor {
  let of: unknown;
  let opened: unknown;
  return Object.create(cursor, {
    // The native getters want the native cursor.
    key: { get: (): unknown => cursor.key },
    primaryKey: { get: (): unknown => cursor.primaryKey },
    value: {
      get(): unknown {
        // Asked for several times; the browser gives the same object until the cursor goes on.
        if (cursor.value !== of) [of, opened] = [cursor.value, open(cursor.value)];
        return opened;
      }
    }
  });
}
