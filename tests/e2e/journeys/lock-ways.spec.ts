// The lock of an account: set, opened with no network, forgotten, tried by a stranger, shut by itself, shared phones.
import { LockPage } from '../pages/lock.ts';
import { ProducerPage } from '../pages/producer.ts';
import { ProductsPage } from '../pages/products.ts';
import { SettingsPage } from '../pages/settings.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { OFFICER_A, OFFICER_B, type Office } from '../people.ts';
import { Phone } from '../phone.ts';
import { NETWORK_COMPLAINT, expect, test } from '../test.ts';

const PIN = '274916';
const WRONG = '139572';
const MINUTE = 60_000;

/** B is in, with a lock. */
async function withLock(phone: Phone): Promise<LockPage> {
  await signInFresh(phone, OFFICER_B);
  await phone.open('/settings');
  const lock = new LockPage(phone.page);
  await lock.switchOn(PIN);
  return lock;
}

/** What lies in a table of the account's database, as text. */
const stored = (phone: Phone, table: string): Promise<string> =>
  phone.page.evaluate(
    ([name, store]) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const reading = opening.result.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(reading.result));
          };
        };
      }),
    [`ocop-${OFFICER_B.name}`, table] as const
  );

/** Opens an address of the app, as a start does, and its lock. */
async function openUnlocked(phone: Phone, path: string, pin = PIN): Promise<void> {
  await phone.open(path);
  await new LockPage(phone.page).enter(pin);
}

async function register(phone: Phone, name: string): Promise<void> {
  await openUnlocked(phone, '/producer/new');
  await new ProducerPage(phone.page).register(name);
}

test('set, killed, opened with no network: everything is there, at the place where one was', async ({
  phone,
  server
}) => {
  await signInFresh(phone, OFFICER_B);
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register('Cơ sở mẫu 71');
  expect(await stored(phone, 'docs')).toContain('Cơ sở mẫu 71');
  await phone.open('/settings');
  await new LockPage(phone.page).switchOn(PIN);
  await new Shell(phone.page).isAt('Cài đặt');
  expect(await stored(phone, 'docs')).not.toContain('Cơ sở mẫu 71');

  await server.kill();
  await register(phone, 'Cơ sở mẫu 72');
  const place = new URL(phone.page.url()).pathname;
  await phone.kill();
  await phone.start();
  await phone.open(place);
  const lock = new LockPage(phone.page);
  await expect(lock.pad).toBeVisible();
  await expect(phone.page.getByText('Cơ sở mẫu')).toHaveCount(0);
  await lock.enterWrong(WRONG);
  await lock.enter(PIN);
  await expect(phone.page.getByLabel('Tên chủ thể', { exact: true })).toHaveValue('Cơ sở mẫu 72');
  expect(new URL(phone.page.url()).pathname).toBe(place);
  await openUnlocked(phone, '/products?show=producers');
  await expect(new ProductsPage(phone.page).row('Cơ sở mẫu 71')).toBeVisible();
  await expect(new ProductsPage(phone.page).row('Cơ sở mẫu 72')).toBeVisible();
  expect(await stored(phone, 'docs')).not.toMatch(/Cơ sở mẫu 7[12]/);
  expect(await stored(phone, 'outbox')).not.toMatch(/Cơ sở mẫu 7[12]/);
});

test('the keyboard opens it as well; trivial PINs and two different ones are refused with a word', async ({
  phone
}) => {
  await signInFresh(phone, OFFICER_B);
  await phone.open('/settings');
  const lock = new LockPage(phone.page);
  await phone.page.getByRole('button', { name: 'Đặt khóa' }).click();
  await lock.tap('123456', 'Chọn PIN 6 số');
  await expect(phone.page.getByText('Dễ đoán quá. Chọn dãy khác.')).toBeVisible();
  await lock.tap(PIN, 'Chọn PIN 6 số');
  await lock.tap(WRONG, 'Nhập lại PIN');
  await expect(phone.page.getByText('Hai lần nhập khác nhau.')).toBeVisible();
  await lock.choosePin(PIN);
  await lock.pad.waitFor();
  await phone.page.keyboard.type(`${WRONG.slice(0, 2)}`);
  await phone.page.keyboard.press('Backspace');
  await phone.page.keyboard.press('Backspace');
  await phone.page.keyboard.type(PIN);
  await new Shell(phone.page).isAt('Cài đặt');
});

