// A disk that fills up under a database: the browser refuses what there is no room for, and nothing else.
import type { DBCore, DBCoreMutateRequest, DBCoreMutateResponse, Dexie } from 'dexie';

export class Disk {
  /** Bytes that still go in. */
  room = Infinity;
  /** Tables whose next writes find no room, whatever is free. */
  full: readonly string[] = [];
  /** Writes that were refused. */
  refusals = 0;
  readonly #large = new Map<string, number>();

  /** What a write takes; null: there is no room for it. Large values lie in files of their own and go with their rows. */
  take(table: string, request: DBCoreMutateRequest): boolean {
    if (request.type === 'delete') {
      for (const key of request.keys) this.room += this.#large.get(JSON.stringify([table, key])) ?? 0;
      return true;
    }
    if (request.type === 'deleteRange') return true;
    const bytes = request.values.reduce((sum: number, value: unknown) => sum + sizeOf(value), 0);
    if (this.full.includes(table) || bytes > this.room) {
      this.refusals++;
      return false;
    }
    this.room -= bytes;
    for (const value of request.values) {
      if (isLarge(value)) this.#large.set(JSON.stringify([table, [value.id, value.size]]), value.bytes.byteLength);
    }
    return true;
  }
}

/** Puts a database on a disk. */
export function onDisk<D extends Dexie>(db: D, disk: Disk): D {
  db.use({
    stack: 'dbcore',
    name: 'disk',
    // Below the lock: rows come as they are going to lie.
    level: -3,
    create: (core: DBCore) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request): Promise<DBCoreMutateResponse> =>
            disk.take(name, request)
              ? table.mutate(request)
              : Promise.reject(new DOMException('no room', 'QuotaExceededError'))
        };
      }
    })
  });
  return db;
}

interface Large {
  readonly id: string;
  readonly size: string;
  readonly bytes: ArrayBuffer;
}

const isLarge = (value: unknown): value is Large =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof ArrayBuffer;

const sizeOf = (value: unknown): number =>
  isLarge(value) ? value.bytes.byteLength : (JSON.stringify(value) ?? '').length + sealedBytesOf(value);

/** Of a row that lies sealed. */
const sealedBytesOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'sealed' in value && value.sealed instanceof ArrayBuffer
    ? value.sealed.byteLength
    : 0;
