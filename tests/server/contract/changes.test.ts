// The changes of a database, in pages and as feeds that wait (embedded, or COUCHDB_URL).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Fixtures } from '../../support/couch-fixtures.ts';
import { type CouchRequests, freshName } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

interface Page {
  readonly results: { id: string; seq: string; deleted?: true; changes: { rev: string }[]; doc?: object }[];
  readonly last_seq: string;
  readonly pending: number;
}

let server: CouchServer;
let fixtures: Fixtures;
let admin: CouchRequests;
let database: string;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
  ({ admin } = fixtures);
});

beforeEach(async () => {
  database = await fixtures.database(['crew']);
});

afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

const write = (...ids: string[]) =>
  admin.post(`/${database}/_bulk_docs`, { docs: ids.map((_id) => ({ _id, kind: _id[0] })) });
const changes = async (query: string, body?: object): Promise<Page> => {
  const path = `/${database}/_changes?${query}`;
  return (body ? await admin.post(path, body) : await admin.get(path)).json as Page;
};
const ids = ({ results }: Page): string[] => results.map(({ id }) => id).sort();

describe('pages', () => {
  test('hold every document once, with its last revision', async () => {
    await write('a1', 'a2');
    const { json } = await admin.get(`/${database}/a1`);
    const changed = await admin.put(`/${database}/a1`, json);
    const page = await changes('include_docs=true');
    expect(ids(page)).toEqual(['a1', 'a2']);
    const last = page.results.find(({ id }) => id === 'a1');
    expect(last?.changes).toEqual([{ rev: (changed.json as { rev: string }).rev }]);
  });

  test('follow one another without a gap, and count what is left', async () => {
    await write(...Array.from({ length: 25 }, (_, i) => `d${i}`));
    const seen: string[] = [];
    let since = '0';
    for (const expected of [10, 10, 5]) {
      const page = await changes(`limit=10&since=${encodeURIComponent(since)}`);
      expect(page.results).toHaveLength(expected);
      seen.push(...ids(page));
      expect(page.pending).toBe(25 - seen.length);
      since = page.last_seq;
    }
    expect(new Set(seen).size).toBe(25);
    expect((await changes(`since=${encodeURIComponent(since)}`)).results).toEqual([]);
    expect((await changes('since=now')).results).toEqual([]);
  });

  test('asked for again are the same, until something changes', async () => {
    const QUERY = 'include_docs=true&conflicts=true&style=all_docs&limit=10';
    await write('a1', 'a2', 'a3', 'a4');
    const first = await changes(QUERY);
    expect(first.results).toHaveLength(4);
    expect(await changes(QUERY)).toEqual(first);

    const { json } = await admin.get(`/${database}/a1`);
    await admin.put(`/${database}/a1`, { ...(json as object), name: 'thành' });
    const gone = (await admin.get(`/${database}/a2`)).json as { _rev: string };
    await admin.delete(`/${database}/a2?rev=${gone._rev}`);
    const leaf = { _id: 'a3', _rev: `1-${'0'.repeat(32)}`, kind: 'losing' };
    await admin.post(`/${database}/_bulk_docs`, { new_edits: false, docs: [leaf] });
    for (const told of [await changes(QUERY), await changes(QUERY)]) {
      expect(ids(told)).toEqual(['a1', 'a2', 'a3', 'a4']);
      const byId = new Map(told.results.map((row) => [row.id, row]));
      expect(byId.get('a1')).toMatchObject({ doc: { name: 'thành' } });
      expect(byId.get('a2')).toMatchObject({ deleted: true });
      expect(byId.get('a3')?.changes).toHaveLength(2);
      expect(byId.get('a3')).toMatchObject({ doc: { _conflicts: [leaf._rev] } });
      expect(byId.get('a4')).toEqual(first.results.find(({ id }) => id === 'a4'));
    }
    // Who asks for less is not told more.
    expect((await changes('limit=10')).results.every(({ doc }) => doc === undefined)).toBe(true);
  });

  test('tell deletions', async () => {
    await write('a1');
    const { json } = await admin.get(`/${database}/a1`);
    await admin.delete(`/${database}/a1?rev=${(json as { _rev: string })._rev}`);
    const page = await changes('include_docs=true');
    expect(page.results).toMatchObject([{ id: 'a1', deleted: true, doc: { _id: 'a1', _deleted: true } }]);
  });

  test('tell conflicts that replication made', async () => {
    const docs = ['1', '2'].map((letter) => ({ _id: 'a1', _rev: `1-${letter.repeat(32)}` }));
    await admin.post(`/${database}/_bulk_docs`, { new_edits: false, docs });
    const page = await changes('style=all_docs&include_docs=true&conflicts=true');
    expect(page.results).toMatchObject([{ id: 'a1', doc: { _conflicts: [`1-${'1'.repeat(32)}`] } }]);
    expect(page.results[0]?.changes).toHaveLength(2);
  });

  test('can be filtered by ids and by selector', async () => {
    await write('a1', 'a2', 'b1');
    expect(ids(await changes('filter=_doc_ids', { doc_ids: ['a2', 'b1'] }))).toEqual(['a2', 'b1']);
    expect(ids(await changes('filter=_selector', { selector: { kind: 'a' } }))).toEqual(['a1', 'a2']);
  });

  test('a malformed place is refused', async () => {
    expect((await admin.get(`/${database}/_changes?since=nonsense`)).status).toBe(400);
  });
});

