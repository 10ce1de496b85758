// Photos as evidence, offline: taken at a criterion and at a question, there after a restart, deleted and brought back.
import type { Page } from '@playwright/test';
import { databaseName } from '#lib/storage/database.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { PhotosPage } from '../pages/photos.ts';
import { ProductPage } from '../pages/product.ts';
import { signInFresh } from '../pages/shell.ts';
import { SurveyPage } from '../pages/survey.ts';
import { SAMPLE_OFFICER } from '../people.ts';
import type { Phone } from '../phone.ts';
import { aBrokenFile, aPhotoFile } from '../pictures.ts';
import { expect, test } from '../test.ts';
import { looksWell } from '../looks.ts';

test.use({ isSampled: true });

/** Signs in, waits until everything is on the phone, and leaves the network. @returns the first record of a kind */
async function outside(phone: Phone, kind: 'assessment' | 'survey'): Promise<string> {
  await signInFresh(phone, SAMPLE_OFFICER);
  await phone.open('/sync');
  await phone.page.getByText(/^Đã gửi hết/).waitFor();
  await phone.open('/');
  await phone.setOffline(true);
  await phone.page.locator(`main a[href^="/${kind}/"]`).first().click();
  await phone.page.waitForURL(`**/${kind}/**`);
  return new URL(phone.page.url()).pathname;
}

