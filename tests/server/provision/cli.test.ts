// `npm run provision` as an administrator runs it: what it needs, what it says, and how it ends.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asAdmin } from '../../support/couch-request.ts';
import { type CouchServer, startServer } from '../../support/couch-server.ts';
import { endOf, startScript } from '../../support/script.ts';

const COMMUNE = '22972';
const PASSWORD = 'mat-khau-P1';

let server: CouchServer;
let folder: string;
let accounts: string;

beforeAll(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'ocop-provision-'));
  accounts = join(folder, 'accounts.csv');
  await writeFile(
    accounts,
    `user,name,roles,communes,password\ncanbo.p,"Cán bộ mẫu P",officer,${COMMUNE},${PASSWORD}\n`
  );
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const provision = (args: readonly string[], environment: Record<string, string> = {}) =>
  endOf(startScript('src/server/provision/cli.ts', args, environment));

const withAdmin = (): string => server.url.replace('://', `://${server.admin.name}:${server.admin.password}@`);

const signIn = (name: string, password: string) => asAdmin(server).as(null).post('/_session', { name, password });

test('a dry run changes nothing; the run itself lets the officer in; a second one has nothing to do', async () => {
  const dry = await provision(['--url', withAdmin(), '--accounts', accounts, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, complained: '' });
  expect(dry.said).toContain(`ocop-${COMMUNE}`);
  expect((await signIn('canbo.p', PASSWORD)).status).toBe(401);

  const made = await provision(['--url', withAdmin(), '--accounts', accounts]);
  expect(made).toMatchObject({ code: 0, complained: '' });
  for (const what of [`ocop-${COMMUNE}`, 'canbo.p']) expect(made.said).toContain(what);
  // Neither the administrator's password nor the officer's is for a log.
  for (const secret of [server.admin.password, PASSWORD]) expect(made.said).not.toContain(secret);
  const session = await signIn('canbo.p', PASSWORD);
  expect(session.status).toBe(200);
  const cookie = session.headers.get('set-cookie') ?? '';
  const seen = await asAdmin(server).as(null).get(`/ocop-${COMMUNE}/_all_docs`, { headers: { cookie } });
  expect(seen.status).toBe(200);

  const again = await provision(['--url', server.url, '--accounts', accounts], {
    COUCHDB_USER: server.admin.name,
    COUCHDB_PASSWORD: server.admin.password
  });
  expect(again).toMatchObject({ code: 0, complained: '' });
  expect(again.said).not.toMatch(/created|updated/);
});

test.each([
  ['no address', [], /--url is missing/],
  ['an address that is none', ['--url', 'máy chủ'], /is no address/],
  ['no password', ['--url', 'http://127.0.0.1:9'], /password of the administrator is missing/],
  ['an option that is not known', ['--urll', 'x'], /urll/]
] as const)('%s is said in a sentence, with how it is used', async (_what, args, sentence) => {
  const { code, complained } = await provision(args, { COUCHDB_PASSWORD: '' });
  expect(code).toBe(1);
  expect(complained).toMatch(sentence);
  expect(complained).toContain('Usage: npm run provision');
  expect(complained).not.toMatch(/^\s+at /m);
});

test.each([
  ['a file that is not there', 'khong-co.csv', null],
  ['a row without a name', 'no-name.csv', 'user,name,roles,communes,password\n,,officer,22972,x\n'],
  ['a commune of nowhere', 'nowhere.csv', `user,name,roles,communes,password\ncanbo.q,Q,officer,00000,${PASSWORD}\n`]
] as const)('%s stops it before anything is changed', async (_what, file, text) => {
  const path = join(folder, file);
  if (text !== null) await writeFile(path, text);
  const { code, said, complained } = await provision(['--url', withAdmin(), '--accounts', path]);
  expect(code).toBe(1);
  expect(said).not.toMatch(/created|updated/);
  expect(complained).not.toBe('');
  expect(complained).not.toMatch(/^\s+at /m);
});

test('a server that does not answer, and one that does not let the administrator in, are told apart', async () => {
  const away = await provision(['--url', 'http://admin:x@127.0.0.1:9', '--accounts', accounts]);
  expect(away.code).toBe(1);
  const wrong = await provision(['--url', server.url, '--accounts', accounts], { COUCHDB_PASSWORD: 'sai' });
  expect(wrong.code).toBe(1);
  for (const { complained } of [away, wrong]) {
    expect(complained).not.toBe('');
    expect(complained).not.toMatch(/^\s+at /m);
  }
  expect(away.complained).toMatch(/^No CouchDB answers at http:\/\/127\.0\.0\.1:9: /);
  expect(wrong.complained).toMatch(/401|administrator/);
});
