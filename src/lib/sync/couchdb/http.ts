// One HTTP request to a CouchDB, with every way to fail told apart by a tag (law 7).
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '../core/errors.ts';

/** What the requests need from outside, so that a test can put anything in its place. */
export interface HttpPorts {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Aborts when the run is stopped on purpose. */
  readonly signal?: AbortSignal;
  /** Told of every request: bytes up, bytes down (bodies only, as they come out of the decompression). */
  onTraffic?(bytes: number): void;
}

/** What a server said: JSON with its status, whatever the status was. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The server's clock: ISO instant from the `Date` header, or null when it is hidden (CORS) or missing. */
  readonly serverTime: string | null;
}

/** So long may a server stay silent, milliseconds: before its first byte, and between two. */
const SILENCE_MS = 30_000;
/** The slowest upload that is still waited for, bytes per millisecond: 2G at its worst. */
const SLOWEST_UPLOAD = 4;

/**
 * Sends a request and reads the whole answer.
 * @returns the answer's bytes with its head; problems are `offline`, `timeout`, `aborted`, `busy`, `server`, `tooLarge`,
 *   `notCouch`. Any other status, also 4xx, is an answer.
 */
export async function send(
  ports: HttpPorts,
  url: string,
  init: RequestInit
): Promise<Result<{ response: Response; bytes: Uint8Array<ArrayBuffer> }, SyncProblem>> {
  const stop = new AbortController();
  let isSilent = false;
  // PouchDB and the session send strings; as bytes they can be counted. Photos are bytes.
  const body = typeof init.body === 'string' ? new TextEncoder().encode(init.body) : bytesIn(init.body);
  const uploaded = body?.byteLength ?? 0;
  let timer = setTimeout(giveUp, SILENCE_MS + uploaded / SLOWEST_UPLOAD);
  const abort = () => {
    stop.abort();
  };
  function giveUp() {
    isSilent = true;
    stop.abort();
  }
  ports.signal?.addEventListener('abort', abort);
  if (ports.signal?.aborted) stop.abort();
  try {
    const response = await ports.fetch(url, {
      ...init,
      body,
      credentials: 'include',
      cache: 'no-store',
      signal: stop.signal
    });
    const bytes = await readAll(response, () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
    });
    ports.onTraffic?.(uploaded + bytes.byteLength);
    const problem = strangerOrTrouble(response, bytes);
    return problem === null ? ok({ response, bytes }) : err(problem);
  } catch {
    // The browser tells neither a refused connection nor a cut one from a missing route.
    if (ports.signal?.aborted) return err({ tag: 'aborted' });
    return err(isSilent ? { tag: 'timeout' } : { tag: 'offline' });
  } finally {
    clearTimeout(timer);
    ports.signal?.removeEventListener('abort', abort);
  }
}

/**
 * Asks for JSON.
 * @returns the parsed answer of any status that is not trouble in itself; `broken` when the JSON breaks off
 */
export async function ask(ports: HttpPorts, url: string, init: RequestInit = {}): Promise<Result<Answer, SyncProblem>> {
  const sent = await send(ports, url, { ...init, headers: { Accept: 'application/json', ...asRecord(init.headers) } });
  if (!sent.ok) return sent;
  const { response, bytes } = sent.value;
  const { status } = response;
  const body = parseJson(bytes);
  // A refusal is one by its status, whatever is said with it.
  if (!body.ok && status < 400) return body;
  return ok({ status, body: body.ok ? body.value : null, serverTime: serverTimeOf(response) });
}

/** Parses an answer's bytes; `broken` when they are no JSON. */
export function parseJson(bytes: Uint8Array<ArrayBuffer>): Result<unknown, SyncProblem> {
  try {
    return ok(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    return err({ tag: 'broken', detail: String(error) });
  }
}

/** The server's clock as ISO instant. CouchDB sends `Date` with every answer (RFC 9110 §6.6.1). */
export function serverTimeOf(response: Response): string | null {
  const ms = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/**
 * What a 4xx means for a request on one database; the caller handles those that it expects first. The passing ones
 * (408, 413, 421, 425, 429, 499 …) are trouble already, see `strangerOrTrouble`.
 * @param body CouchDB's `{error, reason}`
 */
export function refusalOf(status: number, body: unknown, database: string): SyncProblem {
  switch (status) {
    case 401:
      return { tag: 'signedOut' };
    case 403:
      return { tag: 'noAccess', database };
    case 404:
      return { tag: 'noDatabase', database };
    case 400:
    case 412:
      // These would set a document aside for good: only CouchDB itself may say so, and no gateway.
      return isCouchsWord(body) ? { tag: 'rejected', status, reason: reasonIn(body) } : { tag: 'notCouch' };
    default:
      return { tag: 'rejected', status, reason: reasonIn(body) };
  }
}

/** Whether CouchDB itself has refused, and no gateway before it. */
export const isCouchsWord = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';

/** CouchDB's own words for a refusal; '' where there are none. */
export function reasonIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const reason = 'reason' in body ? body.reason : 'error' in body ? body.error : '';
  return typeof reason === 'string' ? reason : '';
}

const bytesIn = (body: unknown): Uint8Array<ArrayBuffer> | null =>
  body instanceof Uint8Array && body.buffer instanceof ArrayBuffer
    ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    : null;

async function readAll(response: Response, onChunk: () => void): Promise<Uint8Array<ArrayBuffer>> {
  onChunk();
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    onChunk();
    chunks.push(part.value);
    length += part.value.byteLength;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** A status or a body that no CouchDB in good health sends. */
function strangerOrTrouble(response: Response, bytes: Uint8Array): SyncProblem | null {
  const { status } = response;
  switch (status) {
    case 408:
      // The line was too slow for a gateway's patience.
      return { tag: 'timeout' };
    case 413:
      return { tag: 'tooLarge' };
    case 425:
    case 429:
    case 503:
      return { tag: 'busy', status, retryAfterMs: retryAfterMs(response) };
    case 511:
      // What a captive portal ought to say (RFC 6585 §6); most say 200 with a page of their own.
      return { tag: 'notCouch' };
    case 421:
    case 444:
    case 499:
      // A gateway that came by the wrong connection, or was left before it had an answer: the next time may be better.
      return { tag: 'server', status };
  }
  if (status >= 500) return { tag: 'server', status };
  const LESS_THAN = 0x3c;
  const isPage = (response.headers.get('content-type') ?? '').includes('html') || bytes[0] === LESS_THAN;
  return isPage || response.redirected || (status >= 300 && status < 400) ? { tag: 'notCouch' } : null;
}

/** Nobody means more; and beyond 24 days a browser's timer fires at once. */
const MOST_REST_MS = 60 * 60_000;

function retryAfterMs(response: Response): number | null {
  const header = response.headers.get('retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(header) - Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(ms) ? null : Math.min(MOST_REST_MS, Math.max(0, ms));
}

function asRecord(headers: HeadersInit | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}
