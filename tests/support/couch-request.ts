// Plain requests to a CouchDB, for tests that look at its answers themselves.
import type { CouchServer } from './couch-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON; undefined when the answer is none. */
  readonly json: unknown;
}

export interface Login {
  readonly name: string;
  readonly password: string;
}

type Extra = { headers?: Record<string, string>; signal?: AbortSignal };

/** Asks as one account, or as nobody in particular. */
export class CouchRequests {
  constructor(
    readonly url: string,
    readonly login: Login | null
  ) {}

  as(login: Login | null): CouchRequests {
    return new CouchRequests(this.url, login);
  }

  get(path: string, extra?: Extra): Promise<Answer> {
    return this.ask('GET', path, undefined, extra);
  }

  put(path: string, body?: unknown, extra?: Extra): Promise<Answer> {
    return this.ask('PUT', path, body, extra);
  }

  post(path: string, body?: unknown, extra?: Extra): Promise<Answer> {
    return this.ask('POST', path, body, extra);
  }

  delete(path: string, extra?: Extra): Promise<Answer> {
    return this.ask('DELETE', path, undefined, extra);
  }

  /** @param body JSON, or text or bytes as they are */
  async ask(method: string, path: string, body?: unknown, { headers = {}, ...extra }: Extra = {}): Promise<Answer> {
    const { name, password } = this.login ?? { name: '', password: '' };
    const response = await fetch(this.url + path, {
      ...extra,
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.login ? { authorization: `Basic ${btoa(`${name}:${password}`)}` } : {}),
        ...headers
      },
      ...(body === undefined ? {} : { body: encode(body) })
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }
}

function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Requests as the server's administrator. */
export const asAdmin = (server: CouchServer): CouchRequests => new CouchRequests(server.url, server.admin);

let made = 0;
/** A name that no other test uses, also on a CouchDB that is shared and lives on. */
export const freshName = (start: string): string =>
  `${start}${process.pid.toString(36)}x${Date.now().toString(36)}x${(made += 1)}`;