describe('a re-created database', () => {
  test('says so, and is read from its start', async () => {
    await write('a1', 'a2', 'a3');
    const { last_seq } = await changes('');
    const before = (await admin.get(`/${database}`)).json;
    await admin.delete(`/${database}`);
    // CouchDB counts instance_start_time in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await admin.put(`/${database}`);
    await write('b1');
    const after = (await admin.get(`/${database}`)).json;
    expect((after as Record<string, unknown>)['instance_start_time']).not.toBe(
      (before as Record<string, unknown>)['instance_start_time']
    );
    expect(ids(await changes(`since=${encodeURIComponent(last_seq)}`))).toEqual(['b1']);
  });
});

describe('a long poll', () => {
  test('wakes at the next write', async () => {
    const { last_seq } = await changes('');
    const waiting = changes(`feed=longpoll&timeout=20000&since=${encodeURIComponent(last_seq)}`);
    await write('a1');
    expect(ids(await waiting)).toEqual(['a1']);
  });

  test('with a selector sleeps through what does not match', async () => {
    const { last_seq } = await changes('');
    const query = `feed=longpoll&timeout=20000&filter=_selector&since=${encodeURIComponent(last_seq)}`;
    const waiting = changes(query, { selector: { kind: 'b' } });
    await write('a1');
    await write('b1');
    expect(ids(await waiting)).toEqual(['b1']);
  });

  test('ends by itself', async () => {
    const { last_seq } = await changes('');
    const page = await changes(`feed=longpoll&timeout=300&since=${encodeURIComponent(last_seq)}`);
    expect(page.results).toEqual([]);
  });
});

test('a continuous feed gives line after line until the client leaves', async () => {
  const { name, password } = server.admin;
  const leaving = new AbortController();
  const response = await fetch(`${server.url}/${database}/_changes?feed=continuous&heartbeat=200`, {
    headers: { authorization: `Basic ${btoa(`${name}:${password}`)}` },
    signal: leaving.signal
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  const until = async (text: string): Promise<void> => {
    while (!received.includes(text)) received += (await reader?.read())?.value ?? '';
  };
  const id = freshName('c');
  await write(id);
  await until(`"id":"${id}"`);
  received = '';
  await until('\n'); // A heartbeat.
  leaving.abort();
  expect((await admin.get(`/${database}`)).status).toBe(200);
});
