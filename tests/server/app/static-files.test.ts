// The app as the server hands it out: types, caching, compression, the shell for every screen, nothing beside it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CouchServer, startServer } from '../../support/couch-server.ts';

const SHELL = '<!doctype html><title>Sổ tay</title><script>window.started = 1</script><script src="/a.js"></script>';
const CHUNK = `export const text = '${'chữ '.repeat(500)}';`;

let folder: string;
let server: CouchServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ocop-build-'));
  const build = join(folder, 'build');
  await mkdir(join(build, '_app/immutable'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(build, 'index.html'), SHELL);
  await writeFile(join(build, '_app/immutable/chunk.js'), CHUNK);
  await writeFile(join(build, 'manifest.webmanifest'), '{}');
  await writeFile(join(build, 'service-worker.js'), '');
  server = await startServer({ serveApp: build });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Received {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly bytes: Buffer;
}

/** A request whose path is sent as it is, and whose answer is not unpacked. */
const ask = (path: string, headers: Record<string, string> = {}): Promise<Received> =>
  new Promise((resolve, reject) => {
    get(server.origin, { path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) })
      );
    }).on('error', reject);
  });

test.each([
  ['/', 'text/html; charset=utf-8', 'no-store'],
  ['/_app/immutable/chunk.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
  ['/service-worker.js', 'text/javascript; charset=utf-8', 'no-cache']
])('%s is %s, %s', async (path, type, cache) => {
  const { status, headers } = await ask(path);
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': type, 'cache-control': cache, 'x-content-type-options': 'nosniff' });
});

describe('compression', () => {
  test.each([
    ['br', (bytes: Buffer) => brotliDecompressSync(bytes)],
    ['gzip', (bytes: Buffer) => gunzipSync(bytes)]
  ])('%s', async (encoding, unpack) => {
    const { headers, bytes } = await ask('/_app/immutable/chunk.js', { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(bytes.length).toBeLessThan(200);
    expect(unpack(bytes).toString('utf8')).toBe(CHUNK);
  });

  test('none where the browser reads none', async () => {
    const { headers, bytes } = await ask('/_app/immutable/chunk.js');
    expect(headers['content-encoding']).toBeUndefined();
    expect(bytes.toString('utf8')).toBe(CHUNK);
  });
});

test('every screen gets the shell, a missing file does not', async () => {
  for (const path of ['/product/01KA', '/today?tab=1', '/sync']) expect((await ask(path)).bytes.toString()).toBe(SHELL);
  expect((await ask('/_app/immutable/gone.js')).status).toBe(404);
});

test('nothing outside the build is handed out', async () => {
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/_app/../../secret.txt', '/%2e%2e/secret.txt', '/%']) {
    const { status, bytes } = await ask(path);
    expect(status).toBe(404);
    expect(bytes.toString()).not.toContain('secret');
  }
});

test('what the browser has is not sent again; a new build is', async () => {
  const { headers } = await ask('/');
  const etag = String(headers['etag']);
  expect((await ask('/', { 'if-none-match': etag })).status).toBe(304);
  await writeFile(join(folder, 'build/index.html'), SHELL.replace('Sổ tay', 'Sổ tay mới'));
  const newer = await ask('/', { 'if-none-match': etag });
  expect(newer.status).toBe(200);
  expect(newer.bytes.toString()).toContain('Sổ tay mới');
  await writeFile(join(folder, 'build/index.html'), SHELL);
});

test('the shell runs its own scripts and nothing foreign', async () => {
  const policy = String((await ask('/')).headers['content-security-policy']);
  expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-`);
  expect(policy.match(/'sha256-/g)).toHaveLength(1);
  expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
});

test('the app learns where its CouchDB is', async () => {
  const { headers, bytes } = await ask('/config.json');
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(bytes.toString())).toEqual({ couch: '/couch', province: 'Lâm Đồng', provinceCode: '68' });
  expect((await ask('/couch/')).bytes.toString()).toContain('"couchdb":"Welcome"');
  expect((await ask('/couch')).bytes.toString()).toContain('"couchdb":"Welcome"');
});
