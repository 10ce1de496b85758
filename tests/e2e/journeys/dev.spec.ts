// `npm run dev`: the app as it is being written, with hot reload and the embedded server on one address.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Shell } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { SyncPage } from '../pages/sync.ts';
import { SAMPLE_OFFICER } from '../people.ts';
import { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

test('a person signs in and gets the sample; the page hears of changes to the source', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ocop-dev-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/dev.ts'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit']
  });
  let phone: Phone | null = null;
  try {
    phone = await Phone.unpack(await addressOf(child.stdout), { chromium: 'shell' });
    const heard: string[] = [];
    phone.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await phone.open('/');
    const signIn = new SignInPage(phone.page);
    await signIn.begin();
    await signIn.signIn(SAMPLE_OFFICER);
    const shell = new Shell(phone.page);
    await shell.isAt('Hôm nay');
    await shell.go('Đồng bộ');
    await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
    expect(heard.map((payload): unknown => JSON.parse(payload))).toContainEqual({ type: 'connected' });
    expect(phone.complaints()).toEqual([]);
  } finally {
    await phone?.discard();
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Where the app is, as the terminal tells it. */
async function addressOf(said: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: said })) {
    const address = /^ {2}App +(http\S+)\/$/.exec(line)?.[1];
    if (address !== undefined) return address;
    lines.push(line);
  }
  throw new Error(`The server has ended: ${lines.join('\n')}`);
}
