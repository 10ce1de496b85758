// The session on the server ends, or the person leaves with work unsent: nothing is lost and nothing is sent by another.
import { registerProducer } from '../pages/producer.ts';
import { SettingsPage } from '../pages/settings.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

test('the session runs out: work goes on, and signing in again sends it', async ({ phone, office }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.loseCookies();
  await registerProducer(phone, 'Cơ sở mẫu 91');
  const shell = new Shell(phone.page);
  await expect(shell.signedOutBanner).toBeVisible();

  await shell.signedOutBanner.getByRole('button', { name: 'Đăng nhập lại' }).click();
  const sheet = phone.page.getByRole('dialog', { name: 'Đăng nhập lại để gửi' });
  await sheet.getByLabel(`Mật khẩu của ${OFFICER_B.displayName}`).fill('sai-mat-khau');
  await sheet.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(sheet.getByText('Mật khẩu chưa đúng.')).toBeVisible();
  await sheet.getByLabel(`Mật khẩu của ${OFFICER_B.displayName}`).fill(OFFICER_B.password);
  await sheet.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(shell.signedOutBanner).toHaveCount(0);
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 91');
});

test('leaving with unsent work says so, and the work is there for its owner alone', async ({
  phone,
  server,
  office
}) => {
  await signInFresh(phone, OFFICER_B);
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 92');
  await phone.open('/settings');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await expect(phone.page.getByText('Còn 1 hồ sơ, ảnh chưa gửi.')).toBeVisible();
  await settings.confirmSignOut();
  await phone.page.waitForURL('**/sign-in');
  await expect(phone.page.getByText('1 hồ sơ, ảnh chưa gửi')).toBeVisible();

  await server.restart();
  const signIn = new SignInPage(phone.page);
  await signIn.useAnotherAccount();
  await signIn.signIn(OFFICER_A);
  const shell = new Shell(phone.page);
  await shell.isAt('Hôm nay');
  await shell.go('Đồng bộ');
  await expect(phone.page.getByText('Đã gửi hết')).toBeVisible();
  expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 92');

  await shell.go('Cài đặt');
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await signIn.unlock(OFFICER_B.displayName, OFFICER_B.password);
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 92');
});

test("an account opened offline does not send under another's cookie", async ({ phone, server, office }) => {
  // B is known on this phone; then A signs in and leaves with no network: A's cookie is still in the browser.
  const shell = await signInFresh(phone, OFFICER_B);
  const settings = new SettingsPage(phone.page);
  const signIn = new SignInPage(phone.page);
  await shell.go('Cài đặt');
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await signIn.useAnotherAccount();
  await signIn.signIn(OFFICER_A);
  await shell.go('Cài đặt');
  await server.kill();
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await signIn.unlock(OFFICER_B.displayName, OFFICER_B.password);
  await shell.isAt('Hôm nay');
  await registerProducer(phone, 'Cơ sở mẫu 93');

  await server.restart();
  await phone.open('/sync');
  await expect(shell.signedOutBanner).toBeVisible();
  expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 93');
});
