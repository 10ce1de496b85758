// What `npm start` and `npm run dev` say when they cannot start, and what they keep.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderStorage, memoryStorage } from '#server/couch/pouch.ts';
import { startHost } from '#server/host.ts';
import { readSettings } from '#server/settings.ts';
import { CouchRequests } from '../support/couch-request.ts';
import { ADMIN } from '../support/couch-server.ts';
import { type Script, endOf, startScript } from '../support/script.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ocop-start-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('have defaults; the administrator’s password is made once and kept', async () => {
    const first = readSettings({ DATA_DIR: folder });
    expect(first).toMatchObject({ ok: true, value: { port: 8060, hostname: '127.0.0.1', dataDir: folder } });
    expect(readSettings({ DATA_DIR: folder })).toEqual(first);
    const file = join(folder, 'admin-password');
    expect((await readFile(file, 'utf8')).trim().length).toBeGreaterThanOrEqual(12);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('take what the environment says', () => {
    const settings = readSettings({ DATA_DIR: folder, PORT: '9000', ADMIN_PASSWORD: 'của tôi' });
    expect(settings).toMatchObject({ ok: true, value: { port: 9000, admin: { name: 'admin', password: 'của tôi' } } });
  });

  test.each(['abc', '-1', '65536', '80.5'])('refuse PORT=%s', (PORT) => {
    const settings = readSettings({ DATA_DIR: folder, PORT });
    expect(!settings.ok && settings.error).toMatch(/^PORT must be a number/);
  });

  test('refuse a data folder that is none', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const settings = readSettings({ DATA_DIR: join(file, 'data') });
    expect(!settings.ok && settings.error).toMatch(/^The data folder .* cannot be used/);
  });
});

describe('cannot start, and says in one sentence why and what to do:', () => {
  test('a busy port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, said } = await startUp({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is in use by another program.`);
    expect(said).toContain(`PORT=${port + 1} npm start`);
    expect(said).not.toContain('at '); // No stack.
  });

  test('a data folder with a file where a folder should be', async () => {
    await writeFile(join(folder, 'couch'), '');
    const { code, said } = await startUp();
    expect(code).toBe(1);
    expect(said).toMatch(/^The data folder \S+ cannot be used: .*\. Choose another folder: DATA_DIR=… npm start$/m);
  });

  test('a database that cannot be opened', async () => {
    await mkdir(join(folder, 'couch'));
    await writeFile(join(folder, 'couch', 'registry'), '');
    const { code, said } = await startUp();
    expect(code).toBe(1);
    expect(said).toMatch(/^The data folder \S+ cannot be used: /m);
  });

  test('a data folder that another server has open', async () => {
    const held = folderStorage(join(folder, 'couch')).open('registry');
    await held.info();
    const { code, said } = await startUp();
    await held.close();
    expect(code).toBe(1);
    expect(said).toContain(`The data folder ${folder} is in use by another server.`);
  });

  test('an address that is not of this computer', async () => {
    const { code, said } = await startUp({ HOST: '203.0.113.7' });
    expect(code).toBe(1);
    expect(said).toContain('HOST must be an address of this computer, not "203.0.113.7"');
  });
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:'],
  ['0.0.0.0', 'http://127.0.0.1:'],
  ['::1', 'http://[::1]:'],
  ['::', 'http://[::1]:']
])('HOST=%s is reached at %s', async (hostname, address) => {
  const host = await startHost({ storage: memoryStorage(), admin: ADMIN, port: 0, hostname });
  expect(host.origin.startsWith(address)).toBe(true);
  expect((await fetch(`${host.couchUrl}/`)).status).toBe(200);
  await host.close();
});

test('tells where everything is and how to sign in, and what it tells is so', async () => {
  const child = spawnStart({ PORT: '0' });
  const said = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('Ctrl+C')) resolve(text);
    });
  });
  const {
    app = '',
    couch = '',
    password = ''
  } = /App +(?<app>http\S+)[^]*CouchDB +(?<couch>http\S+) .*administrator: admin \/ (?<password>[^)]+)\)/.exec(said)
    ?.groups ?? {};
  expect(await (await fetch(`${app}config.json`)).json()).toMatchObject({ couch: '/couch' });
  const nobody = new CouchRequests(couch.replace(/\/$/, ''), null);
  const session = (name: string, secret: string) => nobody.post('/_session', { name, password: secret });
  expect((await session('admin', password)).status).toBe(200);
  const accounts = [...said.matchAll(/^ {2}([\w.]+) +(\S+) {3}\S/gm)].filter(([, name]) => /\./.test(name ?? ''));
  expect(accounts.length).toBeGreaterThan(1);
  for (const [, name = '', secret = ''] of accounts) expect((await session(name, secret)).status).toBe(200);
  expect(said).toContain(`Data     ${folder}`);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

const spawnStart = (environment: Record<string, string>): Script =>
  startScript('tests/support/start-process.ts', [], { DATA_DIR: folder, ...environment });

/** Starts what has to fail. */
async function startUp(environment: Record<string, string> = { PORT: '0' }): Promise<{ code: unknown; said: string }> {
  const { code, complained } = await endOf(spawnStart(environment));
  return { code, said: complained };
}
