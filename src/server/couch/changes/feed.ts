// `/{db}/_changes`: a page at once, or a feed that waits for what is written next.
import type { ServerResponse } from 'node:http';
import { requireUsersAdmin } from '../auth/user-documents.ts';
import { badRequest, notAllowed } from '../couch-error.ts';
import { type Database, USERS } from '../databases.ts';
import type { Asked } from '../documents/document.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Reply, jsonBytes } from '../http/reply.ts';
import type { JsonObject } from '../json.ts';
import { type Wanted, readPage, readRows, readWanted } from './read.ts';

/** CouchDB closes a waiting feed after a minute, unless a heartbeat keeps it open. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** How a feed wraps what it sends. */
interface Frame {
  readonly type: string;
  /** Ends with the first page that holds something. */
  readonly once: boolean;
  readonly change: (change: JsonObject) => string;
  readonly heartbeat: string;
  readonly end: (last: string, pending: number, results: readonly JsonObject[]) => string;
}

const FRAMES: Readonly<Record<string, Frame>> = {
  longpoll: {
    type: 'application/json',
    once: true,
    change: () => '',
    heartbeat: '\n',
    end: (last_seq, pending, results) => `${JSON.stringify({ results, last_seq, pending })}\n`
  },
  continuous: {
    type: 'application/json',
    once: false,
    change: (change) => `${JSON.stringify(change)}\n`,
    heartbeat: '\n',
    end: (last_seq, pending) => `${JSON.stringify({ last_seq, pending })}\n`
  },
  eventsource: {
    type: 'text/event-stream',
    once: false,
    change: (change) => `data: ${JSON.stringify(change)}\nid: ${String(change.seq)}\n\n`,
    heartbeat: 'event: heartbeat\ndata: \n\n',
    end: () => ''
  }
};

export async function changes({ exchange, database, who }: Asked): Promise<Reply> {
  if (database.name === USERS) requireUsersAdmin(who);
  if (!['GET', 'HEAD', 'POST'].includes(exchange.method)) throw notAllowed('GET', 'HEAD', 'POST');
  const body = exchange.method === 'POST' ? await exchange.postedObject() : {};
  const wanted = readWanted(exchange, body);
  const since = await readSince(exchange, database, body);
  const feed = exchange.query.get('feed') ?? 'normal';
  if (feed === 'normal') return page(database, since, wanted);
  const frame = FRAMES[feed];
  if (!frame) throw badRequest('Supported `feed` types: normal, continuous, longpoll, eventsource');
  await new Feed(exchange, database, wanted, frame).run(since);
  return { kind: 'streamed' };
}

async function readSince(exchange: Exchange, database: Database, body: JsonObject): Promise<number> {
  const given = body.since ?? exchange.query.get('since') ?? exchange.header('last-event-id') ?? '0';
  const token = String(given);
  if (token === 'now') return database.updateSequence();
  const place = database.place(token);
  if (place === null) throw badRequest(`Malformed sequence supplied in 'since' parameter.`);
  return place;
}

const COMMA = Buffer.from(',');

async function page(database: Database, since: number, wanted: Wanted): Promise<Reply> {
  const { rows, last } = await readRows(database, since, wanted);
  const pending = wanted.limit === null ? 0 : await database.pendingAfter(last);
  const end = `],"last_seq":${JSON.stringify(database.token(last))},"pending":${String(pending)}}\n`;
  const parts = rows.flatMap((row, i) => (i === 0 ? [row] : [COMMA, row]));
  return jsonBytes(Buffer.concat([Buffer.from('{"results":['), ...parts, Buffer.from(end)]));
}

/** A feed that stays open. */
class Feed {
  readonly #response: ServerResponse;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(
    readonly exchange: Exchange,
    readonly database: Database,
    readonly wanted: Wanted,
    readonly frame: Frame
  ) {
    this.#response = exchange.response;
  }

  async run(since: number): Promise<void> {
    const { timeoutMs, heartbeatMs } = this.#times();
    this.#response.writeHead(200, { 'Content-Type': this.frame.type, 'Cache-Control': 'must-revalidate' });
    this.#response.flushHeaders();
    const timeout = timeoutMs === null ? null : setTimeout(() => this.#stop(), timeoutMs);
    const heartbeat =
      heartbeatMs === null ? null : setInterval(() => this.#response.write(this.frame.heartbeat), heartbeatMs);
    const forget = this.database.onWrite(() => this.#wake());
    this.#response.once('close', () => this.#stop());
    try {
      await this.#follow(since);
    } finally {
      forget();
      if (timeout) clearTimeout(timeout);
      if (heartbeat) clearInterval(heartbeat);
      this.#response.end();
    }
  }

  /** Sends page after page, and sleeps where there is nothing, until time, client or server put an end to it. */
  async #follow(start: number): Promise<void> {
    let since = start;
    let left = this.wanted.limit ?? Infinity;
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const limit = left === Infinity ? null : left;
      const { results, last } = await readPage(this.database, since, { ...this.wanted, limit });
      since = last;
      left -= results.length;
      for (const change of results) this.#response.write(this.frame.change(change));
      const isDone = this.#isOver || left <= 0 || (this.frame.once && results.length > 0);
      if (isDone) {
        const pending = this.wanted.limit === null ? 0 : await this.database.pendingAfter(since);
        this.#response.write(this.frame.end(this.database.token(since), pending, results));
        return;
      }
      await woken;
    }
  }

  #stop(): void {
    this.#isOver = true;
    this.#wake();
  }

  #times(): { timeoutMs: number | null; heartbeatMs: number | null } {
    const heartbeat = this.exchange.query.get('heartbeat');
    const heartbeatMs = heartbeat === 'true' ? DEFAULT_TIMEOUT_MS : Number(heartbeat ?? 0);
    const timeoutMs = this.exchange.integerParameter('timeout');
    if (heartbeatMs > 0) return { timeoutMs: timeoutMs ?? null, heartbeatMs };
    return { timeoutMs: Math.min(timeoutMs ?? DEFAULT_TIMEOUT_MS, DEFAULT_TIMEOUT_MS), heartbeatMs: null };
  }
}
