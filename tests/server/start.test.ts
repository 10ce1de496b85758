// What `npm start` and `npm run dev` say when they cannot start, and what they keep.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSettings } from '#server/settings.ts';

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

test('a busy port is answered with one sentence and a way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/dev.ts'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'ignore', 'pipe']
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  other.close();
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is in use by another program.`);
  expect(said).toContain(`PORT=${port + 1} npm start`);
  expect(said).not.toContain('at '); // No stack.
});
