// A road between browser and server on which, by a plan, everything happens that happens to requests outside.
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  type Server,
  type ServerResponse,
  createServer,
  request as ask
} from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import type { Chance } from './chance.ts';

/**
 * | fault      | what happens                                                                                     |
 * |------------|--------------------------------------------------------------------------------------------------|
 * | cutRequest | the connection breaks in the middle of the request's body; the server has a part of it           |
 * | cutAnswer  | the server has done its work; the connection breaks at any byte of its answer                    |
 * | swallowed  | the server has done its work; the connection breaks before the first byte of its answer          |
 * | unanswered | the server has done its work; nobody hears of it, and the connection stays open                  |
 * | truncated  | the server has done its work; its JSON breaks off, and the answer ends as if that were all of it |
 * | duplicated | the server gets the request twice, at once or one after the other; one of its answers comes back |
 * | delayed    | the request is long under way, or its answer                                                     |
 * | portal     | a page of somebody else's answers, status 200                                                    |
 * | late500, late503 | the server has done its work; the gateway in front of it has lost patience before            |
 * | status…    | a gateway answers with this status, and the server hears nothing                                 |
 */
export const FAULTS = [
  'cutRequest',
  'cutAnswer',
  'swallowed',
  'unanswered',
  'truncated',
  'duplicated',
  'delayed',
  'portal',
  'late500',
  'late503',
  'status401',
  'status403',
  'status413',
  'status429',
  'status500',
  'status503'
] as const;
export type Fault = (typeof FAULTS)[number];

/** A request to the server's databases, as a plan sees it. */
export interface Passing {
  /** Something that is written: `_bulk_docs`. */
  readonly isWrite: boolean;
  /** The bytes of a photo are sent. */
  readonly isPhoto: boolean;
  readonly path: string;
}

/** What is to happen to a request; null: nothing. */
export type Plan = (passing: Passing) => Fault | null;

const QUIET: Plan = () => null;

