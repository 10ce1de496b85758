// Whatever is asked of the embedded server, it answers, cleanly, and lives.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CouchRequests, asAdmin } from '../support/couch-request.ts';
import { type CouchServer, startServer } from '../support/couch-server.ts';

let server: CouchServer;
let admin: CouchRequests;

beforeAll(async () => {
  server = await startServer();
  admin = asAdmin(server);
});

afterAll(() => server.stop());

const below = [
  '',
  '/doc',
  '/doc/file.txt',
  '/doc?rev=abc',
  '/doc?open_revs=1',
  '/doc?new_edits=false',
  '/%E0%A4%A',
  '/__proto__',
  '/_local/a',
  '/_design/a',
  '/_design/a/_view/b',
  '/_design/a/_show/b',
  '/_bulk_docs',
  '/_bulk_get',
  '/_revs_diff',
  '/_all_docs?keys=1',
  '/_all_docs?startkey=%7B',
  '/_all_docs?limit=%22a%22',
  '/_changes?feed=bad',
  '/_changes?limit=abc',
  '/_changes?filter=x/y',
  '/_changes?filter=_view&view=a/b',
  '/_find',
  '/_index',
  '/_index/a/json/b',
  '/_security',
  '/_compact',
  '/_purge',
  '/_explain',
  '/_nonsense'
].map((path) => `/db${path}`);
const paths = [
  ...below,
  '/',
  '/_users',
  '/_session',
  '/_replicate',
  '/_node/_local/_config',
  '/_nonsense',
  '/UPPER',
  '/%'
];

const hash = 'a'.repeat(32);
const bodies: unknown[] = [
  '',
  '{',
  null,
  [],
  1,
  'x',
  {},
  { docs: 1 },
  { docs: [null] },
  { docs: [{ _id: 1 }] },
  { docs: [{ _id: 'x', _rev: 'zz' }] },
  { docs: [{ _id: 'x', _attachments: 1 }] },
  { docs: [{ _id: 'x', _attachments: { a: 1 } }] },
  { docs: [{ _id: 'x', _attachments: { a: { data: 5 } } }] },
  { docs: [{ _id: 'x', _attachments: { a: { data: '***' } } }] },
  { docs: [{ _id: 'x', _attachments: { a: { stub: true } } }] },
  { new_edits: false, docs: [{ _id: 'x' }] },
  { new_edits: false, docs: [{ _id: 'y', _rev: `1-${hash}`, _revisions: { start: 'a', ids: [] } }] },
  { new_edits: false, docs: [{ _id: 'z', _rev: `3-${hash}`, _revisions: { start: 1, ids: [hash, 'b', 'c'] } }] },
  { keys: [1] },
  { selector: { $bad: 1 } },
  { selector: { a: { $regex: '(' } } },
  { selector: { a: { $gt: 1 } }, sort: ['zz'] },
  { index: { fields: [1, {}] } },
  { doc: ['1-a', 2] },
  { validate_doc_update: 'throw 1' },
  { validate_doc_update: 'function () { while (true) {} }' },
  { views: { b: { map: '(' } } },
  { name: 1, password: 2 },
  { _deleted: true },
  { admins: 1 }
];

test('never with a fault of its own', async () => {
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH'),
      fc.constantFrom(...paths),
      fc.constantFrom(...bodies),
      async (method, path, body) => {
        const hasBody = method === 'PUT' || method === 'POST';
        await admin.put('/db');
        const { status, text } = await admin.ask(method, path, hasBody ? body : undefined);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(status === 501 || status < 500, text).toBe(true);
        const isReplaced = path === '/db/_design/a' && method === 'PUT' && status === 201;
        if (isReplaced) await admin.delete('/db');
      }
    ),
    { numRuns: process.env['LONG'] === undefined ? 400 : 20_000 }
  );
  expect((await admin.get('/')).json).toMatchObject({ couchdb: 'Welcome' });
  for (const status of [200, 201, 400, 404, 405, 501]) expect(seen.get(status) ?? 0).toBeGreaterThan(0);
}, 600_000);

test('requests that are broken off, and databases that disappear under them', async () => {
  const tasks = Array.from({ length: 60 }, async (_, i) => {
    await admin.put('/shaky');
    const leaving = new AbortController();
    const docs = Array.from({ length: 20 }, (_, n) => ({ _id: `d${n}`, text: 'x'.repeat(5000) }));
    const writing = admin.post('/shaky/_bulk_docs', { docs }, { signal: leaving.signal }).catch(() => null);
    const reading = admin.get('/shaky/_changes?include_docs=true&feed=longpoll&timeout=50').catch(() => null);
    if (i % 3 === 0) leaving.abort();
    if (i % 5 === 0) await admin.delete('/shaky');
    const answers = await Promise.all([writing, reading, admin.get('/shaky/_all_docs')]);
    for (const answer of answers) if (answer) expect([200, 201, 404]).toContain(answer.status);
  });
  await Promise.all(tasks);
  expect((await admin.get('/')).status).toBe(200);
});
