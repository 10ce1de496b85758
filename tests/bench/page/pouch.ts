// PouchDB 9 as the peer: stock replication between a CouchDB and its own IndexedDB, in the page.
import PouchDB from 'pouchdb';

/** A database of the origin's CouchDB. */
const remoteOf = (database: string) => new PouchDB(`${location.origin}/couch/${database}`);

/**
 * A first pull.
 * @param batchSize null for PouchDB's default
 * @returns milliseconds
 * @throws when documents are missing afterwards
 */
export async function pouchPull(database: string, count: number, batchSize: number | null): Promise<number> {
  const local = new PouchDB('bench-pouch');
  try {
    await local.info();
    const begun = performance.now();
    await local.replicate.from(remoteOf(database), batchSize === null ? {} : { batch_size: batchSize });
    const taken = performance.now() - begun;
    const { doc_count: got } = await local.info();
    if (got < count) throw new Error(`PouchDB holds ${String(got)} of ${String(count)} documents.`);
    return taken;
  } finally {
    await local.destroy();
  }
}

/**
 * Pulls, gives every survey another answer, and pushes; only the push is timed.
 * @param batchSize null for PouchDB's default
 * @returns milliseconds
 * @throws when fewer than `count` documents arrived
 */
export async function pouchPush(
  database: string,
  count: number,
  text: string,
  batchSize: number | null
): Promise<number> {
  const local = new PouchDB<{ kind?: string; answers?: object }>('bench-pouch');
  try {
    await local.replicate.from(remoteOf(database), { batch_size: 1000 });
    const { rows } = await local.allDocs({ include_docs: true });
    const edited = rows.flatMap(({ doc }) =>
      doc?.kind === 'survey' ? [{ ...doc, answers: { ...doc.answers, registration_number: text } }] : []
    );
    await local.bulkDocs(edited);
    const begun = performance.now();
    const done = await local.replicate.to(remoteOf(database), batchSize === null ? {} : { batch_size: batchSize });
    const taken = performance.now() - begun;
    if (done.docs_written < count) throw new Error(`PouchDB pushed ${String(done.docs_written)} documents.`);
    return taken;
  } finally {
    await local.destroy();
  }
}
