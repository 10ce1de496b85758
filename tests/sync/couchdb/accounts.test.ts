// Two accounts on one browser and one server with the real rules: whose cookie the requests carry, and whose documents they are.
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authoriser } from '#lib/app/sync/authorise.ts';
import { outboxCounts, unsentCount } from '#lib/storage/outbox.ts';
import type { Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { signIn } from '#lib/sync/couchdb/session.ts';
import { Fixtures } from '../../support/couch-fixtures.ts';
import type { Login } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';
import { type Device, aDevice } from '../support/device.ts';

const NOTHING = { waiting: 0, refused: 0, conflict: 0 };

let server: CouchServer;
let fixtures: Fixtures;
let code: string;
let database: string;
let officer: Login;
let colleague: Login;
/** The one cookie that the browser has. */
let cookie = '';
let afterRequest: (url: string) => Promise<void>;
let asked: string[];
let connection: CouchConnection;
let remote: Remote;
let phone: Device;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
});
afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

beforeEach(async () => {
  ({ code, database } = await fixtures.commune());
  officer = await fixtures.account(['officer', `commune:${code}`]);
  colleague = await fixtures.account(['officer', `commune:${code}`]);
  afterRequest = async () => undefined;
  asked = [];
  connection = new CouchConnection(server.url, { fetch: browser, now: () => '2026-11-23T01:00:00.000Z' });
  remote = connection.remote(new AbortController().signal);
  phone = aDevice(officer.name);
  await signedIn(officer);
});
afterEach(() => {
  connection.close();
});

async function request(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Cookie', cookie);
  const response = await fetch(url, { ...init, headers });
  const set = response.headers.get('set-cookie');
  if (set !== null) cookie = set.split(';')[0] ?? '';
  return response;
}

async function browser(url: string, init: RequestInit): Promise<Response> {
  const response = await request(url, init);
  asked.push(new URL(url).pathname);
  await afterRequest(new URL(url).pathname);
  return response;
}

async function signedIn({ name, password }: Login): Promise<void> {
  const done = await signIn(server.url, name, password, { fetch: request });
  if (!done.ok) throw new Error(done.error.tag);
}

function sync(device = phone, account = officer) {
  const { signal } = new AbortController();
  return device.sync(remote, [database], 'both', signal, authoriser(connection, account.name, signal));
}

async function producer(name: string, device = phone): Promise<string> {
  const made = await device.store.create('producer', code, { name });
  if (!made.ok) throw new Error(made.error.tag);
  return made.value._id;
}

/** Ids of all documents on the server, with who wrote them last. */
async function onServer(): Promise<Record<string, string>> {
  const { json } = await fixtures.admin.get(`/${database}/_all_docs?include_docs=true`);
  const rows: { id: string; doc: { updatedBy: string } }[] = Object(json).rows;
  return Object.fromEntries(
    rows.filter(({ id }) => !id.startsWith('_')).map(({ id, doc }) => [id, doc.updatedBy] as const)
  );
}

const writes = () => asked.filter((path) => path.endsWith('_bulk_docs')).length;

