// A phone with no room left: a photo is refused with a word, text still gets in, and sent photos make room for new ones.
import { databaseName } from '#lib/storage/database.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { PhotosPage } from '../pages/photos.ts';
import { SettingsPage } from '../pages/settings.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SAMPLE_OFFICER } from '../people.ts';
import type { Phone } from '../phone.ts';
import { aGrainyFile } from '../pictures.ts';
import { untilAllIsSent } from '../reckoning.ts';
import { expect, test } from '../test.ts';
import { looksWell } from '../looks.ts';

test.use({ isSampled: true });

const SENT = 4;

test('the storage is full in the field: nothing is lost, and what was sent makes room', async ({ phone }) => {
  test.setTimeout(180_000);
  await phone.open('/');
  await phone.limitStorage(80_000_000);
  const shell = await signInFresh(phone, SAMPLE_OFFICER);
  // While the first documents come in, the first of the list is now this one, now that.
  await phone.page.locator('main a[href^="/assessment/"]').first().click();
  const assessment = new AssessmentPage(phone.page);
  await assessment.openEvidence('1.4');
  const path = new URL(phone.page.url()).pathname;
  const photos = new PhotosPage(phone.page, assessment.criterion('1.4'));

  await test.step('photos are taken and sent, two weeks go by', async () => {
    for (let i = 1; i <= SENT; i++) await photos.choose(await aGrainyFile(phone.page, `cũ ${String(i)}.jpg`));
    await photos.areThere(SENT);
    await phone.open('/sync');
    await untilAllIsSent(phone, 60_000);
    await expect.poll(() => reserve(phone)).toBe('held');
    await makeOlder(phone, 14);
    await phone.setOffline(true);
  });

  await phone.open(path);
  await phone.fillUp();

  await test.step('a new photo is refused with a word', async () => {
    await assessment.open('1.4');
    await photos.areThere(SENT);
    await photos.take(await aGrainyFile(phone.page, 'mới.jpg'));
    await expect(assessment.criterion('1.4')).toContainText('mới.jpg: Bộ nhớ máy sắp đầy nên ảnh này chưa lưu.');
    expect(await reserve(phone)).toBe('held');
  });

  await test.step('what is typed is saved all the same', async () => {
    await assessment.writeNote('1.4', 'Máy đầy, chữ vẫn vào');
    await expect(phone.page.getByText(/^Đã lưu trên máy/).first()).toBeVisible();
    await expect.poll(() => reserve(phone)).toBe('spent');
    await expect.poll(() => noteHere(phone, path)).toBe('Máy đầy, chữ vẫn vào');
    await phone.page.reload();
    await assessment.open('1.4');
    await expect(await assessment.note('1.4')).toHaveValue('Máy đầy, chữ vẫn vào');
  });

  await test.step('sent photos are freed: their small pictures stay', async () => {
    await phone.open('/settings');
    await expect(phone.page.getByText(/^Bộ nhớ đã đầy/)).toBeVisible();
    await expect(phone.page.getByText(`Ảnh đã gửi (${String(SENT)})`)).toBeVisible();
    await looksWell(phone, 'the storage that is full');
    const settings = new SettingsPage(phone.page);
    await settings.choose('Đã gửi quá', '30 ngày');
    await expect(phone.page.getByText('Không có ảnh nào đã gửi quá 30 ngày.')).toBeVisible();
    await settings.freeSent(7);
    await expect(phone.page.getByText('Không có ảnh nào đã gửi quá 7 ngày.')).toBeVisible();
    await shell.go('Hôm nay');
  });

  await test.step('now the photo goes in', async () => {
    await phone.open(path);
    await assessment.open('1.4');
    await photos.areThere(SENT);
    await photos.take(await aGrainyFile(phone.page, 'mới.jpg'));
    await photos.areThere(SENT + 1);
  });

  await test.step('with a network everything is sent, and what was freed is looked at again', async () => {
    await phone.setOffline(false);
    await phone.open('/sync');
    await untilAllIsSent(phone, 60_000);
    await phone.open(path);
    await assessment.open('1.4');
    await photos.open(1);
    await photos.arePainted(photos.viewer.getByRole('img'), 1);
    await expect(photos.viewer).not.toContainText('đây là bản nhỏ');
    await expect(new Shell(phone.page).signedOutBanner).toBeHidden();
  });
});

/** What lies in the reserve of the phone, read past the app. */
async function reserve({ page }: Phone): Promise<'held' | 'spent' | 'none'> {
  const sizes = await page.evaluate(
    (name) =>
      new Promise<number[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('photoBytes').objectStore('photoBytes').getAll();
          reading.onsuccess = () => {
            const rows: { id: string; bytes: ArrayBuffer }[] = reading.result;
            opening.result.close();
            resolve(rows.filter(({ id }) => id === 'reserve').map(({ bytes }) => bytes.byteLength));
          };
        };
      }),
    databaseName(SAMPLE_OFFICER.name)
  );
  return sizes.length === 0 ? 'none' : sizes.some((bytes) => bytes > 0) ? 'held' : 'spent';
}

/** The photos on the phone were sent so many days earlier. */
async function makeOlder({ page }: Phone, days: number): Promise<void> {
  await page.evaluate(
    ([name, by]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('photos', 'readwrite');
          const walking = transaction.objectStore('photos').openCursor();
          walking.onsuccess = () => {
            const cursor = walking.result;
            if (cursor === null) return;
            const row: { sentAt: string } = cursor.value;
            cursor.update({ ...row, sentAt: new Date(Date.parse(row.sentAt) - by * 86_400_000).toISOString() });
            cursor.continue();
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [databaseName(SAMPLE_OFFICER.name), days] as const
  );
}

/** The note at 1.4 as it is stored. */
async function noteHere({ page }: Phone, path: string): Promise<unknown> {
  return page.evaluate(
    ([name, id]) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('docs').objectStore('docs').get(id);
          reading.onsuccess = () => {
            const row: { doc: { noteByCriterion?: Record<string, string> } } = reading.result;
            opening.result.close();
            resolve(row.doc.noteByCriterion?.['1.4']);
          };
        };
      }),
    [databaseName(SAMPLE_OFFICER.name), decodeURIComponent(path.split('/').at(-1) ?? '')] as const
  );
}