test('whoever guesses waits longer each time; a kill and a clock that is set back shorten nothing', async ({
  phone
}) => {
  const lock = await withLock(phone);
  await lock.lockNow();
  for (let tries = 1; tries <= 3; tries++) await lock.enterWrong(WRONG);
  await expect(lock.wait(/0:(30|2\d)/)).toBeVisible();
  await expect(lock.pad.getByRole('button', { name: '1', exact: true })).toBeDisabled();

  await phone.kill();
  await phone.start();
  const started = new LockPage(phone.page);
  await phone.open('/');
  await expect(started.wait(/0:[012]\d/)).toBeVisible();
  await expect(started.pad.getByRole('button', { name: '1', exact: true })).toBeDisabled();

  // A day back: the wait begins anew.
  const back = Date.now() - 24 * 60 * MINUTE;
  await phone.page.clock.setSystemTime(back);
  await phone.open('/');
  await expect(started.wait(/0:(30|2\d)/)).toBeVisible();
  await phone.page.clock.setSystemTime(back + 40_000);
  await started.enterWrong(WRONG);
  await expect(started.wait(/(1:00|0:5\d)/)).toBeVisible();
  await phone.page.clock.setSystemTime(back + 3 * MINUTE);
  await expect(started.wait(/./)).toHaveCount(0);
  await started.enter(PIN);
  await new Shell(phone.page).isAt('Hôm nay');
  // Known again: three tries cost nothing.
  await phone.open('/');
  await started.enterWrong(WRONG);
  await expect(started.wait(/./)).toHaveCount(0);
  await started.enter(PIN);
  await new Shell(phone.page).isAt('Hôm nay');
});

test('a forgotten PIN: the password that the office has set anew brings everything back', async ({
  phone,
  server,
  office
}) => {
  const lock = await withLock(phone);
  await phone.setOffline(true);
  await register(phone, 'Cơ sở mẫu 73');
  await phone.open('/');
  await lock.forgotten.click();
  const sheet = phone.page.getByRole('dialog', { name: 'Đặt PIN mới' });
  const password = sheet.getByRole('textbox', { name: /^Mật khẩu/ });
  await password.fill(OFFICER_B.password);
  await sheet.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(sheet.getByText(/mạng/).first()).toBeVisible();

  await office.setPassword(OFFICER_B.name, 'mat-khau-moi');
  await phone.setOffline(false);
  await password.fill(OFFICER_B.password);
  await sheet.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(sheet.getByText('Tên hoặc mật khẩu chưa đúng.')).toBeVisible();
  await password.fill('mat-khau-moi');
  await sheet.getByRole('button', { name: 'Tiếp tục' }).click();
  await lock.choosePin('860352');
  await new Shell(phone.page).isAt('Hôm nay');
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 73');

  await server.kill();
  await phone.open('/');
  await lock.enterWrong(PIN);
  await lock.enter('860352');
  await new Shell(phone.page).isAt('Hôm nay');
});

