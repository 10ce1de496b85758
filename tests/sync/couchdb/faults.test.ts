// Every way in which an HTTP answer can be wrong has its own name (law 7), for each request of the port.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { aProducer } from '../../support/documents.ts';
import { type OddServer, anOddServer, json } from '../support/odd-server.ts';

let odd: OddServer;
let remote: Remote;
let bytes = 0;
const DB = 'ocop-22972';
const NOW = '2026-11-23T01:00:00.000Z';

const portsTo = () => ({ fetch, now: () => NOW, onTraffic: (more: number) => (bytes += more) });

beforeAll(async () => {
  odd = await anOddServer();
  remote = new CouchConnection(odd.url, portsTo()).remote(new AbortController().signal);
});
afterAll(() => odd.close());

const producer = aProducer();
const outgoing = { id: producer._id, editId: 'e', doc: producer, rev: null, sent: [], lastSent: null, isLost: false };
const requests: Record<string, () => Promise<{ ok: boolean; error?: SyncProblem }>> = {
  identity: () => remote.identity(DB),
  isStill: () => remote.isStill(DB, { since: null, rows: [] }),
  write: () => remote.write(DB, [outgoing]),
  read: () => remote.read(DB, [producer._id]),
  changes: () => remote.changes(DB, null, 100),
  missing: () => remote.missing(DB, [{ id: producer._id, rev: '1-a' }])
};

const PAGE = '<!doctype html><title>Wi-Fi miễn phí</title>';

describe.each(Object.keys(requests))('%s', (name) => {
  const ask = async () => {
    const result = await requests[name]?.();
    return result?.ok === false ? result.error : result;
  };

  test.each<[string, Parameters<OddServer['answer']>[0], SyncProblem]>([
    ['401', (_q, r) => json(r, 401, { error: 'unauthorized' }), { tag: 'signedOut' }],
    ['403', (_q, r) => json(r, 403, { error: 'forbidden' }), { tag: 'noAccess', database: DB }],
    ['404', (_q, r) => json(r, 404, { error: 'not_found' }), { tag: 'noDatabase', database: DB }],
    [
      '413 of a proxy',
      (_q, r) => void r.writeHead(413, { 'Content-Type': 'text/html' }).end(PAGE),
      { tag: 'tooLarge' }
    ],
    [
      '400',
      (_q, r) => json(r, 400, { error: 'bad_request', reason: 'no' }),
      { tag: 'rejected', status: 400, reason: 'no' }
    ],
    ['429', (_q, r) => json(r, 429, {}, { 'Retry-After': '7' }), { tag: 'busy', status: 429, retryAfterMs: 7000 }],
    [
      '503 with a date',
      (_q, r) =>
        json(r, 503, {}, { Date: 'Mon, 23 Nov 2026 01:00:00 GMT', 'Retry-After': 'Mon, 23 Nov 2026 01:02:00 GMT' }),
      { tag: 'busy', status: 503, retryAfterMs: 120_000 }
    ],
    ['503 without', (_q, r) => void r.writeHead(503).end(PAGE), { tag: 'busy', status: 503, retryAfterMs: null }],
    [
      '502',
      (_q, r) => void r.writeHead(502, { 'Content-Type': 'text/html' }).end(PAGE),
      { tag: 'server', status: 502 }
    ],
    [
      'a captive portal',
      (_q, r) => void r.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
      { tag: 'notCouch' }
    ],
    [
      'a portal that lies about its type',
      (_q, r) => void r.writeHead(200, { 'Content-Type': 'application/json' }).end(PAGE),
      { tag: 'notCouch' }
    ],
    ['a portal that says 511', (_q, r) => void r.writeHead(511).end(PAGE), { tag: 'notCouch' }],
    ['a cut connection', (q) => void q.socket.destroy(), { tag: 'offline' }],
    [
      'an answer that breaks off before its end',
      (_q, r) => {
        r.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
        r.write('{"results":[');
        setTimeout(() => r.destroy(), 20);
      },
      { tag: 'offline' }
    ]
  ])('%s', async (_name, answer, problem) => {
    odd.answer(answer);
    expect(await ask()).toEqual(problem);
  });

  test('JSON that breaks off', async () => {
    odd.answer((_q, r) => void r.writeHead(200, { 'Content-Type': 'application/json' }).end('{"results":[{"id":'));
    expect(await ask()).toMatchObject({ tag: 'broken' });
  });

  test('JSON of some other service', async () => {
    odd.answer((_q, r) => json(r, 200, { hello: ['world'] }));
    expect(await ask()).toMatchObject({ tag: 'broken' });
  });
});

