// A record that the server refuses from one officer goes up under another one's name, and leaves the first phone then.
import { writeFile } from 'node:fs/promises';
import { COMMUNE } from '../../support/documents.ts';
import { registerProducer } from '../pages/producer.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A, OFFICER_B, OFFICER_C } from '../people.ts';
import { expect, test } from '../test.ts';

const NAME = 'Cơ sở mẫu 61';
const CARD = `Chủ thể ${NAME}`;

test('a refused record goes by file to another officer', async ({ phone, office, unpackPhone }, testInfo) => {
  const path = testInfo.outputPath('ho-so.txt');
  await signInFresh(phone, OFFICER_A);
  await office.keepAtMost(100, COMMUNE);
  await registerProducer(phone, NAME, 'Phan Rí Cửa');
  await phone.open('/sync');
  const sync = new SyncPage(phone.page);
  await expect(sync.refused(CARD)).toBeVisible();

  await test.step('A saves the file; the record stays refused', async () => {
    await sync.refused(CARD).getByRole('button', { name: 'Chuyển cho cán bộ khác' }).click();
    const saved = phone.page.waitForEvent('download');
    await phone.page.getByRole('dialog').getByRole('button', { name: 'Lưu tệp' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^ocop-producer-\d{4}-\d{2}-\d{2}\.txt$/);
    await download.saveAs(path);
    await phone.page.keyboard.press('Escape');
    await expect(sync.refused(CARD)).toBeVisible();
  });

  await office.restoreRules(COMMUNE);
  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  await other.open('/sync');
  const theirs = new SyncPage(other.page);

  await test.step('a wrong file changes nothing, and says so', async () => {
    const wrong = testInfo.outputPath('anh.txt');
    await writeFile(wrong, 'không phải hồ sơ');
    await theirs.takeOver(wrong);
    await expect(other.page.getByText('Tệp này không phải hồ sơ được chuyển')).toBeVisible();
    expect(await office.namesIn(COMMUNE)).toEqual([]);
  });

  await test.step('B takes it over, twice, and it is on the server once, under his name', async () => {
    await theirs.takeOver(path);
    await expect(other.page.getByText('Đã nhận. Hồ sơ được gửi lên bằng tên của bạn.')).toBeVisible();
    await expect.poll(() => office.namesIn(COMMUNE)).toEqual([NAME]);
    expect(await office.oneOf('producer', COMMUNE)).toMatchObject({ createdBy: OFFICER_B.name });
    await theirs.takeOver(path);
    await expect(other.page.getByText('Hồ sơ này đã được nhận trước đó.')).toBeVisible();
    await other.page.getByRole('link', { name: 'Xem' }).click();
    await expect(other.page.getByRole('heading', { name: NAME }).first()).toBeVisible();
    expect(await office.namesIn(COMMUNE)).toEqual([NAME]);
  });

  await test.step('A’s phone sees it there: the record is sent, and who sent it is told', async () => {
    await sync.now.click();
    await expect(sync.headline).toContainText('Đã gửi hết');
    await expect(sync.refused(CARD)).toHaveCount(0);
    const taken = phone.page.getByRole('group', { name: 'Cán bộ khác đã nhận' });
    await expect(taken).toContainText(CARD);
    await expect(taken).toContainText(OFFICER_B.displayName);
  });

  await test.step('an officer who does not work in the commune cannot take it', async () => {
    const stranger = await unpackPhone();
    await signInFresh(stranger, OFFICER_C);
    await stranger.open('/sync');
    await new SyncPage(stranger.page).takeOver(path);
    await expect(stranger.page.getByText('ngoài địa bàn của tài khoản bạn')).toBeVisible();
  });
});
