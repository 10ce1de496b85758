// The app is closed in the village and the network comes back on the way home: the browser wakes the service worker.
import { aProducer, aProduct, anId } from '../../support/documents.ts';
import { readPhotos } from '../device.ts';
import { PhotosPage } from '../pages/photos.ts';
import { registerProducer } from '../pages/producer.ts';
import { SettingsPage } from '../pages/settings.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B } from '../people.ts';
import { aPhotoFile } from '../pictures.ts';
import { expect, test } from '../test.ts';

test.use({ needsWholeBrowser: true });

test('what was typed offline goes up although the app is closed', async ({ phone, server, office }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 93');
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

test('photos that were taken offline go up although the app is closed', async ({ phone, server, office }) => {
  await office.place(aProducer(), aProduct());
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  const product = `/product/${anId('product')}?tab=evidence`;
  const own = () => new PhotosPage(phone.page, phone.page.getByRole('group', { name: 'Ảnh sản phẩm' }));
  await phone.open(product);
  await own().place.waitFor();
  await server.kill();
  await own().choose([
    await aPhotoFile(phone.page, 'Lu sành', '#6b4a2b'),
    await aPhotoFile(phone.page, 'Nhà xưởng', '#2b5f6b')
  ]);
  await own().areThere(2);
  const here = await readPhotos(phone.page, OFFICER_B.name);
  expect(here.map(({ state }) => state)).toEqual(['waiting', 'waiting']);

  const wakeUp = await phone.closeApp();
  await phone.restart();
  await server.restart();
  await wakeUp();
  // Before the app is opened again.
  for (const { id, sha256 } of here) {
    await expect.poll(() => office.photoHash(id, OFFICER_B.commune).catch(() => 'none')).toBe(sha256);
  }
  await phone.open(product);
  await expect(own().tiles.first()).toHaveAccessibleName(/Đã gửi/);
  expect((await readPhotos(phone.page, OFFICER_B.name)).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('after a sign-out nothing is sent behind anybody’s back', async ({ phone, server, office }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 94');
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
  await registerProducer(phone, 'Cơ sở mẫu 95');
  await phone.leaveApp();
  const pending = () =>
    phone.page.evaluate(async () => {
      const registration: object = await navigator.serviceWorker.ready;
      return 'sync' in registration ? (registration.sync as { getTags(): Promise<string[]> }).getTags() : [];
    });
  // It goes on being pending: the server is away, and what waits is still there.
  await expect.poll(pending).toContain('send');
});
