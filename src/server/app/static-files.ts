// Serves the built app: right types, compressed, for ever where the name holds a hash, and the shell for every address.
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { shellPolicy } from './content-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2'
};
const PACKABLE = new Set(['.css', '.html', '.js', '.json', '.map', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest']);

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

interface File {
  readonly stamp: string;
  readonly bytes: Buffer;
  readonly etag: string;
  readonly packed: Map<string, Promise<Buffer>>;
}

export class StaticFiles {
  readonly #files = new Map<string, File>();

  /** @param folder the build, with `index.html` as the shell; may be replaced by a newer one while serving */
  constructor(readonly folder: string) {}

  /** @param path of the address, without the query */
  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    }
    const name = await this.#find(path);
    if (name === null) return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    await this.#send(request, response, name);
  }

  /** The file of an address; the shell where the address is a screen; null where a file is missing. */
  async #find(path: string): Promise<string | null> {
    const name = decode(path);
    if (name === null) return null;
    if (await this.#stat(name)) return name;
    return extname(name) === '' ? 'index.html' : null;
  }

  async #stat(name: string): Promise<Stats | null> {
    const file = join(this.folder, name);
    if (!file.startsWith(normalize(this.folder) + sep)) return null;
    const found = await stat(file).catch(() => null);
    return found?.isFile() ? found : null;
  }

  async #send(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const file = await this.#read(name);
    if (!file) return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    const extension = extname(name);
    response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', cachingOf(name));
    response.setHeader('ETag', file.etag);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    if (extension === '.html') response.setHeader('Content-Security-Policy', shellPolicy(file.bytes.toString('utf8')));
    if (request.headers['if-none-match'] === file.etag) return void response.writeHead(304).end();
    const encoding = PACKABLE.has(extension) ? chooseEncoding(request.headers['accept-encoding']) : null;
    if (PACKABLE.has(extension)) response.setHeader('Vary', 'Accept-Encoding');
    if (encoding) response.setHeader('Content-Encoding', encoding);
    const bytes = encoding ? await pack(file, encoding) : file.bytes;
    response.setHeader('Content-Length', bytes.length);
    response.writeHead(200).end(bytes);
  }

  /** Reads a file once, and again when it has changed on disk. */
  async #read(name: string): Promise<File | null> {
    const found = await this.#stat(name);
    if (!found) return null;
    const stamp = `${found.mtimeMs}:${found.size}`;
    const known = this.#files.get(name);
    if (known?.stamp === stamp) return known;
    const bytes = await readFile(join(this.folder, name));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const file: File = { stamp, bytes, etag, packed: new Map() };
    this.#files.set(name, file);
    return file;
  }
}

/** What a browser may keep of a file. A screen it keeps in no way: see the service worker's `neverFrozen`. */
function cachingOf(name: string): string {
  if (name.startsWith('_app/immutable/')) return 'public, max-age=31536000, immutable';
  return extname(name) === '.html' ? 'no-store' : 'no-cache';
}

function decode(path: string): string | null {
  try {
    const name = decodeURIComponent(path).replace(/^\/+/, '');
    return name === '' ? 'index.html' : name;
  } catch {
    return null;
  }
}

function chooseEncoding(accepted: string | string[] | undefined): 'br' | 'gzip' | null {
  const text = String(accepted ?? '');
  if (/\bbr\b/.test(text)) return 'br';
  return /\bgzip\b/.test(text) ? 'gzip' : null;
}

function pack(file: File, encoding: 'br' | 'gzip'): Promise<Buffer> {
  let packed = file.packed.get(encoding);
  if (!packed) {
    // Quality 9: a tenth of the time of 11 for two percent more bytes.
    const brotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } };
    packed = encoding === 'br' ? brotli(file.bytes, brotliOptions) : gzip(file.bytes, { level: 9 });
    file.packed.set(encoding, packed);
  }
  return packed;
}
