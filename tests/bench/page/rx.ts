// RxDB with its Dexie storage and its CouchDB replication as the peer, in the page.
import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateCouchDB } from 'rxdb/plugins/replication-couchdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** RxDB asks for a schema; what it does not name is stored as it comes. It has no indexes here but RxDB's own two. */
const SCHEMA = {
  version: 0,
  primaryKey: '_id',
  type: 'object',
  properties: { _id: { type: 'string', maxLength: 100 } }
} as const;

/**
 * A first pull.
 * @param batchSize null for RxDB's default
 * @returns milliseconds
 * @throws when the replication reports an error, or documents are missing afterwards
 */
export async function rxPull(database: string, count: number, batchSize: number | null): Promise<number> {
  const local = await createRxDatabase({
    name: 'bench-rx',
    storage: getRxStorageDexie(),
    multiInstance: false
  });
  try {
    const { docs } = await local.addCollections({ docs: { schema: SCHEMA } });
    if (docs === undefined) throw new Error('RxDB made no collection.');
    const begun = performance.now();
    const replication = replicateCouchDB<{ _id: string }>({
      replicationIdentifier: database,
      collection: docs,
      url: `${location.origin}/couch/${database}/`,
      live: false,
      waitForLeadership: false,
      pull: batchSize === null ? {} : { batchSize }
    });
    const failure = new Promise<never>((_resolve, reject) => {
      replication.error$.subscribe(({ code, parameters }) => {
        reject(new Error(`RxDB: ${code} ${JSON.stringify(parameters).slice(0, 2_000)}`));
      });
    });
    await Promise.race([replication.awaitInitialReplication(), failure]);
    const taken = performance.now() - begun;
    const got = await docs.count().exec();
    if (got < count) throw new Error(`RxDB holds ${String(got)} of ${String(count)} documents.`);
    return taken;
  } finally {
    await local.remove();
  }
}
