// Coming in: the first time, with a wrong password, with no network, and two people on one phone.
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../../support/chromium.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SettingsPage } from '../pages/settings.ts';
import { SignInPage } from '../pages/signIn.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

test('a wrong password is told from everything else, and the right one opens the book', async ({ phone }) => {
  await phone.open('/');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.signIn({ name: OFFICER_A.name, password: 'sai-mat-khau' });
  await expect(phone.page.getByText('Tên hoặc mật khẩu chưa đúng.')).toBeVisible();
  await expect(signIn.password).toHaveAttribute('aria-invalid', 'true');
  await signIn.password.fill(OFFICER_A.password);
  await signIn.enter.click();
  await new Shell(phone.page).isAt('Hôm nay');
});

test('empty fields are named before the server is asked', async ({ phone }) => {
  await phone.open('/');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.enter.click();
  await expect(phone.page.getByText('Nhập tên tài khoản.')).toBeVisible();
  await signIn.name.fill(OFFICER_A.name);
  await signIn.enter.click();
  await expect(phone.page.getByText('Nhập mật khẩu.')).toBeVisible();
});

test('the first sign-in with no network says that it needs one', async ({ phone, server }) => {
  await phone.open('/');
  await phone.waitUntilInstalled();
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await server.kill();
  await signIn.signIn(OFFICER_A);
  await expect(phone.page.getByText('Lần đầu đăng nhập cần có mạng.')).toBeVisible();
  // Back in coverage, with what was typed still there.
  await server.restart();
  await signIn.enter.click();
  await new Shell(phone.page).isAt('Hôm nay');
});

test('over bare http somewhere else nobody is let in, and it is said why', async ({ server }) => {
  const { args, ...options } = chromiumLaunchOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...args, '--host-resolver-rules=MAP so-tay.test 127.0.0.1']
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.origin.replace('127.0.0.1', 'so-tay.test'));
    const signIn = new SignInPage(page);
    await signIn.begin();
    await signIn.signIn(OFFICER_A);
    await expect(page.getByText('Trang này không mở qua https')).toBeVisible();
    await expect(signIn.enter).toBeEnabled();
  } finally {
    await browser.close();
  }
});

test('after a kill with no network the book opens by itself; after a sign-out the password opens it', async ({
  phone,
  server
}) => {
  await signInFresh(phone, OFFICER_A);
  await server.kill();
  await phone.kill();
  await phone.start();
  await phone.open('/');
  const shell = new Shell(phone.page);
  await shell.isAt('Hôm nay');

  await shell.go('Cài đặt');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  const signIn = new SignInPage(phone.page);
  await expect(phone.page.getByRole('radio', { name: OFFICER_A.displayName })).toBeChecked();
  await expect(phone.page.getByText('2 xã · đã gửi hết')).toBeVisible();
  await signIn.unlock(OFFICER_A.displayName, 'sai-mat-khau');
  await expect(phone.page.getByText('Không khớp với mật khẩu dùng lần trước trên máy này.')).toBeVisible();
  await signIn.unlock(OFFICER_A.displayName, OFFICER_A.password);
  await shell.isAt('Hôm nay');
});

test('signed out means signed out, also after a kill', async ({ phone }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await shell.go('Cài đặt');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await expect(new SignInPage(phone.page).open).toBeVisible();
  await phone.kill();
  await phone.start();
  await phone.open('/products');
  await expect(new SignInPage(phone.page).open).toBeVisible();
});

test('two people on one phone: each a database and a password of their own', async ({ phone }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await shell.go('Cài đặt');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  const signIn = new SignInPage(phone.page);
  await signIn.useAnotherAccount();
  await signIn.signIn(OFFICER_B);
  await shell.isAt('Hôm nay');
  await shell.go('Cài đặt');
  await expect(phone.page.getByText(OFFICER_B.displayName)).toBeVisible();
  const databases = await phone.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toEqual(expect.arrayContaining([`ocop-${OFFICER_A.name}`, `ocop-${OFFICER_B.name}`]));

  await settings.askToSignOut();
  await settings.confirmSignOut();
  await expect(phone.page.getByRole('radio')).toHaveCount(2);
  await signIn.unlock(OFFICER_A.displayName, OFFICER_B.password);
  await expect(phone.page.getByText('Mật khẩu chưa đúng.')).toBeVisible();
  await signIn.unlock(OFFICER_A.displayName, OFFICER_A.password);
  await shell.isAt('Hôm nay');
});
