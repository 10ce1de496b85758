// Cross-origin requests: pages on this same machine may ask with their cookies, others may not.
import type { Exchange } from './exchange.ts';

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Sets the CORS headers that the origin deserves. */
export function allowOrigin({ response, ...exchange }: Exchange): void {
  const origin = exchange.request.headers.origin;
  if (origin === undefined) return;
  response.setHeader('Vary', 'Origin');
  if (!LOOPBACK.test(origin)) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', 'content-type, cache-control, accept-ranges, etag, server, date');
}

/** Answers a preflight; whether the origin may go on stands in the headers that `allowOrigin` has set. */
export function answerPreflight({ response }: Exchange): void {
  response.setHeader('Access-Control-Allow-Methods', 'GET, PUT, POST, HEAD, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'accept, authorization, content-type, origin, referer, if-match');
  response.setHeader('Access-Control-Max-Age', '600');
  response.statusCode = 204;
  response.end();
}
