// The lock: set, shut at every start, opened offline; wrong PINs wait; a forgotten one is replaced with the server's word.
import { LockPage } from '../pages/lock.ts';
import { ProducerPage } from '../pages/producer.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const PIN = '482915';

/** An officer's phone with a lock, on the settings. */
async function locked(phone: Phone): Promise<LockPage> {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await phone.open('/settings');
  const lock = new LockPage(phone.page);
  await lock.switchOn(PIN);
  return lock;
}

test('set in the settings, shut at a deep link after a kill with no network, opened with what was typed', async ({
  phone,
  server,
  office
}) => {
  test.setTimeout(120_000);
  await locked(phone);
  // In good order: the cookie is on the disk.
  await phone.restart();
  await server.kill();
  await phone.open('/producer/new');
  await new LockPage(phone.page).open(PIN);
  await new ProducerPage(phone.page).register('Cơ sở mẫu 61');
  const place = new URL(phone.page.url()).pathname;
  await phone.kill();
  await phone.start();
  await phone.open(place);
  const lock = new LockPage(phone.page);
  await lock.isShut();
  await expect(phone.page.getByText('Cơ sở mẫu 61')).toHaveCount(0);
  // By the keyboard as well.
  await phone.page.keyboard.type(PIN);
  await expect(phone.page.getByText('Cơ sở mẫu 61').first()).toBeVisible();
  expect(new URL(phone.page.url()).pathname).toBe(place);

  await server.restart();
  await phone.open('/sync');
  await new LockPage(phone.page).open(PIN);
  await new SyncPage(phone.page).now.click();
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
  expect(await office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 61');
});

test('wrong PINs make one wait, also after a kill, and wipe nothing', async ({ phone }) => {
  await locked(phone);
  await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
  let lock = new LockPage(phone.page);
  await lock.isShut();
  for (const pin of ['111112', '111113']) {
    await lock.tap(pin);
    await expect(phone.page.getByText('Chưa đúng. Thử lại; dữ liệu vẫn còn trên máy.')).toBeVisible();
  }
  await lock.tap('111114');
  await expect(phone.page.getByText(/^Sai nhiều lần\. Thử lại sau 0:/)).toBeVisible();
  await phone.kill();
  await phone.start();
  await phone.open('/');
  lock = new LockPage(phone.page);
  await expect(phone.page.getByText(/^Sai nhiều lần\. Thử lại sau 0:/)).toBeVisible();
  await expect(lock.pad.getByRole('button', { name: '1', exact: true })).toBeDisabled();
  // The phone's clock is set back: the wait is no shorter for it.
  await phone.page.clock.setFixedTime(Date.now() - 3_600_000);
  await phone.page.reload();
  await expect(phone.page.getByText(/^Sai nhiều lần\. Thử lại sau 0:30/)).toBeVisible();
  await phone.page.clock.setFixedTime(Date.now() + 60_000);
  await phone.page.reload();
  await lock.open(PIN);
  await new Shell(phone.page).isAt('Hôm nay');
});

test('a forgotten PIN is replaced with the password, which the office has changed meanwhile; nothing is lost', async ({
  phone,
  office
}) => {
  test.setTimeout(120_000);
  await locked(phone);
  await phone.setOffline(true);
  await phone.open('/producer/new');
  await new LockPage(phone.page).open(PIN);
  await new ProducerPage(phone.page).register('Cơ sở mẫu 62');
  await phone.open('/sync');
  await new LockPage(phone.page).isShut();
  await office.changePassword(OFFICER_B.name, 'mat-khau-moi');
  await phone.setOffline(false);
  await phone.page.getByRole('button', { name: 'Quên PIN?' }).click();
  const sheet = phone.page.getByRole('dialog', { name: 'Đặt PIN mới' });
  await sheet.getByLabel(/^Mật khẩu của/).fill('mat-khau-moi');
  await sheet.getByRole('button', { name: 'Tiếp tục' }).click();
  const lock = new LockPage(phone.page);
  await lock.tap('593016', 'Chọn PIN 6 số');
  await lock.tap('593016', 'Nhập lại PIN');
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
  expect(await office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 62');
  await phone.page.reload();
  await lock.open('593016');
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
});

test('what is unsent goes up although the app is shut, unless the person does not want it', async ({
  phone,
  server,
  office
}) => {
  test.setTimeout(120_000);
  for (const [name, stays] of [
    ['Cơ sở mẫu 64', true],
    ['Cơ sở mẫu 65', false]
  ] as const) {
    if (stays) await locked(phone);
    else {
      await phone.open('/settings');
      await new LockPage(phone.page).open(PIN);
      await phone.page.getByRole('switch', { name: 'Vẫn gửi khi đã khóa' }).click();
    }
    await server.kill();
    await phone.open('/producer/new');
    await new LockPage(phone.page).open(PIN);
    await new ProducerPage(phone.page).register(name);
    // The key is left a moment after the save.
    await expect.poll(() => phone.hasLeftKey()).toBe(stays);
    const wakeUp = await phone.closeApp();
    await phone.restart();
    await server.restart();
    await wakeUp();
    if (stays) {
      await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain(name);
      // Nothing is left for sending: nor is the key.
      await phone.open('/config.json');
      await expect.poll(() => phone.hasLeftKey()).toBe(false);
    } else {
      await phone.page.waitForTimeout(2_000);
      expect(await office.namesIn(OFFICER_B.commune)).not.toContain(name);
    }
  }
});