/** The longest that a delayed request is held, milliseconds. */
const DELAY_MS = 600;
/** What `Retry-After` says, seconds. */
const RETRY_AFTER = 1;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export class FaultyProxy {
  readonly origin: string;
  /** How often each fault has really struck. */
  readonly struck = new Map<Fault, number>();
  /** The same of those that struck the bytes of a photo. */
  readonly struckPhotos = new Map<Fault, number>();
  /** What happened to whom, newest last, for whoever reads a failure. */
  readonly log: string[] = [];
  /** Requests to the databases that are under way. */
  underWay = 0;
  /** Uploads of photos that are under way. */
  photosUnderWay = 0;
  readonly #server: Server;
  readonly #target: URL;
  /** Told when the next upload of a photo begins. */
  readonly #onPhoto: (() => void)[] = [];
  readonly #silent = new Set<ServerResponse>();
  #plan: Plan = QUIET;
  #chance: Chance | undefined;

  private constructor(server: Server, port: number, target: string) {
    this.#server = server;
    this.#target = new URL(target);
    this.origin = `http://127.0.0.1:${String(port)}`;
    server.on('request', (request, response) => {
      void this.#pass(request, response);
    });
  }

  /** Opens a road to a server; no fault strikes yet. */
  static async open(target: string): Promise<FaultyProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port.');
    return new FaultyProxy(server, address.port, target);
  }

  /** From now on faults strike as planned. @param chance where a connection is cut, how long a delay is, and the like */
  trouble(plan: Plan, chance: Chance): void {
    this.#plan = plan;
    this.#chance = chance;
  }

  /** From now on everything passes. Requests that nobody has answered stay so: `hangUp` ends them. */
  heal(): void {
    this.#plan = QUIET;
  }

  /** Breaks the connections that were kept open without a word, as a phone does that changes its network. */
  hangUp(): void {
    for (const response of this.#silent) response.destroy();
    this.#silent.clear();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const isDatabase = path.startsWith('/couch');
    const isPhoto = isDatabase && (request.headers['content-type'] ?? '').startsWith('multipart/related');
    try {
      if (isDatabase) this.underWay += 1;
      if (isPhoto) this.#beginPhoto();
      const body = await bytesOf(request);
      const isWrite = path.includes('/_bulk_docs');
      const fault = isDatabase ? this.#plan({ isWrite, isPhoto, path }) : null;
      if (fault === null) give(response, await this.#forward(request, body));
      else {
        await this.#strike(fault, request, body, response);
        if (isPhoto) count(this.struckPhotos, fault);
      }
    } catch {
      // The server is away, or the browser is: either way nobody gets an answer.
      response.destroy();
    } finally {
      if (isDatabase) this.underWay -= 1;
      if (isPhoto) this.photosUnderWay -= 1;
    }
  }

  /** @returns when the upload of a photo is under way: now, or as soon as the next one begins */
  photoUnderWay(): Promise<void> {
    if (this.photosUnderWay > 0) return Promise.resolve();
    return new Promise((resolve) => this.#onPhoto.push(resolve));
  }

  #beginPhoto(): void {
    this.photosUnderWay += 1;
    for (const tell of this.#onPhoto.splice(0)) tell();
  }

  async #strike(fault: Fault, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const chance = this.#chance;
    if (chance === undefined) throw new Error('A plan of faults needs chance.');
    const status = Number(/\d+$/.exec(fault)?.[0]);
    switch (fault) {
      case 'cutRequest':
        if (body.length < 2) return give(response, await this.#forward(request, body));
        await this.#forwardPart(request, body, chance.between(1, body.length - 1));
        response.destroy();
        break;
      case 'cutAnswer': {
        const { status: told, headers, bytes } = await this.#forward(request, body);
        response.writeHead(told, { 'content-type': headers['content-type'], 'content-length': bytes.length });
        const part = bytes.subarray(0, chance.between(0, bytes.length - 1));
        await new Promise((resolve) => response.write(part.length === 0 ? ' ' : part, resolve));
        response.destroy();
        break;
      }
      case 'truncated': {
        const answer = await this.#forward(request, body);
        const whole = answer.bytes.toString('utf8').trimEnd().length;
        give(response, { ...answer, bytes: answer.bytes.subarray(0, chance.between(0, Math.max(0, whole - 1))) });
        break;
      }
      case 'swallowed':
        await this.#forward(request, body);
        response.destroy();
        break;
      case 'unanswered':
        await this.#forward(request, body);
        this.#silent.add(response);
        response.once('close', () => this.#silent.delete(response));
        break;
      case 'duplicated': {
        const first = this.#forward(request, body);
        if (chance.says(0.5)) await first;
        const both = await Promise.all([first, this.#forward(request, body)]);
        give(response, chance.of(both));
        break;
      }
      case 'delayed': {
        const [before, after] = [chance.between(50, DELAY_MS), chance.between(50, DELAY_MS)];
        await pass(before);
        const answer = await this.#forward(request, body);
        await pass(after);
        give(response, answer);
        break;
      }
      case 'portal':
        give(response, page(200, '<!doctype html><title>Wi-Fi</title><h1>Đăng nhập Wi-Fi</h1>'));
        break;
      case 'late500':
      case 'late503':
        await this.#forward(request, body);
        give(response, page(status, '<h1>Gateway</h1>'));
        break;
      case 'status401':
      case 'status403':
        give(response, refusal(status, status === 401 ? 'unauthorized' : 'forbidden'));
        break;
      case 'status413':
        give(response, page(status, '<h1>Request Entity Too Large</h1>'));
        break;
      case 'status429':
      case 'status503':
      case 'status500':
        give(response, page(status, '<h1>Gateway</h1>'));
    }
    count(this.struck, fault);
    this.log.push(`${fault} ${request.method ?? ''} ${request.url ?? ''}`);
  }

  /** The server's whole answer. @throws when it does not give one */
  #forward(request: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = ask(this.#to(request, body), (incoming) => {
        bytesOf(incoming).then((bytes) => {
          resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, bytes });
        }, reject);
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  /** The first bytes of a request, and then the connection breaks. */
  #forwardPart(request: IncomingMessage, body: Buffer, length: number): Promise<void> {
    return new Promise((resolve) => {
      const outgoing = ask(this.#to(request, body));
      outgoing.once('error', () => undefined);
      outgoing.once('close', resolve);
      outgoing.write(body.subarray(0, length), () => outgoing.destroy());
    });
  }

  #to({ method, url, headers }: IncomingMessage, body: Buffer): RequestOptions {
    const { 'transfer-encoding': _chunked, 'accept-encoding': _packed, ...kept } = headers;
    return {
      host: this.#target.hostname,
      port: this.#target.port,
      method,
      path: url,
      headers: { ...kept, connection: 'close', ...(body.length > 0 ? { 'content-length': body.length } : {}) }
    };
  }
}

const count = (counts: Map<Fault, number>, fault: Fault): void => {
  counts.set(fault, (counts.get(fault) ?? 0) + 1);
};

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function give(response: ServerResponse, { status, headers, bytes }: Answer): void {
  const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = headers;
  // On a connection that it uses again, the browser itself repeats a request that was cut: the app would not notice.
  response.writeHead(status, { ...kept, connection: 'close', 'content-length': bytes.length }).end(bytes);
}

const page = (status: number, html: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': String(RETRY_AFTER) },
  bytes: Buffer.from(html)
});

const refusal = (status: number, error: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  bytes: Buffer.from(JSON.stringify({ error, reason: 'The gateway says so.' }))
});
