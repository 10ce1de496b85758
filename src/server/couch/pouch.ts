// The storage engine underneath: PouchDB over LevelDB files, or over memory for tests.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import PouchDB from 'pouchdb-core';
import leveldb from 'pouchdb-adapter-leveldb';
import memory from 'pouchdb-adapter-memory';
import find from 'pouchdb-find';
import mapreduce from 'pouchdb-mapreduce';

PouchDB.plugin(leveldb).plugin(memory).plugin(mapreduce).plugin(find);

export type Pouch = PouchDB.Database;

/** Where databases live. */
export interface Storage {
  /** Opens a database, creating it when it is not there. */
  open(name: string): Pouch;
}

/** One folder per database; the name is escaped, for CouchDB allows `/` and `$` in it. */
export function folderStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true });
  return {
    // levelup hands `sync` on to every batch: an acknowledged write has reached the disk, not only the page cache.
    open: (name) => new PouchDB(join(folder, encodeURIComponent(name)), { ...{ sync: true }, adapter: 'leveldb' })
  };
}

/** Nothing on disk; gone with the process. */
export function memoryStorage(): Storage {
  // All memory databases of a process share one name space.
  const prefix = randomBytes(6).toString('hex');
  return { open: (name) => new PouchDB(`${prefix}/${name}`, { adapter: 'memory' }) };
}
