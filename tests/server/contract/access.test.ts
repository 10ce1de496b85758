// Sessions, accounts and `_security`, as CouchDB does them (embedded, or COUCHDB_URL).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixtures } from '../../support/couch-fixtures.ts';
import { type Login, freshName } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

let server: CouchServer;
let fixtures: Fixtures;
let database: string;
let member: Login;
let stranger: Login;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
  await fixtures.commune(); // Opens `_users` to those who have a role.
  database = await fixtures.database(['crew']);
  member = await fixtures.account(['crew', 'officer']);
  stranger = await fixtures.account(['officer']);
});

afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

const nobody = () => fixtures.admin.as(null);

async function signIn(login: Login): Promise<string> {
  const { status, headers } = await nobody().post('/_session', login);
  expect(status).toBe(200);
  return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('a session', () => {
  test('begins with a cookie that script cannot read', async () => {
    const { json, headers } = await nobody().post('/_session', member);
    expect(json).toMatchObject({ ok: true, name: member.name, roles: ['crew', 'officer'] });
    expect(headers.get('set-cookie')).toMatch(/^AuthSession=[^;]+;.*HttpOnly/i);
  });

  test('tells who one is', async () => {
    const cookie = await signIn(member);
    const { json } = await nobody().get('/_session', { headers: { cookie } });
    expect(json).toMatchObject({ ok: true, userCtx: { name: member.name, roles: ['crew', 'officer'] } });
    expect((await nobody().get('/_session')).json).toMatchObject({ ok: true, userCtx: { name: null, roles: [] } });
  });

  test('does not begin with a wrong password', async () => {
    const { status, json } = await nobody().post('/_session', { ...member, password: 'wrong' });
    expect(status).toBe(401);
    expect(json).toMatchObject({ error: 'unauthorized' });
  });

  test('cannot be forged', async () => {
    const cookie = await signIn(member);
    const forged = `${cookie.slice(0, -6)}AAAAAA`;
    expect([400, 401, 403]).toContain((await nobody().get(`/${database}`, { headers: { cookie: forged } })).status);
  });

  test('ends', async () => {
    const { status, headers } = await nobody().delete('/_session', { headers: { cookie: await signIn(member) } });
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toMatch(/^AuthSession=;/);
  });
});

describe('a database', () => {
  test.each(['_all_docs', '_changes', 'some-document', '_security'])('shows %s to members only', async (path) => {
    expect((await fixtures.admin.as(member).get(`/${database}/${path}`)).status).not.toBe(403);
    expect((await fixtures.admin.as(stranger).get(`/${database}/${path}`)).status).toBe(403);
    expect((await nobody().get(`/${database}/${path}`)).status).toBe(401);
  });

  test('takes documents from members only', async () => {
    const as = (login: Login) => fixtures.admin.as(login).put(`/${database}/${freshName('d')}`, { n: 1 });
    expect((await as(member)).status).toBe(201);
    expect((await as(stranger)).status).toBe(403);
  });

  test('keeps rules and rights from its members', async () => {
    const asMember = fixtures.admin.as(member);
    expect((await asMember.put(`/${database}/_design/x`, {})).status).toBeGreaterThanOrEqual(401);
    expect((await asMember.put(`/${database}/_security`, {})).status).toBeGreaterThanOrEqual(401);
    expect((await asMember.put(`/${freshName('t')}`)).status).toBeGreaterThanOrEqual(401);
    expect((await asMember.delete(`/${database}`)).status).toBeGreaterThanOrEqual(401);
    const { json } = await asMember.post(`/${database}/_bulk_docs`, { docs: [{ _id: '_design/x' }] });
    expect(json).toMatchObject([{ id: '_design/x' }]);
    expect(json).not.toMatchObject([{ ok: true }]);
  });

  test('is the administrators’ alone until it is opened', async () => {
    const name = freshName('t');
    await fixtures.admin.put(`/${name}`);
    expect((await fixtures.admin.as(member).get(`/${name}`)).status).toBe(403);
    await fixtures.admin.delete(`/${name}`);
  });
});

describe('an account', () => {
  const documentOf = ({ name }: Login): string => `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;

  test('reads its own document, without its password', async () => {
    const { status, json, text } = await fixtures.admin.as(member).get(documentOf(member));
    expect(status).toBe(200);
    expect(json).toMatchObject({ name: member.name, password_scheme: 'pbkdf2' });
    expect(text).not.toContain(member.password);
  });

  test('does not see others', async () => {
    expect([403, 404]).toContain((await fixtures.admin.as(stranger).get(documentOf(member))).status);
    expect([401, 403]).toContain((await fixtures.admin.as(stranger).get('/_users/_all_docs')).status);
    expect([401, 403, 404]).toContain((await nobody().get(documentOf(member))).status);
  });

  test('changes its password and signs in with the new one', async () => {
    const person = await fixtures.account(['officer']);
    const { json } = await fixtures.admin.as(person).get(documentOf(person));
    const changed = { ...(json as object), password: 'secret-2' };
    expect((await fixtures.admin.as(person).put(documentOf(person), changed)).status).toBe(201);
    const statusWith = async (password: string) => (await nobody().post('/_session', { ...person, password })).status;
    // CouchDB remembers accounts and hears of a change a moment later.
    await expect.poll(() => statusWith('secret-2')).toBe(200);
    await expect.poll(() => statusWith(person.password)).toBe(401);
  });

  test('cannot give itself a role, nor take a name that is not its own', async () => {
    const { json } = await fixtures.admin.as(stranger).get(documentOf(stranger));
    const promoted = { ...(json as object), roles: ['officer', 'crew'] };
    expect((await fixtures.admin.as(stranger).put(documentOf(stranger), promoted)).status).toBe(403);
    const other = { type: 'user', name: freshName('u'), roles: [], password: 'secret-1' };
    const made = await fixtures.admin.as(stranger).put(documentOf({ ...other }), other);
    expect([401, 403, 404]).toContain(made.status);
  });

  test('loses a database with its role, also in a running session', async () => {
    const person = await fixtures.account(['crew']);
    const cookie = await signIn(person);
    const look = () => nobody().get(`/${database}`, { headers: { cookie } });
    expect((await look()).status).toBe(200);
    const { json } = await fixtures.admin.get(documentOf(person));
    await fixtures.admin.put(documentOf(person), { ...(json as object), roles: ['officer'] });
    await expect.poll(async () => (await look()).status).toBe(403);
  });
});
