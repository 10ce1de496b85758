// Signing in and out, on a real server and on the odd ones.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, signOut, whoAmI } from '#lib/sync/couchdb/session.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';
import { type OddServer, anOddServer, json } from '../support/odd-server.ts';

/** `fetch` with a cookie jar of one cookie, as a browser has it. */
function aBrowser() {
  let cookie = '';
  return {
    fetch: async (url: string, init: RequestInit) => {
      const headers = new Headers(init.headers);
      if (cookie !== '') headers.set('Cookie', cookie);
      const response = await fetch(url, { ...init, headers });
      const set = response.headers.get('set-cookie');
      if (set !== null) cookie = set.split(';')[0] ?? '';
      return response;
    }
  };
}

describe('on a CouchDB', () => {
  const name = `canbo.${process.pid.toString(36)}${Date.now().toString(36)}`;
  let server: CouchServer;
  let path: string;
  let admin: (init: RequestInit) => Promise<unknown>;

  beforeAll(async () => {
    server = await contractServer();
    path = `${server.url}/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
    const credentials = Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64');
    admin = async (init) => {
      const response = await fetch(path, { ...init, headers: { Authorization: `Basic ${credentials}` } });
      return response.json();
    };
    const roles = ['officer', 'commune:22972'];
    await admin({
      method: 'PUT',
      body: JSON.stringify({ name, password: 'mật khẩu', type: 'user', roles, displayName: ' Cán bộ mẫu A ' })
    });
  });
  afterAll(async () => {
    const found = await admin({});
    const rev = typeof found === 'object' && found !== null && '_rev' in found ? String(found._rev) : '';
    await fetch(`${path}?rev=${rev}`, {
      method: 'DELETE',
      headers: {
        Authorization: `Basic ${Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64')}`
      }
    });
    await server.stop();
  });

  test('the right password opens a session that lasts until it is ended', async () => {
    const browser = aBrowser();
    expect(await whoAmI(server.url, browser)).toEqual({ ok: false, error: { tag: 'signedOut' } });
    const signed = await signIn(server.url, name, 'mật khẩu', browser);
    expect(signed).toMatchObject({ ok: true, value: { name, roles: ['officer', 'commune:22972'] } });
    // The name that people use is read where the office lets its members read their own profile; else it is the account's.
    expect(signed.ok && ['Cán bộ mẫu A', name].includes(signed.value.displayName)).toBe(true);
    expect(await whoAmI(server.url, browser)).toEqual(signed);
    expect(await signOut(server.url, browser)).toEqual({ ok: true, value: undefined });
    expect(await whoAmI(server.url, browser)).toEqual({ ok: false, error: { tag: 'signedOut' } });
  });

  test('a wrong password or name is told as one', async () => {
    const wrong = { ok: false, error: { tag: 'wrongPassword' } };
    expect(await signIn(server.url, name, 'sai', aBrowser())).toEqual(wrong);
    expect(await signIn(server.url, 'khong.co', 'sai', aBrowser())).toEqual(wrong);
  });

  test('an administrator of the server, whom CouchDB does not name in its answer', async () => {
    const signed = await signIn(server.url, server.admin.name, server.admin.password, aBrowser());
    expect(signed).toMatchObject({ ok: true, value: { name: server.admin.name } });
  });
});

describe('elsewhere', () => {
  let odd: OddServer;
  beforeAll(async () => {
    odd = await anOddServer();
  });
  afterAll(() => odd.close());

  test('the display name comes from the own profile, and the account’s name stands in for it', async () => {
    const profile = { status: 200, body: { displayName: ' Cán bộ mẫu A ' } as unknown };
    odd.answer((request, response) => {
      if (request.url === '/_session') json(response, 200, { ok: true, name: 'a', roles: [] });
      else json(response, profile.status, profile.body);
    });
    const nameNow = async () => {
      const signed = await signIn(odd.url, 'a', 'x', aBrowser());
      return signed.ok ? signed.value.displayName : signed.error;
    };
    expect(await nameNow()).toBe('Cán bộ mẫu A');
    profile.body = { displayName: '  ' };
    expect(await nameNow()).toBe('a');
    profile.status = 404;
    expect(await nameNow()).toBe('a');
  });

  test.each([
    ['too many wrong passwords', 403, { error: 'forbidden' }, { tag: 'lockedOut' }],
    ['another service', 200, { hello: 'world' }, { tag: 'notCouch' }],
    ['no CouchDB at this path', 404, { error: 'not_found' }, { tag: 'noDatabase', database: '_session' }],
    ['a broken server', 500, {}, { tag: 'server', status: 500 }]
  ])('%s', async (_name, status, body, error) => {
    odd.answer((_request, response) => json(response, status, body));
    expect(await signIn(odd.url, 'a', 'x', aBrowser())).toEqual({ ok: false, error });
  });

  test.each([403, 404])('a gateway’s %i on the session is nothing about a commune', async (status) => {
    odd.answer((_request, response) => json(response, status, { error: 'forbidden', reason: 'The gateway says so.' }));
    const error = { tag: 'rejected', status, reason: 'The gateway says so.' };
    expect(await whoAmI(odd.url, aBrowser())).toEqual({ ok: false, error });
  });

  test('a captive portal', async () => {
    odd.answer((_request, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'));
    expect(await whoAmI(odd.url, aBrowser())).toEqual({ ok: false, error: { tag: 'notCouch' } });
  });

  test('no server at all', async () => {
    const gone = await anOddServer();
    await gone.close();
    expect(await signIn(gone.url, 'a', 'x', aBrowser())).toEqual({ ok: false, error: { tag: 'offline' } });
  });
});
