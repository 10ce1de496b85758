// Settings: what is chosen holds at once and after a kill; what is sent to support tells of no producer.
import type { Route } from '@playwright/test';
import { COMMUNE } from '../../support/documents.ts';
import { registerProducer } from '../pages/producer.ts';
import { signInFresh } from '../pages/shell.ts';
import { SettingsPage } from '../pages/settings.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A } from '../people.ts';
import { expect, test } from '../test.ts';

test('language, theme and text size hold after a kill', async ({ phone, server }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await shell.go('Cài đặt');
  const settings = new SettingsPage(phone.page);
  await settings.choose('Giao diện', 'Tối');
  await settings.choose('Cỡ chữ', 'Rất lớn');
  await settings.choose('Ngôn ngữ', 'English');
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  // The one second that may be lost.
  await phone.page.waitForTimeout(1_000);
  await server.kill();
  await phone.kill();
  await phone.start();
  await phone.open('/settings');
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  const html = phone.page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await expect(html).toHaveAttribute('data-theme', 'sotay-dark');
  await expect(html).toHaveAttribute('data-text', 'larger');
});

test('a dark theme stands from the first paint, which waits for no style sheet, and an app that cannot start says so', async ({
  phone
}) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await shell.go('Cài đặt');
  await new SettingsPage(phone.page).choose('Giao diện', 'Tối');
  await expect(phone.page.locator('#splash')).toHaveCount(0);
  phone.expectComplaint(/Failed to fetch dynamically imported module/);
  // The shell as the phone has it, with scripts that never come, and style sheets that come late.
  await phone.page.route('**/_app/**/*.js', (route) => route.abort());
  const sheets: Route[] = [];
  await phone.page.route('**/_app/**/*.css', (route) => sheets.push(route));
  await phone.page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  });
  await phone.open('/sign-in', 'commit');
  await expect(phone.page.locator('html')).toHaveAttribute('data-theme', 'sotay-dark');
  const splash = phone.page.locator('#splash');
  const name = splash.getByText('Sổ tay OCOP', { exact: true });
  await expect
    .poll(async () => phone.page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length))
    .toBe(1);
  await expect(splash).toHaveCSS('background-color', 'rgb(16, 21, 18)');
  const place = await name.boundingBox();
  expect(sheets.length).toBeGreaterThan(0);
  for (const sheet of sheets) await sheet.continue();
  await expect(phone.page.locator('body')).toHaveCSS('margin', '0px');
  expect(await name.boundingBox()).toEqual(place);
  await expect(phone.page.locator('html')).toHaveCSS('background-color', 'rgb(16, 21, 18)');
  await expect(name).toBeVisible();
  await expect(splash.getByText('Chưa mở được')).toBeHidden();
  await splash.evaluate((element) => {
    for (const animation of element.getAnimations({ subtree: true })) animation.finish();
  });
  await expect(splash.getByRole('link', { name: 'Mở lại' })).toBeVisible();
});

test('the diagnostics can be read before they are sent, and tell of no producer', async ({ phone, office }) => {
  await office.keepAtMost(100, COMMUNE);
  const shell = await signInFresh(phone, OFFICER_A);
  await registerProducer(phone, 'Cơ sở mẫu 41', 'Phan Rí Cửa');
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).refused('Chủ thể Cơ sở mẫu 41')).toBeVisible();
  await shell.go('Cài đặt');
  await phone.page.getByRole('button', { name: /Chẩn đoán/ }).click();
  const sheet = phone.page.getByRole('dialog', { name: 'Chẩn đoán' });
  await expect(sheet).toContainText('Mở được khi không có mạng: có');
  await expect(sheet).toContainText(`Tài khoản: ${OFFICER_A.name}`);
  await expect(sheet).toContainText('Bộ phận chạy nền: activated');
  await expect(sheet).toContainText('Bị từ chối forbidden:size: 1');
  await expect(sheet).toContainText(/Liên lạc gần nhất: \d\d\/\d\d\/\d{4}/);
  await expect(sheet).toContainText(new RegExp(`ocop-${COMMUNE}: đã tải đến \\d+, xong lúc .+, chưa gửi 1`));
  await expect(sheet).not.toContainText('Cơ sở mẫu 41');
  await expect(sheet).not.toContainText(OFFICER_A.displayName);
});
