// Two phones change the same field; a third one sees it, decides it, and the version that lost can be read on all of them.
import { ConflictPage } from '../pages/conflict.ts';
import { ProducerPage, openProducer } from '../pages/producer.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage, syncNow } from '../pages/sync.ts';
import { COMMUNE } from '../../support/documents.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

const NAME = 'Cơ sở mẫu 41';
const PHONE_NUMBER = 'Số điện thoại';

test('a conflict is decided on a phone that has no part in it, and nobody loses a word', async ({
  phone,
  unpackPhone,
  office
}) => {
  await signInFresh(phone, OFFICER_A);
  await phone.open('/producer/new');
  const ofA = new ProducerPage(phone.page);
  await ofA.register(NAME, 'Phan Rí Cửa');
  await ofA.fill(PHONE_NUMBER, '0252 000 040');
  await ofA.finish();
  await expect(phone.page.getByText('Đã gửi').first()).toBeVisible();

  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  const ofB = await openProducer(other, NAME);
  await other.setOffline(true);
  await ofB.edit();
  await ofB.fill(PHONE_NUMBER, '0252 000 042');
  await expect(ofB.saved).toBeVisible();
  await ofA.edit();
  await ofA.fill(PHONE_NUMBER, '0252 000 041');
  await expect(ofA.saved).toBeVisible();
  await expect((await syncNow(phone)).headline).toContainText('Đã gửi hết');
  await other.setOffline(false);
  const syncOfB = await syncNow(other);
  await expect(syncOfB.card(`Chủ thể ${NAME}`)).toContainText('Xung đột');
  // The record of the conflict is on the server, where every phone finds it.
  await expect
    .poll(async () => (await office.documentsIn(COMMUNE)).filter(({ kind }) => kind === 'conflict'))
    .toHaveLength(1);

  const third = await unpackPhone();
  await signInFresh(third, OFFICER_A);
  await third.open('/');
  await third.page.getByRole('link', { name: '1 hồ sơ cần bạn xem' }).click();
  const sync = new SyncPage(third.page);
  const card = sync.card(`Chủ thể ${NAME}`);
  await expect(card).toContainText('Xung đột');
  await expect(card).toContainText('Bạn và Cán bộ mẫu B cùng sửa hồ sơ này.');
  await expect(sync.headline).toContainText('Đã gửi hết');
  const seen = await openProducer(third, NAME);
  await seen.page.getByRole('link', { name: 'So sánh hai bản' }).click();
  const conflict = new ConflictPage(third.page);
  await expect(conflict.field(PHONE_NUMBER)).toContainText('0252 000 041');
  await conflict.choose(PHONE_NUMBER, '0252 000 042');
  await conflict.merge.click();
  await expect(sync.headline).toContainText('Đã gửi hết');
  await expect(card).toBeHidden();

  for (const one of [other, phone, third]) {
    const done = await syncNow(one);
    await expect(done.headline).toContainText('Đã gửi hết');
    await expect(done.card(`Chủ thể ${NAME}`)).toBeHidden();
    await openProducer(one, NAME);
    await expect(one.page.getByText('0252 000 042').first()).toBeVisible();
    await one.page.getByRole('link', { name: /chọn giữa hai bản/ }).click();
    const past = new ConflictPage(one.page).field(PHONE_NUMBER);
    await expect(past).toContainText(/0252 000 042\s*Được giữ/);
    await expect(past).toContainText(/0252 000 041\s*Không giữ/);
  }
});
