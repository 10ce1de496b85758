// What the embedded server has acknowledged is there after its process was killed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CouchRequests, asAdmin } from '../support/couch-request.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';

let server: CouchProcess;
let admin: CouchRequests;

beforeAll(async () => {
  server = await startServerProcess();
  admin = asAdmin(server);
  await admin.put('/notes');
});

afterAll(() => server.stop());

interface Row {
  readonly id: string;
  readonly ok?: true;
}

test('every acknowledged write survives kill -9, in the middle of writing', async () => {
  const acknowledged = new Set<string>();
  const lives = 3;
  for (let life = 0; life < lives; life++) {
    const before = acknowledged.size;
    let isDead = false;
    const writers = ['a', 'b', 'c'].map(async (writer) => {
      for (let n = 0; !isDead; n++) {
        const docs = [0, 1, 2, 3].map((i) => ({ _id: `${life}${writer}${n}-${i}`, text: 'x'.repeat(500) }));
        const { json } = await admin.post('/notes/_bulk_docs', { docs }).catch(() => ({ json: [] }));
        for (const { id, ok } of json as Row[]) if (ok) acknowledged.add(id);
      }
    });
    await expect.poll(() => acknowledged.size - before, { timeout: 10_000 }).toBeGreaterThan(100);
    await server.kill();
    isDead = true;
    await Promise.all(writers);
    await server.restart();
    const { json } = await admin.get('/notes/_all_docs');
    const stored = new Set((json as { rows: Row[] }).rows.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(300);
});

test('the server is the same one afterwards: identity, accounts, sessions, rights, places', async () => {
  const id = 'org.couchdb.user:linh';
  await admin.put(`/_users/${id}`, { _id: id, type: 'user', name: 'linh', roles: ['crew'], password: 'secret-1' });
  await admin.put('/notes/_security', { admins: {}, members: { names: [], roles: ['crew'] } });
  const signedIn = await admin.as(null).post('/_session', { name: 'linh', password: 'secret-1' });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const facts = async () => ({
    server: (await admin.get('/')).json,
    database: (await admin.get('/notes')).json,
    asMember: (await admin.as(null).get('/notes', { headers: { cookie } })).status
  });
  const before = await facts();
  expect(before.asMember).toBe(200);
  await server.restart();
  expect(await facts()).toEqual(before);
});