test('shuts by itself after a while, in all tabs, but not under the hands of one who works in another', async ({
  phone
}) => {
  await withLock(phone);
  await phone.page.getByRole('radio', { name: '1 phút', exact: true }).check();
  const other = await phone.newTab('/products');
  const there = new LockPage(other);
  await there.enter(PIN);
  const { search } = new ProductsPage(other);
  await search.click();
  // The first tab lies untouched, and its clock has gone on for longer than the lock allows: the other one is in use.
  const later = Date.now() + 45_000;
  for (const tab of [phone.page, other]) await tab.clock.setSystemTime(later);
  await search.click();
  for (const tab of [phone.page, other]) await tab.clock.setSystemTime(later + 30_000);
  await comeBack(phone.page);
  await expect(search).toBeVisible();
  await new Shell(phone.page).isAt('Cài đặt');

  for (const tab of [phone.page, other]) await tab.clock.setSystemTime(later + 2 * MINUTE);
  await comeBack(phone.page);
  await expect(new LockPage(phone.page).pad).toBeVisible();
  await expect(there.pad).toBeVisible();
});

/** The app is looked at again, after the phone has lain in a pocket. */
const comeBack = (page: Phone['page']): Promise<void> =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

test('a fingerprint opens it where the phone has one, and a stranger’s does not', async ({ server }) => {
  // WebAuthn knows domains only.
  const phone = await Phone.unpack(server.origin.replace('127.0.0.1', 'localhost'));
  phone.expectComplaint(NETWORK_COMPLAINT);
  try {
    const session = await phone.page.context().newCDPSession(phone.page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true
      }
    });
    const lock = await withLock(phone);
    await phone.page.getByRole('switch', { name: 'Mở bằng vân tay' }).click();
    await expect(phone.page.getByRole('switch', { name: 'Mở bằng vân tay' })).toBeChecked();
    await server.kill();
    await lock.lockNow();
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await lock.finger.click();
    await expect(phone.page.getByText('Chưa nhận được vân tay.')).toBeVisible();
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await lock.finger.click();
    await new Shell(phone.page).isAt('Cài đặt');
    expect(phone.complaints()).toEqual([]);
  } finally {
    await phone.discard();
  }
});

test('two accounts on one phone: each has its own lock, and nothing of one is to be seen by the other', async ({
  phone,
  office
}) => {
  const lock = await withLock(phone);
  await register(phone, 'Cơ sở mẫu 75');
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain('Cơ sở mẫu 75');
  await openUnlocked(phone, '/settings');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  const signIn = new SignInPage(phone.page);
  await signIn.useAnotherAccount();
  await signIn.signIn(OFFICER_A);
  const shell = new Shell(phone.page);
  await shell.isAt('Hôm nay');
  // No lock of A's own; B's database tells her nothing.
  await phone.open('/settings');
  await expect(phone.page.getByText('Chưa khóa')).toBeVisible();
  expect(await stored(phone, 'docs')).not.toContain('Cơ sở mẫu 75');
  expect(await stored(phone, 'docs')).toContain('sealed');
  await lock.switchOn('860352');
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await signIn.unlock(OFFICER_B.displayName, OFFICER_B.password);
  // B's password opens the account, and B's own PIN the lock: A's does not.
  await lock.enterWrong('860352');
  await lock.enter(PIN);
  await shell.isAt('Hôm nay');
});