test('at a criterion: chosen, seen, captioned, there after a restart, deleted and brought back, counted', async ({
  phone
}) => {
  test.setTimeout(180_000);
  const path = await outside(phone, 'assessment');
  let assessment = new AssessmentPage(phone.page);
  await assessment.open('1.4');
  let photos = new PhotosPage(phone.page, assessment.criterion('1.4'));

  await test.step('several files: those that are photos are there, the other is told by its name', async () => {
    await photos.choose([
      await aPhotoFile(phone.page, 'Lu sành', '#6b4a2b'),
      aBrokenFile('hop-dong.jpg'),
      await aPhotoFile(phone.page, 'Nhà xưởng', '#2b5f6b', 900, 1200)
    ]);
    await photos.areThere(2);
    await expect(phone.page.getByText('1 ảnh chưa lưu được')).toBeVisible();
    await expect(assessment.criterion('1.4')).toContainText('hop-dong.jpg: Đây là tệp PDF, không phải ảnh.');
    await looksWell(phone, 'a criterion with photos and a failure');
    await phone.page.getByRole('button', { name: 'Đã hiểu' }).click();
    await photos.take(await aPhotoFile(phone.page, 'Bể ủ', '#3b6b2b', 1000, 1000));
    await photos.areThere(3);
    await expect(assessment.criterion('1.4')).toContainText('3 minh chứng');
    await expect(photos.tiles.first()).toHaveAccessibleName('Ảnh 1 trên 3. Trên máy');
  });

  await test.step('looked at over the whole screen, captioned and put in order', async () => {
    await photos.open(1);
    await photos.arePainted(photos.viewer.getByRole('img'), 1);
    await photos.caption.fill('Lu sành ủ chượp');
    await looksWell(phone, 'a photo over the whole screen');
    await photos.viewer.getByRole('button', { name: 'Ra sau' }).click();
    await expect(photos.viewer.getByRole('heading', { name: 'Ảnh 2 trên 3' })).toBeVisible();
    await phone.page.goBack();
    await expect(photos.viewer).toBeHidden();
    await expect(photos.tiles.nth(1)).toHaveAccessibleName('Ảnh 2 trên 3. Lu sành ủ chượp. Trên máy');
    // The one second that may be lost: the order shows before it is written.
    await phone.page.waitForTimeout(1_000);
  });

  await test.step('the browser is restarted, still without a network', async () => {
    await phone.restart();
    await phone.setOffline(true);
    await phone.open(path);
    assessment = new AssessmentPage(phone.page);
    await assessment.open('1.4');
    photos = new PhotosPage(phone.page, assessment.criterion('1.4'));
    await photos.areThere(3);
    // All three: whether the order or the caption is not there would be two faults.
    await expect
      .poll(() => photos.tiles.evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label'))))
      .toEqual(['Ảnh 1 trên 3. Trên máy', 'Ảnh 2 trên 3. Lu sành ủ chượp. Trên máy', 'Ảnh 3 trên 3. Trên máy']);
  });

  await test.step('taken once more: the new one stands in its place, with its caption; undone, the old one does', async () => {
    await photos.open(2);
    const image = photos.viewer.getByRole('img');
    const size = () => image.evaluate((one: HTMLImageElement) => `${one.naturalWidth} × ${one.naturalHeight}`);
    const before = await size();
    const again = await aPhotoFile(phone.page, 'Lu sành, chụp lại', '#7a5a3b', 500, 500);
    await photos.viewer.getByLabel('Chụp lại').setInputFiles(again);
    await expect(phone.page.getByText('Đã thay ảnh')).toBeVisible();
    await expect.poll(size).toBe('500 × 500');
    await expect(photos.viewer.getByRole('heading', { name: 'Ảnh 2 trên 3' })).toBeVisible();
    await expect(photos.caption).toHaveValue('Lu sành ủ chượp');
    await phone.page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect.poll(size).toBe(before);
    await photos.close();
    await photos.areThere(3);
  });

  await test.step('deleted, and brought back in its place; deleted for good', async () => {
    const undo = phone.page.getByRole('button', { name: 'Hoàn tác' });
    await photos.open(2);
    await photos.viewer.getByRole('button', { name: 'Xóa ảnh này' }).click();
    await expect(photos.viewer.getByRole('heading', { name: 'Ảnh 2 trên 2' })).toBeVisible();
    await undo.click();
    await expect(photos.viewer.getByRole('heading', { name: 'Ảnh 2 trên 3' })).toBeVisible();
    await expect(photos.caption).toHaveValue('Lu sành ủ chượp');
    await photos.close();
    await photos.areThere(3);
    await photos.open(3);
    await photos.viewer.getByRole('button', { name: 'Xóa ảnh này' }).click();
    await photos.close();
    await photos.areThere(2);
  });

  await test.step('the choice is cleared, the evidence stays; without it the criterion is missing at submission', async () => {
    const criterion = assessment.criterion('1.4');
    await criterion.getByRole('button', { name: 'Bỏ chọn' }).click();
    await photos.areThere(2);
    await phone.page.getByRole('button', { name: 'Hoàn tác' }).click();
    await phone.page.getByRole('button', { name: 'Việc khác' }).click();
    await phone.page.getByRole('button', { name: /^Nộp tự đánh giá/ }).click();
    const sheet = phone.page.getByRole('dialog', { name: 'Nộp tự đánh giá' });
    await expect(sheet).toContainText(/\d+ tiêu chí có điểm mà chưa có minh chứng/);
    await expect(sheet.getByRole('button', { name: /^1\.4 / })).toHaveCount(0);
    await looksWell(phone, 'submission with criteria that have no evidence');
    await sheet.getByRole('button', { name: /^1\.1 / }).click();
    await expect(sheet).toBeHidden();
    await expect(assessment.criterion('1.1').getByRole('button').first()).toHaveAttribute('aria-expanded', 'true');
    await expect(assessment.criterion('1.1')).toContainText('Chưa có minh chứng');
  });

  await test.step('the product has them in their place, and one of its own', async () => {
    await assessment.up();
    await new ProductPage(phone.page).showTab('Minh chứng');
    const panel = phone.page.getByRole('tabpanel');
    await new PhotosPage(phone.page, panel.getByRole('group', { name: /^1\.4 / })).areThere(2);
    const own = new PhotosPage(phone.page, panel.getByRole('group', { name: 'Ảnh sản phẩm' }));
    await own.choose(await aPhotoFile(phone.page, 'Nhãn', '#8a2020'));
    await own.areThere(1);
    await looksWell(phone, 'the photos of a product');
  });
});

test('at a question: answered by photos, in a row too, and there after the browser is killed', async ({ phone }) => {
  test.setTimeout(120_000);
  const path = await outside(phone, 'survey');
  const survey = new SurveyPage(phone.page);
  await survey.goTo('Chuyến khảo sát');
  const visit = new PhotosPage(phone.page, survey.question('Ảnh tại cơ sở'));
  await visit.choose([
    await aPhotoFile(phone.page, 'Cổng', '#6b4a2b'),
    await aPhotoFile(phone.page, 'Sân phơi', '#2b5f6b')
  ]);
  await visit.areThere(2);
  await looksWell(phone, 'a question with photos');

  await survey.goTo('Giấy tờ');
  await survey.do({ choose: ['Có giấy tờ, chứng nhận nào không', 'Có'] });
  await phone.page.getByRole('button', { name: /^Thêm/ }).click();
  const paper = new PhotosPage(phone.page, survey.question('Ảnh giấy tờ'));
  await paper.take(await aPhotoFile(phone.page, 'Giấy chứng nhận', '#444'));
  await paper.areThere(1);
  await expect(survey.saved).toBeVisible();

  await phone.kill();
  await phone.start();
  await phone.setOffline(true);
  await phone.open(path);
  const again = new SurveyPage(phone.page);
  await new PhotosPage(phone.page, again.question('Ảnh giấy tờ')).areThere(1);
  await again.goTo('Chuyến khảo sát');
  await new PhotosPage(phone.page, again.question('Ảnh tại cơ sở')).areThere(2);
});

test('a photo that no record names is found with the product, and attached to a criterion', async ({ phone }) => {
  const path = await outside(phone, 'assessment');
  const assessment = new AssessmentPage(phone.page);
  await assessment.open('1.4');
  const photos = new PhotosPage(phone.page, assessment.criterion('1.4'));
  await photos.choose(await aPhotoFile(phone.page, 'Lu sành', '#6b4a2b'));
  await photos.areThere(1);
  // As after a kill between the photo and the record that would have named it.
  await takeOffTheList(phone.page, decodeURIComponent(path.split('/').at(-1) ?? ''));
  await phone.page.reload();
  await assessment.open('1.4');
  await expect(photos.tiles).toHaveCount(0);

  await assessment.up();
  await new ProductPage(phone.page).showTab('Minh chứng');
  const unplaced = new PhotosPage(
    phone.page,
    phone.page.getByRole('tabpanel').getByRole('group', { name: 'Chưa gắn vào đâu' })
  );
  await unplaced.areThere(1);
  await unplaced.open(1);
  await unplaced.viewer.getByRole('button', { name: 'Gắn vào…' }).click();
  const sheet = phone.page.getByRole('dialog', { name: 'Gắn ảnh này vào' });
  await expect(sheet.getByRole('button', { name: /^1\.4 / })).toContainText('Chụp cho tiêu chí này');
  await looksWell(phone, 'where a photo may be attached');
  await sheet.getByRole('button', { name: /^1\.4 / }).click();
  await expect(phone.page.getByText('Đã gắn vào 1.4')).toBeVisible();
  await expect(unplaced.place).toHaveCount(0);
  await new PhotosPage(phone.page, phone.page.getByRole('group', { name: /^1\.4 / })).areThere(1);
});

/** Empties the evidence of an assessment on the phone, past the app. */
async function takeOffTheList(page: Page, id: string): Promise<void> {
  await page.evaluate(
    ([name, key]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('docs', 'readwrite');
          const docs = transaction.objectStore('docs');
          const reading = docs.get(key);
          reading.onsuccess = () => {
            const row: { doc: Record<string, unknown> } = reading.result;
            docs.put({ ...row, doc: { ...row.doc, evidenceByCriterion: {} } });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onerror = () => reject(new Error(transaction.error?.message));
        };
      }),
    [databaseName(SAMPLE_OFFICER.name), id] as const
  );
}
