// One request: its path, its query and its body, read within bounds.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { CouchError, badRequest } from '../couch-error.ts';
import { type JsonObject, isObject } from '../json.ts';

/** The most that one request may carry. CouchDB's own default is far larger; a demo server keeps all of it in memory. */
const MAX_REQUEST_BYTES = 80 * 1024 * 1024;

const gunzip = promisify(zlib.gunzip);

export class Exchange {
  readonly method: string;
  /** The path's segments, decoded: `/db%2Fx/_design/d` gives `db/x`, `_design`, `d`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;

  /** @param url path and query, without the place where the server is mounted */
  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    url: string
  ) {
    this.method = request.method ?? 'GET';
    const [path = '/', query = ''] = url.split(/\?(.*)/s, 2);
    this.query = new URLSearchParams(query);
    this.segments = path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeSegment);
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  accepts(type: string): boolean {
    return (this.header('accept') ?? '').includes(type);
  }

  /** A query parameter that is `true` or not. */
  flag(name: string, otherwise = false): boolean {
    const value = this.query.get(name);
    return value === null ? otherwise : value === 'true';
  }

  /** A query parameter in JSON, as `startkey` is; undefined when absent. */
  jsonParameter(name: string): unknown {
    const value = this.query.get(name);
    return value === null ? undefined : parseJson(value);
  }

  /** A query parameter that is a whole number; undefined when absent. */
  integerParameter(name: string): number | undefined {
    const value = this.query.get(name);
    if (value === null) return undefined;
    if (!/^-?\d+$/.test(value)) throw new CouchError(400, 'query_parse_error', `Invalid value for integer: "${value}"`);
    return Number(value);
  }

  /**
   * The whole body, unpacked.
   * @throws 413 beyond the bound, 400 for a broken gzip, 415 for another encoding
   */
  async body(): Promise<Buffer> {
    const packed = await this.#packedBody();
    const encoding = this.header('content-encoding') ?? 'identity';
    if (encoding === 'identity') return packed;
    if (encoding !== 'gzip') throw new CouchError(415, 'bad_ctype', `Content-Encoding ${encoding} is not supported`);
    try {
      return await gunzip(packed, { maxOutputLength: MAX_REQUEST_BYTES });
    } catch (thrown) {
      if (thrown instanceof RangeError) throw tooLarge();
      throw badRequest('The gzip body is broken');
    }
  }

  async #packedBody(): Promise<Buffer> {
    if (Number(this.header('content-length') ?? 0) > MAX_REQUEST_BYTES) throw tooLarge();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > MAX_REQUEST_BYTES) throw tooLarge();
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  }

  /** @throws 400 when the body is no JSON */
  async jsonBody(): Promise<unknown> {
    return parseJson((await this.body()).toString('utf8'));
  }

  /**
   * The body of a POST, which must say that it is JSON: a form on a foreign page cannot (CSRF).
   * @throws 415, or 400 when it is no JSON object
   */
  async postedObject(): Promise<JsonObject> {
    const type = this.header('content-type') ?? '';
    if (!type.startsWith('application/json')) {
      throw new CouchError(415, 'bad_content_type', 'Content-Type must be application/json');
    }
    const value = await this.jsonBody();
    if (!isObject(value)) throw badRequest('Request body must be a JSON object');
    return value;
  }
}

const tooLarge = (): CouchError => new CouchError(413, 'too_large', 'the request entity is too large');

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('The path is not properly escaped');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('invalid UTF-8 JSON');
  }
}
