// The lock's further ways: guesses at both doors, two tabs, a finger, two people's locks, a key that is too old, another secret.
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
const OTHER = '860352';
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
  await new LockPage(phone.page).open(pin);
}

async function register(phone: Phone, name: string): Promise<void> {
  await openUnlocked(phone, '/producer/new');
  await new ProducerPage(phone.page).register(name);
}

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
  for (const label of ['Chọn PIN 6 số', 'Nhập lại PIN']) await lock.tap(PIN, label);
  await lock.pad.waitFor();
  await phone.page.keyboard.type(`${WRONG.slice(0, 2)}`);
  await phone.page.keyboard.press('Backspace');
  await phone.page.keyboard.press('Backspace');
  await phone.page.keyboard.type(PIN);
  await new Shell(phone.page).isAt('Cài đặt');
});

test('each guess waits longer than the last; once it is open again, a slip costs nothing', async ({ phone }) => {
  const lock = await withLock(phone);
  await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
  for (const wait of [/^Chưa đúng/, /^Chưa đúng/, /sau 0:(30|2\d)/, /sau (1:00|0:5\d)/, /sau (5:00|4:5\d)/]) {
    await lock.tap(WRONG);
    await expect(phone.page.getByText(wait)).toBeVisible();
    const waited = await phone.page.evaluate(() => Date.now() + 300_000);
    await phone.page.clock.setSystemTime(waited);
    await expect(phone.page.getByText(/^Sai nhiều lần/)).toHaveCount(0);
  }
  await lock.open(PIN);
  await new Shell(phone.page).isAt('Cài đặt');
  await phone.open('/');
  await lock.tap(WRONG);
  await expect(phone.page.getByText(/^Chưa đúng/)).toBeVisible();
  await lock.open(PIN);
  await new Shell(phone.page).isAt('Hôm nay');
});

test('guessing at the settings makes one wait as well, and says so', async ({ phone }) => {
  const lock = await withLock(phone);
  await phone.page.getByRole('button', { name: 'Đổi PIN hoặc cụm mật khẩu' }).click();
  const sheet = phone.page.getByRole('dialog');
  for (const wait of [/^Chưa đúng/, /^Chưa đúng/, /sau 0:(30|2\d)/]) {
    await lock.tap(WRONG, 'Nhập PIN đang dùng');
    await expect(sheet.getByText(wait)).toBeVisible();
  }
  const key = sheet.getByRole('button', { name: '1', exact: true });
  await expect(key).toBeDisabled();
  await phone.page.clock.setSystemTime(Date.now() + 31_000);
  await expect(key).toBeEnabled();
  await lock.tap(PIN, 'Nhập PIN đang dùng');
  await lock.tap(OTHER, 'Chọn PIN 6 số');
  await lock.tap(OTHER, 'Nhập lại PIN');
  await expect(phone.page.getByText('Đã đổi')).toBeVisible();
  await phone.open('/');
  await lock.open(OTHER);
  await new Shell(phone.page).isAt('Hôm nay');
});

