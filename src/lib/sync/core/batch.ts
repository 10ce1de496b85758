// How much goes into one request of a push: bounded by bytes, adapted to what the way to the server bears.
import { type Pace, nextSize } from './pace.ts';
import type { Outgoing } from './ports.ts';

/** Bytes of a first batch. */
export const START_BYTES = 512 * 1024;
const LEAST_BYTES = 16 * 1024;
export const MOST_BYTES = 1024 * 1024;

export const BATCH_PACE: Pace = { quickMs: 1_000, slowMs: 5_000, floor: 64 * 1024, least: LEAST_BYTES };

const encoder = new TextEncoder();

/** The size of a document on the wire, to within the few bytes of its revision. */
const sizeOf = (outgoing: Outgoing): number => encoder.encode(JSON.stringify(outgoing.doc)).length;

/**
 * How many of the first documents go into one request.
 * @param maxBytes the request is not larger, except that one document always goes
 */
export function batchLength(docs: readonly Outgoing[], maxBytes: number): number {
  let bytes = 0;
  for (const [i, doc] of docs.entries()) {
    bytes += sizeOf(doc);
    if (bytes > maxBytes) return Math.max(1, i);
  }
  return docs.length;
}

/**
 * The bound of the next batch after an answer, or a cut, that took so long.
 * @param sent what went out; null: it got no answer
 */
export const nextBytes = (bytes: number, sent: readonly Outgoing[] | null, tookMs: number): number =>
  nextSize(BATCH_PACE, bytes, sent?.reduce((sum, one) => sum + sizeOf(one), 0) ?? null, tookMs, MOST_BYTES);

/** The next batch's size after a 413. */
export const smaller = (bytes: number): number => Math.max(LEAST_BYTES, Math.floor(bytes / 2));
