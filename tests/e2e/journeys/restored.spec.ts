// The server dies and comes back from last night's files: what it has lost goes back up from the phones, and nobody loses a word.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CouchProcess } from '../../support/couch-server.ts';
import { COMMUNE } from '../../support/documents.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { ConflictPage } from '../pages/conflict.ts';
import { openProducer, registerProducer } from '../pages/producer.ts';
import { signInFresh } from '../pages/shell.ts';
import { syncNow } from '../pages/sync.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const NAME = 'Cơ sở mẫu 51';
const NEW_NAME = 'Cơ sở mẫu 52';
const PHONE_NUMBER = 'Số điện thoại';
const ADDRESS = 'Địa chỉ';

/** Copies the server's files, as a nightly backup does. @returns puts them back in place of those there are */
async function backup(server: CouchProcess): Promise<() => Promise<void>> {
  const copy = await mkdtemp(join(tmpdir(), 'ocop-backup-'));
  await server.kill();
  await cp(server.dataDir, copy, { recursive: true });
  await server.restart();
  return async () => {
    await server.kill();
    await rm(server.dataDir, { recursive: true });
    await cp(copy, server.dataDir, { recursive: true });
    await rm(copy, { recursive: true });
    await server.restart();
  };
}

async function edit(phone: Phone, field: string, text: string): Promise<void> {
  const producer = await openProducer(phone, NAME);
  await producer.edit();
  await producer.fill(field, text);
  await expect(producer.saved).toBeVisible();
}

test('what a restored server has lost goes back up; where it has been changed since, a person is asked', async ({
  phone,
  unpackPhone,
  server,
  office
}) => {
  await signInFresh(phone, OFFICER_A);
  await registerProducer(phone, NAME, 'Phan Rí Cửa');
  await edit(phone, PHONE_NUMBER, '0252 000 050');
  await expect((await syncNow(phone)).headline).toContainText('Đã gửi hết');
  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  await expect((await syncNow(other)).headline).toContainText('Đã gửi hết');
  const restore = await backup(server);

  await edit(phone, PHONE_NUMBER, '0252 000 051');
  await registerProducer(phone, NEW_NAME, 'Phan Rí Cửa');
  await expect((await syncNow(phone)).headline).toContainText('Đã gửi hết');
  await syncNow(other);
  await openProducer(other, NEW_NAME);
  await openProducer(other, NAME);
  await expect(other.page.getByText('0252 000 051').first()).toBeVisible();
  await other.setOffline(true);
  await edit(other, ADDRESS, 'Thôn mẫu 5');

  const { _id: id } = (await office.documentsIn(COMMUNE)).find(({ name }) => name === NAME) ?? {};
  // The office is quicker than the phones.
  await phone.setOffline(true);
  await restore();
  expect(await office.namesIn(COMMUNE)).not.toContain(NEW_NAME);
  // In the office they see the older number, and correct it.
  await office.edit(String(id), COMMUNE, { phone: '0252 000 059' });
  await phone.setOffline(false);

  const sync = await syncNow(phone);
  const card = sync.card(`Chủ thể ${NAME}`);
  await expect(card).toContainText('Xung đột');
  await expect(sync.headline).not.toContainText('Đã gửi hết');
  await expect.poll(() => office.namesIn(COMMUNE)).toContain(NEW_NAME);
  await sync.compare();
  const conflict = new ConflictPage(phone.page);
  await expect(conflict.field(PHONE_NUMBER)).toContainText('0252 000 059');
  await conflict.choose(PHONE_NUMBER, '0252 000 051');
  await conflict.merge.click();
  await expect(sync.headline).toContainText('Đã gửi hết');

  await other.setOffline(false);
  const syncOfB = await syncNow(other);
  // Whether the address is missing there because somebody has taken it away, nobody can tell any more.
  await expect(syncOfB.card(`Chủ thể ${NAME}`)).toContainText('Xung đột');
  await syncOfB.compare();
  const asked = new ConflictPage(other.page);
  await expect(asked.field(ADDRESS)).toBeVisible();
  await asked.choose(ADDRESS, 'Thôn mẫu 5');
  await asked.merge.click();
  await expect(syncOfB.headline).toContainText('Đã gửi hết');
  await expect
    .poll(async () => (await office.documentsById([String(id)], COMMUNE)).get(String(id)))
    .toMatchObject({ phone: '0252 000 051', address: 'Thôn mẫu 5' });
  for (const one of [phone, other]) {
    await expect((await syncNow(one)).headline).toContainText('Đã gửi hết');
    await openProducer(one, NEW_NAME);
    await openProducer(one, NAME);
    await expect(one.page.getByText('0252 000 051').first()).toBeVisible();
    await expect(one.page.getByText('Thôn mẫu 5').first()).toBeVisible();
  }
});
