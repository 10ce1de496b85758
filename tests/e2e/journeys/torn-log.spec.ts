// A kill has torn a record in the browser's own log apart: Chromium goes on behind it, and throws away everything that an
// app has stored when it reads the log the next time (LevelDB's issue 1287). No kill may cost more than that record.
import { ProducerPage } from '../pages/producer.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { OFFICER_B } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

async function register(phone: Phone, name: string): Promise<void> {
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register(name);
}

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
  await register(phone, 'Cơ sở mẫu 21');
  await killedInTheMiddle(phone);
  await register(phone, 'Cơ sở mẫu 22');
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
  await register(phone, 'Cơ sở mẫu 23');
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
