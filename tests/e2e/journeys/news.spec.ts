// The app is closed, and something happens to the officer's work: the phone says so quietly, to who asked for it.
import { COMMUNE, aProducer, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { registerProducer } from '../pages/producer.ts';
import { SettingsPage } from '../pages/settings.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { OFFICER_A, OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

test.use({ needsWholeBrowser: true });

const SURVEY = anId('survey');
const SUBMITTED = {
  status: 'submitted',
  trail: [
    { status: 'draft', at: '2026-11-20T02:30:00.000Z', by: OFFICER_A.name },
    { status: 'submitted', at: '2026-11-21T02:30:00.000Z', by: OFFICER_A.name }
  ]
} as const;

test('returned work is told of once, and a tap opens it', async ({ phone, office, server }) => {
  await withSubmittedSurvey(phone, office);
  await askForNotices(phone);
  const wakeUp = await phone.closeApp();
  await returnSurvey(office);
  await wakeUp('news');
  await expect
    .poll(() => phone.notices())
    .toEqual([{ body: 'Khảo sát Nước mắm mẫu 01 được trả lại.', href: `/survey/${SURVEY}` }]);

  await test.step('the next look has nothing new to tell: what is shown stays the only one', async () => {
    const before = await phone.traffic(OFFICER_A.name);
    await wakeUp('news');
    await expect.poll(() => phone.traffic(OFFICER_A.name)).toBeGreaterThan(before);
    expect(await phone.notices()).toHaveLength(1);
  });

  await test.step('a tap shows the survey in the window that is open, with what the wake-up has fetched', async () => {
    await phone.open('/config.json');
    await server.kill();
    await phone.tapNotice();
    await phone.page.waitForURL(`**/survey/${SURVEY}`);
    await expect(phone.page.getByText('Trả lại').first()).toBeVisible();
  });

  await test.step('once the survey has been looked at, the same return is not told of again', async () => {
    await server.restart();
    await phone.closeApp();
    const before = await phone.traffic(OFFICER_A.name);
    await wakeUp('news');
    await expect.poll(() => phone.traffic(OFFICER_A.name)).toBeGreaterThan(before);
    expect(await phone.notices()).toEqual([]);
  });
});

test('work that is refused behind a closed app is told of, in the language of the phone', async ({
  phone,
  office,
  server
}) => {
  await signInFresh(phone, OFFICER_B);
  await askForNotices(phone);
  await office.keepAtMost(100, COMMUNE);
  await server.kill();
  await registerProducer(phone, 'Cơ sở mẫu 96');
  await phone.open('/settings');
  await new SettingsPage(phone.page).choose('Ngôn ngữ', 'English');
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  const wakeUp = await phone.closeApp();
  await server.restart();
  await wakeUp();
  await expect
    .poll(() => phone.notices())
    .toEqual([
      {
        body: 'The server did not take 1 record. Your changes are still on this phone; open to see why.',
        href: '/sync'
      }
    ]);

  await test.step('who opens the app sees it there, and the notice goes', async () => {
    await phone.open('/sync');
    await expect(phone.page.getByRole('heading', { name: 'Producer Cơ sở mẫu 96' })).toBeVisible();
    await expect.poll(() => phone.notices()).toEqual([]);
  });
});

test('who has not asked for notices gets none', async ({ phone, office }) => {
  await withSubmittedSurvey(phone, office);
  await phone.allow('notifications');
  const wakeUp = await phone.closeApp();
  await returnSurvey(office);
  const before = await phone.traffic(OFFICER_A.name);
  await wakeUp('news');
  await expect.poll(() => phone.traffic(OFFICER_A.name)).toBeGreaterThan(before);
  expect(await phone.notices()).toEqual([]);
});

test('a wake-up that finds another runner still at work waits for it', async ({ phone, office }) => {
  await withSubmittedSurvey(phone, office);
  const wakeUp = await phone.closeApp();
  await returnSurvey(office);
  const other = await phone.newTab('/config.json');
  await other.evaluate(
    (lock) =>
      new Promise<void>((held) => {
        void navigator.locks.request(lock, () => {
          held();
          return new Promise((release) => setTimeout(release, 2000));
        });
      }),
    `ocop-sync-${OFFICER_A.name}`
  );
  const before = await phone.traffic(OFFICER_A.name);
  await wakeUp('news');
  await expect.poll(() => phone.traffic(OFFICER_A.name)).toBeGreaterThan(before);
});

test('the app asks to look for news where the browser grants it, until nobody is in', async ({ phone }) => {
  await signInFresh(phone, OFFICER_B);
  const asked = () =>
    phone.page.evaluate(async () => {
      const registration: object = await navigator.serviceWorker.ready;
      const { periodicSync } = registration as { periodicSync: { getTags(): Promise<string[]> } };
      return periodicSync.getTags();
    });
  expect(await asked()).toEqual([]);
  await phone.allow('periodicBackgroundSync');
  await phone.open('/settings');
  await expect.poll(asked).toEqual(['news']);
  const settings = new SettingsPage(phone.page);
  await settings.askToSignOut();
  await settings.confirmSignOut();
  await phone.page.waitForURL('**/sign-in');
  await expect.poll(asked).toEqual([]);
});

/** A survey of A lies handed in, on the server and on A's phone. */
async function withSubmittedSurvey(phone: Phone, office: Office): Promise<void> {
  await office.place(aProducer(), aProduct(), aSurvey({ ...SUBMITTED, trail: [...SUBMITTED.trail] }));
  await signInFresh(phone, OFFICER_A);
  await phone.open(`/product/${anId('product')}`);
  await expect(phone.page.getByText('Đã nộp').first()).toBeVisible();
}

/** Switches the notices on; the browser's question is answered with yes. */
async function askForNotices(phone: Phone): Promise<void> {
  await phone.allow('notifications', 'periodicBackgroundSync');
  await phone.open('/settings');
  await new Shell(phone.page).isAt('Cài đặt');
  const { notices } = new SettingsPage(phone.page);
  await expect(notices).not.toBeChecked();
  await notices.check();
  await expect(notices).toBeChecked();
}

const returned = (at: string) => ({
  status: 'returned',
  trail: [...SUBMITTED.trail, { status: 'returned', at, by: 'tuvan.t' }]
});

const returnSurvey = (office: Office): Promise<void> =>
  office.edit(SURVEY, COMMUNE, returned('2026-11-22T08:20:00.000Z'));
