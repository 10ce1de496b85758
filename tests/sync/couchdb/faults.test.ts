// Every way in which an HTTP answer can be wrong has its own name (law 7), for each request of the port.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import { freshPhotoMemory, sendPhotos } from '#lib/sync/core/photos.ts';
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

const server = (status: number): SyncProblem => ({ tag: 'server', status });
const rejected = (status: number): SyncProblem => ({ tag: 'rejected', status, reason: 'no' });

/**
 * What each status means, said by CouchDB in its own words, and what becomes of a photo and a record that meet it again
 * and again: `kept` = it goes on waiting, however often; `refused` = it is set aside with the reason, and the others go.
 */
const STATUSES: readonly [status: number, problem: SyncProblem, fate: 'kept' | 'refused'][] = [
  [400, rejected(400), 'refused'],
  [401, { tag: 'signedOut' }, 'kept'],
  [402, rejected(402), 'kept'],
  [403, { tag: 'noAccess', database: DB }, 'kept'],
  [404, { tag: 'noDatabase', database: DB }, 'kept'],
  [405, rejected(405), 'kept'],
  [406, rejected(406), 'kept'],
  // A proxy that wants somebody to sign in: `fetch` shows it to nobody.
  [407, { tag: 'offline' }, 'kept'],
  [408, { tag: 'timeout' }, 'kept'],
  [410, rejected(410), 'kept'],
  [411, rejected(411), 'kept'],
  [412, rejected(412), 'refused'],
  [413, { tag: 'tooLarge' }, 'refused'],
  [414, rejected(414), 'kept'],
  [415, rejected(415), 'kept'],
  [416, rejected(416), 'kept'],
  [417, rejected(417), 'kept'],
  [418, rejected(418), 'kept'],
  [421, server(421), 'kept'],
  [422, rejected(422), 'kept'],
  [425, { tag: 'busy', status: 425, retryAfterMs: null }, 'kept'],
  [426, rejected(426), 'kept'],
  [429, { tag: 'busy', status: 429, retryAfterMs: null }, 'kept'],
  [431, rejected(431), 'kept'],
  [444, server(444), 'kept'],
  [451, rejected(451), 'kept'],
  [460, rejected(460), 'kept'],
  [499, server(499), 'kept'],
  ...[500, 501, 502, 504, 505, 507, 508, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 599].map(
    (status): [number, SyncProblem, 'kept'] => [status, server(status), 'kept']
  ),
  [503, { tag: 'busy', status: 503, retryAfterMs: null }, 'kept'],
  [511, { tag: 'notCouch' }, 'kept']
];

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

describe.each(STATUSES)('status %i', (status, problem, fate) => {
  // A database that is shut: the 403 of a validation function is told of a document (see the contract and the photos).
  const reason = status === 403 ? 'You are not allowed to access this db.' : 'no';

  test.each(Object.keys(requests))('%s', async (name) => {
    odd.answer((_q, r) => json(r, status, { error: 'error', reason }));
    const expected = problem.tag === 'rejected' ? { ...problem, reason } : problem;
    expect(await requests[name]?.()).toEqual({ ok: false, error: expected });
  });

  test('a photo', async () => {
    const { refused, problem: told, asked } = await sendingOfOne(status, JSON.stringify({ error: 'error', reason }));
    expect(refused).toBe(fate === 'refused');
    if (fate === 'kept') expect(told).toEqual(problem);
    expect(asked).toBeLessThanOrEqual(3);
  });

  test.each([
    ['nothing', ''],
    ['JSON of its own', '{"message":"no"}']
  ])(
    'a photo that a gateway does not let through, with %s, waits, but for one that is too large',
    async (_what, body) => {
      expect((await sendingOfOne(status, body)).refused).toBe(status === 413);
    }
  );
});

test.each(['', '{"message":"no"}'])(
  'a gateway that says 400 or 412 in words of its own (%s) sets nothing aside',
  async (body) => {
    for (const status of [400, 412]) {
      odd.answer((_q, r) => void r.writeHead(status, { 'Content-Type': 'application/json' }).end(body));
      expect(await remote.write(DB, [outgoing])).toEqual({ ok: false, error: { tag: 'notCouch' } });
    }
  }
);

test.each([
  ['3600', 3_600_000],
  ['86400', 3_600_000],
  ['9999999999', 3_600_000],
  ['-5', 0],
  ['soon', null]
])('a server that asks for %s seconds is left alone for an hour at most', async (header, retryAfterMs) => {
  odd.answer((_q, r) => json(r, 503, {}, { 'Retry-After': header }));
  expect(await remote.changes(DB, null, 1)).toEqual({ ok: false, error: { tag: 'busy', status: 503, retryAfterMs } });
});

/** Sends one photo to a server that gives its upload always the same answer, and does so as often as the engine asks. */
async function sendingOfOne(status: number, body: string) {
  odd.answer((_q, r) => void r.writeHead(status, { 'Content-Type': 'application/json' }).end(body));
  odd.asked.length = 0;
  const connection = new CouchConnection(odd.url, portsTo());
  const { signal } = new AbortController();
  let refused = false;
  const digests = { photo: 'p', thumb: 't' };
  const one = {
    id: 'photo:1',
    database: DB,
    rev: '1-a',
    doc: { _id: 'photo:1' },
    digests,
    bytes: 2,
    mayBeThere: false
  };
  const { problem } = await sendPhotos(
    {
      local: {
        waitingPhotos: async () => ({ ok: true, value: refused ? [] : [one] }),
        bytesToUpload: async () => ({ ok: true, value: { photo: new ArrayBuffer(1), thumb: new ArrayBuffer(1) } }),
        refusePhoto: async () => {
          refused = true;
          return { ok: true, value: undefined };
        },
        takeStanding: async () => ({ ok: true, value: undefined })
      },
      remote: {
        upload: (photo, bytes) => connection.upload(signal, photo, bytes),
        read: async () => ({ ok: true, value: [] })
      },
      authorise: async () => ({ ok: true, value: undefined }),
      elapsed: () => 0,
      now: () => NOW,
      signal,
      mayUpload: () => true,
      watcher: { onPhotos: () => undefined, onContact: () => undefined }
    },
    [DB],
    freshPhotoMemory()
  );
  connection.close();
  return { refused, problem, asked: odd.asked.length };
}

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
