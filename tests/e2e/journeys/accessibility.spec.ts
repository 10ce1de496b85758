// axe on every screen, in both themes and both languages: WCAG 2.2 AA without a violation.
import { type Messages, loadMessages } from '#lib/i18n/messages.ts';
import { COMMUNE, aConflict } from '../../support/documents.ts';
import { LockPage } from '../pages/lock.ts';
import { ProducerPage } from '../pages/producer.ts';
import { ProductPage } from '../pages/product.ts';
import { SettingsPage } from '../pages/settings.ts';
import { signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { SyncPage } from '../pages/sync.ts';
import { type Office, SAMPLE_OFFICER } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';
import { looksWell } from '../looks.ts';

test.use({ isSampled: true });

const PASSPHRASE = 'mưa rào trên bãi cát';
const PIN = '482915';

/** Screens with an address of their own. */
const SCREENS = [
  '/',
  '/products',
  '/products?show=producers',
  '/papers',
  '/settings',
  '/product/new/edit',
  '/paper/new/edit',
  '/khong-co'
] as const;
/** Screens of a record: the first link of the kind on the screens above leads there. */
const RECORDS = ['product', 'producer', 'survey', 'assessment', 'paper'] as const;
/** Those with a form of their own. */
const FORMS = ['product', 'producer', 'paper'] as const;

// Colours go with the theme, words with the language: each of both is seen once.
const LOOKS = [
  ['Sáng', 'Tiếng Việt', 'vi'],
  ['Tối', 'English', 'en']
] as const;

for (const [theme, language, locale] of LOOKS) {
  test(`every screen passes axe: ${theme}, ${language}`, async ({ phone, office }) => {
    test.setTimeout(600_000);
    phone.expectComplaint(/Not found: \/khong-co/);
    await signInFresh(phone, SAMPLE_OFFICER);
    await phone.open('/sync');
    await phone.page.getByText(/^Đã gửi hết/).waitFor();
    const conflict = await makeTrouble(phone, office);
    await phone.open('/settings');
    const settings = new SettingsPage(phone.page);
    await settings.choose('Giao diện', theme);
    await settings.choose('Ngôn ngữ', language);
    for (const screen of SCREENS) await visit(phone, screen);
    for (const path of await recordPaths(phone)) {
      await visit(phone, path);
      if (FORMS.some((kind) => path.startsWith(`/${kind}/`))) await visit(phone, `${path}/edit`);
      if (path.startsWith('/product/')) await visit(phone, `${path}?tab=evidence`);
      if (path.startsWith('/producer/')) await visit(phone, `${path}/nearby`);
    }

    const m = await loadMessages(locale);
    const { page } = phone;
    await visit(phone, '/sync');
    await expect(page.getByText(m.common.sending.refused), 'Đồng bộ was seen with a refused record').toBeVisible();
    await visit(phone, conflict);
    await page.getByRole('button', { name: m.conflict.rewrite }).first().click();
    await looksWell(phone, 'a conflict that is rewritten');
    for (const path of await conflictsElsewhere(office)) await visit(phone, path);
    await expect(page.getByText(m.conflict.stands, { exact: true }), 'a conflict was seen that is over').toBeVisible();

    await seeCodesAndOrder(phone, m);

    await visit(phone, '/producer/new/edit');
    await page.locator('#name').fill('Cơ sở mẫu 00');
    await page.getByRole('button', { name: m.producer.done }).click();
    await looksWell(phone, 'a producer that lacks its commune');
    await page.locator('#commune').click();
    await looksWell(phone, 'the choice of a commune');

    // A survey that has only been begun: much stands against it.
    await phone.open('/');
    await page.getByRole('button', { name: m.today.newSurvey }).click();
    await looksWell(phone, 'the choice of a product');
    await page.getByRole('dialog').getByRole('button', { name: 'mẫu' }).first().click();
    await page.getByRole('button', { name: m.survey.openSections }).click();
    await looksWell(phone, 'the sections of a survey');
    await page.getByRole('dialog').getByRole('button', { name: m.survey.handIn }).click();
    await page.getByRole('button', { name: m.survey.problems.first }).waitFor();
    await looksWell(phone, 'a survey with faults');
    await page.getByRole('button', { name: m.survey.problems.first }).click();
    await looksWell(phone, 'a fault at its question');
    await page.getByRole('button', { name: m.survey.openSections }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^14\. / })
      .click();
    await page.getByRole('button', { name: m.place.none }).click();
    await looksWell(phone, 'the visit: signature pad, and why there is no place');
  });
}

