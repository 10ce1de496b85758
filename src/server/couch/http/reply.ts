// Answers of the server, and how they go out: JSON or bytes, unpacked as CouchDB sends them.
import type { ServerResponse } from 'node:http';
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

/** JSON that was put together elsewhere. */
export const jsonBytes = (bytes: Buffer): Reply => ({ kind: 'bytes', status: 200, bytes, headers: JSON_HEADERS });

const JSON_HEADERS: Headers = { 'Content-Type': 'application/json', 'Cache-Control': 'must-revalidate' };

/** Sends an answer and ends the response. */
export function send(reply: Reply, { request, response }: Exchange): void {
  if (reply.kind === 'streamed') return;
  const { status, headers = {} } = reply;
  const etag = headers['ETag'];
  if (etag !== undefined && status === 200 && request.headers['if-none-match'] === etag) {
    return end(response, 304, headers);
  }
  if (reply.kind === 'bytes') return end(response, status, headers, reply.bytes);
  const bytes = Buffer.from(`${JSON.stringify(reply.value)}\n`);
  end(response, status, { ...JSON_HEADERS, ...headers }, bytes);
}

function end(response: ServerResponse, status: number, headers: Headers, bytes?: Buffer): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (bytes) response.setHeader('Content-Length', bytes.length);
  response.statusCode = status;
  response.end(bytes);
}