test('a new PIN typed on the keyboard, in the sheet over the lock, is no try at the lock', async ({ phone }) => {
  const lock = await withLock(phone);
  const { page } = phone;
  await page.getByRole('button', { name: 'Khóa ngay' }).click();
  await page.getByRole('button', { name: 'Quên PIN?' }).click();
  const sheet = page.getByRole('dialog', { name: 'Đặt PIN mới' });
  await sheet.getByLabel(/^Mật khẩu của/).fill(OFFICER_B.password);
  await sheet.getByRole('button', { name: 'Tiếp tục' }).click();
  await sheet.getByRole('group', { name: 'Chọn PIN 6 số' }).waitFor();
  // One after the other is refused as too easy; each would be a wrong try.
  for (const trivial of ['111111', '222222', '333333']) await page.keyboard.type(trivial);
  await expect(sheet.getByText('Dễ đoán quá.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByText(/^(Chưa đúng|Sai nhiều lần)/)).toHaveCount(0);
  await lock.open(PIN);
  await new Shell(page).isAt('Cài đặt');
});

test('shuts by itself after a while, in all tabs, but not under the hands of one who works in another', async ({
  phone
}) => {
  await withLock(phone);
  await phone.page.getByRole('radio', { name: '1 phút', exact: true }).check();
  const other = await phone.newTab('/products');
  const there = new LockPage(other);
  await there.open(PIN);
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
    const finger = phone.page.getByRole('button', { name: 'Dùng vân tay' });
    await phone.page.getByRole('switch', { name: 'Mở bằng vân tay' }).click();
    await expect(phone.page.getByRole('switch', { name: 'Mở bằng vân tay' })).toBeChecked();
    await server.kill();
    await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
    await lock.isShut();
    await finger.click();
    await new Shell(phone.page).isAt('Cài đặt');
    await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
    await lock.isShut();
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await finger.click();
    await expect(phone.page.getByText('Chưa nhận được vân tay.')).toBeVisible();
    await lock.open(PIN);
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
  await lock.switchOn(OTHER);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await signIn.unlock(OFFICER_B.displayName, OFFICER_B.password);
  // B's password opens the account, and B's own PIN the lock: A's does not.
  await lock.tap(OTHER);
  await expect(phone.page.getByText(/^Chưa đúng/)).toBeVisible();
  await lock.open(PIN);
  await shell.isAt('Hôm nay');
});

test.describe('what is unsent, while the phone is locked', () => {
  /** B has typed something with no network, and the app is closed. */
  async function leaveUnsent(phone: Phone, server: { kill(): Promise<void> }, name: string) {
    await withLock(phone);
    await server.kill();
    await register(phone, name);
    await expect.poll(() => phone.hasLeftKey()).toBe(true);
  }

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

  test.use({ needsWholeBrowser: true });

  test('has the browser asked to wake the app, also where it is shut by hand', async ({ phone }) => {
    await withLock(phone);
    await phone.waitUntilInstalled();
    await openUnlocked(phone, '/products');
    const askedFor = () =>
      phone.page.evaluate(async () => {
        const { sync } = (await navigator.serviceWorker.ready) as unknown as { sync: { getTags(): Promise<string[]> } };
        return sync.getTags();
      });
    await expect.poll(askedFor).toEqual([]);
    await phone.setOffline(true);
    // Within the page: leaving it would ask as well.
    await new Shell(phone.page).go('Cài đặt');
    await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
    await new LockPage(phone.page).isShut();
    await expect.poll(askedFor).toEqual(['send']);
  });

  test('a key that is too old goes also where nothing wakes the app', async ({ phone, server }) => {
    await leaveUnsent(phone, server, 'Cơ sở mẫu 78');
    await age(phone, 73);
    await phone.page.reload();
    await new LockPage(phone.page).isShut();
    await expect.poll(() => phone.hasLeftKey()).toBe(false);
  });

  test('stays after 72 hours, and the key is gone', async ({ phone, server, office }) => {
    await leaveUnsent(phone, server, 'Cơ sở mẫu 77');
    await age(phone, 73);
    const wakeUp = await phone.closeApp();
    await server.restart();
    await wakeUp();
    await phone.open('/config.json');
    await expect.poll(() => phone.hasLeftKey()).toBe(false);
    expect(await office.namesIn(OFFICER_B.commune)).not.toContain('Cơ sở mẫu 77');
    await openUnlocked(phone, '/sync');
    await isThere(office, 'Cơ sở mẫu 77');
  });
});

test('taken away for good, everything lies in clear again; a changed PIN is the only one that opens', async ({
  phone
}) => {
  const lock = await withLock(phone);
  const { page } = phone;
  const phrase = page.getByRole('textbox', { name: 'Nhập cụm mật khẩu' });
  await page.getByRole('button', { name: 'Đổi PIN hoặc cụm mật khẩu' }).click();
  await lock.tap(PIN, 'Nhập PIN đang dùng');
  await page.getByRole('radio', { name: 'Cụm mật khẩu' }).check();
  for (const button of ['Tiếp tục', 'Đặt khóa']) {
    await page.getByRole('dialog').getByRole('textbox').fill('lu mắm nhà bà Sáu');
    await page.getByRole('dialog').getByRole('button', { name: button }).click();
  }
  await expect(page.getByText('Đã đổi')).toBeVisible();
  await phone.open('/producer/new');
  await phrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await new ProducerPage(page).register('Cơ sở mẫu 79');
  expect(await stored(phone, 'docs')).not.toContain('Cơ sở mẫu 79');
  await phone.open('/settings');
  await phrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await page.getByRole('button', { name: 'Bỏ khóa' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ khóa' }).click();
  await expect(page.getByText('Nhập lần cuối để bỏ khóa.')).toBeVisible();
  await phrase.fill('lu mắm nhà bà Sáu');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await expect(page.getByText('Chưa khóa')).toBeVisible();
  expect(await stored(phone, 'docs')).toContain('Cơ sở mẫu 79');
  await phone.open('/');
  await new Shell(page).isAt('Hôm nay');
});
