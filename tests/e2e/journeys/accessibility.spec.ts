// axe on every screen, in both themes and both languages: WCAG 2.2 AA without a violation.
import { AxeBuilder } from '@axe-core/playwright';
import { SettingsPage } from '../pages/settings.ts';
import { signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { SAMPLE_OFFICER } from '../people.ts';
import { PHONE, type Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

test.use({ isSampled: true });

/** Screens with an address of their own. */
const SCREENS = ['/', '/products', '/sync', '/settings', '/producer/new/edit', '/khong-co'] as const;
/** Screens of a record: the first link of the kind on the screens above leads there. */
const RECORDS = ['product', 'producer', 'survey', 'assessment'] as const;

for (const theme of ['Sáng', 'Tối'] as const) {
  for (const language of ['Tiếng Việt', 'English'] as const) {
    test(`every screen passes axe: ${theme}, ${language}`, async ({ phone }) => {
      test.setTimeout(240_000);
      phone.expectComplaint(/Not found: \/khong-co/);
      await signInFresh(phone, SAMPLE_OFFICER);
      await phone.open('/sync');
      await phone.page.getByText(/^Đã gửi hết/).waitFor();
      await phone.open('/settings');
      const settings = new SettingsPage(phone.page);
      await settings.choose('Giao diện', theme);
      await settings.choose('Ngôn ngữ', language);
      for (const screen of SCREENS) await visit(phone, screen);
      for (const path of await recordPaths(phone)) await visit(phone, path);
    });
  }
}

test('the gate passes axe: first start, first sign-in, sign-out, known accounts', async ({ phone }) => {
  await phone.open('/');
  const signIn = new SignInPage(phone.page);
  await phone.page.getByRole('button', { name: 'Bắt đầu' }).waitFor();
  await check(phone, 'first start');
  await signIn.begin();
  await signIn.signIn({ name: SAMPLE_OFFICER.name, password: 'sai-mat-khau' });
  await phone.page.getByText('Tên hoặc mật khẩu chưa đúng.').waitFor();
  await check(phone, 'a wrong password');
  await signIn.signIn(SAMPLE_OFFICER);
  await phone.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor();
  await phone.open('/settings');
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await check(phone, 'the question of the sign-out');
  await settings.confirmSignOut();
  await signIn.open.waitFor();
  await check(phone, 'known accounts');
});

/** One address of each kind of record, with its form where it has one. */
async function recordPaths(phone: Phone): Promise<string[]> {
  const hrefs: string[] = [];
  const collect = async (path: string) => {
    await phone.open(path);
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
  await phone.open(path);
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  await check(phone, path);
}

async function check(phone: Phone, where: string): Promise<void> {
  // A colour on its way is neither of its ends.
  await phone.page.emulateMedia({ reducedMotion: 'reduce' });
  // As tall as the page: axe takes half a button under a bar that sticks for a small button.
  const height = await phone.page.evaluate(() => document.documentElement.scrollHeight);
  await phone.page.setViewportSize({ width: PHONE.width, height: Math.max(height, PHONE.height) });
  const { violations } = await new AxeBuilder({ page: phone.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect.soft(found, where).toEqual([]);
  await phone.page.setViewportSize(PHONE);
}
