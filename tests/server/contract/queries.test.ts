// What other clients of a CouchDB ask for: Mango, views, filtered changes, an event source (embedded, or COUCHDB_URL).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixtures } from '../../support/couch-fixtures.ts';
import type { CouchRequests } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

let server: CouchServer;
let fixtures: Fixtures;
let admin: CouchRequests;
let database: string;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
  ({ admin } = fixtures);
  database = await fixtures.database(['crew']);
  await admin.put(`/${database}/_design/v`, {
    language: 'javascript',
    views: { byn: { map: 'function (d) { if (d.n !== undefined) emit(d.n, d.n * 10); }', reduce: '_sum' } },
    filters: { kind: 'function (d, req) { return d.kind === req.query.kind; }' }
  });
  const docs = [3, 1, 2].map((n) => ({ _id: `a${String(n)}`, kind: 'good', n }));
  await admin.post(`/${database}/_bulk_docs`, { docs: [...docs, { _id: 'b1', kind: 'other' }] });
});

afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

const changesBy = async (query: string): Promise<string[]> => {
  const { json } = await admin.get(`/${database}/_changes?${query}`);
  return (json as { results: { id: string }[] }).results.map(({ id }) => id).sort();
};

describe('Mango', () => {
  const found = async (query: object): Promise<unknown[]> => {
    const { status, json } = await admin.post(`/${database}/_find`, query);
    expect(status).toBe(200);
    return (json as { docs: { _id: string }[] }).docs.map(({ _id }) => _id);
  };

  test('finds by a selector, with operators and a limit', async () => {
    expect((await found({ selector: { kind: 'good' } })).sort()).toEqual(['a1', 'a2', 'a3']);
    expect((await found({ selector: { kind: 'good', n: { $gte: 2 } } })).sort()).toEqual(['a2', 'a3']);
    expect(await found({ selector: { kind: 'nothing of the sort' } })).toEqual([]);
    expect(await found({ selector: { kind: 'good' }, limit: 2 })).toHaveLength(2);
  });

  test('sorts where there is an index for it', async () => {
    const made = await admin.post(`/${database}/_index`, { index: { fields: ['n'] }, name: 'byn' });
    expect(made).toMatchObject({ status: 200, json: { result: 'created' } });
    expect(await found({ selector: { n: { $gt: 1 } }, sort: ['n'] })).toEqual(['a2', 'a3']);
    expect(await found({ selector: { n: { $gt: 0 } }, sort: [{ n: 'desc' }] })).toEqual(['a3', 'a2', 'a1']);
  });

  test('refuses a selector that is none', async () => {
    expect((await admin.post(`/${database}/_find`, { selector: 7 })).status).toBe(400);
  });
});

describe('a view', () => {
  const view = (query: string) => admin.get(`/${database}/_design/v/_view/byn?${query}`);

  test('gives its rows in the order of their keys', async () => {
    const { json } = await view('reduce=false');
    expect(json).toMatchObject({ total_rows: 3, rows: [{ key: 1 }, { key: 2 }, { id: 'a3', key: 3, value: 30 }] });
    expect((await view('reduce=false&startkey=2')).json).toMatchObject({ rows: [{ key: 2 }, { key: 3 }] });
  });

  test('reduces them', async () => {
    expect((await view('reduce=true')).json).toEqual({ rows: [{ key: null, value: 60 }] });
  });

  test('that nobody has made is not there', async () => {
    expect((await admin.get(`/${database}/_design/v/_view/nothing`)).status).toBe(404);
  });
});

describe('changes', () => {
  test('are filtered by a function of a design document', async () => {
    expect(await changesBy('filter=v/kind&kind=good')).toEqual(['a1', 'a2', 'a3']);
    expect(await changesBy('filter=v/kind&kind=other')).toEqual(['b1']);
  });

  test('are filtered by what a view takes', async () => {
    expect(await changesBy('filter=_view&view=v/byn')).toEqual(['a1', 'a2', 'a3']);
  });

  test('come as an event source', async () => {
    const { json } = await admin.get(`/${database}`);
    const since = encodeURIComponent((json as { update_seq: string }).update_seq);
    const { name, password } = server.admin;
    const stop = new AbortController();
    const response = await fetch(`${server.url}/${database}/_changes?feed=eventsource&heartbeat=500&since=${since}`, {
      headers: { authorization: `Basic ${btoa(`${name}:${password}`)}`, accept: 'text/event-stream' },
      signal: stop.signal
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await admin.put(`/${database}/es1`, { kind: 'event' });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let said = '';
    while (!/^data: ?\{.*"es1".*\}$/m.test(said)) {
      const part = await reader?.read();
      if (part === undefined || part.done) throw new Error(`The feed ended: ${said}`);
      said += part.value;
    }
    stop.abort();
  });
});

test('a session begins by a form as well', async () => {
  const login = await fixtures.account(['crew']);
  const form = new URLSearchParams({ name: login.name, password: login.password });
  const nobody = admin.as(null);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status, headers: said } = await nobody.post('/_session', String(form), { headers });
  expect(status).toBe(200);
  expect(said.get('set-cookie')).toMatch(/^AuthSession=[^;]+/);
  form.set('password', 'wrong');
  expect((await nobody.post('/_session', String(form), { headers })).status).toBe(401);
});
