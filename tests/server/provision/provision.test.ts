// Provisioning a CouchDB (embedded, or COUCHDB_URL): what it makes, that it changes nothing twice, that it upgrades.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { AccountRow } from '#server/provision/accounts.ts';
import { couchClient } from '#server/provision/couch-client.ts';
import { type Plan, provision } from '#server/provision/provision.ts';
import { type CouchRequests, asAdmin, freshName } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

let server: CouchServer;
let admin: CouchRequests;
const code = `8${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;
const database = communeDatabase(code);
const account: AccountRow = {
  user: freshName('prov'),
  name: 'Cán bộ mẫu P',
  roles: ['officer', `commune:${code}`],
  password: 'matkhau-1'
};
const userPath = `/_users/${encodeURIComponent(`org.couchdb.user:${account.user}`)}`;
const personPath = `/ocop-reference/${encodeURIComponent(`person:${account.user}`)}`;

beforeAll(async () => {
  server = await contractServer();
  admin = asAdmin(server);
});

afterAll(async () => {
  await admin.delete(`/${database}`);
  for (const path of [userPath, personPath]) {
    const { json } = await admin.get(path);
    await admin.delete(`${path}?rev=${(json as { _rev: string })._rev}`);
  }
  await server.stop();
});

const run = async (changes: Partial<Plan> = {}) => {
  const plan = { accounts: [account], communes: [], origin: null, resetPasswords: false, dryRun: false, ...changes };
  const made = await provision(couchClient(server.url, server.admin), plan);
  return made.filter(({ action }) => action === 'created' || action === 'updated').map(({ what }) => what);
};

test('a dry run says what it would do and does nothing', async () => {
  expect(await run({ dryRun: true })).toEqual(
    expect.arrayContaining([`database ${database}`, `account ${account.user}`, `person ${account.user}`])
  );
  expect((await admin.get(`/${database}`)).status).toBe(404);
  expect((await admin.get(userPath)).status).toBe(404);
  expect((await admin.get(personPath)).status).toBe(404);
});

test('the first run makes databases, rights, rules and accounts', async () => {
  expect(await run()).toEqual(
    expect.arrayContaining([
      `database ${database}`,
      `security of ${database}`,
      `rules of ${database}`,
      `account ${account.user}`,
      `person ${account.user}`
    ])
  );
  const asOfficer = admin.as({ name: account.user, password: account.password });
  expect((await asOfficer.get(`/${database}`)).status).toBe(200);
  expect((await asOfficer.get('/ocop-reference')).status).toBe(200);
  expect((await asOfficer.put('/ocop-reference/x', {})).status).toBe(403);
  expect((await asOfficer.get(userPath)).json).toMatchObject({ displayName: 'Cán bộ mẫu P' });
  expect((await admin.as(null).get(`/${database}`)).status).toBe(401);
});

test('the second run changes nothing', async () => {
  expect(await run()).toEqual([]);
});

test('colleagues read the name of an account, and nothing else of it', async () => {
  const asOfficer = admin.as({ name: account.user, password: account.password });
  const { status, json } = await asOfficer.get(personPath);
  expect(status).toBe(200);
  expect(parseDocument(json)).toMatchObject({
    ok: true,
    value: { kind: 'person', account: account.user, displayName: 'Cán bộ mẫu P' }
  });
  const stamps = ['commune', 'schema', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'device', 'editId'];
  expect(Object.keys(json as object).sort()).toEqual(
    ['_id', '_rev', 'kind', 'account', 'displayName', ...stamps].sort()
  );
  const renamed = { ...(json as object), displayName: 'Ai đó' };
  expect((await asOfficer.put(personPath, renamed)).status).toBe(403);
});

test('a new name is the same person', async () => {
  const before = (await admin.get(personPath)).json as { createdAt: string };
  const renamed = { ...account, name: 'Cán bộ mẫu Q' };
  expect(await run({ accounts: [renamed], dryRun: true })).toEqual([
    `account ${account.user}`,
    `person ${account.user}`
  ]);
  expect((await admin.get(personPath)).json).toEqual(before);
  expect(await run({ accounts: [renamed] })).toEqual([`account ${account.user}`, `person ${account.user}`]);
  expect((await admin.get(personPath)).json).toMatchObject({
    displayName: 'Cán bộ mẫu Q',
    createdAt: before.createdAt
  });
  expect(await run({ accounts: [renamed] })).toEqual([]);
  expect(await run()).toEqual([`account ${account.user}`, `person ${account.user}`]);
});

test('old rules and rights are brought up to date', async () => {
  const { json } = await admin.get(`/${database}/_design/ocop`);
  await admin.put(`/${database}/_design/ocop`, { ...(json as object), validate_doc_update: 'function () {}' });
  await admin.put(`/${database}/_security`, { admins: {}, members: { names: [], roles: ['officer'] } });
  expect((await run()).sort()).toEqual([`rules of ${database}`, `security of ${database}`]);
  expect((await admin.get(`/${database}/_design/ocop`)).json).toMatchObject({
    validate_doc_update: (json as { validate_doc_update: string }).validate_doc_update
  });
});

test('an account gets new roles and keeps its password, unless told otherwise', async () => {
  const promoted = { ...account, roles: ['reviewer', `commune:${code}`], password: 'matkhau-2' };
  const statusWith = async (password: string) =>
    (await admin.as(null).post('/_session', { name: account.user, password })).status;
  expect(await run({ accounts: [promoted] })).toEqual([`account ${account.user}`]);
  expect((await admin.get(userPath)).json).toMatchObject({ roles: promoted.roles });
  expect(await statusWith('matkhau-1')).toBe(200);
  expect(await run({ accounts: [promoted], resetPasswords: true })).toEqual([`account ${account.user}`]);
  await expect.poll(() => statusWith('matkhau-2')).toBe(200);
  await expect.poll(() => statusWith('matkhau-1')).toBe(401);
});

test('whoever is no administrator is told so', async () => {
  const client = couchClient(server.url, { name: account.user, password: 'matkhau-2' });
  const plan = { accounts: [], communes: [code], origin: null, resetPasswords: false, dryRun: false };
  await expect(provision(client, plan)).rejects.toThrow(/40[13]/);
});