for (const [theme, language, locale] of LOOKS) {
  test(`the rescue file, the lock and a loss pass axe: ${theme}, ${language}`, async ({ phone }, testInfo) => {
    test.setTimeout(360_000);
    await signInFresh(phone, SAMPLE_OFFICER);
    await phone.open('/sync');
    await phone.page.getByText(/^Đã gửi hết/).waitFor();
    await phone.open('/settings');
    const settings = new SettingsPage(phone.page);
    await settings.choose('Giao diện', theme);
    await settings.choose('Ngôn ngữ', language);
    const m = await loadMessages(locale);
    await seeRescueFile(phone, m, testInfo.outputPath('cuu-ho.socop'));
    await seeLock(phone, m);
    await seeLoss(phone, m);
  });
}

test('the gate passes axe: first start, first sign-in, sign-out, known accounts', async ({ phone }) => {
  await phone.open('/');
  const signIn = new SignInPage(phone.page);
  await phone.page.getByRole('button', { name: 'Bắt đầu' }).waitFor();
  await looksWell(phone, 'first start');
  await signIn.begin();
  await signIn.signIn({ name: SAMPLE_OFFICER.name, password: 'sai-mat-khau' });
  await phone.page.getByText('Tên hoặc mật khẩu chưa đúng.').waitFor();
  await looksWell(phone, 'a wrong password');
  await signIn.signIn(SAMPLE_OFFICER);
  await phone.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor();
  await phone.open('/settings');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await looksWell(phone, 'the question of the sign-out');
  await settings.confirmSignOut();
  await signIn.open.waitFor();
  await looksWell(phone, 'known accounts');

  await signIn.unlock('Cán bộ mẫu A', SAMPLE_OFFICER.password);
  await phone.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor();
  await phone.open('/settings');
  await settings.choose('Giao diện', 'Tối');
  await settings.choose('Ngôn ngữ', 'English');
  const m = await loadMessages('en');
  await phone.page.getByRole('button', { name: m.settings.signOut }).click();
  await looksWell(phone, 'the question of the sign-out in the dark, in English');
  await phone.page.getByRole('dialog').getByRole('button', { name: m.settings.signOut }).click();
  await phone.page.getByRole('button', { name: m.signIn.open }).waitFor();
  await looksWell(phone, 'known accounts in the dark, in English');
  await phone.page.getByRole('button', { name: m.signIn.other }).click();
  await phone.page.getByLabel(m.signIn.name).fill(SAMPLE_OFFICER.name);
  await phone.page.getByRole('textbox', { name: m.signIn.password }).fill('sai-mat-khau');
  await phone.page.getByRole('button', { name: m.signIn.enter, exact: true }).click();
  await phone.page.getByText(m.signIn.problem.wrongPassword).waitFor();
  await looksWell(phone, 'a wrong password in the dark, in English');
});

test('the first start passes axe in the dark', async ({ unpackPhone }) => {
  const phone = await unpackPhone({ colorScheme: 'dark' });
  await phone.open('/');
  await phone.page.getByRole('button', { name: 'Bắt đầu' }).waitFor();
  await looksWell(phone, 'first start in the dark');
});