test.each([
  ['none', null],
  ['an error', { error: 'not_found', reason: 'missing' }],
  ['no document', ['x']]
])('a change with %s in the place of its document stops nothing, and is asked for once more', async (_name, doc) => {
  const rows = [1, 2, 3].map((n) => ({ id: `producer:${n}`, seq: `${n}`, changes: [{ rev: `1-${n}` }] }));
  const given = (id: string) => ({ ...producer, _id: id, _rev: `1-${id.at(-1)}` });
  const answerWith = (second: object) =>
    odd.answer((request, response, body) => {
      if (request.url?.includes('_changes') === true) {
        const results = rows.map((row) => ({ ...row, doc: row.id === 'producer:2' ? doc : given(row.id) }));
        return json(response, 200, { results, last_seq: '3', pending: 0 });
      }
      expect(JSON.parse(body)).toEqual({ keys: ['producer:2'] });
      return json(response, 200, { rows: [{ key: 'producer:2', id: 'producer:2', ...second }] });
    });
  answerWith({ value: { rev: '1-2' }, doc: given('producer:2') });
  const page = await remote.changes(DB, null, 100);
  expect(page.ok && page.value.changes.map(({ id, doc }) => [id, doc?._id]).sort()).toEqual(
    rows.map(({ id }) => [id, id])
  );
  expect(page).toMatchObject({ value: { lastSeq: '3' } });

  answerWith({ value: { rev: '1-2' }, doc: { error: 'unreadable' } });
  const without = await remote.changes(DB, null, 100);
  expect(without.ok && without.value.changes.map(({ id }) => id).sort()).toEqual(['producer:1', 'producer:3']);
});

test('a portal that redirects to its own page', async () => {
  odd.answer((request, response) => {
    if (request.url?.startsWith('/login')) json(response, 200, { results: [], last_seq: 1, pending: 0 });
    else response.writeHead(302, { Location: `${odd.url}/login` }).end();
  });
  expect(await remote.changes(DB, null, 100)).toEqual({ ok: false, error: { tag: 'notCouch' } });
});

test('a run that is stopped aborts the request under way', async () => {
  const stop = new AbortController();
  const stopped = new CouchConnection(odd.url, portsTo()).remote(stop.signal);
  odd.answer(() => stop.abort());
  expect(await stopped.changes(DB, null, 100)).toEqual({ ok: false, error: { tag: 'aborted' } });
});

test('without a Date the device’s clock stands in', async () => {
  odd.answer((_q, response) => {
    response.sendDate = false;
    json(response, 200, { results: [], last_seq: '0', pending: 0 });
  });
  expect(await remote.changes(DB, null, 100)).toMatchObject({ ok: true, value: { serverTime: NOW } });
});

test('bytes are counted both ways', async () => {
  const body = JSON.stringify([{ ok: true, id: producer._id, rev: '1-a' }]);
  let sent = 0;
  odd.answer((_q, response, request) => {
    sent = Buffer.byteLength(request);
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(body);
  });
  bytes = 0;
  await remote.write(DB, [outgoing]);
  expect(bytes).toBe(sent + Buffer.byteLength(body));
});

test('nobody creates a database by the way', async () => {
  odd.answer((_q, response) => json(response, 404, { error: 'not_found' }));
  odd.asked.length = 0;
  await remote.write(DB, [outgoing]);
  expect(odd.asked).toEqual([`POST /${DB}/_bulk_docs`]);
});

test('a deleted document is read as deleted, attachment stubs come along, bookkeeping does not', async () => {
  odd.answer((_q, response) =>
    json(response, 200, {
      results: [
        {
          id: 'a',
          seq: '1-x',
          changes: [{ rev: '2-b' }],
          deleted: true,
          doc: { _id: 'a', _rev: '2-b', _deleted: true }
        },
        {
          id: 'b',
          seq: '2-x',
          changes: [{ rev: '3-c' }],
          doc: { _id: 'b', _rev: '3-c', _conflicts: ['3-b'], _attachments: { p: { stub: true } }, name: 'B' }
        }
      ],
      last_seq: '2-x',
      pending: 0
    })
  );
  expect(await remote.changes(DB, null, 100)).toMatchObject({
    ok: true,
    value: {
      changes: [
        { id: 'a', rev: '2-b', isDeleted: true, doc: null, clash: [] },
        {
          id: 'b',
          rev: '3-c',
          isDeleted: false,
          doc: { _id: 'b', _attachments: { p: { stub: true } }, name: 'B' },
          clash: ['3-b']
        }
      ]
    }
  });
});
