// A phone with a day's work breaks before it has seen a network: another one takes the work out of a rescue file and sends it.
import { readFile, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { COMMUNE } from '../../support/documents.ts';
import { Chance } from '../../support/chance.ts';
import { readDevice, readPhotos } from '../device.ts';
import { Fieldwork } from '../fieldwork.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { PhotosPage } from '../pages/photos.ts';
import { RescuePage } from '../pages/rescue.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A, OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { aPhotoFile } from '../pictures.ts';
import { expect, test } from '../test.ts';

const PASSPHRASE = 'mưa rào trên bãi cát';
const PHOTOS = 3;

/** Registers, surveys, scores and takes photos with no network. */
async function aDayOutside(phone: Phone): Promise<Fieldwork> {
  await phone.setOffline(true);
  await new Shell(phone.page).go('Sản phẩm');
  const work = new Fieldwork(phone.page, new Chance('rescue'), '91');
  await work.register();
  await work.beginSurvey();
  await work.answer(4);
  await work.openProduct();
  await work.beginAssessment();
  await work.choose(2);
  const assessment = new AssessmentPage(phone.page);
  await assessment.openEvidence('1.1');
  const photos = new PhotosPage(phone.page, assessment.criterion('1.1'));
  await photos.choose([
    await aPhotoFile(phone.page, 'Lu sành', '#6b4a2b'),
    await aPhotoFile(phone.page, 'Nhà xưởng', '#2b5f6b', 900, 1200),
    await aPhotoFile(phone.page, 'Bể ủ', '#3b6b2b', 1000, 1000)
  ]);
  await photos.areThere(PHOTOS);
  return work;
}

const withoutRev = ({ _rev, _attachments, ...rest }: Record<string, unknown>) => rest;

/** The SHA-256 of every photo's bytes as the server gives them. */
async function photosOnServer(office: Office, ids: readonly string[]): Promise<string[]> {
  return Promise.all(ids.map((id) => office.photoHash(id, COMMUNE)));
}

test('the work of a broken phone goes up from another one, once, however often the file is opened', async ({
  phone,
  office,
  unpackPhone
}, testInfo) => {
  test.setTimeout(240_000);
  const saved = testInfo.outputPath('cuu-ho.socop');
  const path = testInfo.outputPath('cuu-ho.socop.txt');
  await signInFresh(phone, OFFICER_B);
  const work = await aDayOutside(phone);
  await work.toRoot();
  const before = await readDevice(phone.page, OFFICER_B.name);
  const photos = await readPhotos(phone.page, OFFICER_B.name);
  expect(photos).toHaveLength(PHOTOS);

  await test.step('the file is made offline; too short or different passphrases are told', async () => {
    await new Shell(phone.page).go('Cài đặt');
    await phone.page.getByRole('button', { name: 'Lưu tệp cứu hộ' }).click();
    const { dialog } = new RescuePage(phone.page);
    await dialog.getByLabel('Mật khẩu của tệp', { exact: true }).fill('ngắn');
    await dialog.getByRole('button', { name: 'Tạo tệp' }).click();
    await expect(dialog).toContainText('Cần ít nhất 10 ký tự');
    await dialog.getByLabel('Mật khẩu của tệp', { exact: true }).fill(PASSPHRASE);
    await expect(dialog).toContainText('Hai lần gõ chưa giống nhau');
    const axe = await new AxeBuilder({ page: phone.page }).analyze();
    expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await phone.page.keyboard.press('Escape');
    const rescue = new RescuePage(phone.page);
    await rescue.bringShareSheet();
    const name = await rescue.write(PASSPHRASE, saved);
    expect(name).toMatch(/^so-tay-ocop-canbo\.b-\d{4}-\d\d-\d\d\.socop$/);
    // As text, for no share sheet takes a file of an unknown ending; byte for byte, for that is what is opened below.
    expect(await rescue.share(path)).toBe(`${name}.txt`);
    expect(await readFile(path)).toEqual(await readFile(saved));
    await phone.page.keyboard.press('Escape');
  });

  // Into the river, with all that it held.
  await phone.discard();
  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  await new Shell(other.page).go('Cài đặt');
  const rescue = new RescuePage(other.page);

  await test.step('a wrong passphrase is no damage', async () => {
    await rescue.lookInto(path, 'mưa rào trên bãi đá');
    await expect(rescue.dialog).toContainText('Chưa đúng mật khẩu của tệp. Tệp không hỏng');
    await rescue.tryPassphrase(PASSPHRASE);
    await expect(rescue.dialog).toContainText(`4 hồ sơ, ${String(PHOTOS)} ảnh đọc được`);
    await expect(rescue.dialog).toContainText('Tệp còn nguyên, không thiếu gì.');
  });

  await test.step('taken in, everything goes up', async () => {
    expect(await rescue.take()).toContain(`Nhận vào máy: 4 hồ sơ, ${String(PHOTOS)} ảnh.`);
    await new Shell(other.page).go('Đồng bộ');
    await expect(new SyncPage(other.page).headline).toContainText('Đã gửi hết', { timeout: 60_000 });
  });

  const onServer = async () => {
    const all = (await office.documentsIn(COMMUNE)).map(withoutRev);
    return all.sort((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1));
  };
  await test.step('each document and each photo is on the server, as it was typed, once', async () => {
    const ids = photos.map(({ id }) => id);
    const typed = before.docs.filter(({ kind }) => kind !== 'person');
    expect(await onServer()).toEqual(typed.sort((a, b) => (a._id < b._id ? -1 : 1)));
    expect(await photosOnServer(office, ids)).toEqual(photos.map(({ sha256 }) => sha256));
  });

  await test.step('opened again, nothing happens; nor after newer edits', async () => {
    const server = await onServer();
    await new Shell(other.page).go('Cài đặt');
    await rescue.lookInto(path, PASSPHRASE);
    expect(await rescue.take()).toContain(`Đã có sẵn từ trước: 4 hồ sơ, ${String(PHOTOS)} ảnh.`);
    expect((await readDevice(other.page, OFFICER_B.name)).outbox).toEqual([]);
    const product = server.find(({ kind }) => kind === 'product');
    await office.edit(String(product?.['_id']), COMMUNE, { presentation: 'Chai thủy tinh 330 ml' });
    await new Shell(other.page).go('Đồng bộ');
    await new SyncPage(other.page).now.click();
    await expect
      .poll(async () => (await readDevice(other.page, OFFICER_B.name)).docs)
      .toContainEqual(expect.objectContaining({ presentation: 'Chai thủy tinh 330 ml' }));
    await new Shell(other.page).go('Cài đặt');
    await rescue.lookInto(path, PASSPHRASE);
    await rescue.take();
    expect((await readDevice(other.page, OFFICER_B.name)).outbox).toEqual([]);
    expect(await office.namesIn(COMMUNE)).toHaveLength(server.length);
  });

  await test.step('a file that was cut off gives what it has and names what it lacks', async () => {
    const whole = await readFile(path);
    const cut = testInfo.outputPath('cut.socop');
    // Within the last photo: behind it are the second list, a few KB, and the second head.
    await writeFile(cut, whole.subarray(0, whole.length - 12_000));
    await rescue.lookInto(cut, PASSPHRASE);
    await expect(rescue.dialog).toContainText('Tệp bị hỏng: thiếu 1 hồ sơ, ảnh');
    await expect(rescue.dialog).toContainText(`Ảnh của ${work.productName}`);
    await other.page.keyboard.press('Escape');
  });

  await test.step('another account cannot open it', async () => {
    const stranger = await unpackPhone();
    await signInFresh(stranger, OFFICER_A);
    await new Shell(stranger.page).go('Cài đặt');
    const theirs = new RescuePage(stranger.page);
    await theirs.lookInto(path, PASSPHRASE);
    await expect(theirs.dialog).toContainText(`Tệp này của tài khoản ${OFFICER_B.name}`);
    expect((await readDevice(stranger.page, OFFICER_A.name)).outbox).toEqual([]);
  });
});
