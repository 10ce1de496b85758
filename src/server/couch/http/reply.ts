// Answers of the server, and how they go out: JSON or bytes, compressed where the client can read it.
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { CouchError } from '../couch-error.ts';
import type { Exchange } from './exchange.ts';

type Headers = Readonly<Record<string, string>>;

export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown; readonly headers?: Headers }
  | { readonly kind: 'bytes'; readonly status: number; readonly bytes: Buffer; readonly headers: Headers }
  /** A feed has written its answer itself. */
  | { readonly kind: 'streamed' };

export const json = (value: unknown, status = 200, headers: Headers = {}): Reply => ({
  kind: 'json',
  status,
  value,
  headers
});

export const refusal = ({ status, error, reason }: CouchError): Reply => json({ error, reason }, status);

const gzip = promisify(zlib.gzip);
/** Below this a packet is not saved and time is lost. */
const WORTH_PACKING = 1024;

/** Sends an answer and ends the response. */
export async function send(reply: Reply, { request, response, ...exchange }: Exchange): Promise<void> {
  if (reply.kind === 'streamed') return;
  const { status, headers = {} } = reply;
  const etag = headers['ETag'];
  if (etag !== undefined && status === 200 && request.headers['if-none-match'] === etag) {
    return end(response, 304, headers);
  }
  if (reply.kind === 'bytes') return end(response, status, headers, reply.bytes);
  const bytes = Buffer.from(`${JSON.stringify(reply.value)}\n`);
  const typed = { 'Content-Type': 'application/json', 'Cache-Control': 'must-revalidate', ...headers };
  const readsGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && exchange.method !== 'HEAD';
  if (!readsGzip || bytes.length < WORTH_PACKING) return end(response, status, typed, bytes);
  // Level 1: on loopback the packing costs more than the bytes.
  const packed = await gzip(bytes, { level: 1 });
  end(response, status, { ...typed, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }, packed);
}

function end(response: ServerResponse, status: number, headers: Headers, bytes?: Buffer): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (bytes) response.setHeader('Content-Length', bytes.length);
  response.statusCode = status;
  response.end(bytes);
}