/** A rescue file is made of everything that the sample has, and looked into. */
async function seeRescueFile(phone: Phone, m: Messages, path: string): Promise<void> {
  const { page } = phone;
  const dialog = page.getByRole('dialog').last();
  await page.getByRole('button', { name: m.rescue.write.action }).click();
  await dialog.getByRole('radio', { name: m.rescue.write.scopes.all }).click();
  await dialog.getByRole('button', { name: m.rescue.write.start }).click();
  await looksWell(phone, 'a rescue file without a passphrase');
  await dialog.getByLabel(m.rescue.write.passphrase, { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel(m.rescue.write.again).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: m.rescue.write.start }).click();
  const save = dialog.getByRole('button', { name: m.rescue.write.save, exact: true });
  await save.waitFor();
  await looksWell(phone, 'a rescue file that is made');
  const saving = page.waitForEvent('download');
  await save.click();
  await (await saving).saveAs(path);
  await dialog.getByRole('button', { name: m.common.close }).click();

  await page.getByRole('button', { name: m.rescue.read.action }).click();
  await looksWell(phone, 'the choice of a rescue file');
  const picking = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: m.rescue.read.choose }).click();
  await (await picking).setFiles(path);
  await dialog.getByLabel(m.rescue.read.passphrase).fill(`${PASSPHRASE}?`);
  await dialog.getByRole('button', { name: m.rescue.read.open }).click();
  await page.getByText(m.rescue.read.problem.wrongPassphrase).waitFor();
  await looksWell(phone, 'a wrong passphrase');
  await dialog.getByLabel(m.rescue.read.passphrase).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: m.rescue.read.open }).click();
  const take = dialog.getByRole('button', { name: m.rescue.read.take });
  await take.waitFor();
  await looksWell(phone, 'what a rescue file holds');
  await take.click();
  await page.getByText(m.rescue.read.done).waitFor();
  await looksWell(phone, 'a rescue file that was taken in');
  await dialog.getByRole('button', { name: m.common.close }).click();
}

/** A lock is set, opened wrongly, forgotten, and opened. */
async function seeLock(phone: Phone, m: Messages): Promise<void> {
  const { page } = phone;
  const lock = new LockPage(page);
  await page.getByRole('button', { name: m.lock.settings.switchOn }).click();
  await looksWell(phone, 'the choice of a PIN');
  await lock.tap(PIN, m.lock.make.pin);
  await lock.tap(PIN, m.lock.make.pinAgain);
  await page.getByText(m.lock.firstTime).waitFor();
  await looksWell(phone, 'a lock that was just set');
  await lock.tap('111113', m.lock.pin);
  await page.getByText(m.lock.wrong).waitFor();
  await looksWell(phone, 'a wrong PIN');
  await page.getByRole('button', { name: m.lock.forgotten }).click();
  await page.getByText(m.lock.recovery.text).waitFor();
  await looksWell(phone, 'a forgotten PIN');
  await page.getByRole('dialog').getByRole('button', { name: m.common.close }).click();
  await lock.tap(PIN, m.lock.pin);
  await page.getByText(m.lock.settings.onText).waitFor();
  await looksWell(phone, 'the settings of a lock');
  await page.getByRole('button', { name: m.lock.settings.switchOff }).click();
  await page.getByText(m.lock.settings.switchOffText).waitFor();
  await looksWell(phone, 'the question of taking the lock away');
}

/** The browser has thrown away what two accounts held, one of them with work that nobody else has. */
async function seeLoss(phone: Phone, m: Messages): Promise<void> {
  const at = '2026-11-25T02:41:00.000Z';
  const lost = [
    { name: 'canbo.c', displayName: 'Cán bộ mẫu C', unsent: 12, at },
    { name: 'canbo.d', displayName: 'Cán bộ mẫu D', unsent: 0, at }
  ];
  await phone.page.evaluate((held) => localStorage.setItem('lost-work', JSON.stringify(held)), lost);
  await phone.open('/');
  await phone.page.getByText(m.space.lost.title).waitFor();
  await looksWell(phone, 'a loss');
}

/** What lies over Sản phẩm, and a record's own code. */
async function seeCodesAndOrder(phone: Phone, m: Messages): Promise<void> {
  const { page } = phone;
  await open(phone, '/products');
  await page.getByRole('button', { name: new RegExp(`^${m.products.sort.button({ by: '' })}`) }).click();
  await looksWell(phone, 'the order of the list');
  await page.getByRole('dialog').getByRole('button', { name: m.products.sort.distance }).click();
  await page.getByText(m.place.failed.denied).waitFor();
  await looksWell(phone, 'a list that cannot be sorted by distance');
  await page.getByRole('button', { name: m.code.scan }).click();
  await page.getByText(m.code.noCamera.absent).waitFor();
  await looksWell(phone, 'scanning without a camera');
  await page.getByRole('textbox', { name: m.code.type }).fill('8938501234567');
  await page.getByRole('button', { name: m.code.use }).click();
  await looksWell(phone, 'a foreign code');
  await page.getByRole('button', { name: m.code.again }).click();
  await page.getByRole('textbox', { name: m.code.type }).fill('https://sotay.example.vn/product/product:none');
  await page.getByRole('button', { name: m.code.use }).click();
  await looksWell(phone, 'the code of a record that is not here');
  await page.getByRole('dialog').getByRole('button', { name: m.common.close }).click();
  await page.locator('main a[href^="/producer/"]').first().click();
  await page.getByRole('button', { name: m.producer.menu }).click();
  await page.getByRole('dialog').getByRole('button', { name: m.code.own }).click();
  await page.getByRole('dialog').locator('svg[role="img"]').waitFor();
  await looksWell(phone, 'the own code of a producer');
}