describe('somebody else signs in in the middle of a run (law 14)', () => {
  beforeEach(async () => {
    await sync();
    phone.memory.batchBytes.set(database, 1);
  });

  test('the run ends and asks to sign in; nothing is refused, and all of it goes under the own account later', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 80; i++) ids.push(await producer(`Cơ sở mẫu ${i}`));
    const asking = ids.map((id) => ({ id, name: officer.name }));
    asked = [];
    afterRequest = async () => {
      if (writes() === 1) await signedIn(colleague);
    };
    const outcome = await sync();
    expect(outcome.problems.get(database)).toEqual({ tag: 'signedOut' });
    const sent = Object.keys(await onServer()).length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(ids.length);
    expect(await outboxCounts(phone.store)).toEqual({ ...NOTHING, waiting: ids.length - sent });
    // No batch but the one that was under way, and the one that the server refused.
    expect(writes()).toBeLessThanOrEqual(3);
    afterRequest = async () => undefined;
    await signedIn(officer);
    await sync();
    expect(await onServer()).toEqual(Object.fromEntries(asking.map(({ id, name }) => [id, name])));
    expect(await outboxCounts(phone.store)).toEqual(NOTHING);
  });

  test('the same when it is nobody: the cookie is gone', async () => {
    for (let i = 0; i < 80; i++) await producer(`Cơ sở mẫu ${i}`);
    asked = [];
    afterRequest = async () => {
      if (writes() > 0) cookie = '';
    };
    const outcome = await sync();
    expect(outcome.problems.get(database)).toEqual({ tag: 'signedOut' });
    expect((await outboxCounts(phone.store)).refused).toBe(0);
  });

  test('the same when it is somebody of another commune: that is no commune taken away', async () => {
    const stranger = await fixtures.account(['officer', 'commune:00000']);
    for (let i = 0; i < 80; i++) await producer(`Cơ sở mẫu ${i}`);
    asked = [];
    afterRequest = async () => {
      if (writes() === 1) await signedIn(stranger);
    };
    const outcome = await sync();
    expect(outcome.problems.get(database)).toEqual({ tag: 'signedOut' });
    expect((await outboxCounts(phone.store)).refused).toBe(0);
  });

  test('what the server refuses the account itself is refused, for one question more', async () => {
    const id = await producer('Cơ sở mẫu');
    await phone.store.tables.docs.where('id').equals(id).modify({ 'doc.updatedBy': colleague.name });
    asked = [];
    const outcome = await sync();
    expect(outcome).toMatchObject({ refused: 1, problems: new Map() });
    expect(asked.filter((path) => path.endsWith('/_session'))).toHaveLength(2);
  });
});

describe('a database that was made anew (law 9)', () => {
  test('gets from each account what is its own; nobody sees a refusal of what is somebody else’s', async () => {
    const [mine, theirs] = [await producer('Của cán bộ'), await phone.store.create('survey', code, survey())];
    if (!theirs.ok) throw new Error(theirs.error.tag);
    await sync();
    const other = aDevice(colleague.name);
    const asColleague = async () => {
      await signedIn(colleague);
      return sync(other, colleague);
    };
    await asColleague();
    const own = await producer('Của đồng nghiệp', other);
    await asColleague();
    await madeAnew();
    const outcome = await asColleague();
    expect(outcome).toMatchObject({ refused: 0, conflicts: 0, problems: new Map() });
    expect(Object.keys(await onServer())).toEqual([own]);
    expect(await outboxCounts(other.store)).toEqual(NOTHING);
    expect(await unsentCount(other.store)).toBe(0);
    expect(await other.store.get('survey', theirs.value._id)).toMatchObject({ sending: { state: 'lost' } });
    await signedIn(officer);
    await sync();
    await asColleague();
    expect(Object.keys(await onServer()).sort()).toEqual([mine, theirs.value._id, own].sort());
    expect(await other.store.get('survey', theirs.value._id)).toMatchObject({ sending: { state: 'sent' } });
    expect(await other.store.tables.outbox.count()).toBe(0);
  });

  async function madeAnew(): Promise<void> {
    const [design, security] = await Promise.all([
      fixtures.admin.get(`/${database}/_all_docs?include_docs=true&startkey="_design/"&endkey="_design0"`),
      fixtures.admin.get(`/${database}/_security`)
    ]);
    await fixtures.admin.delete(`/${database}`);
    await fixtures.admin.put(`/${database}`);
    await fixtures.admin.put(`/${database}/_security`, security.json);
    for (const { doc } of Object(design.json).rows) {
      const { _rev, ...rest } = doc;
      await fixtures.admin.put(`/${database}/${rest._id}`, rest);
    }
  }
});

const survey = () => ({
  productId: 'product:1',
  producerId: 'producer:1',
  formId: 'product-survey',
  formVersion: 1,
  status: 'draft' as const,
  trail: [],
  answers: { q1: 1 }
});
