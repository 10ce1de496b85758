// A new version: offered, never forced; it waits while an editor is open in any tab.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD, NEXT_BUILD } from '../../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../../support/couch-server.ts';
import type { Shell } from '../pages/shell.ts';
import { signInFresh } from '../pages/shell.ts';
import { OFFICER_A, furnish } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

/** A server whose app is replaced while it runs, as an office does it. */
const upgrading = test.extend<{ upgrade: () => Promise<void> }>({
  server: async ({ installation }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ocop-app-'));
    await cp(BUILD, folder, { recursive: true });
    const server: CouchProcess = await startServerProcess({ serveApp: folder, port: installation.port });
    await furnish(server);
    await use(Object.assign(server, { appFolder: folder }));
    await server.stop();
    await rm(folder, { recursive: true });
  },
  upgrade: async ({ server }, use) => {
    await use(async () => {
      if (!('appFolder' in server) || typeof server.appFolder !== 'string') throw new Error('No folder to replace.');
      await cp(NEXT_BUILD, server.appFolder, { recursive: true, force: true });
    });
  }
});

/** Looks for the new version as Settings does, and waits until it is on the phone. */
async function find(phone: Phone, shell: Shell): Promise<void> {
  await shell.go('Cài đặt');
  await phone.page.getByRole('button', { name: 'Kiểm tra bản mới' }).click();
  // All its files have to come first.
  await expect(phone.page.getByRole('button', { name: 'Cập nhật' }).first()).toBeVisible({ timeout: 45_000 });
}

upgrading('a new version is offered and taken on a tap', async ({ phone, upgrade }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await upgrade();
  await find(phone, shell);
  await expect(phone.page.getByText('next', { exact: true })).toHaveCount(0);
  await shell.updateBanner.getByRole('button', { name: 'Cập nhật' }).click();
  await expect(phone.page.getByText('next', { exact: true })).toBeVisible();
  await expect(shell.updateBanner).toHaveCount(0);
});

upgrading('taken in one tab, it comes in the other tab too', async ({ phone, upgrade }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  const other = await phone.newTab('/settings');
  await expect(other.getByRole('button', { name: 'Kiểm tra bản mới' })).toBeVisible();
  await upgrade();
  await find(phone, shell);
  await shell.updateBanner.getByRole('button', { name: 'Cập nhật' }).click();
  await expect(other.getByText('next', { exact: true })).toBeVisible();
});

upgrading(
  'an untouched new version is there after the browser was killed, also offline',
  async ({ phone, server, upgrade }) => {
    const shell = await signInFresh(phone, OFFICER_A);
    await upgrade();
    await find(phone, shell);
    await server.kill();
    await phone.kill();
    await phone.start();
    await phone.open('/settings');
    // The first start still shows what it was opened with; with no tab left the new version takes over.
    await phone.kill();
    await phone.start();
    await phone.open('/settings');
    await expect(phone.page.getByText('next', { exact: true })).toBeVisible();
  }
);

upgrading('a new version waits while an editor is open, here or in another tab', async ({ phone, upgrade }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  const editor = await phone.newTab('/producer/new');
  const name = editor.getByLabel('Tên chủ thể');
  await name.fill('Cơ sở m');
  await upgrade();
  await find(phone, shell);
  await expect(shell.updateBanner).toHaveCount(0);
  await phone.page.getByRole('button', { name: 'Cập nhật' }).click();
  await expect(phone.page.getByText('Đang mở phiếu ở cửa sổ khác.')).toBeVisible();
  await expect(name).toHaveValue('Cơ sở m');

  await editor.getByRole('link', { name: 'Quay lại' }).click();
  await shell.updateBanner.getByRole('button', { name: 'Cập nhật' }).click();
  await expect(phone.page.getByText('next', { exact: true })).toBeVisible();
});

upgrading('an offer steps aside for an editor that is opened after it, and comes back', async ({ phone, upgrade }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await upgrade();
  await find(phone, shell);
  await expect(shell.updateBanner).toBeVisible();
  await shell.go('Sản phẩm');
  await expect(shell.updateBanner).toBeVisible();
  await phone.page.getByRole('button', { name: 'Thêm' }).click();
  await phone.page.getByRole('button', { name: /Chủ thể mới/ }).click();
  await expect(phone.page.getByLabel('Tên chủ thể')).toBeVisible();
  await expect(shell.updateBanner).toHaveCount(0);
  await phone.page.getByRole('link', { name: 'Quay lại' }).click();
  await expect(shell.updateBanner).toBeVisible();
});
