// Writing and reading documents and attachments, as CouchDB does it (embedded, or COUCHDB_URL).
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixtures } from '../../support/couch-fixtures.ts';
import type { CouchRequests, Login } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

let server: CouchServer;
let fixtures: Fixtures;
let admin: CouchRequests;
let database: string;
let member: Login;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
  ({ admin } = fixtures);
  database = await fixtures.database(['crew']);
  member = await fixtures.account(['crew']);
  const validate_doc_update = `function (newDoc, oldDoc, userCtx) {
    if (newDoc.kind === 'bad') throw({ forbidden: 'bad: ' + userCtx.name + ' ' + userCtx.db });
    if (oldDoc && oldDoc.locked) throw({ forbidden: 'locked' });
  }`;
  await admin.put(`/${database}/_design/rules`, { language: 'javascript', validate_doc_update });
});

afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

const revOf = ({ json }: { json: unknown }): string => (json as { rev: string }).rev;
const hash = (letter: string): string => letter.repeat(32);

describe('one document', () => {
  test('is written, read, changed, removed', async () => {
    const made = await admin.put(`/${database}/one`, { n: 1 });
    expect(made).toMatchObject({ status: 201, json: { ok: true, id: 'one' } });
    const read = await admin.get(`/${database}/one`);
    expect(read).toMatchObject({ status: 200, json: { _id: 'one', _rev: revOf(made), n: 1 } });
    expect((await admin.put(`/${database}/one`, { n: 2 })).status).toBe(409);
    const changed = await admin.put(`/${database}/one`, { _rev: revOf(made), n: 2 });
    expect(changed.status).toBe(201);
    expect((await admin.delete(`/${database}/one?rev=${revOf(made)}`)).status).toBe(409);
    expect((await admin.delete(`/${database}/one?rev=${revOf(changed)}`)).status).toBe(200);
    expect(await admin.get(`/${database}/one`)).toMatchObject({ status: 404, json: { reason: 'deleted' } });
    expect(await admin.put(`/${database}/one`, { n: 3 })).toMatchObject({ status: 201 });
  });

  test('is answered with a date, a tag and 304', async () => {
    await admin.put(`/${database}/tagged`, { n: 1 });
    const { headers } = await admin.get(`/${database}/tagged`);
    expect(Date.parse(headers.get('date') ?? '')).not.toBeNaN();
    const again = await admin.get(`/${database}/tagged`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  test.each([
    ['an id with an underscore', '_foo', {}],
    ['a special field', 'special', { _foo: 1 }],
    ['no JSON', 'text', '{nope']
  ])('with %s is refused with 400', async (_what, id, body) => {
    expect((await admin.put(`/${database}/${id}`, body)).status).toBe(400);
  });

  test('with Vietnamese in its id and text comes back as it went', async () => {
    const path = `/${database}/${encodeURIComponent('sản phẩm: nước mắm / 1')}`;
    expect((await admin.put(path, { tên: 'Nước mắm nhĩ “40 độ”' })).status).toBe(201);
    expect((await admin.get(path)).json).toMatchObject({ _id: 'sản phẩm: nước mắm / 1', tên: 'Nước mắm nhĩ “40 độ”' });
  });
});

describe('a batch', () => {
  test('is answered row by row; a refusal delays nobody', async () => {
    const docs = [
      { _id: 'b1', n: 1 },
      { _id: 'b2', kind: 'bad' },
      { _id: 'b3', n: 3 }
    ];
    const { status, json } = await admin.as(member).post(`/${database}/_bulk_docs`, { docs });
    expect([201, 202]).toContain(status);
    expect(json).toMatchObject([
      { ok: true, id: 'b1' },
      { id: 'b2', error: 'forbidden', reason: `bad: ${member.name} ${database}` },
      { ok: true, id: 'b3' }
    ]);
    const again = await admin.post(`/${database}/_bulk_docs`, { docs: [{ _id: 'b1', n: 2 }] });
    expect(again.json).toMatchObject([{ id: 'b1', error: 'conflict' }]);
  });

  test('of two edits of one document, one wins', async () => {
    const docs = [
      { _id: 'twice', n: 1 },
      { _id: 'twice', n: 2 }
    ];
    const { json } = await admin.post(`/${database}/_bulk_docs`, { docs });
    const rows = json as { ok?: true; error?: string }[];
    expect(rows.filter(({ ok }) => ok)).toHaveLength(1);
    expect(rows.filter(({ error }) => error === 'conflict')).toHaveLength(1);
  });

  test.each([
    ['an illegal id', { _id: '_no' }, 400],
    ['a special field', { _id: 'x9', _foo: 1 }, 400],
    ['more than 8 MB', { _id: 'x9', x: 'a'.repeat(8_100_000) }, 413]
  ])('with %s fails as a whole and stores nothing', async (_what, bad, status) => {
    const answer = await admin.post(`/${database}/_bulk_docs`, { docs: [{ _id: 'innocent', n: 1 }, bad] });
    expect(answer.status).toBe(status);
    expect((await admin.get(`/${database}/innocent`)).status).toBe(404);
  });

  test('may be packed', async () => {
    const body = new Uint8Array(gzipSync(JSON.stringify({ docs: [{ _id: 'packed' }] })));
    const { json } = await admin.post(`/${database}/_bulk_docs`, body, { headers: { 'content-encoding': 'gzip' } });
    expect(json).toMatchObject([{ ok: true, id: 'packed' }]);
  });

  test('is read back by id, in the order asked', async () => {
    const { json } = await admin.post(`/${database}/_all_docs?include_docs=true`, { keys: ['b3', 'nope', 'b1'] });
    expect(json).toMatchObject({
      rows: [{ id: 'b3', doc: { n: 3 } }, { key: 'nope', error: 'not_found' }, { id: 'b1' }]
    });
  });
});

describe('replicated documents', () => {
  const push = (docs: object[], login?: Login) =>
    (login ? admin.as(login) : admin).post(`/${database}/_bulk_docs`, { new_edits: false, docs });

  test('keep their revisions; the same again is nothing new', async () => {
    const doc = { _id: 'r1', _rev: `2-${hash('b')}`, _revisions: { start: 2, ids: [hash('b'), hash('a')] }, n: 2 };
    expect((await push([doc])).text.trim()).toBe('[]');
    expect((await push([doc])).text.trim()).toBe('[]');
    const { json } = await admin.get(`/${database}/r1?revs=true`);
    expect(json).toMatchObject({ _rev: `2-${hash('b')}`, _revisions: { start: 2, ids: [hash('b'), hash('a')] } });
    const diff = await admin.post(`/${database}/_revs_diff`, { r1: [`2-${hash('b')}`, `3-${hash('c')}`] });
    expect(diff.json).toMatchObject({ r1: { missing: [`3-${hash('c')}`] } });
  });

  test('that differ become a conflict that both sides see alike', async () => {
    await push([
      { _id: 'r2', _rev: `1-${hash('1')}`, n: 1 },
      { _id: 'r2', _rev: `1-${hash('2')}`, n: 2 }
    ]);
    const { json } = await admin.get(`/${database}/r2?conflicts=true`);
    expect(json).toMatchObject({ n: 2, _conflicts: [`1-${hash('1')}`] });
    const leaves = await admin.get(`/${database}/r2?open_revs=all`);
    expect(leaves.json).toHaveLength(2);
  });

  test('are validated, and an update is really stored', async () => {
    await push([{ _id: 'r3', _rev: `1-${hash('a')}`, n: 1 }], member);
    const next = { _id: 'r3', _rev: `2-${hash('b')}`, _revisions: { start: 2, ids: [hash('b'), hash('a')] } };
    expect((await push([{ ...next, kind: 'bad' }], member)).text).toContain('bad: ');
    expect((await push([{ ...next, n: 2 }], member)).text.trim()).toBe('[]');
    expect((await admin.get(`/${database}/r3?conflicts=true`)).json).toMatchObject({ n: 2, _rev: `2-${hash('b')}` });
  });

  test('cannot pass a locked predecessor', async () => {
    await push([{ _id: 'r4', _rev: `1-${hash('a')}`, locked: true }]);
    const next = { _id: 'r4', _rev: `2-${hash('b')}`, _revisions: { start: 2, ids: [hash('b'), hash('a')] }, n: 2 };
    expect((await push([next], member)).text).toContain('locked');
    expect((await admin.get(`/${database}/r4`)).json).toMatchObject({ locked: true });
  });

  test('are fetched revision by revision', async () => {
    const docs = [{ id: 'r2', rev: `1-${hash('1')}` }, { id: 'nothing' }];
    const { json } = await admin.post(`/${database}/_bulk_get?revs=true`, { docs });
    expect(json).toMatchObject({
      results: [
        { id: 'r2', docs: [{ ok: { n: 1 } }] },
        { id: 'nothing', docs: [{ error: { error: 'not_found' } }] }
      ]
    });
  });
});

describe('local documents', () => {
  test('are kept and changed, and appear nowhere', async () => {
    const path = `/${database}/_local/checkpoint`;
    const asMember = admin.as(member);
    const made = await asMember.put(path, { seq: 'x' });
    expect(made.status).toBe(201);
    expect((await asMember.put(path, { _rev: revOf(made), seq: 'y' })).status).toBe(201);
    expect((await asMember.get(path)).json).toMatchObject({ seq: 'y' });
    expect((await admin.get(`/${database}/_all_docs`)).text).not.toContain('_local');
    expect((await admin.get(`/${database}/_changes`)).text).not.toContain('_local');
  });
});

describe('attachments', () => {
  const bytes = new Uint8Array(randomBytes(70_000));
  const base64 = Buffer.from(bytes).toString('base64');
  const bytesOf = async (path: string): Promise<Uint8Array> => {
    const { name, password } = server.admin;
    const authorization = `Basic ${btoa(`${name}:${password}`)}`;
    const response = await fetch(`${server.url}/${database}/${path}`, { headers: { authorization } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    return new Uint8Array(await response.arrayBuffer());
  };

  test('go by themselves and come back the same, whole or in part', async () => {
    const made = await admin.put(`/${database}/a1`, { n: 1 });
    const headers = { 'content-type': 'image/jpeg' };
    expect((await admin.put(`/${database}/a1/p.jpg?rev=${revOf(made)}`, bytes, { headers })).status).toBe(201);
    expect(await bytesOf('a1/p.jpg')).toEqual(bytes);
    const part = await admin.get(`/${database}/a1/p.jpg`, { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-length')).toBe('100');
  });

  test('go with their document as multipart/related', async () => {
    const document = { _attachments: { 'p.jpg': { content_type: 'image/jpeg', follows: true, length: bytes.length } } };
    const body = Buffer.concat([
      Buffer.from(`--xyz\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(document)}\r\n--xyz\r\n\r\n`),
      Buffer.from(bytes),
      Buffer.from('\r\n--xyz--')
    ]);
    const headers = { 'content-type': 'multipart/related; boundary="xyz"' };
    expect((await admin.put(`/${database}/a2`, new Uint8Array(body), { headers })).status).toBe(201);
    expect(await bytesOf('a2/p.jpg')).toEqual(bytes);
  });

  test('stay when an edit mentions them as stubs, and go when it does not', async () => {
    const attachments = { 'p.jpg': { content_type: 'image/jpeg', data: base64 } };
    await admin.put(`/${database}/a3`, { _attachments: attachments });
    const { json } = await admin.get(`/${database}/a3`);
    expect(json).toMatchObject({ _attachments: { 'p.jpg': { stub: true, length: bytes.length } } });
    const edited = await admin.put(`/${database}/a3`, { ...(json as object), n: 2 });
    expect(edited.status).toBe(201);
    expect(await bytesOf('a3/p.jpg')).toEqual(bytes);
    await admin.put(`/${database}/a3`, { _rev: revOf(edited), n: 3 });
    expect((await admin.get(`/${database}/a3/p.jpg`)).status).toBe(404);
  });

  test('that nobody has ever seen are refused with 412', async () => {
    const stub = {
      stub: true,
      content_type: 'image/jpeg',
      digest: 'md5-xxxxxxxxxxxxxxxxxxxxxx==',
      revpos: 1,
      length: 3
    };
    const docs = [{ _id: 'a4', _rev: `1-${hash('d')}`, _attachments: { 'p.jpg': stub } }];
    const { status } = await admin.post(`/${database}/_bulk_docs`, { new_edits: false, docs });
    expect(status).toBe(412);
    expect((await admin.get(`/${database}/a4`)).status).toBe(404);
  });

  test.each([
    ['no object', 1],
    ['a number for an attachment', { 'a.txt': 1 }],
    ['broken base64', { 'a.txt': { content_type: 'text/plain', data: '***' } }]
  ])('that are %s fail the request, and the server goes on', async (_what, _attachments) => {
    const { status } = await admin.post(`/${database}/_bulk_docs`, { docs: [{ _id: 'a6', _attachments }] });
    expect(status).toBe(400);
    expect((await admin.get(`/${database}/a6`)).status).toBe(404);
  });

  test('are written under the same rules as their document', async () => {
    const made = await admin.put(`/${database}/a5`, { locked: true });
    const headers = { 'content-type': 'image/jpeg' };
    const { status } = await admin.as(member).put(`/${database}/a5/p.jpg?rev=${revOf(made)}`, bytes, { headers });
    expect(status).toBe(403);
  });
});
