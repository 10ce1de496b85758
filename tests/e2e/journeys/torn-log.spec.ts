// A kill has torn a record in the browser's own log apart: Chromium goes on behind it, and throws away everything that an
// app has stored when it reads the log the next time (LevelDB's issue 1287). No kill may cost more than that record.
import { registerProducer } from '../pages/producer.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { OFFICER_B } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

async function killedInTheMiddle(phone: Phone): Promise<void> {
  await phone.kill();
  await phone.tearLog();
  await phone.start();
}

async function expectProducers(phone: Phone, names: readonly string[]): Promise<void> {
  await phone.open('/products');
  const list = new ProductsPage(phone.page);
  await list.show('Chủ thể');
  for (const name of names) await expect(phone.page.getByText(name, { exact: true })).toBeVisible();
}

test('the app was killed in the middle of writing, goes on, and is started once more: nothing is lost', async ({
  phone,
  server
}) => {
  await signInFresh(phone, OFFICER_B);
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 21');
  await killedInTheMiddle(phone);
  await registerProducer(phone, 'Cơ sở mẫu 22');
  await killedInTheMiddle(phone);
  await expectProducers(phone, ['Cơ sở mẫu 21', 'Cơ sở mẫu 22']);
  await phone.restart();
  await expectProducers(phone, ['Cơ sở mẫu 21', 'Cơ sở mẫu 22']);
});

test('the service worker is the first to write after such a kill: nothing is lost', async ({
  phone,
  server,
  office
}) => {
  await signInFresh(phone, OFFICER_B);
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 23');
  // In good order once, so that the cookie of the session is on the disk.
  await phone.restart();
  await killedInTheMiddle(phone);
  await server.restart();
  await phone.open('/config.json');
  const wakeUp = await phone.closeApp();
  await wakeUp();
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 23');
  await phone.kill();
  await phone.start();
  await expectProducers(phone, ['Cơ sở mẫu 23']);
});

test('what was lost all the same is told, until somebody has read it', async ({ phone, server }) => {
  await signInFresh(phone, OFFICER_B);
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 24');
  // Closed in good order, so that the note beside IndexedDB is on the disk.
  await phone.restart();
  // Woken, it would begin a fresh log; a page of the app would register it anew.
  await phone.loseServiceWorker();
  await phone.restart();
  await killedInTheMiddle(phone);
  await server.restart();
  // Something else of this origin writes before the app does, and the browser ends again.
  await phone.open('/config.json');
  await phone.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('something-else');
        // More than the rest of the torn record would have been.
        opening.onupgradeneeded = () => opening.result.createObjectStore('things').put('x'.repeat(5_000), 1);
        opening.onsuccess = () => resolve(null);
        opening.onerror = () => reject(new Error(opening.error?.message));
      })
  );
  await phone.restart();

  await phone.open('/');
  const notice = () => phone.page.getByRole('status').filter({ hasText: 'Trình duyệt đã xóa dữ liệu trên máy này' });
  await expect(notice()).toContainText('Cán bộ mẫu B: mất 1 hồ sơ, ảnh chưa gửi');
  await phone.page.getByRole('button', { name: 'Bắt đầu' }).click();
  await new SignInPage(phone.page).signIn(OFFICER_B);
  await phone.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor();
  // Nobody has read it yet.
  await phone.restart();
  await phone.open('/');
  await notice().getByRole('button', { name: 'Đã hiểu' }).click();
  await expect(notice()).toBeHidden();
  await phone.restart();
  await phone.open('/');
  await phone.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor();
  await expect(notice()).toBeHidden();
});
