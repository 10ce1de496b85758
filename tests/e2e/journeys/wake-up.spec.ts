// The app is closed in the village and the network comes back on the way home: the browser wakes the service worker.
import { ProducerPage } from '../pages/producer.ts';
import { SettingsPage } from '../pages/settings.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

test('what was typed offline goes up although the app is closed', async ({ phone, server, office }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await server.kill();
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register('Cơ sở mẫu 93');
  const wakeUp = await phone.closeApp();
  // The phone was switched off on the way: the service worker starts from what lies on it.
  await phone.restart();
  await server.restart();
  await wakeUp();
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 93');

  // The app finds it sent, with nothing left to do.
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
});

test('after a sign-out nothing is sent behind anybody’s back', async ({ phone, server, office }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await server.kill();
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register('Cơ sở mẫu 94');
  await phone.open('/settings');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await phone.page.waitForURL('**/sign-in');
  await expect(phone.page.getByText('1 hồ sơ, ảnh chưa gửi')).toBeVisible();
  const wakeUp = await phone.closeApp();
  await server.restart();
  await wakeUp();
  await phone.page.waitForTimeout(2_000);
  expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 94');
});

test('leaving the app asks the browser for a wake-up', async ({ phone, server }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await server.kill();
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register('Cơ sở mẫu 95');
  await phone.leaveApp();
  const pending = () =>
    phone.page.evaluate(async () => {
      const registration: object = await navigator.serviceWorker.ready;
      return 'sync' in registration ? (registration.sync as { getTags(): Promise<string[]> }).getTags() : [];
    });
  // It goes on being pending: the server is away, and what waits is still there.
  await expect.poll(pending).toContain('send');
});
