// A server that answers an error, a stranger's page or nothing: each has its own sentence, and the work stays open.
import { type Trouble, startTrouble } from '../../support/trouble-server.ts';
import { ProducerPage } from '../pages/producer.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SettingsPage } from '../pages/settings.ts';
import { SignInPage } from '../pages/signIn.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

const SENTENCES: [Exclude<Trouble, 'silence'>, RegExp][] = [
  ['error500', /Máy chủ đang có sự cố \(mã 500\)\. Dữ liệu vẫn còn trên máy/],
  ['portal', /thường vì Wi-Fi đòi đăng nhập/]
];

for (const [trouble, sentence] of SENTENCES) {
  test(`a second person signs in while the server gives ${trouble}`, async ({ phone, server }) => {
    const shell = await signInFresh(phone, OFFICER_A);
    await shell.go('Cài đặt');
    const settings = new SettingsPage(phone.page);
    await settings.askToSignOut();
    await settings.confirmSignOut();
    await server.kill();
    const endTrouble = await startTrouble(Number(new URL(server.origin).port), trouble);
    const signIn = new SignInPage(phone.page);
    await signIn.useAnotherAccount();
    await signIn.signIn(OFFICER_B);
    await expect(phone.page.getByText(sentence)).toBeVisible();
    await endTrouble();
  });
}

for (const trouble of ['error500', 'portal', 'silence'] satisfies Trouble[]) {
  test(`the book opens on a fresh start while the server gives ${trouble}`, async ({ phone, server }) => {
    await signInFresh(phone, OFFICER_A);
    await server.kill();
    const endTrouble = await startTrouble(Number(new URL(server.origin).port), trouble);
    await phone.kill();
    await phone.start();
    await phone.open('/settings');
    await new Shell(phone.page).isAt('Cài đặt');
    await endTrouble();
  });
}

for (const trouble of ['error500', 'portal', 'silence'] satisfies Trouble[]) {
  test(`a bad minute while the officer writes: the server gives ${trouble}, and no dialog comes`, async ({
    phone,
    server,
    office
  }) => {
    await signInFresh(phone, OFFICER_B);
    await phone.open('/producer/new');
    const dialogs: string[] = [];
    phone.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await server.kill();
    const endTrouble = await startTrouble(Number(new URL(server.origin).port), trouble);
    const producer = new ProducerPage(phone.page);
    await producer.register('Cơ sở mẫu 21');
    await phone.open('/sync');
    const sync = new SyncPage(phone.page);
    // A silent server is waited for: until then the record is being sent.
    await expect(sync.headline).toContainText('Còn 1 hồ sơ chưa gửi', { timeout: 60_000 });
    await expect(phone.page.getByRole('dialog')).toHaveCount(0);
    await expect(phone.page.getByRole('alertdialog')).toHaveCount(0);
    expect(dialogs).toEqual([]);

    await endTrouble();
    await server.restart();
    await sync.now.click();
    await expect(sync.headline).toContainText('Đã gửi hết');
    expect(await office.namesIn(OFFICER_B.commune)).toEqual(['Cơ sở mẫu 21']);
    await expect(phone.page.getByRole('dialog')).toHaveCount(0);
  });
}
