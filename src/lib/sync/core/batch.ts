// How much goes into one request of a push: bounded by bytes, adapted to what the way to the server bears.
import type { Outgoing } from './ports.ts';

/** Bytes of a first batch. */
export const START_BYTES = 512 * 1024;
const LEAST_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;

/** Answers slower than this make the next batch smaller, quicker ones larger, milliseconds. */
const SLOW_MS = 5_000;
const QUICK_MS = 1_000;

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

/** The next batch's size after an answer that took so long. */
export function nextBytes(bytes: number, tookMs: number): number {
  if (tookMs > SLOW_MS) return smaller(bytes);
  return tookMs < QUICK_MS ? Math.min(MOST_BYTES, bytes * 2) : bytes;
}

/** The next batch's size after a 413 or a time-out. */
export const smaller = (bytes: number): number => Math.max(LEAST_BYTES, Math.floor(bytes / 2));