/**
 * A record that two people changed and one that the server refuses, made in Vietnamese.
 * @returns the address of the conflict
 */
async function makeTrouble(phone: Phone, office: Office): Promise<string> {
  const documents = await office.documentsIn(COMMUNE);
  const idOf = (kind: string): string => String(documents.find((document) => document['kind'] === kind)?.['_id']);
  const producer = new ProducerPage(phone.page);
  const sync = new SyncPage(phone.page);

  await phone.open(`/producer/${idOf('producer')}/edit`);
  await phone.setOffline(true);
  await producer.fill('Số điện thoại', '0252 000 035');
  await expect(producer.saved).toBeVisible();
  await office.edit(idOf('producer'), COMMUNE, { phone: '0252 000 036' });
  await phone.setOffline(false);
  await phone.open('/sync');
  await sync.now.click();
  await expect(phone.page.getByText('Xung đột')).toBeVisible();

  await office.keepAtMost(10, COMMUNE);
  await phone.open(`/product/${idOf('product')}/edit`);
  await phone.page.getByLabel('Quy cách', { exact: true }).fill('Chai thủy tinh 500 ml');
  await phone.page.keyboard.press('Tab');
  await expect(new ProductPage(phone.page).saved).toBeVisible();
  await phone.open('/sync');
  await expect(phone.page.getByText('Bị từ chối')).toBeVisible();
  await office.restoreRules(COMMUNE);

  const product = documents.find(({ kind }) => kind === 'product');
  const version = { ...product, _id: idOf('product'), name: 'Tên khác', editId: 'khac' };
  const theirs = { ...product, _id: idOf('product') };
  const met = aConflict({
    _id: 'conflict:mo',
    subjectId: idOf('product'),
    base: null,
    mine: version,
    theirs,
    places: ['name']
  });
  const resolved = { at: met.updatedAt, by: SAMPLE_OFFICER.name, editId: 'khac', stands: { name: 'mine' as const } };
  await office.place(met, aConflict({ ...met, _id: 'conflict:xong', resolved }));
  await sync.now.click();
  await expect(phone.page.getByRole('link', { name: 'So sánh và chọn' })).toHaveCount(2);
  return `/conflict/${idOf('producer')}`;
}

/** Addresses of conflicts of other devices: one that is open, one that is over. */
async function conflictsElsewhere(office: Office): Promise<string[]> {
  const placed = (await office.documentsIn(COMMUNE)).filter(({ subjectId }) =>
    String(subjectId).startsWith('product:')
  );
  return placed.map(({ _id }) => `/conflict/${String(_id)}`).sort();
}

/** One address of each kind of record, with its form where it has one. */
async function recordPaths(phone: Phone): Promise<string[]> {
  const hrefs: string[] = [];
  const collect = async (path: string) => {
    await open(phone, path);
    const links = phone.page.locator('main a[href]');
    await links.first().waitFor();
    hrefs.push(...(await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))));
  };
  await collect('/');
  await collect('/products');
  const product = hrefs.find((href) => href.startsWith('/product/'));
  if (product !== undefined) await collect(product);
  const paths = RECORDS.map((kind) => hrefs.find((href) => href.startsWith(`/${kind}/`)));
  expect(paths, 'the sample has one of each').not.toContain(undefined);
  return paths.flatMap((path) => (path === undefined ? [] : [path]));
}

async function visit(phone: Phone, path: string): Promise<void> {
  await open(phone, path);
  await looksWell(phone, path);
}

/** Opens an address and waits until all of it is there: Hôm nay reads first what waits, then the rest. */
async function open(phone: Phone, path: string): Promise<void> {
  await phone.open(path);
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  if (path === '/') await phone.page.locator('main [role="group"] a[href="/sync"]').first().waitFor();
}
