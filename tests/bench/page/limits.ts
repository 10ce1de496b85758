// The limits no sync can beat, from the same page: the bare requests, and the bare strict IndexedDB puts.

import { THUMB_BYTES, randomBytes } from './randomBytes.ts';

/** Documents as they lie on the wire. */
interface Change {
  readonly id: string;
  readonly doc: { readonly _id: string; readonly _rev: string; readonly kind?: string; readonly answers?: object };
}

/** *http* of a pull: every page of changes with its documents fetched, the bytes thrown away, milliseconds. */
export async function httpPull(database: string, pageSize: number): Promise<number> {
  const begun = performance.now();
  for (let since = '0'; ;) {
    const bytes = await (await fetch(changesUrl(database, since, pageSize))).arrayBuffer();
    // The end of an answer says how to go on; nothing else of it is looked at.
    const tail = new TextDecoder().decode(bytes.slice(-2_000));
    const [, next] = /"last_seq":\s*"?([^",}\s]+)"?/.exec(tail) ?? [];
    if (next === undefined) throw new Error('The answer does not tell its last_seq.');
    if (/"pending":\s*0\b/.test(tail)) break;
    since = next;
  }
  return performance.now() - begun;
}

/** *idb* of a pull: the same documents put into a store without indexes, a strict transaction per page, milliseconds. */
export async function idbPuts(database: string, pageSize: number): Promise<number> {
  const pages: Change[][] = [];
  for (let since = '0'; ;) {
    const page: { results: Change[]; last_seq: string; pending: number } = await (
      await fetch(changesUrl(database, since, pageSize))
    ).json();
    pages.push(page.results);
    if (page.pending === 0) break;
    since = page.last_seq;
  }
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('bench-idb-pull', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('docs', { keyPath: '_id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('IndexedDB does not open'));
  });
  const begun = performance.now();
  for (const page of pages) {
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction('docs', 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('docs');
      for (const { doc } of page) store.put(doc);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(new Error('IndexedDB does not write'));
    });
  }
  const taken = performance.now() - begun;
  db.close();
  indexedDB.deleteDatabase('bench-idb-pull');
  return taken;
}

/**
 * *http* of a push: every survey with another answer, in requests whose bodies lie ready, answers thrown away.
 * @param batchBytes size of a request
 * @returns milliseconds
 */
export async function httpPush(database: string, text: string, batchBytes: number): Promise<number> {
  const all: { rows: Change[] } = await (await fetch(`/couch/${database}/_all_docs?include_docs=true`)).json();
  const docs = all.rows.flatMap(({ doc }) =>
    doc.kind === 'survey' ? [JSON.stringify({ ...doc, answers: { ...doc.answers, registration_number: text } })] : []
  );
  const bodies: string[] = [];
  const encoder = new TextEncoder();
  let batch: string[] = [];
  let bytes = 0;
  const close = () => {
    if (batch.length > 0) bodies.push(`{"docs":[${batch.join(',')}]}`);
    batch = [];
    bytes = 0;
  };
  for (const doc of docs) {
    const size = encoder.encode(doc).length;
    if (bytes + size > batchBytes) close();
    batch.push(doc);
    bytes += size;
  }
  close();
  const begun = performance.now();
  for (const body of bodies) {
    const answer = await fetch(`/couch/${database}/_bulk_docs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body
    });
    const rows = new TextDecoder().decode(await answer.arrayBuffer());
    if (rows.includes('"error"')) throw new Error(`The server refused: ${rows.slice(0, 300)}`);
  }
  return performance.now() - begun;
}

/**
 * *http* of photos: multipart requests beside documents that are there already, their bodies lying ready, four at a time.
 * @param bytes of each photo
 * @returns milliseconds
 */
export async function httpPhotos(database: string, docs: readonly { _id: string }[], bytes: number): Promise<number> {
  const url = `/couch/${database}`;
  const written = await fetch(`${url}/_bulk_docs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ docs })
  });
  const rows: { id: string; rev: string }[] = await written.json();
  const blobs = rows.map(({ rev }, i) => multipart({ ...docs[i], _rev: rev }, bytes));
  // Bytes, as the app sends them: DevTools, which drives the bench, reads every body that is no Blob, and takes its time.
  const bodies = await Promise.all(blobs.map(async (blob) => new Uint8Array(await blob.arrayBuffer())));
  const begun = performance.now();
  const lane = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const id = encodeURIComponent(docs[bodies.length]?._id ?? '');
      const answer = await fetch(`${url}/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'multipart/related; boundary="bench"' },
        body
      });
      if (!answer.ok) throw new Error(`The server refused: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return performance.now() - begun;
}

function multipart(doc: object, bytes: number): Blob {
  const sizes = { 'photo.jpg': bytes, 'thumb.jpg': THUMB_BYTES };
  const stubs = Object.entries(sizes).map(([name, length]) => [
    name,
    { follows: true, content_type: 'image/jpeg', length }
  ]);
  const json = JSON.stringify({ ...doc, _attachments: Object.fromEntries(stubs) });
  const parts = Object.values(sizes).flatMap((length) => [
    '\r\n--bench\r\nContent-Type: image/jpeg\r\n\r\n',
    randomBytes(length)
  ]);
  return new Blob([`--bench\r\nContent-Type: application/json\r\n\r\n${json}`, ...parts, '\r\n--bench--']);
}

const changesUrl = (database: string, since: string, limit: number): string =>
  `/couch/${database}/_changes?include_docs=true&conflicts=true&limit=${String(limit)}&seq_interval=${String(limit)}&since=${encodeURIComponent(since)}`;