test.describe('what is unsent, while the phone is locked', () => {
  /** B has typed something with no network, and the app is closed. */
  async function leaveUnsent(phone: Phone, server: { kill(): Promise<void> }, name: string, stays: boolean) {
    await withLock(phone);
    if (!stays) {
      const sending = phone.page.getByRole('switch', { name: 'Vẫn gửi khi đã khóa' });
      await sending.click();
      await expect(sending).not.toBeChecked();
    }
    await server.kill();
    await register(phone, name);
    await expect.poll(() => leftKey(phone)).toBe(stays ? 'left' : 'none');
  }

  /** Whether a key lies there for the service worker. */
  const leftKey = (phone: Phone): Promise<string> =>
    phone.page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('keyval-store');
        opening.onsuccess = () => resolve(opening.result);
      });
      const found = await new Promise<unknown>((resolve) => {
        const reading = db.transaction('keyval').objectStore('keyval').get('left-key');
        reading.onsuccess = () => resolve(reading.result);
      });
      db.close();
      return found === undefined || found === null ? 'none' : 'left';
    });

  /** It was left so long ago. */
  const age = (phone: Phone, hours: number): Promise<void> =>
    phone.page.evaluate(
      async (ms) => {
        const db = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open('keyval-store');
          opening.onsuccess = () => resolve(opening.result);
        });
        await new Promise<void>((resolve) => {
          const transaction = db.transaction('keyval', 'readwrite');
          const facts = transaction.objectStore('keyval');
          const reading = facts.get('left-key');
          reading.onsuccess = () => {
            const fact = reading.result as { at: number; until: number };
            facts.put({ ...fact, at: fact.at - ms, until: fact.until - ms }, 'left-key');
          };
          transaction.oncomplete = () => resolve();
        });
        db.close();
      },
      hours * 60 * MINUTE
    );

  const isThere = (office: Office, name: string) =>
    expect.poll(() => office.namesIn(OFFICER_B.commune)).toContain(name);

  test('goes up by the key that was left for it, which is gone when all is sent', async ({ phone, server, office }) => {
    await leaveUnsent(phone, server, 'Cơ sở mẫu 76', true);
    await age(phone, 71);
    const wakeUp = await phone.closeApp();
    await phone.restart();
    await server.restart();
    await wakeUp();
    await isThere(office, 'Cơ sở mẫu 76');
    await openUnlocked(phone, '/sync');
    await expect(phone.page.getByText('Đã gửi hết')).toBeVisible();
    await expect.poll(() => leftKey(phone)).toBe('none');
  });

  test('stays after 72 hours, and the key is gone', async ({ phone, server, office }) => {
    await leaveUnsent(phone, server, 'Cơ sở mẫu 77', true);
    await age(phone, 73);
    const wakeUp = await phone.closeApp();
    await server.restart();
    await wakeUp();
    await phone.open('/config.json');
    await expect.poll(() => leftKey(phone)).toBe('none');
    expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 77');
    await openUnlocked(phone, '/sync');
    await isThere(office, 'Cơ sở mẫu 77');
  });

  test('stays where the person has switched that off', async ({ phone, server, office }) => {
    await leaveUnsent(phone, server, 'Cơ sở mẫu 78', false);
    const wakeUp = await phone.closeApp();
    await server.restart();
    await wakeUp();
    await phone.open('/sync');
    await new LockPage(phone.page).pad.waitFor();
    expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 78');
    await new LockPage(phone.page).enter(PIN);
    await isThere(office, 'Cơ sở mẫu 78');
  });
});

test('taken away for good, everything lies in clear again; a changed PIN is the only one that opens', async ({
  phone
}) => {
  const lock = await withLock(phone);
  const { page } = phone;
  await page.getByRole('button', { name: 'Đổi PIN hoặc cụm mật khẩu' }).click();
  await lock.tap(PIN, 'Nhập PIN đang dùng');
  await page.getByRole('radio', { name: 'Cụm mật khẩu' }).check();
  for (const button of ['Tiếp tục', 'Đặt khóa']) {
    await page.getByRole('dialog').getByRole('textbox').fill('lu mắm nhà bà Sáu');
    await page.getByRole('dialog').getByRole('button', { name: button }).click();
  }
  await expect(page.getByText('Đã đổi')).toBeVisible();
  await phone.open('/producer/new');
  await lock.passphrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await new ProducerPage(page).register('Cơ sở mẫu 79');
  expect(await stored(phone, 'docs')).not.toContain('Cơ sở mẫu 79');
  await phone.open('/settings');
  await lock.passphrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await page.getByRole('button', { name: 'Bỏ khóa' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ khóa' }).click();
  await expect(page.getByText('Nhập lần cuối để bỏ khóa.')).toBeVisible();
  await lock.passphrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await expect(page.getByText('Chưa khóa')).toBeVisible();
  expect(await stored(phone, 'docs')).toContain('Cơ sở mẫu 79');
  await phone.open('/');
  await new Shell(page).isAt('Hôm nay');
});
