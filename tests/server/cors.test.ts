// Pages of other origins: allowed with their cookies, also when the answer is no. A CouchDB of a province is set up for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asAdmin } from '../support/couch-request.ts';
import { type CouchServer, startServer } from '../support/couch-server.ts';

const ORIGIN = 'http://127.0.0.1:4173';
let server: CouchServer;

beforeAll(async () => {
  server = await startServer();
  await asAdmin(server).put('/t1');
});
afterAll(() => server.stop());

test('asks before (preflight): methods and headers that a replication needs', async () => {
  const { status, headers } = await asAdmin(server)
    .as(null)
    .ask('OPTIONS', '/t1/_bulk_docs', undefined, {
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization'
      }
    });
  expect([200, 204]).toContain(status);
  expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'HEAD']) {
    expect(headers.get('access-control-allow-methods')).toContain(method);
  }
  expect(headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-type');
});

test.each([
  ['a member', true, 200],
  ['nobody', false, 401]
])('%s is answered with the origin named', async (_who, isIn, status) => {
  const asked = isIn ? asAdmin(server) : asAdmin(server).as(null);
  const answer = await asked.get('/t1', { headers: { origin: ORIGIN } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
});
