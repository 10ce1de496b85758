// Speaks to a CouchDB as its administrator.

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface CouchClient {
  /** @throws when nobody answers; every answer, also a refusal, is given back */
  ask(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<Answer>;
  /** A write that must succeed. @throws with CouchDB's reason when it does not */
  write(method: 'PUT' | 'POST', path: string, body?: unknown): Promise<Answer>;
}

export interface Admin {
  readonly name: string;
  readonly password: string;
}

/** @param url of the CouchDB, without credentials and without a slash at its end */
export function couchClient(url: string, admin: Admin): CouchClient {
  const authorization = `Basic ${Buffer.from(`${admin.name}:${admin.password}`).toString('base64')}`;
  const ask: CouchClient['ask'] = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    }).catch((thrown: unknown) => {
      throw new Error(`No CouchDB answers at ${url}: ${causeOf(thrown)}`);
    });
    const text = await response.text();
    return { status: response.status, body: parseLeniently(text) };
  };
  return {
    ask,
    write: async (method, path, body) => {
      const answer = await ask(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer;
    }
  };
}

/** `fetch` itself says only that it failed. */
function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  return cause instanceof Error ? cause.message : String(cause);
}

/** A proxy in between may answer in HTML; the text is then what there is to show. */
function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
