// The lock where something goes wrong: a phone that is full, and a note of the lock that was never written.
import { LockPage } from '../pages/lock.ts';
import { ProducerPage } from '../pages/producer.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

const PIN = '274916';

test('a lock that is set on a phone that is full opens all the same', async ({ phone }) => {
  test.setTimeout(180_000);
  await phone.open('/');
  await phone.limitStorage(60_000_000);
  await signInFresh(phone, OFFICER_B);
  await phone.waitUntilInstalled();
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register('Cơ sở mẫu 91');
  await phone.open('/settings');
  await phone.fillUp();
  const { page } = phone;
  const lock = new LockPage(page);
  await page.getByRole('button', { name: 'Đặt khóa' }).click();
  const isTooFull = page.getByText(/^Máy hết chỗ nên chưa ghi được\. Chưa có gì thay đổi\./);
  await lock.make(PIN);
  // Whether the lock itself finds room is a matter of bytes: where it does not, one does what the app asks for.
  await expect(lock.firstTime.or(isTooFull)).toBeVisible();
  if (await isTooFull.isVisible()) {
    await phone.clearUp();
    await lock.make(PIN);
  }
  await expect(lock.firstTime).toBeVisible();
  await lock.openFirst(PIN);
});

test('a lock without its note at the door is asked for all the same', async ({ phone }) => {
  await signInFresh(phone, OFFICER_B);
  await phone.open('/settings');
  const lock = new LockPage(phone.page);
  await lock.switchOn(PIN);
  // A full phone could not write it.
  await phone.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('keyval-store');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('keyval', 'readwrite');
          const facts = transaction.objectStore('keyval');
          const reading = facts.get('accounts');
          reading.onsuccess = () => {
            const accounts = reading.result as { isLocked?: boolean }[];
            facts.put(
              accounts.map((account) => ({ ...account, isLocked: false })),
              'accounts'
            );
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      })
  );
  await phone.page.reload();
  await lock.isShut();
  await lock.open(PIN);
  await new Shell(phone.page).isAt('Cài đặt');
});
