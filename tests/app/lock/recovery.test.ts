// The recovery key in the account's own document on a CouchDB (embedded, or COUCHDB_URL), and on servers that are none.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepRecoveryKey, recoveryKey } from '#lib/app/lock/recovery.ts';
import { couchClient } from '#server/provision/couch-client.ts';
import { provision } from '#server/provision/provision.ts';
import { Fixtures } from '../../support/couch-fixtures.ts';
import type { Login } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';
import { type OddServer, anOddServer, json } from '../../sync/support/odd-server.ts';

/** `fetch` of a browser in which this account is signed in. */
const signedInAs = ({ name, password }: Login) => ({
  fetch: (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Basic ${btoa(`${name}:${password}`)}`);
    return fetch(url, { ...init, headers });
  }
});
const pathOf = (name: string): string => `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;

describe('on a CouchDB', () => {
  let server: CouchServer;
  let fixtures: Fixtures;
  let officer: Login;
  const document = async () => (await fixtures.admin.get(pathOf(officer.name))).json as Record<string, unknown>;

  beforeAll(async () => {
    server = await contractServer();
    fixtures = new Fixtures(server);
    await fixtures.commune(); // Opens `_users` to those who have a role.
    officer = await fixtures.account(['officer']);
  });
  afterAll(async () => {
    await fixtures.remove();
    await server.stop();
  });

  test('each one that was left there is given back, and nothing else of the document has changed', async () => {
    const before = await document();
    const first = await keepRecoveryKey(server.url, officer.name, signedInAs(officer));
    const second = await keepRecoveryKey(server.url, officer.name, signedInAs(officer));
    if (!first.ok || !second.ok) throw new Error('not kept');
    expect(first.value.id).not.toBe(second.value.id);
    for (const { id, key } of [first.value, second.value]) {
      expect(key).toHaveLength(32);
      expect(await recoveryKey(server.url, officer.name, id, signedInAs(officer))).toEqual({ ok: true, value: key });
    }
    const { sotay_recovery: kept, _rev: _now, ...rest } = await document();
    const { _rev: _before, ...same } = before;
    expect(rest).toEqual(same);
    expect(Object.keys(kept as object)).toHaveLength(2);
  });

  test('the account signs in as before, and a password that the office has set anew finds the key as well', async () => {
    const made = await keepRecoveryKey(server.url, officer.name, signedInAs(officer));
    if (!made.ok) throw new Error('not kept');
    const statusWith = async (password: string) =>
      (await fixtures.admin.as(null).post('/_session', { name: officer.name, password })).status;
    expect(await statusWith(officer.password)).toBe(200);
    const changed = { name: officer.name, password: 'secret-of-the-office' };
    await fixtures.admin.put(pathOf(officer.name), { ...(await document()), password: changed.password });
    await expect.poll(() => statusWith(changed.password)).toBe(200);
    expect(await recoveryKey(server.url, officer.name, made.value.id, signedInAs(changed))).toEqual({
      ok: true,
      value: made.value.key
    });
    officer = changed;
  });

  test('provisioning with other roles and another password keeps it', async () => {
    const made = await keepRecoveryKey(server.url, officer.name, signedInAs(officer));
    if (!made.ok) throw new Error('not kept');
    const row = { user: officer.name, name: 'Cán bộ mẫu K', roles: ['reviewer'], password: 'secret-of-the-list' };
    const client = couchClient(server.url, server.admin);
    await provision(client, { accounts: [row], communes: [], origin: null, resetPasswords: true, dryRun: false });
    officer = { name: officer.name, password: row.password };
    expect(await document()).toMatchObject({ roles: ['reviewer'], displayName: 'Cán bộ mẫu K' });
    await expect
      .poll(() => recoveryKey(server.url, officer.name, made.value.id, signedInAs(officer)))
      .toEqual({ ok: true, value: made.value.key });
    const person = `/ocop-reference/${encodeURIComponent(`person:${officer.name}`)}`;
    const { _rev } = (await fixtures.admin.get(person)).json as { _rev: string };
    await fixtures.admin.delete(`${person}?rev=${_rev}`);
  });

  test('nobody else gets it', async () => {
    const made = await keepRecoveryKey(server.url, officer.name, signedInAs(officer));
    if (!made.ok) throw new Error('not kept');
    const stranger = await fixtures.account(['officer']);
    const asked = await recoveryKey(server.url, officer.name, made.value.id, signedInAs(stranger));
    expect(asked.ok).toBe(false);
    expect(await keepRecoveryKey(server.url, officer.name, signedInAs(stranger))).toMatchObject({ ok: false });
    expect(await recoveryKey(server.url, officer.name, made.value.id)).toMatchObject({ ok: false });
  });

  test('one that the server does not hold, or that is none, is told as that', async () => {
    const none = { ok: false, error: { tag: 'noRecovery' } };
    expect(await recoveryKey(server.url, officer.name, 'unknown', signedInAs(officer))).toEqual(none);
    await fixtures.admin.put(pathOf(officer.name), {
      ...(await document()),
      sotay_recovery: { short: btoa('short'), odd: '%%%' }
    });
    for (const id of ['short', 'odd', '__proto__', 'toString']) {
      expect(await recoveryKey(server.url, officer.name, id, signedInAs(officer)), id).toEqual(none);
    }
  });
});

describe('elsewhere', () => {
  let odd: OddServer;
  beforeAll(async () => {
    odd = await anOddServer();
  });
  afterAll(() => odd.close());
  const officer = { name: 'a', password: 'x' };

  test('an office that changes the account in the same moment loses nothing', async () => {
    const own = { _id: 'org.couchdb.user:a', _rev: '1-a', roles: ['officer'] };
    const written: unknown[] = [];
    odd.answer((request, response, body) => {
      if (request.method === 'GET') {
        json(response, 200, own);
        return;
      }
      const sent = JSON.parse(body) as { _rev: string };
      if (sent._rev === '1-a') {
        Object.assign(own, { _rev: '2-b', roles: ['reviewer'] });
        json(response, 409, { error: 'conflict' });
      } else {
        written.push(sent);
        json(response, 201, { ok: true });
      }
    });
    expect(await keepRecoveryKey(odd.url, 'a', signedInAs(officer))).toMatchObject({ ok: true });
    expect(written).toMatchObject([{ _rev: '2-b', roles: ['reviewer'] }]);
  });

  test.each([
    ['a session that is over', 401, {}, { tag: 'signedOut' }],
    ['a server where nobody reads his own document', 403, {}, { tag: 'noAccess', database: '_users' }],
    ['another service', 200, { hello: 'world' }, { tag: 'notCouch' }]
  ])('%s', async (_name, status, body, error) => {
    odd.answer((_request, response) => json(response, status, body));
    expect(await keepRecoveryKey(odd.url, 'a', signedInAs(officer))).toEqual({ ok: false, error });
    expect(await recoveryKey(odd.url, 'a', 'id', signedInAs(officer))).toEqual({ ok: false, error });
  });
});
