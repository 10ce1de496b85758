// Every screen's address opens with no network after one visit, in both ways of having none.
import { aConflict, aPaper, aProducer, aProduct, aSurvey, anAssessment, anId } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { ConflictPage } from '../pages/conflict.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SignInPage } from '../pages/signIn.ts';
import { SurveyPage } from '../pages/survey.ts';
import { SyncPage } from '../pages/sync.ts';
import { TodayPage } from '../pages/today.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const ROOTS = [
  ['/', 'Hôm nay'],
  ['/products', 'Sản phẩm'],
  ['/sync', 'Đồng bộ'],
  ['/settings', 'Cài đặt']
] as const;

async function expectEachScreen(phone: Phone): Promise<void> {
  const shell = new Shell(phone.page);
  for (const [path, title] of ROOTS) {
    await phone.open(path);
    await shell.isAt(title);
  }
}

test.describe('in the browser that people have, after its very first visit', () => {
  test.use({ needsWholeBrowser: true, isInstalled: false });

  test('deep links open with the server killed', async ({ phone, server }) => {
    await signInFresh(phone, OFFICER_A);
    await server.kill();
    await expectEachScreen(phone);
  });

  test('a deep link opens after the browser was killed with the server gone', async ({ phone, server }) => {
    await signInFresh(phone, OFFICER_A);
    await server.kill();
    await phone.kill();
    await phone.start();
    await phone.open('/settings');
    await new Shell(phone.page).isAt('Cài đặt');
  });

  test('the browser finds the app fit to be installed, and the app offers it', async ({ phone }) => {
    const shell = await signInFresh(phone, OFFICER_A);
    const devtools = await phone.page.context().newCDPSession(phone.page);
    const { errors, url } = await devtools.send('Page.getAppManifest');
    expect(url).toMatch(/manifest\.webmanifest$/);
    expect(errors).toEqual([]);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    await shell.go('Cài đặt');
    await expect(phone.page.getByRole('button', { name: 'Cài ứng dụng' })).toBeVisible();
  });
});

test('every record opens at its own address with the server gone and the browser killed', async ({
  phone,
  server,
  office
}) => {
  await office.place(
    aProducer({ name: 'Của họ', phone: '0252 000 001', updatedBy: OFFICER_B.name }),
    aProduct(),
    aSurvey({ answers: { producer_name: 'Cơ sở mẫu 01' } }),
    anAssessment({ choiceByCriterion: fishSauceChoices() }),
    aPaper({ number: '48/2024/ATTP' }),
    aConflict()
  );
  await signInFresh(phone, OFFICER_A);
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
  await server.kill();
  await phone.kill();
  await phone.start();
  const { page } = phone;

  for (const [kind, field, text] of [
    ['producer', 'Số điện thoại', '0252 000 001'],
    ['product', 'Tên sản phẩm', 'Nước mắm mẫu 01'],
    ['paper', 'Số', '48/2024/ATTP']
  ] as const) {
    await phone.open(`/${kind}/${anId(kind)}`);
    await expect(page.getByText(text).first()).toBeVisible();
    await phone.open(`/${kind}/${anId(kind)}/edit`);
    await expect(page.getByLabel(field, { exact: true })).toHaveValue(text);
  }
  await phone.open(`/producer/${anId('producer')}/nearby`);
  await expect(page.getByRole('heading', { level: 1, name: 'Sơ đồ lân cận' })).toBeVisible();
  await phone.open(`/survey/${anId('survey')}`);
  await expect(new SurveyPage(page).field('Tên chủ thể')).toHaveValue('Cơ sở mẫu 01');
  await phone.open(`/assessment/${anId('assessment')}`);
  await new AssessmentPage(page).score.waitFor();
  expect(await new AssessmentPage(page).shown()).toMatchObject({ total: 71, byPoints: 4, byMinimums: 3 });
  await phone.open(`/conflict/${anId('conflict')}`);
  await expect(new ConflictPage(page).field('Tên chủ thể')).toContainText('Của họ');
});

test('deep links open with the browser offline', async ({ phone }) => {
  await signInFresh(phone, OFFICER_A);
  await phone.setOffline(true);
  await expectEachScreen(phone);
});

test('the shortcuts of the home screen lead where they say: through the gate, and with no network', async ({
  phone,
  server
}) => {
  const manifest: unknown = await (await fetch(`${server.origin}/manifest.webmanifest`)).json();
  expect(manifest).toMatchObject({
    shortcuts: [
      { name: 'Khảo sát mới', url: '/?new=survey' },
      { name: 'Đồng bộ', url: '/sync' }
    ]
  });
  const { newSurveySheet } = new TodayPage(phone.page);
  await phone.open('/?new=survey');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.signIn(OFFICER_A);
  await expect(newSurveySheet).toBeVisible();
  await phone.waitUntilInstalled();
  await server.kill();
  await phone.open('/sync');
  await new Shell(phone.page).isAt('Đồng bộ');
  await phone.open('/?new=survey');
  await expect(newSurveySheet).toBeVisible();
});

// WebKit heeds it, and would else make the next page wait for what the kept one has begun: `npm run test:engines`.
test('a screen is not to be kept for the way back to it', async ({ phone, server }) => {
  await signInFresh(phone, OFFICER_A);
  const screen = await phone.page.goto(`${server.origin}/products`);
  expect(screen?.fromServiceWorker()).toBe(true);
  expect(screen?.headers()['cache-control']).toBe('no-store');
});

test('a deep link waits at the gate and opens after the sign-in', async ({ phone }) => {
  await phone.open('/settings');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.signIn(OFFICER_A);
  await new Shell(phone.page).isAt('Cài đặt');
  expect(new URL(phone.page.url()).pathname).toBe('/settings');
});

test('a foreign address does not pass for a deep link', async ({ phone }) => {
  await phone.open('/sign-in?next=//elsewhere.invalid/');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.signIn(OFFICER_A);
  await new Shell(phone.page).isAt('Hôm nay');
});

test('started from the home screen after a kill, the app goes on where it was; Back leads to Hôm nay', async ({
  phone,
  server
}) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await shell.go('Cài đặt');
  // The place is written a moment after the screen stands: the one second that may be lost.
  await phone.page.waitForTimeout(1_000);
  await server.kill();
  await phone.kill();
  await phone.start();
  await phone.open('/?start');
  const reopened = new Shell(phone.page);
  await reopened.isAt('Cài đặt');
  await phone.page.goBack();
  await reopened.isAt('Hôm nay');
});

test('an address that leads nowhere says so and keeps the way back', async ({ phone }) => {
  await signInFresh(phone, OFFICER_A);
  phone.expectComplaint(/Not found: \/khong-co/);
  await phone.open('/khong-co');
  await expect(phone.page.getByText('Không có trang nào ở địa chỉ này.')).toBeVisible();
  await phone.page.getByRole('link', { name: 'Về Hôm nay' }).click();
  await new Shell(phone.page).isAt('Hôm nay');
});
