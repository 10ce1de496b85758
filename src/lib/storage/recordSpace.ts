// The room that records take on this phone, by a sample: nobody waits for all of them to be read.
import type { Table } from 'dexie';
import type { Amount } from './photoSpace.ts';
import type { Store } from './store.ts';

/** Rows that are looked at in each table: spread over all kinds, and over before a finger is off the glass. */
const SAMPLE = 100;

/** The documents here, and roughly the bytes that they take together with what is unsent and what is kept of them. */
export async function recordUse({ tables }: Store): Promise<Amount> {
  const { docs, outbox, kept } = tables;
  const bytes = await Promise.all([bytesIn(docs), bytesIn(outbox), bytesIn(kept)]);
  return { count: await docs.count(), bytes: bytes.reduce((sum, one) => sum + one, 0) };
}

async function bytesIn<Row, Key>(table: Table<Row, Key>): Promise<number> {
  const keys = await table.toCollection().primaryKeys();
  const step = Math.max(1, Math.floor(keys.length / SAMPLE));
  const rows = await table.bulkGet(keys.filter((_key, i) => i % step === 0));
  const encoder = new TextEncoder();
  const sampled = rows.reduce((sum, row) => sum + encoder.encode(JSON.stringify(row) ?? '').byteLength, 0);
  return rows.length === 0 ? 0 : Math.round((sampled / rows.length) * keys.length);
}
